"""What changed of the notes and decisions of two drawings; a deployment knows nothing of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.model.architecture import Architecture
from designer.model.decisions import Decision
from designer.model.entities import Boundary, Collection, Component, Connection, Drawn

_DRAWN = (Collection.COMPONENTS, Collection.CONNECTIONS, Collection.BOUNDARIES)
_Pinned = tuple[str, tuple[Decision, ...]]
"""A note and decisions."""


def pinned_changes(before: Architecture, after: Architecture) -> Iterator[str]:
    """One line for each note and each decision that came, went or changed; by the names of `after` where it has them.

    What is pinned to something that only one of the drawings has came or went with it.
    """
    old, new = before.settings, after.settings
    yield from _changes("the whole", (old.note, old.decisions), (new.note, new.decisions))
    for collection in _DRAWN:
        was, now = before.table(collection), after.table(collection)
        for key in sorted({*was, *now}):
            owner = after if key in now else before
            yield from _changes(_name(owner, collection, key), _pinned(was.get(key)), _pinned(now.get(key)))


def _pinned(thing: object) -> _Pinned:
    return (thing.note, thing.decisions) if isinstance(thing, Drawn) else ("", ())


def _changes(name: str, before: _Pinned, after: _Pinned) -> Iterator[str]:
    if before[0].strip() != after[0].strip():
        word = "note changed" if before[0].strip() and after[0].strip() else "note added"
        yield f"{name}: {word if after[0].strip() else 'note removed'}"
    yield from _decision_changes(name, before[1], after[1])


def _decision_changes(name: str, before: Sequence[Decision], after: Sequence[Decision]) -> Iterator[str]:
    """A decision is the same while its title is."""
    was, now = ({made.title: made for made in some} for some in (before, after))
    for title, made in now.items():
        old = was.get(title)
        if old is None:
            yield f"{name}: decision added: {title} ({made.status})"
        elif old.status != made.status:
            yield f"{name}: decision {old.status} -> {made.status}: {title}"
        elif old != made:
            yield f"{name}: decision changed: {title}"
    for title in was:
        if title not in now:
            yield f"{name}: decision removed: {title}"


def _name(architecture: Architecture, collection: Collection, key: str) -> str:
    thing = architecture.table(collection)[key]
    if isinstance(thing, (Component, Boundary)):
        return thing.name.strip() or key
    if isinstance(thing, Connection):
        ends = (architecture.components[end] for end in (thing.source, thing.target))
        return " to ".join(end.name.strip() or end.id for end in ends)
    return key
