"""To the front and to the back: which of the things that overlap lies above, kept in the file as layers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from designer.gui.canvas.metrics import Rect, overlaps
from designer.language import later, tr
from designer.model.edits import Batch, Put
from designer.model.entities import MOST_LAYERS, Boundary, Collection, Component

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

Stack = list[str]
"""Ids from the lowest to the highest."""

_LABELS = {
    "front": later("Bring to front"),
    "forward": later("Bring forward"),
    "backward": later("Send backward"),
    "back": later("Send to back"),
}


def reordered(
    scene: Scene, components: Mapping[str, Component], boundaries: Mapping[str, Boundary], how: str
) -> Batch | None:
    """The edit that puts some components and boundaries above or below others; `None` where they are there already.

    To the front and to the back means of all; forward and backward past the next thing that they overlap. Components
    always lie above boundaries, and what stands in a boundary above that.
    """
    frames = scene.boundaries
    cards = _Pile(
        {key: (scene.rects[key], item.order) for key, item in scene.components.items()},
        {key: component.layer for key, component in scene.labels.architecture.components.items()},
    )
    layers = {Collection.COMPONENTS: cards.layers(set(components), how)}
    found: dict[str, int] = {}
    parents = {boundary.parent for boundary in boundaries.values()}
    for parent in parents:
        siblings = {key: item for key, item in frames.items() if item.entity.parent == parent}
        pile = _Pile(
            {key: (item.rect, item.height) for key, item in siblings.items()},
            {key: item.entity.layer for key, item in siblings.items()},
        )
        found |= pile.layers({key for key in boundaries if key in siblings}, how)
    layers[Collection.BOUNDARIES] = found
    architecture = scene.labels.architecture
    edits = [
        Put(architecture.table(collection)[key].with_(layer=layer))
        for collection, changed in layers.items()
        for key, layer in changed.items()
    ]
    return Batch(tr(_LABELS[how]), tuple(edits)) if edits else None


class _Pile:
    """Things of one sort, with where they are, how high they lie and the layers that the file has."""

    def __init__(self, things: Mapping[str, tuple[Rect, float]], layers: Mapping[str, int]) -> None:
        self._rects = {key: rect for key, (rect, _) in things.items()}
        self._order: Stack = sorted(things, key=lambda key: things[key][1])
        self._layers = layers

    def layers(self, chosen: set[str], how: str) -> dict[str, int]:
        """The new layers of all whose layer changes."""
        if not chosen:
            return {}
        moved = [key for key in self._order if key in chosen]
        rest = [key for key in self._order if key not in chosen]
        if not rest:
            return {}
        if how == "front":
            return self._beyond(moved, rest, max, 1)
        if how == "back":
            return self._beyond(moved, rest, min, -1)
        return self._past_next(moved, how == "forward")

    def _beyond(self, moved: Stack, rest: Stack, end: Callable[[Iterable[int]], int], step: int) -> dict[str, int]:
        """Puts things past all others, in their order, on layers of their own unless they lie there already."""
        outermost = end(self._layers[key] for key in rest)
        there = self._order[-len(moved) :] if step > 0 else self._order[: len(moved)]
        if there == moved and all((self._layers[key] - outermost) * step > 0 for key in moved):
            return {}
        order = moved if step > 0 else moved[::-1]
        new = {key: outermost + step * number for number, key in enumerate(order, start=1)}
        return {key: max(-MOST_LAYERS, min(MOST_LAYERS, layer)) for key, layer in new.items()}

    def _past_next(self, moved: Stack, up: bool) -> dict[str, int]:
        order = self._order if up else self._order[::-1]
        places = {key: number for number, key in enumerate(order)}
        chosen = set(moved)
        first = min(places[key] for key in moved)
        passed = next(
            (key for key in order[first:] if key not in chosen and any(self._meet(key, other) for other in moved)), None
        )
        if passed is None:
            return {}
        stack = [key for key in order if key not in chosen]
        at = stack.index(passed) + 1
        stack[at:at] = sorted(chosen, key=places.__getitem__)
        stack = [key for key in stack if any(self._meet(key, other) for other in moved)]
        return self._numbered(stack if up else stack[::-1])

    def _meet(self, one: str, other: str) -> bool:
        return one == other or overlaps(self._rects[one], self._rects[other])

    def _numbered(self, stack: Sequence[str]) -> dict[str, int]:
        """Layers that rise from the first thing to the last, changed as little as that takes."""
        changed: dict[str, int] = {}
        least = -MOST_LAYERS
        for key in stack:
            layer = max(self._layers[key], least)
            if layer != self._layers[key]:
                changed[key] = layer
            least = layer + 1
        return changed
