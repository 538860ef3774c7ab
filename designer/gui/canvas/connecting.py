"""Which wires may be drawn between two components, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Relation
from designer.model.architecture import Architecture


@dataclass(frozen=True, slots=True)
class Verdict:
    """The relations that a new wire may have; where there is none, the reason in words."""

    relations: tuple[Relation, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Several relations fit: the user has to choose."""

    source: str
    target: str
    relations: tuple[Relation, ...]


def judge(architecture: Architecture, catalog: Catalog, source: str, target: str) -> Verdict:
    """Whether a wire from one component to another may be drawn."""
    if source == target:
        return Verdict(reason="A component is not connected to itself.")
    one, other = architecture.components[source], architecture.components[target]
    relations = catalog.relations_between(one.kind, other.kind)
    if not relations:
        refusal = catalog.refusal(one.kind, other.kind)
        instead = f" Possible through: {catalog.kinds[refusal.instead].title}." if refusal.instead else ""
        return Verdict(reason=refusal.reason + instead)
    drawn = {wire.relation for wire in architecture.outgoing(source) if wire.target == target}
    free = tuple(relation for relation in relations if relation.id not in drawn)
    if not free:
        return Verdict(reason=f"{one.name} and {other.name} are connected already.")
    return Verdict(free)


def refused_kinds(catalog: Catalog, source_kind: str) -> frozenset[str]:
    """The kinds that no wire from a kind can end at."""
    return frozenset(kind for kind in catalog.kinds if not catalog.relations_between(source_kind, kind))
