"""Records of doubles that QPainter reads in place: no list of Qt objects is made, whatever their number.

PySide hands a pointer and a count to `drawLines` and `drawRects`; the pointer is the memory of an `array.array`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, cast

import shiboken6
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

Doubles = Any
"""`array('d')`; the class is not generic at run time in every supported version."""


def doubles(values: Iterable[float] = ()) -> Doubles:
    """An array of doubles."""
    return array("d", values)


def draw_lines(painter: QPainter, data: Doubles) -> None:
    """Draws lines given as x1, y1, x2, y2, one after the other."""
    address, length = data.buffer_info()
    if length:
        painter.drawLines(cast(QLineF, shiboken6.wrapInstance(address, QLineF)), length // 4)


def draw_rects(painter: QPainter, data: Doubles) -> None:
    """Draws rectangles given as x, y, width, height, one after the other."""
    address, length = data.buffer_info()
    if length:
        painter.drawRects(cast(QRectF, shiboken6.wrapInstance(address, QRectF)), length // 4)


class Block:
    """Records of one length by id, kept without gaps: the last one moves into the place of one that is taken out."""

    def __init__(self, length: int) -> None:
        self.data = doubles()
        self._length = length
        self._slots: dict[str, int] = {}
        self._keys: list[str] = []

    def __len__(self) -> int:
        return len(self._keys)

    def __contains__(self, key: str) -> bool:
        return key in self._slots

    def put(self, key: str, record: Doubles) -> None:
        """Enters a record, or gives an id another one."""
        slot = self._slots.get(key)
        if slot is None:
            self._slots[key] = len(self._keys)
            self._keys.append(key)
            self.data.extend(record)
            return
        start = slot * self._length
        self.data[start : start + self._length] = record

    def discard(self, key: str) -> None:
        """Takes a record out, if it is there."""
        slot = self._slots.pop(key, None)
        if slot is None:
            return
        length = self._length
        last = self._keys.pop()
        if last != key:
            self._keys[slot] = last
            self._slots[last] = slot
            self.data[slot * length : slot * length + length] = self.data[-length:]
        del self.data[-length:]

    def record(self, key: str) -> Doubles:
        """The record of an id."""
        start = self._slots[key] * self._length
        return self.data[start : start + self._length]
