"""Where each file was looked at: its place and zoom are taken up again when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from designer.gui.canvas.metrics import FURTHEST_ZOOM, LARGEST_ZOOM, centre, overlaps
from designer.gui.settings import UserSettings, View

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Views:
    """Keeps the view of a canvas for each file, in the user's settings and never in the file."""

    def __init__(self, canvas: Canvas, settings: UserSettings) -> None:
        self._canvas = canvas
        self._settings = settings

    def keep(self, path: Path | None) -> None:
        """Remembers how a file is looked at now; without a file there is nothing to remember."""
        if path is not None:
            x, y = centre(self._canvas.viewpoint.visible())
            self._settings.keep_view(path, View(round(x), round(y), round(self._canvas.zoom, 4)))

    def take_up(self, path: Path | None) -> None:
        """Looks at a file as it was looked at last, if anything of it would be seen there."""
        view = self._settings.view_of(path) if path is not None else None
        content = self._canvas.drawing.content()
        if view is None or content is None or not FURTHEST_ZOOM <= view.zoom <= LARGEST_ZOOM:
            return
        viewpoint = self._canvas.viewpoint
        viewpoint.look_at((view.x, view.y), view.zoom)
        if not overlaps(viewpoint.visible(), content):
            self._canvas.zoom_to_fit()
