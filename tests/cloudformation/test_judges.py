"""Judges read what is exported: every value of every property, architectures put together at random, the samples.

In every run cloudformation-validate and the own rules read 64 random architectures and cfn-lint reads four of them; the
exhaustive part are 500, of which cfn-lint reads every twentieth, starting at a place that changes from day to day.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from designer.errors import UserErrors
from designer.storage.samples import open_sample, samples
from tests.cloudformation.drawings import (
    HOSTILE_NAMES,
    Drawing,
    property_drawings,
    random_drawing,
    refusals,
)
from tests.cloudformation.judges import REGIONS, Linter, Validator, own_findings
from tests.cloudformation.reading import has_alias, read_template
from tests.cloudformation.soundness import assert_sound

pytestmark = pytest.mark.judge

CATALOG = load_catalog()
SUBJECTS = [*CATALOG.kinds, *CATALOG.relations]
SAMPLES = [sample.name for sample in samples()]


@pytest.mark.parametrize("kind", CATALOG.kinds)
def test_every_kind_alone_is_sound(catalog: Catalog, validator: Validator, kind: str) -> None:
    drawing = Drawing(catalog)
    drawing.add(kind)
    exported = drawing.export()
    if exported.template.tree.get("Resources"):
        assert validator.findings(exported.text()) == []


def _drawings_of(catalog: Catalog, subject: str) -> Iterator[tuple[str, Drawing]]:
    for name, drawing in property_drawings(catalog):
        owner = name.partition(".")[0]
        if owner == subject or f" {subject} " in owner:
            yield name, drawing


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_value_of_every_property_is_sound_or_refused(
    catalog: Catalog, validator: Validator, subject: str
) -> None:
    for name, drawing in _drawings_of(catalog, subject):
        if refusals(drawing):
            with pytest.raises(UserErrors):
                drawing.export()
        elif (exported := drawing.export()).template.tree.get("Resources"):
            assert validator.findings(exported.text()) == [], name


def assert_sound_to_all(catalog: Catalog, validator: Validator, seed: int) -> str:
    """Exports a random architecture and asks everybody but cfn-lint. Gives the text."""
    exported = random_drawing(catalog, seed).export()
    text = exported.text()
    assert read_template(text) == exported.template.tree, seed
    assert not has_alias(text), seed
    assert_sound(exported)
    if exported.template.tree.get("Resources"):
        assert validator.findings(text) == [], seed
        assert own_findings(text) == [], seed
    return text


@pytest.mark.parametrize("seed", range(64))
def test_random_architectures_are_sound(catalog: Catalog, validator: Validator, seed: int) -> None:
    assert_sound_to_all(catalog, validator, seed)


@pytest.mark.parametrize("seed", [101, 102, 103, 104])
def test_cfn_lint_agrees_on_random_architectures(catalog: Catalog, linter: Linter, seed: int) -> None:
    # In the Region of the drawing: not every instance type that is picked at random is offered in all of them.
    drawing = random_drawing(catalog, seed, size=20)
    assert linter.findings(drawing.export().text(), [drawing.architecture.settings.region]) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("first", range(1000, 1500, 20))
def test_five_hundred_random_architectures_are_sound(
    catalog: Catalog, validator: Validator, linter: Linter, first: int
) -> None:
    texts = {seed: assert_sound_to_all(catalog, validator, seed) for seed in range(first, first + 20)}
    filled = [seed for seed, text in texts.items() if "\nResources:\n" in text]
    seed = filled[datetime.date.today().toordinal() % len(filled)]
    print(f"cfn-lint reads the architecture of seed {seed}")
    assert linter.findings(texts[seed], REGIONS[:1]) == [], seed


@pytest.mark.parametrize("kind", [kind for kind in CATALOG.kinds if kind != "users"])
def test_hostile_names_end_as_data(catalog: Catalog, validator: Validator, kind: str) -> None:
    drawing = Drawing(catalog, zones="abc")
    drawing.add("users", name=HOSTILE_NAMES[0])
    for number, name in enumerate(HOSTILE_NAMES):
        drawing.add(kind, f"{kind}-{number}", name)
        if catalog.relations_between("users", kind):
            drawing.wire("users", f"{kind}-{number}", catalog.relations_between("users", kind)[0].id)
    exported = drawing.export()
    text = exported.text()
    assert read_template(text) == exported.template.tree
    assert validator.findings(text) == []
    evil = [r for r in exported.template.tree["Resources"].values() if r["Type"] == "AWS::IAM::User"]
    assert not evil
    assert "49" not in {word for line in exported.lines for word in line.text.split()}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_sound(catalog: Catalog, validator: Validator, linter: Linter, name: str) -> None:
    from designer.cloudformation.export import export

    text = export(open_sample(name, catalog), catalog).text()
    assert validator.findings(text) == []
    assert linter.findings(text) == []
