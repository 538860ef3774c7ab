"""Where a value comes from that nobody set: from other properties, from what is around a thing, from the catalog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from designer.catalog.entries import Property
from designer.catalog.expressions import compile_expression
from designer.catalog.resolve import ABOUT_WIRES, IMPLIED_VPC, Resolution
from designer.language import later, tr
from designer.model.entities import Boundary, Component, Drawn

_BESIDE = {"zones": later("Zones"), "in_vpc": later("Network"), "kind": "", "name": later("Name")}
"""What formulas may ask for besides properties, by the name that the form has for it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line of where a component stands: what it is about, what holds, and why."""

    title: str
    value: str
    origin: str


def formula_origin(prop: Property, known: Mapping[str, Property]) -> str:
    """What a default follows from ("Minimum, the connections"); empty where it is always the same."""
    if prop.formula is None:
        return ""
    names, wires = _asked_for(prop.formula)
    titles = [tr(known[name].title) if name in known else tr(_BESIDE.get(name, "")) for name in names]
    parts = [title for title in titles if title] + ([tr("the connections")] if wires else [])
    return ", ".join(parts)


def asks_for_wires(expression: str) -> bool:
    """Whether an expression of the catalog asks for the wires around a thing, besides its values."""
    return _asked_for(expression)[1]


def zone_origin(resolution: Resolution, entity: Drawn) -> str:
    """What a thing without zones of its own has them from; empty for one that has its own."""
    if not isinstance(entity, (Component, Boundary)) or entity.zones:
        return ""
    outer = entity.boundary if isinstance(entity, Component) else entity.parent
    around = resolution.architecture.boundaries_around(outer)
    return next((boundary.name or boundary.id for boundary in around if boundary.zones), tr("the architecture"))


def places_of(resolution: Resolution, component: str) -> tuple[Place, ...]:
    """Network and subnets of a component that has an address in a network; none for others."""
    resolved = resolution.component(component)
    if resolved.vpc is None:
        return ()
    return _network(resolution, component, resolved.vpc), _subnets(resolution, component, str(resolved.tier))


def _network(resolution: Resolution, component: str, vpc: str) -> Place:
    architecture = resolution.architecture
    if vpc == IMPLIED_VPC:
        return Place(tr("Network"), tr("A network of its own"), tr("The template makes one, as no VPC is drawn."))
    inside = resolution.vpc_of(architecture.components[component].boundary) is not None
    name = architecture.boundaries[vpc].name or vpc
    return Place(tr("Network"), name, tr("It stands in it.") if inside else tr("It joins the one VPC that is drawn."))


def _subnets(resolution: Resolution, component: str, tier: str) -> Place:
    architecture = resolution.architecture
    around = architecture.boundaries_around(architecture.components[component].boundary)
    drawn = next((boundary for boundary in around if boundary.kind == "tier"), None)
    value = {"public": tr("Public"), "private": tr("Private"), "isolated": tr("Isolated")}.get(tier, tier)
    if drawn is not None:
        return Place(tr("Subnets"), value, tr("It stands in {boundary}.", boundary=drawn.name or drawn.id))
    kind = resolution.component(component).kind
    return Place(tr("Subnets"), value, tr("Usual for: {kind}.", kind=tr(kind.title)))


@lru_cache(maxsize=512)
def _asked_for(formula: str) -> tuple[tuple[str, ...], bool]:
    """The names that a formula asks for, in order, and whether it asks for the wires around a thing."""
    expression = compile_expression(formula)
    names = sorted(expression.names, key=formula.find)
    return tuple(names), not ABOUT_WIRES.isdisjoint(expression.called)
