"""Pictures of single things as they were last drawn: to copy what did not change costs a fifth of drawing it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

_MOST_BYTES = 24 * 2**20
_LARGEST = 2**20
"""A larger picture is not kept: so close up few things are in view."""
_PIXEL = 4


class Faces:
    """Keeps the pictures last used, up to a size in bytes.

    A thing is pictured when it is drawn for the second time in the same state at the same zoom: while the zoom changes,
    making pictures that are used once would cost more than drawing.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Hashable, QPixmap | None]] = OrderedDict()
        self._bytes = 0

    def face(
        self, key: str, state: Hashable, size: QSize, ratio: float, paint: Callable[[QPainter], None]
    ) -> QPixmap | None:
        """The picture of a thing; `None` where the caller has to draw it.

        `state` is all that the picture depends on, `size` is in pixels of a screen with so many (`ratio`) to a point,
        and `paint` draws it with its corner at the origin, in points.
        """
        kept = self._kept.get(key)
        if kept is None or kept[0] != state:
            self.forget(key)
            self._kept[key] = (state, None)
            return None
        self._kept.move_to_end(key)
        if kept[1] is not None or size.width() * size.height() * _PIXEL > _LARGEST:
            return kept[1]
        made = QPixmap(size)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        paint(painter)
        painter.end()
        self._keep(key, state, made)
        return made

    def forget(self, key: str) -> None:
        """Drops the picture of a thing that is gone or looks otherwise."""
        dropped = self._kept.pop(key, None)
        if dropped is not None and dropped[1] is not None:
            self._bytes -= _size(dropped[1])

    def clear(self) -> None:
        """Drops all pictures."""
        self._kept.clear()
        self._bytes = 0

    def _keep(self, key: str, state: Hashable, made: QPixmap) -> None:
        self._kept[key] = (state, made)
        self._bytes += _size(made)
        while self._bytes > _MOST_BYTES:
            _key, (_state, oldest) = self._kept.popitem(last=False)
            if oldest is not None:
                self._bytes -= _size(oldest)


def _size(picture: QPixmap) -> int:
    return picture.width() * picture.height() * _PIXEL
