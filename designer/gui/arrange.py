"""Aligning, spacing out and giving one size to what is selected, as one edit. Boundaries take their content along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from designer.catalog.resolve import Resolution
from designer.gui.canvas.metrics import Rect, boundary_rect, card_rect
from designer.gui.canvas.placement import Moved, content_of, move
from designer.language import later, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch
from designer.model.entities import Collection

Thing = tuple[Collection, str]
Span = tuple[float, float]
"""The low and the high end of a rectangle in one direction."""

_LABELS = {"align": later("Align"), "spread": later("Space out"), "same": later("Make the same size")}
_LEAST = {"align": 2, "spread": 3, "same": 2}
"""How many things there have to be."""


def arrange(resolution: Resolution, components: Iterable[str], boundaries: Iterable[str], how: str) -> Batch | None:
    """The edit for one of the commands `align-...`, `spread-...`, `same-...`; `None` where nothing would move.

    Raises `Refused` where something may not stand where it would come to.
    """
    architecture = resolution.architecture
    things = chosen(architecture, components, boundaries, how)
    task = how.partition("-")[0]
    if len(things) < _LEAST[task]:
        return None
    before = {thing: _rect(architecture, thing) for thing in things}
    after = dict(zip(things, _rects(list(before.values()), how), strict=True))
    if before == after:
        return None
    moved = _sized(after) if task == "same" else _moved(architecture, before, after)
    edits = move(architecture, moved, resolution).edits
    return Batch(tr(_LABELS[task]), edits) if edits else None


def chosen(
    architecture: Architecture, components: Iterable[str], boundaries: Iterable[str], how: str
) -> Sequence[Thing]:
    """What of a selection the command treats: nothing that stands in something else of it; for a size, only frames."""
    boundaries = [key for key in boundaries if key in architecture.boundaries]
    inside, frames = content_of(architecture, boundaries)
    things = [(Collection.BOUNDARIES, key) for key in boundaries if architecture.boundaries[key].parent not in frames]
    if how.startswith("same"):
        return [(Collection.BOUNDARIES, key) for key in boundaries]
    loose = [key for key in components if key in architecture.components and key not in inside]
    return [*((Collection.COMPONENTS, key) for key in loose), *things]


def _rect(architecture: Architecture, thing: Thing) -> Rect:
    collection, key = thing
    if collection is Collection.BOUNDARIES:
        return boundary_rect(architecture.boundaries[key])
    component = architecture.components[key]
    return card_rect(component.x, component.y)


def _rects(rects: Sequence[Rect], how: str) -> list[Rect]:
    """The new rectangles, in the same order."""
    across, down = [(r[0], r[2]) for r in rects], [(r[1], r[3]) for r in rects]
    if (way := _ACROSS.get(how)) is not None:
        across = way(across)
    if (way := _DOWN.get(how)) is not None:
        down = way(down)
    return [(x[0], y[0], x[1], y[1]) for x, y in zip(across, down, strict=True)]


def _to_low(spans: Sequence[Span]) -> list[Span]:
    low = min(one for one, _ in spans)
    return [(low, low + high - one) for one, high in spans]


def _to_high(spans: Sequence[Span]) -> list[Span]:
    high = max(other for _, other in spans)
    return [(high - (other - low), high) for low, other in spans]


def _to_middle(spans: Sequence[Span]) -> list[Span]:
    middle = (min(low for low, _ in spans) + max(high for _, high in spans)) / 2
    lows = [int(middle - (high - low) / 2) for low, high in spans]
    return [(start, start + high - low) for start, (low, high) in zip(lows, spans, strict=True)]


def _evenly(spans: Sequence[Span]) -> list[Span]:
    """The same extent with equal gaps, in the same order; gaps are negative where there is too little room."""
    order = sorted(range(len(spans)), key=lambda number: sum(spans[number]))
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    gap = (high - low - sum(span[1] - span[0] for span in spans)) / (len(spans) - 1)
    spread, at = list(spans), low
    for number in order:
        size = spans[number][1] - spans[number][0]
        spread[number] = (round(at), round(at) + size)
        at += size + gap
    return spread


def _to_largest(spans: Sequence[Span]) -> list[Span]:
    """All as long as the longest, so that nothing falls out of any."""
    size = max(high - low for low, high in spans)
    return [(low, low + size) for low, _ in spans]


_Way = Callable[[Sequence[Span]], list[Span]]
_ACROSS: Mapping[str, _Way] = {
    "align-left": _to_low,
    "align-centre": _to_middle,
    "align-right": _to_high,
    "spread-across": _evenly,
    "same-width": _to_largest,
    "same-size": _to_largest,
}
_DOWN: Mapping[str, _Way] = {
    "align-top": _to_low,
    "align-middle": _to_middle,
    "align-bottom": _to_high,
    "spread-down": _evenly,
    "same-height": _to_largest,
    "same-size": _to_largest,
}


def _moved(architecture: Architecture, before: Mapping[Thing, Rect], after: Mapping[Thing, Rect]) -> Moved:
    moved = Moved()
    for (collection, key), old in before.items():
        dx, dy = round(after[collection, key][0] - old[0]), round(after[collection, key][1] - old[1])
        if not (dx or dy):
            continue
        if collection is Collection.COMPONENTS:
            moved.components[key] = (round(old[0]) + dx, round(old[1]) + dy)
            moved.loose |= {key}
            continue
        inside, frames = content_of(architecture, [key])
        moved.outer |= {key}
        for each in inside:
            component = architecture.components[each]
            moved.components[each] = (component.x + dx, component.y + dy)
        for each in frames:
            left, top, right, bottom = boundary_rect(architecture.boundaries[each])
            moved.boundaries[each] = (left + dx, top + dy, right + dx, bottom + dy)
    return moved


def _sized(after: Mapping[Thing, Rect]) -> Moved:
    return Moved(boundaries={key: rect for (_, key), rect in after.items()})
