"""What is locked keeps its place: an edit that would move, resize or remove it is refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.errors import UserError
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, Remove
from designer.model.entities import Boundary, Collection, Component, Entity


def refuse_locked(architecture: Architecture, edit: Edit) -> None:
    """Raises `UserError` for an edit that moves, resizes or removes what is locked.

    What is locked goes along with a boundary around it that moves as a whole: its lock holds it in its place there. An
    edit that takes the lock off may do anything else as well. Only people are refused: undo, a merge and what comes
    from a file are not asked.
    """
    plain = list(_flat(edit))
    moved = {(put.collection, put.entity.id): put.entity for put in plain if isinstance(put, Put)}
    held = [thing for one in plain if (thing := _held(architecture, one, moved)) is not None]
    if held:
        names = ", ".join(dict.fromkeys(thing.name for thing in held[:3]))
        raise UserError(
            plural("{names} is locked.", "{names} are locked.", len(held), names=names),
            hint=tr("Unlock with Ctrl+Alt+L to move or delete."),
        )


def _flat(edit: Edit) -> Iterable[Edit]:
    if isinstance(edit, Batch):
        for one in edit.edits:
            yield from _flat(one)
    else:
        yield edit


def _held(
    architecture: Architecture, edit: Edit, moved: Mapping[tuple[Collection, str], Entity]
) -> Component | Boundary | None:
    """The locked thing that an edit would move or remove."""
    match edit:
        case Remove(collection=collection, id=key):
            thing = architecture.table(collection).get(key)
            return thing if isinstance(thing, Component | Boundary) and thing.locked else None
        case Put(entity=Component() | Boundary() as after) if after.locked:
            before = architecture.table(edit.collection).get(after.id)
            if not isinstance(before, Component | Boundary) or not before.locked or _stays(before, after):
                return None
            return None if _goes_along(architecture, before, after, moved) else before
        case _:
            return None


def _stays(before: Component | Boundary, after: Component | Boundary) -> bool:
    return (before.x, before.y) == (after.x, after.y) and _size(before) == _size(after)


def _size(thing: Component | Boundary) -> tuple[int, int]:
    return (thing.width, thing.height) if isinstance(thing, Boundary) else (0, 0)


def _goes_along(
    architecture: Architecture,
    before: Component | Boundary,
    after: Component | Boundary,
    moved: Mapping[tuple[Collection, str], Entity],
) -> bool:
    """Whether the boundary around goes the same way, and nothing else about the thing changes."""
    home = before.boundary if isinstance(before, Component) else before.parent
    around = moved.get((Collection.BOUNDARIES, home)) if home is not None else None
    if home is None or not isinstance(around, Boundary):
        return False
    old = architecture.boundaries[home]
    same_way = (after.x - before.x, after.y - before.y) == (around.x - old.x, around.y - old.y)
    return same_way and _size(before) == _size(after)
