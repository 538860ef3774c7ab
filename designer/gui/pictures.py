"""The drawing as a picture file: SVG, PNG or PDF, written in one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from designer.errors import UserError
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.picture import picture_size
from designer.gui.icons import package_in_use
from designer.gui.theme import current_theme
from designer.language import tr

POINTS_PER_UNIT = 0.75
"""A canvas unit is 1/96 inch on paper, a point 1/72."""
MAX_PIXELS = 120_000_000
MAX_SIDE = 30_000
SUFFIXES = (".svg", ".png", ".pdf", ".drawio")


def write_picture(
    canvas: Canvas, path: Path, *, scale: float = 1.0, transparent: bool = False, legend: bool = False
) -> None:
    """Writes the whole drawing; the suffix says how. `scale` counts pixels per canvas unit (PNG only).

    With a `legend` it says below the drawing what lines and heads mean (not in files of draw.io).

    Raises `UserError` for another suffix, a picture too large to make, or a file that cannot be written.
    """
    from designer.report.drawio import as_drawio
    from designer.storage.files import replace_file

    size = drawing_size(canvas, legend)
    match path.suffix.lower():
        case ".svg":
            content = _svg(canvas, size, transparent, legend)
        case ".png":
            content = _png(canvas, scale, transparent, path, legend)
        case ".pdf":
            content = _pdf(canvas, size, transparent, legend)
        case ".drawio":
            package = package_in_use()
            icons = package.light if package is not None else None
            content = as_drawio(canvas.document.architecture, canvas.document.catalog, icons)
        case _:
            raise UserError(tr("a picture is one of {names}", names=", ".join(SUFFIXES)), file=path)
    replace_file(path, content)


def drawing_size(canvas: Canvas, legend: bool = False) -> QSizeF:
    """The drawing with its margin, and a legend if asked, in canvas units."""
    return QSizeF(*picture_size(canvas.drawing, legend))


def _svg(canvas: Canvas, size: QSizeF, transparent: bool, legend: bool) -> bytes:
    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(canvas.document.architecture.settings.name)
    _paint(canvas, QPainter(generator), size, transparent, legend)
    return bytes(buffer.data().data())


def _png(canvas: Canvas, scale: float, transparent: bool, path: Path, legend: bool) -> bytes:
    buffer = _buffer()
    picture_of(canvas, scale, transparent, path, legend=legend).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def picture_of(
    canvas: Canvas, scale: float = 1.0, transparent: bool = False, path: Path | None = None, *, legend: bool = False
) -> QImage:
    """The whole drawing as an image. Raises `UserError`, about the file it is for, where it would be too large."""
    size = drawing_size(canvas, legend)
    pixels = QSize(round(size.width() * scale), round(size.height() * scale))
    if pixels.width() * pixels.height() > MAX_PIXELS or max(pixels.width(), pixels.height()) > MAX_SIDE:
        raise UserError(
            tr("the picture would have {width} x {height} pixels", width=pixels.width(), height=pixels.height()),
            file=path,
            hint=tr("choose a smaller scale, or SVG"),
        )
    image = QImage(pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(image)
    painter.scale(scale, scale)
    _paint(canvas, painter, size, transparent, legend)
    return image


def _pdf(canvas: Canvas, size: QSizeF, transparent: bool, legend: bool) -> bytes:
    buffer = _buffer()
    writer = QPdfWriter(buffer)
    writer.setTitle(canvas.document.architecture.settings.name)
    points = QSizeF(size.width() * POINTS_PER_UNIT, size.height() * POINTS_PER_UNIT)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    painter.scale(writer.width() / size.width(), writer.height() / size.height())
    _paint(canvas, painter, size, transparent, legend)
    return bytes(buffer.data().data())


def _paint(canvas: Canvas, painter: QPainter, size: QSizeF, transparent: bool, legend: bool) -> None:
    """Paints and ends the painter, so that the device is complete."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    page = QRectF(0, 0, size.width(), size.height())
    if not transparent:
        painter.fillRect(page, current_theme().brush("canvas"))
    canvas.render_to(painter, page, True, legend=legend)
    painter.end()


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
