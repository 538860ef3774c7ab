"""Which wires may be drawn between two components, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Relation
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.entities import Connection, Properties


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relations that a new wire may have; where there is none, the reason in words."""

    relations: tuple[Relation, ...] = ()
    reason: str = ""


def judge(
    architecture: Architecture, catalog: Catalog, source: str, target: str, instead_of: str | None = None
) -> Verdict:
    """Whether a wire from one component to another may be drawn; `instead_of` is a wire that goes for it."""
    if source == target:
        return Verdict(reason=tr("A component is not connected to itself."))
    one, other = architecture.components[source], architecture.components[target]
    relations = catalog.relations_between(one.kind, other.kind)
    if not relations:
        refusal = catalog.refusal(one.kind, other.kind)
        instead = (
            tr(" Possible through: {title}.", title=tr(catalog.kinds[refusal.instead].title)) if refusal.instead else ""
        )
        return Verdict(reason=tr(refusal.reason) + instead)
    wires = architecture.outgoing(source)
    drawn = {wire.relation for wire in wires if wire.target == target and wire.id != instead_of}
    free = tuple(relation for relation in relations if relation.id not in drawn)
    if not free:
        return Verdict(reason=tr("{one} and {other} are connected already.", one=one.name, other=other.name))
    return Verdict(free)


@dataclass(frozen=True, slots=True)
class Between:
    """What a wire becomes when a component is put between its ends: two relations, or the reason why it cannot."""

    relations: tuple[Relation, Relation] | None = None
    reason: str = ""


def judge_between(architecture: Architecture, catalog: Catalog, wire: Connection, kind: str) -> Between:
    """Whether a new component of a kind may be put between the ends of a wire.

    Of several relations that fit, each half takes the wire's own, else the first of the catalog.
    """
    source, target = architecture.components[wire.source].kind, architecture.components[wire.target].kind
    halves: list[Relation] = []
    for one, other in ((source, kind), (kind, target)):
        fits = catalog.relations_between(one, other)
        if not fits:
            titles = tr(
                "{source} to {target}", source=tr(catalog.kinds[one].title), target=tr(catalog.kinds[other].title)
            )
            return Between(reason=f"{titles}: {tr(catalog.refusal(one, other).reason)}")
        halves.append(next((relation for relation in fits if relation.id == wire.relation), fits[0]))
    return Between((halves[0], halves[1]))


def refused_kinds(catalog: Catalog, kind: str, backwards: bool = False) -> frozenset[str]:
    """The kinds that no wire from a kind can end at; `backwards` those that no wire to it can start at."""
    return frozenset(
        other
        for other in catalog.kinds
        if not (catalog.relations_between(other, kind) if backwards else catalog.relations_between(kind, other))
    )


def kept_properties(wire: Connection, relation: Relation) -> Properties:
    """What of a wire's properties holds when it gets a relation: all of them, or what a person judged of another."""
    if relation.id == wire.relation:
        return wire.properties
    judged = {prop.name for prop in relation.properties.values() if prop.analysis_only}
    return {name: value for name, value in wire.properties.items() if name in judged}
