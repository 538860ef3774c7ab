"""What is shown of zones while components are dragged: the lanes they would stand in, and why they may not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from designer.gui.canvas.metrics import Point, Rect, card_rect, united
from designer.gui.canvas.placement import Frames, content_of
from designer.gui.canvas.zoning import Landing, Zoning
from designer.model.entities import Component

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_MOST = 100
"""With more components than this only the drop is judged, not every move before it."""


class LaneGuide:
    """Judges places while a gesture lasts and shows what it finds."""

    def __init__(self, canvas: Canvas, frames: Frames) -> None:
        self._canvas = canvas
        self._frames = frames
        self._zoning = Zoning(canvas.drawing.labels.resolution, frames.rects)
        self._said = ""
        self.refusal = ""
        """Why what is dragged may not stand where it is now; empty where it may."""

    def show(
        self, components: Mapping[str, Component], places: Mapping[str, Point], frames: Mapping[str, Rect] | None = None
    ) -> None:
        """Shows where components would stand at some places, and whether boundaries may lie where they would.

        `frames` are the rectangles of boundaries by id, or by kind (`vpc`) for new ones.
        """
        if len(places) > _MOST:
            return
        around: Rect | None = None
        landings: list[Landing] = []
        for key, (x, y) in places.items():
            landings.append(self._zoning.land(components[key], x, self._frames.around_component(x, y)))
            around = united(around, card_rect(x, y))
        reasons = [landing.refusal for landing in landings]
        for key, rect in (frames or {}).items():
            around = united(around, rect)
            reasons.append(self._why_not(key, rect))
        self.refusal = next((reason for reason in reasons if reason), "")
        lanes = frozenset[tuple[str, str]]().union(*(landing.lanes for landing in landings))
        says = {landing.says for landing in landings if landing.says}
        text = self.refusal or (next(iter(says)) if len(says) == 1 else "")
        self._canvas.drawing.highlights.offer_lanes(frozenset() if self.refusal else lanes)
        self._canvas.overlay.show_caption(text, around if text else None, refused=bool(self.refusal))
        if text != self._said:
            self._said = text
            self._canvas.say(text)

    def _why_not(self, key: str, rect: Rect) -> str:
        architecture = self._canvas.document.architecture
        boundary = architecture.boundaries.get(key)
        if boundary is None:
            return self._frames.why_not(key, rect)
        return self._frames.why_not(boundary.kind, rect, content_of(architecture, [key])[1])

    def forget(self) -> None:
        """Shows nothing more."""
        self._canvas.drawing.highlights.offer_lanes(frozenset())
        self._canvas.overlay.show_caption("", None)
