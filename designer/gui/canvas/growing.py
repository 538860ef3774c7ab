"""Boundaries grow around what is put into them, to the right and below, and what is beside them makes room."""

from __future__ import annotations

from collections.abc import Mapping

from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, PADDING
from designer.layout.arranging import grown
from designer.layout.boxes import Box, Frame
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component

_CARD, _FRAME = "card:", "frame:"


def make_room(architecture: Architecture, components: dict[str, Component], boundaries: dict[str, Boundary]) -> None:
    """Lets boundaries grow around what is put into them; enters what changes by that.

    Given are the things as they will be, as far as they change. A VPC keeps its width, for its lanes hang on it.
    """
    frames = {**architecture.boundaries, **boundaries}
    tight = _tight(frames, components, boundaries)
    if not tight:
        return
    cards = {**architecture.components, **components}
    boxes = [
        Box(id=_CARD + key, rect=(card.x, card.y, CARD_WIDTH, CARD_HEIGHT), frame=_named(card.boundary))
        for key, card in cards.items()
    ]
    held = [
        Frame(
            id=_FRAME + key,
            rect=(each.x, each.y, each.width, each.height),
            frame=_named(each.parent),
            lanes=int(each.kind == "vpc"),
        )
        for key, each in frames.items()
    ]
    for name, (left, top, width, height) in grown(boxes, held, [_FRAME + key for key in tight], PADDING).items():
        if name.startswith(_CARD):
            key = name.removeprefix(_CARD)
            components[key] = cards[key].with_(x=left, y=top)
        else:
            key = name.removeprefix(_FRAME)
            boundaries[key] = frames[key].with_(x=left, y=top, width=width, height=height)


def _tight(
    frames: Mapping[str, Boundary], components: Mapping[str, Component], boundaries: Mapping[str, Boundary]
) -> list[str]:
    """The boundaries over whose right or lower side something reaches that was moved, in the order of their ids."""
    found = set()
    for card in components.values():
        if card.boundary is not None:
            right, bottom = card.x + CARD_WIDTH, card.y + CARD_HEIGHT
            if _reaches_over(frames[card.boundary], right, bottom):
                found.add(card.boundary)
    for each in boundaries.values():
        if each.parent is not None and _reaches_over(frames[each.parent], each.x + each.width, each.y + each.height):
            found.add(each.parent)
    return sorted(found)


def _reaches_over(frame: Boundary, right: int, bottom: int) -> bool:
    return right > frame.x + frame.width or bottom > frame.y + frame.height


def _named(boundary: str | None) -> str | None:
    return None if boundary is None else _FRAME + boundary
