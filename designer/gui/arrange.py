"""Aligning and spacing out what is selected, as edits. All cards have one size, so that their corners are enough."""

from __future__ import annotations

from collections.abc import Sequence

from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit
from designer.model.entities import Collection, Component
from designer.model.operations import move

Point = tuple[int, int]


def arrange(architecture: Architecture, ids: Sequence[str], how: str) -> Edit | None:
    """The edit for one of the commands `align-...` and `spread-...`; `None` where nothing would move."""
    components = [architecture.components[key] for key in ids if key in architecture.components]
    if len(components) < 2:
        return None
    places = _places(components, how)
    moved = {c.id: place for c, place in zip(components, places, strict=True) if place != (c.x, c.y)}
    if not moved:
        return None
    label = tr("Align") if how.startswith("align") else tr("Space out")
    return Batch(label, move(architecture, {Collection.COMPONENTS: moved}).edits)


def _places(components: Sequence[Component], how: str) -> list[Point]:
    across, down = [c.x for c in components], [c.y for c in components]
    match how:
        case "align-left":
            return [(min(across), y) for y in down]
        case "align-right":
            return [(max(across), y) for y in down]
        case "align-centre":
            middle = (min(across) + max(across)) // 2
            return [(middle, y) for y in down]
        case "align-top":
            return [(x, min(down)) for x in across]
        case "align-bottom":
            return [(x, max(down)) for x in across]
        case "spread-across":
            return list(zip(_spread(across), down, strict=True))
        case "spread-down":
            return list(zip(across, _spread(down), strict=True))
    raise ValueError(f"no such arrangement: {how!r}")


def _spread(values: Sequence[int]) -> list[int]:
    """The same extent with equal distances, in the same order."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    low, step = min(values), (max(values) - min(values)) / (len(values) - 1)
    spread = [0] * len(values)
    for rank, index in enumerate(order):
        spread[index] = round(low + rank * step)
    return spread
