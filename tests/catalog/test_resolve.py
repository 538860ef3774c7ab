"""Effective properties: defaults that follow from the drawing, placement, and forgetting the right things."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.catalog.resolve import IMPLIED_VPC, Resolution, visible
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.edits import Put, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Settings
from designer.model.history import History
from tests.model.architectures import architectures

CATALOG = load_catalog()


def resolve(*entities: Entity, zones: tuple[str, ...] = ("a", "b")) -> Resolution:
    """The resolution of an architecture."""
    return Resolution(Architecture.of(Settings(zones=zones), entities), CATALOG)


def part(key: str, kind: str, boundary: str | None = None, zones: tuple[str, ...] = (), **chosen: object) -> Component:
    """A component."""
    return Component(id=key, kind=kind, name=key, boundary=boundary, zones=zones, properties=chosen)


def wire(source: str, relation: str, target: str, **chosen: object) -> Connection:
    """A wire."""
    return Connection(id=f"{source}-{target}", source=source, relation=relation, target=target, properties=chosen)


NET = Boundary(id="net", kind="vpc", name="Net", zones=("a", "b", "c"))
PUBLIC = Boundary(id="public", kind="tier", name="Public", parent="net", properties={"access": "public"})


def test_a_load_balancer_faces_the_internet_where_people_reach_it() -> None:
    """And is internal else, with a port that follows from TLS."""
    faced = resolve(part("u", "users"), part("lb", "elb"), wire("u", "requests", "lb")).component("lb")
    assert (faced.values["scheme"], faced.values["port"], faced.tier) == ("internet-facing", 443, "public")
    inner = resolve(part("s", "ecs"), part("lb", "elb", tls=False), wire("s", "calls", "lb")).component("lb")
    assert (inner.values["scheme"], inner.values["port"], inner.tier) == ("internal", 80, "private")


def test_zones_come_from_the_nearest_place_that_names_some() -> None:
    """The component, its boundaries from inside out, the architecture."""
    found = resolve(NET, PUBLIC, part("x", "asg"), part("y", "asg", "public"), part("z", "asg", "public", ("b",)))
    assert [found.component(key).zones for key in "xyz"] == [("a", "b"), ("a", "b", "c"), ("b",)]


def test_what_stands_in_one_zone_takes_the_first() -> None:
    """An instance, and a database without a standby; a queue stands in none."""
    found = resolve(part("s", "ec2"), part("d", "rds", deployment="single"), part("m", "rds"), part("q", "sqs"))
    assert [found.component(key).zones for key in "sdmq"] == [("a",), ("a",), ("a", "b"), ()]


def test_a_function_joins_a_network_only_when_it_must() -> None:
    """When it uses something in one; where exactly one VPC is drawn, that one."""
    found = resolve(part("f", "lambda"), part("q", "sqs"), wire("f", "sends", "q"))
    assert found.component("f").vpc is None
    found = resolve(part("f", "lambda"), part("d", "rds"), wire("f", "queries", "d"))
    assert found.component("f").vpc == IMPLIED_VPC
    assert found.component("f").values["in_vpc"] is True
    found = resolve(NET, PUBLIC, part("f", "lambda"), part("d", "rds", "public"), wire("f", "queries", "d"))
    assert found.component("f").vpc == "net"
    assert found.component("d").tier == "public"


def test_a_queue_follows_the_function_that_reads_it() -> None:
    """Six times its timeout, within what SQS allows."""
    found = resolve(part("q", "sqs"), part("f", "lambda", timeout=100), wire("q", "triggers", "f"))
    assert found.component("q").values["visibility_timeout"] == 600


def test_properties_without_meaning_are_not_shown() -> None:
    """What only matters for FIFO queues, and what only matters on EC2."""
    queue = resolve(part("q", "sqs")).component("q")
    assert "deduplicate_by_content" not in [p.name for p in visible(queue.kind.properties, queue.values)]
    queue = resolve(part("q", "sqs", fifo=True)).component("q")
    assert "deduplicate_by_content" in [p.name for p in visible(queue.kind.properties, queue.values)]


def test_targets_of_a_balancer_are_alternatives_unless_told_apart() -> None:
    """By path or host."""
    parts = [part("lb", "elb"), part("x", "ecs"), part("y", "ecs"), part("z", "ecs")]
    found = resolve(*parts, wire("lb", "routes", "x"), wire("lb", "routes", "y"), wire("lb", "routes", "z", path="/z"))
    keys = [found.wire(key).alternatives for key in ("lb-x", "lb-y", "lb-z")]
    assert keys[0] == keys[1] != keys[2]


def test_words_on_wires() -> None:
    """The relation's verb, or that of the chosen access."""
    parts = [part("f", "lambda"), part("t", "dynamodb")]
    assert resolve(*parts, wire("f", "reads-writes", "t")).wire("f-t").verb == "reads and writes"
    assert resolve(*parts, wire("f", "reads-writes", "t", access="read")).wire("f-t").verb == "reads"


def test_waiting_is_a_matter_of_the_mode() -> None:
    """An invocation that does not wait is asynchronous."""
    parts = [part("f", "lambda"), part("g", "lambda")]
    assert resolve(*parts, wire("f", "invokes", "g")).wire("f-g").style == "sync"
    assert resolve(*parts, wire("f", "invokes", "g", mode="event")).wire("f-g").style == "async"


@given(start=architectures(), data=st.data())
@settings(max_examples=60)
def test_after_any_edit_the_kept_results_are_right(start: Architecture, data: st.DataObject) -> None:
    """What was forgotten and what was kept together equal a resolution from nothing."""
    kept = Resolution(start, CATALOG)
    start.subscribe(kept.changed)
    history = History(start)
    look_at_all(kept)
    for _ in range(data.draw(st.integers(1, 4))):
        if not start.components:
            break
        key = data.draw(st.sampled_from(sorted(start.components)))
        component = start.components[key]
        edit = data.draw(
            st.sampled_from(
                [
                    Put(component.with_(zones=("c",))),
                    Put(component.with_(properties={})),
                    Put(component.with_(boundary=None)),
                    operations.rename(start, key, "Another name"),
                    operations.delete(start, {Collection.COMPONENTS: [key]}),
                    operations.set_settings(start, "Zones", zones=("a", "d")),
                    *[Remove(Collection.CONNECTIONS, each.id) for each in start.wires_of(key)],
                ]
            )
        )
        history.do(edit)
        assert look_at_all(kept) == look_at_all(Resolution(start, CATALOG))
    history.undo()
    assert look_at_all(kept) == look_at_all(Resolution(start, CATALOG))


def look_at_all(resolution: Resolution) -> list[object]:
    """Everything that can be seen of a resolution."""
    components = [(r.id, dict(r.values), r.zones, r.vpc, r.tier) for r in resolution.components()]
    wires = [(w.id, dict(w.values), w.style, w.alternatives, w.verb, w.label) for w in resolution.wires()]
    return [*components, *wires, dict(resolution.settings)]
