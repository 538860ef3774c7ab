"""Every wire that can be drawn passes the judges: by default, with all properties at their least, and at their most.

In every run cloudformation-validate and the own rules read each wire alone, in one of the four Regions by turns, and
cfn-lint reads all wires in one template, for all four. The exhaustive part leaves nothing out: each wire alone, both
judges, all four Regions.
"""

from __future__ import annotations

from functools import cache

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from tests.cloudformation.drawings import everything, pairs
from tests.cloudformation.extremes import ENDS, matrix, stretch, whole
from tests.cloudformation.judges import REGIONS, Linter, Validator, own_findings
from tests.cloudformation.soundness import assert_sound

pytestmark = pytest.mark.judge

CATALOG = load_catalog()
WIRES = [f"{source} {relation} {target}" for source, target, relation in pairs(CATALOG)]


@cache
def _texts(end: str) -> dict[str, str]:
    exports = {name: drawing.export() for name, drawing in matrix(CATALOG, end)}
    for exported in exports.values():
        assert_sound(exported)
    return {name: exported.text() for name, exported in exports.items()}


def test_the_matrix_has_every_wire() -> None:
    assert len(WIRES) == len(set(WIRES)) >= 60
    for end in ENDS:
        assert list(_texts(end)) == WIRES


@pytest.mark.parametrize("high", [False, True])
def test_the_ends_are_reached(catalog: Catalog, high: bool) -> None:
    """A contradiction takes back a property here and there, and no more: otherwise the extremes would prove nothing."""
    kept, there = stretch(everything(catalog), high)
    assert there > 300
    assert kept > 0.95 * there


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("wire", WIRES)
def test_every_wire_alone_is_sound(validator: Validator, wire: str, end: str) -> None:
    text = _texts(end)[wire]
    assert validator.findings(text, [REGIONS[WIRES.index(wire) % len(REGIONS)]]) == []
    assert own_findings(text) == []


@pytest.mark.parametrize("end", ENDS)
def test_all_wires_together_are_sound_in_every_region(
    catalog: Catalog, validator: Validator, linter: Linter, end: str
) -> None:
    exported = whole(catalog, end).export()
    assert_sound(exported)
    assert validator.findings(exported.text(), REGIONS) == []
    assert linter.findings(exported.text(), REGIONS) == []
    assert own_findings(exported.text()) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("wire", WIRES)
def test_both_judges_pass_every_wire_alone_in_every_region(
    validator: Validator, linter: Linter, wire: str, end: str
) -> None:
    text = _texts(end)[wire]
    assert validator.findings(text, REGIONS) == []
    assert linter.findings(text, REGIONS) == []
