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
        ("s: ecs\nq: sqs\ns sends q id=it", 1, "loose"),
        ("s: ecs\nt: sns\ns publishes t id=it", 1, "loose"),
        ("t: sns\nq: sqs\nt delivers q id=it", 1, "loose"),
        ("t: sns\nf: lambda\nt delivers f id=it", 2, "medium"),
        ("q: sqs\nw: ecs\nq feeds w id=it", 1, "loose"),
        ("q: sqs\nf: lambda\nq triggers f id=it", 1, "loose"),
        ("t: dynamodb\nf: lambda\nt triggers f id=it", 1, "loose"),
        ("q: sqs\nd: sqs\nq fails-to d id=it", 0, "loose"),
        ("a: lambda\nb: lambda\na invokes b id=it", 3, "tight"),
        ("a: lambda\nb: lambda\na invokes b mode=event id=it", 1, "loose"),
        ("s: ecs\ndb: rds\ns queries db id=it", 3, "tight"),
        ("s: ecs\nr: ecs\ndb: rds\ns queries db id=it\nr queries db", 4, "tight"),
        ("s: ecs\nr: ecs\ndb: rds\ns queries db id=it access=read\nr queries db", 3, "tight"),
        ("g: group\ns: ecs\ndb: rds in=g\ns queries db access=read id=it", 4, "tight"),
        ("g: group\ns: ecs in=g\ndb: rds in=g\ns queries db id=it", 3, "tight"),
        ("lb: elb\na: ecs\nlb routes a id=it", 3, "tight"),
        ("lb: elb\na: ecs\nb: ecs\nlb routes a id=it\nlb routes b", 2, "medium"),
        ("lb: elb\na: ecs\nb: ecs\nlb routes a id=it path=/a\nlb routes b", 3, "tight"),
    ],
)
def test_the_class_of_a_wire(text: str, tightness: int, word: str) -> None:
    """One point for waiting, for needing, for no bridge in between, for shared data; each with a reason."""
    found = wire(text)
    assert (found.tightness, found.word) == (tightness, word)
    assert len(found.reasons) == tightness


def test_reasons_name_who_is_bound() -> None:
    """In words for a person who sees the wire."""
    reasons = wire("s: ecs name=Shop\nr: ecs name=Reports\ndb: rds name=Data\ns queries db id=it\nr queries db").reasons
    assert reasons == (
        "Shop waits for the answer",
        "Shop cannot do its work without it",
        "nothing in between bridges an outage of Data",
        "Reports and Shop write the same data",
    )


def test_every_wire_has_a_class() -> None:
    """Also those that carry only failures."""
    architecture = draw("q: sqs\nd: sqs\nf: lambda\nq triggers f\nq fails-to d\nf fails-to d")
    assert set(analyse(architecture, CATALOG).coupling.wires) == set(architecture.connections)


def test_the_graph_is_seen_through_brokers_and_load_balancers() -> None:
    """A sends to Q which triggers B: A depends on B without waiting. C calls a load balancer before D: C waits for D."""
    text = "a: ecs\nq: sqs\nb: lambda\nc: ecs\nlb: elb scheme=internal\nd: ecs\nt: sns\nr: sqs\ne: ecs\n"
    text += "a sends q\nq triggers b\nc calls lb\nlb routes d\na publishes t\nt delivers r\nr feeds e\nusers: users\nf: lambda\nusers requests f"
    graph = service_graph(Wiring(Resolution(draw(text), CATALOG)))
    assert set(graph.nodes) == {"a", "b", "c", "d", "e", "f"}
    assert set(graph.paths) == {("a", "b", False), ("a", "e", False), ("c", "d", True)}
    assert graph.is_synchronous("c", "d") and not graph.is_synchronous("a", "b")
    assert graph.wires("c", "d") == ("c-lb-11", "lb", "lb-d-12")
    assert graph.wires("b", "a") == ()


def test_a_stream_connects_its_writer_with_its_reader() -> None:
    """Without waiting."""
    graph = service_graph(Wiring(Resolution(draw("a: ecs\nt: dynamodb\nf: lambda\na reads-writes t\nt triggers f"), CATALOG)))
    assert set(graph.paths) == {("a", "f", False)}


def test_figures_of_the_graph() -> None:
    """The worked example of the literature: six services, one pair that needs each other."""
    text = "".join(f"{name}: ecs\n" for name in ("web", "api", "orders", "catalog", "billing", "reports"))
    text += "web calls api\napi calls orders\napi calls catalog\norders calls billing\nbilling calls orders\nreports calls orders"
    found = coupling(text)
    assert (found.density, found.average, found.mutual_pairs, found.sync_ratio) == (0.2, 1.0, 1, 1.0)
    assert found.cycles == (("billing", "orders"),)
    assert (found.services["orders"].incoming, found.services["api"].outgoing) == (3, 2)
    assert found.services["orders"].instability == 0.25
    assert found.sync_depth == 2


def test_instability_of_a_lone_service_is_undefined() -> None:
    """Neither stable nor unstable."""
    assert coupling("a: ecs\nq: sqs").services["a"].instability is None


def test_blast_radius_is_the_share_of_flows_that_stop() -> None:
    """The database stops both flows, each front end its own, the worker none that only has to be accepted."""
    text = "u: users\nv: users\na: lambda\nb: lambda\nt: dynamodb\nq: sqs\nw: ecs\nu requests a\nv requests b\na reads-writes t\nb reads-writes t\na sends q\nq feeds w\n"
    text += "flow: id=one entry=u mode=accept\nflow: id=two entry=v"
    radius = {key: service.blast_radius for key, service in coupling(text).services.items()}
    assert (radius["t"], radius["a"], radius["b"], radius["q"], radius["w"]) == (1.0, 0.5, 0.5, 0.5, 0.0)


def test_a_crowded_broker_stays_a_node() -> None:
    """Thousands of pairs through one queue would say nothing, and take for ever."""
    half = int(MOST_PAIRS**0.5) + 1
    text = "q: sqs\n" + "".join(f"a{n}: ecs\na{n} sends q\nb{n}: ecs\nq feeds b{n}\n" for n in range(half))
    graph = service_graph(Wiring(Resolution(draw(text), CATALOG)))
    assert "q" in graph.nodes
    assert len(graph.paths) == 2 * half
