"""Keeps a resolution right from edit to edit, working out only what an edit can have reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.entities import Collection, Connection


def renew(resolution: Resolution, changes: Changes) -> set[str] | None:
    """Brings a resolution up to date after an edit of its architecture that left boundaries and settings alone.

    Returns the ids of all components of which anything is different: their effective properties, their wires, or the
    properties of a component at the other end of one. `None` where boundaries or settings are other ones: then
    everything may be, and a new resolution is due.

    An effective property may depend on the wires of its component and on what is at their other ends. So the ends of
    what was edited are worked out again, and as long as some come out differently, so are their neighbours.
    """
    if changes.settings is not None or changes.entities[Collection.BOUNDARIES]:
        return None
    resolution.forget(changes.entities[Collection.CONNECTIONS])
    touched = {key for key, _before, _after in changes.of(Collection.COMPONENTS)} | set(_ends(changes))
    pending = touched
    while pending:
        different = resolution.again(sorted(pending))
        pending = _neighbours(resolution.architecture, different)
        touched = touched | different | pending
    return touched


def _ends(changes: Changes) -> Iterator[str]:
    """The ends of all connections that are new, gone or different."""
    for _key, before, after in changes.of(Collection.CONNECTIONS):
        for wire in (before, after):
            if isinstance(wire, Connection):
                yield wire.source
                yield wire.target


def _neighbours(architecture: Architecture, keys: Iterable[str]) -> set[str]:
    """The components at the other ends of their wires."""
    wires = [wire for key in keys for wire in architecture.wires_of(key)]
    return {end for wire in wires for end in (wire.source, wire.target)}
