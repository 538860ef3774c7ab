"""The samples: each loads, looks composed, teaches something, and uses nothing but what the catalog allows."""

from __future__ import annotations

from itertools import combinations

import pytest

from designer.catalog.catalog import load_catalog
from designer.catalog.resolve import Resolution
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.storage.samples import open_sample, open_source, sample_path, samples

NAMES = [sample.name for sample in samples()]
CARD = (176, 64)
Box = tuple[int, int, int, int]


@pytest.fixture(params=NAMES)
def sample(request: pytest.FixtureRequest) -> Architecture:
    """Each sample."""
    return open_sample(request.param, load_catalog())


def test_the_samples_there_are() -> None:
    """In the order in which they teach."""
    assert NAMES == [
        "three-tier",
        "three-tier-fragile",
        "fan-out",
        "worker-fleet",
        "containers-ec2",
        "containers-fargate",
        "kubernetes",
        "orders-coupled",
        "orders-decoupled",
    ]
    for one in samples():
        assert 10 < len(one.title) < 60 or one.title == "Kubernetes"
        assert 150 < len(one.teaches) < 500


def test_every_service_is_shown_somewhere() -> None:
    """A learner finds each kind and each relation in an example."""
    catalog = load_catalog()
    drawn = [open_sample(name, catalog) for name in NAMES]
    assert {c.kind for one in drawn for c in one.components.values()} == set(catalog.kinds)
    missing = set(catalog.relations) - {w.relation for one in drawn for w in one.connections.values()}
    assert missing <= {"invokes"}


def test_positions_are_on_the_grid(sample: Architecture) -> None:
    """Of eight units."""
    for thing in [*sample.components.values(), *sample.boundaries.values()]:
        assert thing.x % 8 == 0
        assert thing.y % 8 == 0


def test_cards_have_room(sample: Architecture) -> None:
    """At least 80 units between any two."""
    for one, other in combinations(sample.components.values(), 2):
        apart_x = abs(one.x - other.x) - CARD[0]
        apart_y = abs(one.y - other.y) - CARD[1]
        assert max(apart_x, apart_y) >= 80, (one.id, other.id)


def test_boundaries_hold_what_stands_in_them_and_nothing_else(sample: Architecture) -> None:
    """The drawing and the membership say the same."""
    boxes: dict[str, Box] = {b.id: (b.x, b.y, b.x + b.width, b.y + b.height) for b in sample.boundaries.values()}
    for boundary in sample.boundaries.values():
        if boundary.parent is not None:
            assert inside(boxes[boundary.id], boxes[boundary.parent])
    for component in sample.components.values():
        card = (component.x, component.y, component.x + CARD[0], component.y + CARD[1])
        around = {b.id for b in sample.boundaries_around(component.boundary)}
        assert {key for key, box in boxes.items() if inside(card, box)} == around
        assert {key for key, box in boxes.items() if overlap(card, box)} == around


def inside(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another with 8 units to spare."""
    return (
        inner[0] >= outer[0] + 8 and inner[1] >= outer[1] + 8 and inner[2] <= outer[2] - 8 and inner[3] <= outer[3] - 8
    )


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share a point."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_every_sample_is_one_connected_picture(sample: Architecture) -> None:
    """Everything hangs on the people who use it, and each flow starts with them."""
    reached, waiting = {"users"}, ["users"]
    while waiting:
        key = waiting.pop()
        new = {wire.target for wire in sample.outgoing(key)} - reached
        reached |= new
        waiting += new
    assert reached == set(sample.components)
    assert sample.flows
    assert all(flow.entry == "users" and flow.goal for flow in sample.flows.values())


def test_effective_properties_can_be_worked_out(sample: Architecture) -> None:
    """For every component and wire."""
    resolution = Resolution(sample, load_catalog())
    assert all(resolved.values for resolved in resolution.components() if resolved.kind.properties)
    assert len(resolution.wires()) == len(sample.connections)


def test_a_sample_by_name() -> None:
    """As `sample:NAME`; it has no file, so that saving asks for one."""
    opened = open_source("sample:three-tier", load_catalog())
    assert opened.path is None
    assert opened.architecture == open_sample("three-tier", load_catalog())
    by_path = open_source(str(sample_path("three-tier")), load_catalog())
    assert by_path.path == sample_path("three-tier")


@pytest.mark.parametrize("name", ["", "three", "../three-tier", "three-tier.arch.yaml", "/etc/passwd"])
def test_no_other_file_is_a_sample(name: str) -> None:
    """The names that there are stand in the error."""
    with pytest.raises(UserError, match=r"there is no sample .* three-tier, three-tier-fragile"):
        open_source(f"sample:{name}", load_catalog())


def test_a_sample_is_opened_fresh() -> None:
    """Editing one does not change the next."""
    first, second = (open_sample("fan-out", load_catalog()) for _ in range(2))
    assert first is not second
    assert first == second
