"""Fixes as data: what the files of rules say fits the catalog, and what is broken is refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.fixes import Fix, fixes_for
from designer.analysis.fixes.structures import STRUCTURES
from designer.analysis.recipes import On, Recipe, Structure
from designer.analysis.rule_reader import read_rules
from designer.analysis.rules import load_rules, rule_book
from designer.catalog.check import check_value
from designer.catalog.entries import Property
from designer.errors import UserError
from tests.analysis.drawings import CATALOG, draw

BOOK = load_rules(CATALOG)
RECIPES: dict[str, Recipe] = {recipe.id: recipe for rule in BOOK.rules.values() for recipe in rule.fixes}
_RULE = """# a comment
- id: ABC-01
  severity: low
  category: SPOF
  title: t
  why: w
  fix: f
  sources: [s]
  link: https://x
"""


def declared(recipe: Recipe) -> list[dict[str, Property]]:
    """The properties of everything that a recipe may set something of."""
    match recipe.on:
        case On.WIRE:
            return [dict(CATALOG.relations[one].properties) for one in recipe.kinds or CATALOG.relations]
        case On.NETWORK:
            return [dict(CATALOG.boundaries["vpc"].properties)]
        case On.ARCHITECTURE:
            return [dict(CATALOG.architecture.properties)]
        case _:
            inside = [kind for kind in CATALOG.kinds if kind != "users"]
            return [dict(CATALOG.kinds[one].properties) for one in recipe.kinds or inside]


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_recipes_fit_the_catalog(name: str) -> None:
    """Kinds and relations exist, have the properties that are set, and take the values that stand there."""
    recipe = RECIPES[name]
    known = CATALOG.relations if recipe.on is On.WIRE else CATALOG.kinds
    assert set(recipe.kinds) <= set(known)
    for prop, assignment in recipe.assignments.items():
        found = [properties[prop] for properties in declared(recipe) if prop in properties]
        # One that names no kinds is tried at all of them, and fits some.
        assert len(found) == len(declared(recipe)) or (found and not recipe.kinds), f"{name} sets {prop}"
        if assignment.formula is None:
            assert all(check_value(one, assignment.literal) is None for one in found)


def test_every_way_to_rebuild_is_there_and_used() -> None:
    """No name without a function, no function without a rule."""
    assert set(STRUCTURES) == set(Structure)
    assert {recipe.structure for recipe in RECIPES.values()} - {None} == set(Structure)


@pytest.mark.parametrize(
    ("fixes", "expected", "line"),
    [
        ("    - multi-AZ\n", "names 'multi-AZ', and there is no such fix", 2),
        ("    - {id: Multi, title: t, set: {a: 1}}\n", "no name of a fix", 11),
        ("    - {id: a, title: t}\n", "what to 'set'", 11),
        ("    - {id: a, title: '{1 +}', set: {a: 1}}\n", "not an expression", 11),
        ("    - {id: a, title: t, set: {a: '{import os}'}}\n", "not an expression", 11),
        ("    - {id: a, title: t, set: {a: '{().__class__}'}}\n", "not allowed", 11),
        ("    - {id: a, title: t, when: 'x.y', set: {a: 1}}\n", "not allowed", 11),
        ("    - {id: a, title: t, on: everything, set: {a: 1}}\n", "'on' is one of", 11),
        ("    - {id: a, title: t, do: magic}\n", "'do' is one of", 11),
        ("    - {id: a, title: t, set: [1]}\n", "'set' does not take a list", 11),
        ("    - {id: a, title: t, set: {a: 1}, more: 1}\n", "unknown key 'more'", 11),
        ("    - {id: a, title: t, set: {a: 1}}\n    - {id: a, title: t, set: {a: 1}}\n", "given twice", 12),
    ],
)
def test_a_broken_fix_is_refused_with_file_and_line(tmp_path: Path, fixes: str, expected: str, line: int) -> None:
    """The author of a rule is told where it is wrong."""
    file = tmp_path / "own.yaml"
    file.write_text(f"{_RULE}  fixes:\n{fixes}", encoding="utf-8")
    with pytest.raises(UserError) as error:
        rule_book(read_rules(tmp_path), CATALOG.kinds, CATALOG.relations)
    assert expected in str(error.value)
    assert (error.value.file, error.value.line) == (file, line)


def offered(text: str, rule: str) -> dict[str, Fix]:
    """The fixes of a rule's findings by their keys."""
    architecture = draw(text)
    found = [one for one in analyse(architecture, CATALOG).findings if one.rule == rule]
    assert found, f"{rule} says nothing of {text}"
    return {fix.key: fix for finding in found for fix in fixes_for(finding, architecture, CATALOG)}


def properties_after(text: str, fix: Fix, component: str) -> dict[str, object]:
    """What a person would find set on a component after the fix."""
    architecture = draw(text)
    architecture.apply(fix.edits)
    return dict(architecture.components[component].properties)


def test_only_what_changes_is_set_and_defaults_stay_defaults() -> None:
    """The minimum goes up, what started follows it again, and the maximum follows its formula."""
    text = "users: users; lb: elb; users requests lb; web: asg min=1 desired=1; lb routes web"
    fix = offered(text, "SPOF-01")["raise-minimum:web"]
    assert properties_after(text, fix, "web") == {"min": 2}
    assert fix.size == 1
    assert fix.title == "Keep at least 2 instances of web"


def test_more_is_kept_where_more_runs_or_is_needed() -> None:
    """Nobody loses instances by a fix."""
    text = "users: users; lb: elb; users requests lb; web: asg min=1 desired=5 needed=2; lb routes web"
    fix = offered(text, "ASG-03")["raise-minimum:web"]
    assert properties_after(text, fix, "web")["min"] == 5


def test_a_value_that_the_property_does_not_take_is_no_fix() -> None:
    """A thousand instances cannot become two thousand."""
    assert "room-to-scale:web" not in offered("web: asg min=1000 max=1000", "ASG-06")
    assert "room-to-scale:web" in offered("web: asg min=400 max=400", "ASG-06")


def test_zones_come_from_around_before_they_are_made_up() -> None:
    """A database with a zone of its own takes those of its network when it may have two."""
    text = "users: users; n: vpc zones=bc; db: rds deployment=single zones=b in=n; s: ecs in=n; s queries db"
    fix = offered(text, "SPOF-01")["multi-az:db"]
    architecture = draw(text)
    architecture.apply(fix.edits)
    assert architecture.components["db"].zones == ()
    alone = text.replace("zones=bc", "zones=b")
    fix = offered(alone, "SPOF-01")["multi-az:db"]
    architecture = draw(alone)
    architecture.apply(fix.edits)
    assert architecture.components["db"].zones == ("a", "b")


def test_a_region_without_another_zone_has_no_fix() -> None:
    """What cannot be spread is not offered to be."""
    assert "enough-zones:db" in offered("settings: zones=ab; db: rds deployment=cluster", "ZON-02")
    few = offered("settings: region=us-west-1 zones=ab; db: rds deployment=cluster", "ZON-02")
    assert "enough-zones:db" not in few
    assert "standby-for-cluster:db" in few


def test_the_network_that_is_not_drawn_is_mended_in_the_settings() -> None:
    """One gateway for each zone, without a VPC to set it on."""
    text = (
        "settings: nat=single; users: users; lb: elb; web: ecs; users requests lb; lb routes web; q: sqs; web sends q"
    )
    fix = offered(text, "SPOF-01")["nat-per-zone"]
    architecture = draw(text)
    architecture.apply(fix.edits)
    assert architecture.settings.properties["nat"] == "per-zone"
    drawn = text.replace("settings: nat=single", "n: vpc nat=single").replace("web: ecs", "web: ecs in=n")
    fix = offered(drawn, "SPOF-01")["nat-per-zone:n"]
    architecture = draw(drawn)
    architecture.apply(fix.edits)
    assert architecture.boundaries["n"].properties["nat"] == "per-zone"
