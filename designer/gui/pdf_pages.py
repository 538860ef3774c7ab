"""A drawing on sheets of paper: one page as large as the drawing, or as many of a usual size as it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QBuffer, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from designer.language import tr

POINTS_PER_UNIT = 0.75
"""A canvas unit is 1/96 inch on paper, a point 1/72."""
SHEETS: Mapping[str, QPageSize.PageSizeId] = {
    "a4": QPageSize.PageSizeId.A4,
    "a3": QPageSize.PageSizeId.A3,
    "letter": QPageSize.PageSizeId.Letter,
}
LARGEST = 14_400.0
"""No page of a PDF is longer, in points (PDF Reference 1.7, implementation limits)."""
_MARGIN = 36.0
"""Free at each side of a sheet, in points: half an inch, more than any printer needs."""
_OVERLAP = 28.0
"""What neighbouring sheets both show, in points, to stick them together by."""
_FOOT = 8.0


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet and the part of the drawing on it, in points; its row and column from 1."""

    sheet: QSizeF
    part: QRectF
    row: int
    column: int


def pages_for(size: QSizeF, sheet: str | None) -> list[Page]:
    """The pages for a drawing of a size in points: on sheets of a name, else on one page, unless that is too large."""
    if sheet is None:
        across, down = ceil(size.width() / LARGEST), ceil(size.height() / LARGEST)
        if across == down == 1:
            return [Page(size, QRectF(QPointF(), size), 1, 1)]
        whole = QSizeF(min(size.width(), LARGEST), min(size.height(), LARGEST))
        return _tiled(size, whole, 0.0, 0.0)
    upright = QPageSize(SHEETS[sheet]).size(QPageSize.Unit.Point)
    ways = [_tiled(size, way, _MARGIN, _OVERLAP) for way in (upright, upright.transposed())]
    return min(ways, key=len)


def _tiled(size: QSizeF, sheet: QSizeF, margin: float, overlap: float) -> list[Page]:
    inner = QSizeF(sheet.width() - 2 * margin, sheet.height() - 2 * margin)
    across, down = _count(size.width(), inner.width(), overlap), _count(size.height(), inner.height(), overlap)
    # In the middle of all sheets together.
    left = (size.width() - across * inner.width() + (across - 1) * overlap) / 2
    top = (size.height() - down * inner.height() + (down - 1) * overlap) / 2
    return [
        Page(
            sheet,
            QRectF(QPointF(left + column * (inner.width() - overlap), top + row * (inner.height() - overlap)), inner),
            row + 1,
            column + 1,
        )
        for row in range(down)
        for column in range(across)
    ]


def _count(length: float, inner: float, overlap: float) -> int:
    return max(1, ceil(round((length - overlap) / (inner - overlap), 6)))


def write_pages(title: str, size: QSizeF, sheet: str | None, paint: Callable[[QPainter], None]) -> bytes:
    """A PDF of a drawing of a size in canvas units, which `paint` draws with its corner at the origin."""
    pages = pages_for(size * POINTS_PER_UNIT, sheet)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    paper = QPageSize(pages[0].sheet, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, page in enumerate(pages):
        if number:
            writer.newPage()
        painter.save()
        painter.scale(writer.width() / page.sheet.width(), writer.height() / page.sheet.height())
        _paint_page(painter, page, len(pages), paint)
        painter.restore()
    painter.end()
    return bytes(buffer.data().data())


def _paint_page(painter: QPainter, page: Page, count: int, paint: Callable[[QPainter], None]) -> None:
    """Draws a part of the drawing; the painter counts points from the sheet's corner."""
    margin = QPointF((page.sheet.width() - page.part.width()) / 2, (page.sheet.height() - page.part.height()) / 2)
    painter.save()
    painter.setClipRect(QRectF(margin, page.part.size()))
    painter.translate(margin - page.part.topLeft())
    painter.scale(POINTS_PER_UNIT, POINTS_PER_UNIT)
    paint(painter)
    painter.restore()
    if count == 1 or not margin.y():
        return
    font = painter.font()
    font.setPixelSize(round(_FOOT))
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.gray)
    foot = QRectF(0, page.sheet.height() - margin.y(), page.sheet.width(), margin.y())
    text = tr("Row {row}, column {column}", row=page.row, column=page.column)
    painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, text)
