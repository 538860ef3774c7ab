"""Boundaries grow around what is put into them, to the right and below, and what is beside them makes room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from designer.layout.boxes import CARD_HEIGHT, CARD_WIDTH, FOLDED_HEIGHT, FOLDED_WIDTH, Box, Frame, Rect
from designer.layout.measures import PADDING
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary, Component
from designer.model.operations import fold

_CARD, _FRAME = "card:", "frame:"


def make_room(architecture: Architecture, components: dict[str, Component], boundaries: dict[str, Boundary]) -> None:
    """Lets boundaries grow around what is put into them; enters what changes by that.

    Given are the things as they will be, as far as they change. A VPC keeps its width, for its lanes hang on it.
    """
    frames = {**architecture.boundaries, **boundaries}
    tight = _tight(frames, components, boundaries)
    if tight:
        _enter(architecture, components, boundaries, tight, {})


def expanded(architecture: Architecture, keys: Iterable[str]) -> Batch:
    """Expands boundaries; what was put where they come to lie makes room, and boundaries around them grow."""
    batch = fold(architecture, keys, collapsed=False)
    components: dict[str, Component] = {}
    opened = {e.entity.id: e.entity for e in batch.edits if isinstance(e, Put) and isinstance(e.entity, Boundary)}
    before = {_FRAME + key: (each.x, each.y, FOLDED_WIDTH, FOLDED_HEIGHT) for key, each in opened.items()}
    around = sorted({each.parent for each in opened.values() if each.parent is not None})
    _enter(architecture, components, opened, around, before)
    edits: list[Edit] = [Put(each) for key, each in opened.items() if each != architecture.boundaries[key]]
    edits += [Put(each) for key, each in components.items() if each != architecture.components[key]]
    return Batch(batch.label, tuple(edits))


def widened(
    architecture: Architecture,
    components: dict[str, Component],
    boundaries: dict[str, Boundary],
    before: Mapping[str, Rect],
) -> None:
    """Makes room for boundaries that had other rectangles before; enters what changes by that."""
    around = (architecture.boundaries[key].parent for key in before)
    tight = sorted({parent for parent in around if parent is not None})
    _enter(architecture, components, boundaries, tight, {_FRAME + key: rect for key, rect in before.items()})


def _enter(
    architecture: Architecture,
    components: dict[str, Component],
    boundaries: dict[str, Boundary],
    tight: Sequence[str],
    before: Mapping[str, Rect],
) -> None:
    """Enters what changes where some boundaries are too small, or had other rectangles before."""
    frames = {**architecture.boundaries, **boundaries}
    cards = {**architecture.components, **components}
    boxes = [
        Box(id=_CARD + key, rect=(card.x, card.y, CARD_WIDTH, CARD_HEIGHT), frame=_named(card.boundary))
        for key, card in cards.items()
    ]
    held = [
        Frame(
            id=_FRAME + key,
            rect=(each.x, each.y, *((FOLDED_WIDTH, FOLDED_HEIGHT) if each.collapsed else (each.width, each.height))),
            frame=_named(each.parent),
            lanes=int(each.kind == "vpc"),
        )
        for key, each in frames.items()
    ]
    # Loads the layout, which a window that only shows a drawing does without.
    from designer.layout.arranging import grown

    changed = grown(boxes, held, [_FRAME + key for key in tight], PADDING, before)
    for name, (left, top, width, height) in changed.items():
        if name.startswith(_CARD):
            key = name.removeprefix(_CARD)
            components[key] = cards[key].with_(x=left, y=top)
        else:
            key = name.removeprefix(_FRAME)
            moved = frames[key].with_(x=left, y=top)
            boundaries[key] = moved if moved.collapsed else moved.with_(width=width, height=height)


def _tight(
    frames: Mapping[str, Boundary], components: Mapping[str, Component], boundaries: Mapping[str, Boundary]
) -> list[str]:
    """The boundaries over whose right or lower side something reaches that was moved, in the order of their ids."""
    found = set()
    for card in components.values():
        if card.boundary is not None and not frames[card.boundary].collapsed:
            right, bottom = card.x + CARD_WIDTH, card.y + CARD_HEIGHT
            if _reaches_over(frames[card.boundary], right, bottom):
                found.add(card.boundary)
    for each in boundaries.values():
        if each.parent is None or frames[each.parent].collapsed or each.collapsed:
            continue
        if _reaches_over(frames[each.parent], each.x + each.width, each.y + each.height):
            found.add(each.parent)
    return sorted(found)


def _reaches_over(frame: Boundary, right: int, bottom: int) -> bool:
    return right > frame.x + frame.width or bottom > frame.y + frame.height


def _named(boundary: str | None) -> str | None:
    return None if boundary is None else _FRAME + boundary
