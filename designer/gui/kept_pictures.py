"""Pictures that are made once and then only copied, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtGui import QPixmap

_BITS = 8


class KeptPictures:
    """Pictures by key. Those used longest ago go, so that all together take at most so many bytes.

    A number of pictures would be no bound: close up, on a screen of many pixels, one takes fifty times what it takes
    at the usual zoom.
    """

    def __init__(self, most_bytes: int) -> None:
        self.size = 0
        """How many bytes the pictures take."""
        self._most = most_bytes
        self._pictures: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], QPixmap]) -> QPixmap:
        """The picture of a key, made where there is none."""
        picture = self._pictures.get(key)
        if picture is None:
            return self._keep(key, make())
        self._pictures.move_to_end(key)
        return picture

    def clear(self) -> None:
        """Drops all pictures."""
        self._pictures.clear()
        self.size = 0

    def _keep(self, key: Hashable, picture: QPixmap) -> QPixmap:
        self._pictures[key] = picture
        self.size += _bytes(picture)
        while self.size > self._most and len(self._pictures) > 1:
            _key, oldest = self._pictures.popitem(last=False)
            self.size -= _bytes(oldest)
        return picture


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // _BITS
