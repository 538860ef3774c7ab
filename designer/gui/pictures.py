"""The drawing as a picture file: SVG, PNG or PDF, written in one step."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from designer.errors import UserError
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.picture import picture_size
from designer.gui.icons import package_in_use
from designer.gui.theme import current_theme
from designer.language import tr

UNITS_PER_INCH = 96
"""Canvas units in an inch of paper."""
MAX_PIXELS = 120_000_000
MAX_SIDE = 30_000
SUFFIXES = (".svg", ".png", ".pdf", ".drawio")


def write_picture(
    canvas: Canvas,
    path: Path,
    *,
    scale: float = 1.0,
    transparent: bool = False,
    legend: bool = False,
    outlines: bool = False,
    sheet: str | None = None,
) -> None:
    """Writes the whole drawing; the suffix says how. `scale` counts pixels per canvas unit (PNG only).

    With a `legend` it says below the drawing what lines and heads mean (not in files of draw.io). With `outlines`
    letters of an SVG are shapes. A `sheet` ("a4", "a3", "letter") cuts a PDF into pages of that size.

    Raises `UserError` for another suffix, a picture too large to make, or a file that cannot be written.
    """
    from designer.report.drawio import as_drawio
    from designer.storage.files import replace_file

    size = drawing_size(canvas, legend)
    match path.suffix.lower():
        case ".svg":
            content = _svg(canvas, size, transparent, legend, outlines)
        case ".png":
            content = _png(canvas, scale, transparent, path, legend)
        case ".pdf":
            content = _pdf(canvas, size, transparent, legend, sheet)
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


def _svg(canvas: Canvas, size: QSizeF, transparent: bool, legend: bool, outlines: bool) -> bytes:
    from designer.gui.svg_text import fix_text, outline_text

    buffer = _buffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(UNITS_PER_INCH)
    generator.setSize(size.toSize())
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(canvas.document.architecture.settings.name)
    _paint(canvas, QPainter(generator), size, transparent, legend)
    text = bytes(buffer.data().data()).decode("utf-8")
    return (outline_text if outlines else fix_text)(text).encode("utf-8")


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


def _pdf(canvas: Canvas, size: QSizeF, transparent: bool, legend: bool, sheet: str | None) -> bytes:
    from designer.gui.pdf_pages import write_pages

    def paint(painter: QPainter) -> None:
        _draw(canvas, painter, size, transparent, legend)

    return write_pages(canvas.document.architecture.settings.name, size, sheet, paint)


def _paint(canvas: Canvas, painter: QPainter, size: QSizeF, transparent: bool, legend: bool) -> None:
    """Paints and ends the painter, so that the device is complete."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw(canvas, painter, size, transparent, legend)
    painter.end()


def _draw(canvas: Canvas, painter: QPainter, size: QSizeF, transparent: bool, legend: bool) -> None:
    page = QRectF(0, 0, size.width(), size.height())
    if not transparent:
        painter.fillRect(page, current_theme().brush("canvas"))
    canvas.render_to(painter, page, True, legend=legend)


def _buffer() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
