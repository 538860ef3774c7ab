"""Bands stay apart: what is put where a band and something else would lie on one another goes to a free row."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.layout.apart import kept_apart, with_room
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Component, Settings
from tests.layout.agreement import clashes

CATALOG = load_catalog()
VPC = Boundary(id="vpc", kind="vpc", name="Network", zones=("a", "b", "c"), x=0, y=0, width=900, height=1200)
TIERS = (
    Boundary(id="one", kind="tier", name="One", parent="vpc", x=24, y=60, width=852, height=400),
    Boundary(id="two", kind="tier", name="Two", parent="vpc", x=24, y=500, width=852, height=400),
)
TOPS = {"vpc": 920, "one": 104, "two": 544}
"""Where the content of each boundary begins."""
ZONES = st.sampled_from([("a",), ("b",), ("c",), ("a", "b"), ("b", "c"), ("a", "c"), ("a", "b", "c")])


@st.composite
def drawings(draw: st.DrawFn) -> Architecture:
    """A VPC of three lanes with two tiers and up to eight things, which may lie on one another."""
    components = []
    for number in range(draw(st.integers(2, 8))):
        home, kind = draw(st.sampled_from(sorted(TOPS))), draw(st.sampled_from(["asg", "ec2", "ecs"]))
        zones = draw(ZONES)
        lane = "abc".index(zones[0])
        components.append(
            Component(
                id=f"c{number}",
                kind=kind,
                name=f"C{number}",
                boundary=home,
                zones=zones if kind != "ec2" else zones[:1],
                x=lane * 300 + draw(st.integers(40, 90)),
                y=TOPS[home] + draw(st.integers(0, 25)) * 8,
            )
        )
    return Architecture.of(Settings(), (VPC, *TIERS, *components))


@given(drawings(), st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_put_somewhere_clashes_with_nothing_new(before: Architecture, data: st.DataObject) -> None:
    """Whatever is moved or gets other zones: what lay apart stays apart, and only what was put goes elsewhere."""
    keys = data.draw(st.sets(st.sampled_from(sorted(before.components)), min_size=1))
    puts = []
    for key in sorted(keys):
        there = before.components[key]
        zones = data.draw(ZONES)
        puts.append(
            there.with_(
                zones=zones if there.kind != "ec2" else zones[:1],
                x="abc".index(zones[0]) * 300 + 50,
                y=TOPS[str(there.boundary)] + data.draw(st.integers(0, 30)) * 8,
            )
        )
    batch = Batch("Move", tuple(map(Put, puts)))
    put = before.copy()
    put.apply(batch)
    places = kept_apart(before, put, CATALOG, keys)
    assert places.keys() <= keys
    after = put.copy()
    after.apply(Batch("", tuple(Put(put.components[key].with_(x=x, y=y)) for key, (x, y) in places.items())))
    assert clashes(after, CATALOG) <= clashes(before, CATALOG)
    if not clashes(put, CATALOG) - clashes(before, CATALOG):
        assert not places, "what lies on nothing stays where it was put"

    grown = before.copy()
    inverse = grown.apply(with_room(before, CATALOG, batch, keys))
    assert clashes(grown, CATALOG) <= clashes(before, CATALOG), (
        "nor do boundaries that grow push anything onto anything"
    )
    for key in keys:
        home = grown.boundaries[str(grown.components[key].boundary)]
        if key in places:
            assert grown.components[key].y + 64 <= home.y + home.height, "its boundary has grown around it"
    grown.apply(inverse)
    assert grown == before


@given(drawings(), st.integers(-60, 60))
@settings(max_examples=80, deadline=None)
def test_what_is_put_together_keeps_its_arrangement(before: Architecture, by: int) -> None:
    """Things of one boundary that are moved as one lie to one another as they did."""
    keys = [key for key, each in before.components.items() if each.boundary == "one"]
    put = before.copy()
    moved = [before.components[key].with_(y=before.components[key].y + by * 8) for key in keys]
    put.apply(Batch("", tuple(map(Put, moved))))
    places = kept_apart(before, put, CATALOG, keys)
    shifts = {places.get(each.id, (each.x, each.y))[1] - each.y for each in moved}
    assert len(shifts) <= 1


def test_the_nearest_row_that_way_is_taken() -> None:
    """Below or above, whichever is nearer, unless a way is asked for."""
    band = Component(id="band", kind="asg", name="Band", boundary="one", x=40, y=240)
    card = Component(id="card", kind="ec2", name="Card", boundary="one", x=40, y=104)
    before = Architecture.of(Settings(), (VPC, *TIERS, band, card))
    for y, way, expected in ((184, 0, 160), (280, 0, 320), (184, 1, 320), (280, -1, 160), (240, 0, 320)):
        after = before.copy()
        after.apply(Put(card.with_(y=y)))
        assert kept_apart(before, after, CATALOG, ["card"], way) == {"card": (40, expected)}
