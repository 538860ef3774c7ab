"""What the view shows below its overlay, kept as pictures: only what is out of date is drawn again."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap, QRegion

Draw = Callable[[QPainter, QRegion], None]
"""Draws an area of the view, to which the painter is clipped; it stands in points of the view."""


class Sheets:
    """The drawing, and below it its ground alone, where that was needed. Areas are in points of the view.

    What moves over a ground that stays is drawn on a copy of the ground. Where both are out of date, the ground is
    drawn straight into the drawing's own picture: a copy may never be needed.
    """

    def __init__(self, draw_ground: Draw, draw_upon: Draw) -> None:
        self.picture = QPixmap()
        """The whole drawing as `refresh` has left it."""
        self._ground = QPixmap()
        self._draw_ground, self._draw_upon = draw_ground, draw_upon
        self._all = QRect()
        self._deep = QRegion()
        """Where the drawing is out of date together with its ground."""
        self._upon = QRegion()
        """Where only what lies upon the ground is out of date."""
        self._bare = QRegion()
        """Where the picture of the ground is out of date."""
        self._shift = QPoint()

    def fit(self, size: QSize, ratio: float) -> None:
        """Takes on the size of a view with so many pixels of the screen to a point (`ratio`)."""
        if size == self._all.size() and ratio == self.picture.devicePixelRatio():
            return
        self._all = QRect(QPoint(), size)
        self.picture = _empty(size, ratio)
        self._ground = QPixmap()
        self._shift = QPoint()
        self.outdate(self._all, ground=True)

    def outdate(self, area: QRect, *, ground: bool) -> None:
        """What is drawn in an area of the view is another, with its ground or only upon it."""
        if ground:
            self._deep = self._deep.united(area)
            self._bare = self._bare.united(area)
        else:
            self._upon = self._upon.united(area)

    def finish(self, area: QRect) -> None:
        """What is drawn in an area was not final. Its ground stays; a picture of that alone is not made for this."""
        if self._ground.isNull():
            self._deep = self._deep.united(area)
        else:
            self._upon = self._upon.united(area)

    def scroll(self, by: QPoint) -> None:
        """Everything lies elsewhere; the picture itself is only moved when it is next looked at."""
        uncovered = QRegion(self._all).subtracted(QRegion(self._all.translated(by)))
        self._deep = self._deep.translated(by).united(uncovered)
        self._upon = self._upon.translated(by)
        # Moving the picture of the ground along would cost as much with every step as drawing it once afterwards.
        self._bare = QRegion(self._all)
        self._shift += by

    def refresh(self, area: QRegion) -> None:
        """Draws what of an area is out of date."""
        self._move()
        deep = self._deep.intersected(area)
        upon = self._upon.intersected(area).subtracted(deep)
        outdated = deep.united(upon)
        if outdated.isEmpty():
            return
        self._deep = self._deep.subtracted(area)
        self._upon = self._upon.subtracted(area)
        if not upon.isEmpty():
            self._complete_ground(upon)
        painter = QPainter(self.picture)
        if not deep.isEmpty():
            painter.setClipRegion(deep)
            self._draw_ground(painter, deep)
            painter.resetTransform()
        if not upon.isEmpty():
            painter.setClipRegion(upon)
            painter.drawPixmap(0, 0, self._ground)
        painter.setClipRegion(outdated)
        self._draw_upon(painter, outdated)
        painter.end()

    def _complete_ground(self, area: QRegion) -> None:
        if self._ground.isNull():
            self._ground = _empty(self._all.size(), self.picture.devicePixelRatio())
        wanted = area.intersected(self._bare)
        if wanted.isEmpty():
            return
        self._bare = self._bare.subtracted(wanted)
        painter = QPainter(self._ground)
        painter.setClipRegion(wanted)
        self._draw_ground(painter, wanted)
        painter.end()

    def _move(self) -> None:
        if self._shift.isNull():
            return
        ratio = self.picture.devicePixelRatio()
        x, y = self._shift.x() * ratio, self._shift.y() * ratio
        self._shift = QPoint()
        if not (x.is_integer() and y.is_integer()):
            self.outdate(self._all, ground=True)
        elif not QRegion(self._all).subtracted(self._deep).isEmpty():
            self.picture.scroll(int(x), int(y), self.picture.rect())


def _empty(size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(ceil(size.width() * ratio), ceil(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    return picture
