"""How tightly wires bind, and the graph of services that is seen through brokers and load balancers."""

from __future__ import annotations

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.coupling import MOST_PAIRS, service_graph
from designer.analysis.findings import CouplingResult, WireCoupling
from designer.analysis.wiring import Wiring
from designer.catalog.resolve import Resolution
from tests.analysis.drawings import CATALOG, draw


def coupling(text: str) -> CouplingResult:
    """The coupling of a drawing."""
    return analyse(draw(text), CATALOG).coupling


def wire(text: str) -> WireCoupling:
    """The class of the wire with the id "it"."""
    return coupling(text).wires["it"]


@pytest.mark.parametrize(
    ("text", "tightness", "word"),
    [
        ("s: ecs; q: sqs; s sends q id=it", 1, "loose"),
        ("s: ecs; t: sns; s publishes t id=it", 1, "loose"),
        ("t: sns; q: sqs; t delivers q id=it", 1, "loose"),
        ("t: sns; f: lambda; t delivers f id=it", 2, "medium"),
        ("q: sqs; w: ecs; q feeds w id=it", 1, "loose"),
        ("q: sqs; f: lambda; q triggers f id=it", 1, "loose"),
        ("t: dynamodb; f: lambda; t triggers f id=it", 1, "loose"),
        ("q: sqs; d: sqs; q fails-to d id=it", 0, "loose"),
        ("a: lambda; b: lambda; a invokes b id=it", 3, "tight"),
        ("a: lambda; b: lambda; a invokes b mode=event id=it", 1, "loose"),
        ("s: ecs; db: rds; s queries db id=it", 3, "tight"),
        ("s: ecs; r: ecs; db: rds; s queries db id=it; r queries db", 4, "tight"),
        ("s: ecs; r: ecs; db: rds; s queries db id=it access=read; r queries db", 3, "tight"),
        ("g: group; s: ecs; db: rds in=g; s queries db access=read id=it", 4, "tight"),
        ("g: group; s: ecs in=g; db: rds in=g; s queries db id=it", 3, "tight"),
        ("lb: elb; a: ecs; lb routes a id=it", 3, "tight"),
        ("lb: elb; a: ecs; b: ecs; lb routes a id=it; lb routes b", 2, "medium"),
        ("lb: elb; a: ecs; b: ecs; lb routes a id=it path=/a; lb routes b", 3, "tight"),
    ],
)
def test_the_class_of_a_wire(text: str, tightness: int, word: str) -> None:
    """One point for waiting, for needing, for no bridge in between, for shared data; each with a reason."""
    found = wire(text)
    assert (found.tightness, found.word) == (tightness, word)
    assert len(found.reasons) == tightness


def test_reasons_name_who_is_bound() -> None:
    """In words for a person who sees the wire."""
    reasons = wire("s: ecs name=Shop; r: ecs name=Reports; db: rds name=Data; s queries db id=it; r queries db").reasons
    assert reasons == (
        "Shop waits for the answer",
        "Shop cannot do its work without it",
        "nothing in between bridges an outage of Data",
        "Reports and Shop write the same data",
    )


def test_every_wire_has_a_class() -> None:
    """Also those that carry only failures."""
    architecture = draw("q: sqs; d: sqs; f: lambda; q triggers f; q fails-to d; f fails-to d")
    assert set(analyse(architecture, CATALOG).coupling.wires) == set(architecture.connections)


def test_the_graph_is_seen_through_brokers_and_load_balancers() -> None:
    """A sends to Q which triggers B: A needs B without waiting. C calls a load balancer before D: C waits for D."""
    text = "a: ecs; q: sqs; b: lambda; c: ecs; lb: elb scheme=internal; d: ecs; t: sns; r: sqs; e: ecs\n"
    text += (
        "a sends q; q triggers b; c calls lb; lb routes d; a publishes t; t delivers r; "
        "r feeds e; users: users; f: lambda; users requests f"
    )
    graph = service_graph(Wiring(Resolution(draw(text), CATALOG)))
    assert set(graph.nodes) == {"a", "b", "c", "d", "e", "f"}
    assert set(graph.paths) == {("a", "b", False), ("a", "e", False), ("c", "d", True)}
    assert graph.is_synchronous("c", "d") and not graph.is_synchronous("a", "b")
    assert graph.wires("c", "d") == ("c-lb-11", "lb", "lb-d-12")
    assert graph.wires("b", "a") == ()


def test_a_stream_connects_its_writer_with_its_reader() -> None:
    """Without waiting."""
    graph = service_graph(
        Wiring(Resolution(draw("a: ecs; t: dynamodb; f: lambda; a reads-writes t; t triggers f"), CATALOG))
    )
    assert set(graph.paths) == {("a", "f", False)}


def test_figures_of_the_graph() -> None:
    """The worked example of the literature: six services, one pair that needs each other."""
    text = "".join(f"{name}: ecs\n" for name in ("web", "api", "orders", "catalog", "billing", "reports"))
    text += (
        "web calls api; api calls orders; api calls catalog; orders calls billing; "
        "billing calls orders; reports calls orders"
    )
    found = coupling(text)
    assert (found.density, found.average, found.mutual_pairs, found.sync_ratio) == (0.2, 1.0, 1, 1.0)
    assert found.cycles == (("billing", "orders"),)
    assert (found.services["orders"].incoming, found.services["api"].outgoing) == (3, 2)
    assert found.services["orders"].instability == 0.25
    assert found.sync_depth == 2


def test_instability_of_a_lone_service_is_undefined() -> None:
    """Neither stable nor unstable."""
    assert coupling("a: ecs; q: sqs").services["a"].instability is None


def test_blast_radius_is_the_share_of_flows_that_stop() -> None:
    """The database stops both flows, each front end its own, the worker none that only has to be accepted."""
    text = (
        "u: users; v: users; a: lambda; b: lambda; t: dynamodb; q: sqs; w: ecs; u requests a; "
        "v requests b; a reads-writes t; b reads-writes t; a sends q; q feeds w\n"
    )
    text += "flow: id=one entry=u mode=accept; flow: id=two entry=v"
    radius = {key: service.blast_radius for key, service in coupling(text).services.items()}
    assert (radius["t"], radius["a"], radius["b"], radius["q"], radius["w"]) == (1.0, 0.5, 0.5, 0.5, 0.0)


def test_a_crowded_broker_stays_a_node() -> None:
    """Thousands of pairs through one queue would say nothing, and take for ever."""
    half = int(MOST_PAIRS**0.5) + 1
    text = "q: sqs\n" + "".join(f"a{n}: ecs; a{n} sends q; b{n}: ecs; q feeds b{n}\n" for n in range(half))
    graph = service_graph(Wiring(Resolution(draw(text), CATALOG)))
    assert "q" in graph.nodes
    assert len(graph.paths) == 2 * half
