"""Whether two pictures look alike: by the mean colours of small squares, which letters set a little otherwise keep."""

from __future__ import annotations

from array import array

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

SQUARE = 8
"""The side of a square, in device-independent pixels."""
TOLERANCE = 20
"""Channels (0 to 255) of a square's mean colour may differ by this much."""
ALLOWED = 6
"""So many squares of a picture may differ by more: an icon of 16 pixels fills four, a word some ten."""
SHRUNK = 2
"""Kept pictures have half the width and height that the window has in points: enough for squares, and for eyes."""
_SHADES = bytes(min(255, (value + 4) // 8 * 8) for value in range(256))


def differing(one: QImage, other: QImage, size: tuple[int, int]) -> list[tuple[int, int]]:
    """The squares, as column and row, in which two pictures of a window of `size` do not look alike."""
    columns, rows = size[0] // SQUARE, size[1] // SQUARE
    pairs = zip(_means(one, columns, rows), _means(other, columns, rows), strict=True)
    return [divmod(number, columns)[::-1] for number, (a, b) in enumerate(pairs) if a != b and _apart(a, b)]


def shrunk(image: QImage, ratio: int = 1) -> QImage:
    """A picture to keep: half the size, and packed."""
    return packed(_scaled(image, QSize(image.width() // (SHRUNK * ratio), image.height() // (SHRUNK * ratio))))


def packed(image: QImage) -> QImage:
    """The picture with 32 shades of red, green and blue, which a file packs well."""
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    content = small.constBits().tobytes().translate(_SHADES)
    made = QImage(content, small.width(), small.height(), small.bytesPerLine(), QImage.Format.Format_RGB32)
    return made.copy()


def marked(image: QImage, squares: list[tuple[int, int]], ratio: int) -> QImage:
    """The picture with frames around the squares that differ."""
    made = image.convertToFormat(QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(1.0)
    painter = QPainter(made)
    painter.setPen(QPen(QColor(Qt.GlobalColor.red), 2))
    side = SQUARE * ratio
    for column, row in squares:
        painter.drawRect(column * side - 2, row * side - 2, side + 4, side + 4)
    painter.end()
    return made


def _scaled(image: QImage, size: QSize) -> QImage:
    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    plain.setDevicePixelRatio(1.0)
    return plain.scaled(size, keep, smooth).convertToFormat(QImage.Format.Format_RGB32)


def _pixels(image: QImage) -> array[int]:
    made = array("I")
    made.frombytes(image.constBits())
    return made


def _means(image: QImage, columns: int, rows: int) -> array[int]:
    return _pixels(_scaled(image, QSize(columns, rows)))


def _channels(tone: int) -> tuple[int, int, int]:
    return tone >> 16 & 255, tone >> 8 & 255, tone & 255


def _apart(one: int, other: int) -> bool:
    return any(abs(a - b) > TOLERANCE for a, b in zip(_channels(one), _channels(other), strict=True))
