"""Profiles weigh findings: data in files, chosen by the architecture or by whoever asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.findings import Analysis, Severity
from designer.analysis.profiles import USUAL, load_profiles, profile_named, read_profiles
from designer.analysis.rules import Category, load_rules
from designer.assets import data
from designer.errors import UserError
from tests.analysis.drawings import CATALOG, draw

TEXT = "{0}users: users; s: ec2; db: rds deployment=single backup_retention=0; users requests s; s queries db; "
TEXT += "flow: entry=users goal=0.9999"


def weighed(settings: str = "", profile: str | None = None) -> Analysis:
    """The analysis of a fragile drawing."""
    return analyse(draw(TEXT.format(settings)), CATALOG, profile=profile)


def test_the_profiles_are_those_that_the_architecture_may_choose() -> None:
    """With the same titles, and the usual one first."""
    choices = CATALOG.architecture.properties["profile"].choices
    assert {key: profile.title for key, profile in load_profiles().items()} == dict(choices)
    assert CATALOG.architecture.properties["profile"].default == USUAL == next(iter(load_profiles()))
    assert all(profile.summary.endswith(".") for profile in load_profiles().values())


def test_development_makes_single_points_remarks_and_nothing_else() -> None:
    """Also those of flows; a stated goal, data and errors keep their weight."""
    book = load_rules(CATALOG)
    usual, dev = weighed(), weighed("settings: profile=dev; ")
    assert dev.profile == "dev" and usual.profile == USUAL
    spof = [one for one in dev.findings if book[one.rule].category is Category.SPOF and one.rule != "AVL-01"]
    assert len(spof) >= 3
    assert {one.severity for one in spof} == {Severity.INFO}
    rest = {(one.rule, one.components): one.severity for one in dev.findings if one not in spof}
    before = {(one.rule, one.components): one.severity for one in usual.findings}
    assert all(before[key] is severity for key, severity in rest.items())
    assert {one.rule for one in dev.findings} == {one.rule for one in usual.findings}
    assert rest["AVL-01", ("users",)] is Severity.HIGH


def test_learning_weighs_like_production_and_explains_first() -> None:
    """What differs is how findings are told."""
    usual, learning = weighed(), weighed(profile="learning")
    assert learning.findings == usual.findings
    assert (usual.explanation_first, learning.explanation_first) == (False, True)


def test_the_profile_that_is_asked_for_counts_before_the_one_of_the_architecture() -> None:
    """As `check --profile` does."""
    assert weighed("settings: profile=dev; ", "production") == weighed()


def test_there_are_no_other_profiles() -> None:
    """The error names those there are."""
    with pytest.raises(UserError, match=r"there is no profile 'test'.*production, learning, dev"):
        profile_named("test")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nowhere: low", "nowhere: lowest", "'nowhere' is one of error, high"),
        ("goal: 99.99", "goal: 101", "'goal' is a percentage"),
        ("[SPOF, DATA]", "[SPOF, DATUM]", "'DATUM' is no category"),
        ("survived: low", "survived: low\nmore: 1", "unknown key 'more'"),
        ("demanding:", "demand:", "the key 'demanding' is missing"),
    ],
)
def test_what_does_not_fit_a_profile_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    """With the file."""
    text = (data("resources") / "profiles" / "production.yaml").read_text(encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError, match=message) as caught:
        read_profiles(tmp_path)
    assert "mine.yaml" in str(caught.value)
