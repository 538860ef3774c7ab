"""Pictures show what the canvas shows: the same drawing, pixel by pixel, in every format, size and state."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.analysis.analyse import analyse
from designer.analysis.knock_out import Simulation
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.picture import MARGIN
from designer.gui.document import Document
from designer.gui.pictures import picture_of, write_picture
from designer.gui.render import render
from designer.gui.theme import ThemeChoice, current_theme, theme_switch
from designer.gui.thumbnail import thumbnail
from designer.storage.samples import open_sample

_NEAR = 56
"""Channels of a pixel that differ by less look alike: letters stand on other parts of a pixel."""


@pytest.fixture
def canvas(request: pytest.FixtureRequest, qtbot: QtBot, catalog: Catalog) -> Iterator[Canvas]:
    """A sample at zoom 1, all of it in view."""
    made = Canvas(Document(catalog, open_sample(getattr(request, "param", "three-tier"), catalog)))
    qtbot.addWidget(made)
    size = picture_of(made).size()
    made.resize(size.width() + 40, size.height() + 40)
    made.show()
    made.viewpoint.set_zoom(1.0)
    content = made.drawing.content()
    assert content is not None
    made.viewpoint.centre(((content[0] + content[2]) / 2, (content[1] + content[3]) / 2))
    QApplication.processEvents()
    yield made


def on_canvas(canvas: Canvas, picture: QImage) -> QImage:
    """The part of the canvas that the picture shows; wires that lead around the drawing may widen the picture."""
    shown = canvas.viewport().grab().toImage()
    content = canvas.drawing.content()
    assert content is not None
    at = canvas.mapFromScene(content[0], content[1]) - picture_corner(canvas)
    return shown.copy(at.x(), at.y(), picture.width(), picture.height())


def picture_corner(canvas: Canvas) -> QPoint:
    """Where the drawing's corner is in a picture of it."""
    from designer.gui.canvas.picture import _area

    content = canvas.drawing.content()
    assert content is not None
    left, top, _right, _bottom = _area(canvas.drawing)
    return QPoint(round(content[0] - left), round(content[1] - top))


def unlike(one: QImage, other: QImage, ground: QColor) -> float:
    """The share of pixels, of those that are not plain ground in `one`, that do not look alike."""
    assert one.size() == other.size()
    plain = ground.rgb()
    drawn = [(tone, seen) for tone, seen in zip(pixels(one), pixels(other), strict=True) if tone != plain]
    assert len(drawn) > 5000
    return sum(tone != seen and far_apart(tone, seen) for tone, seen in drawn) / len(drawn)


def pixels(image: QImage) -> array[int]:
    made = array("I")
    # The image is kept while its bytes are read: a view of one that is gone shows whatever memory holds.
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    made.frombytes(plain.constBits())
    return made


def far_apart(one: int, other: int) -> bool:
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > _NEAR for shift in (0, 8, 16))


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("canvas", ["three-tier", "orders-coupled"], indirect=True)
def test_a_picture_is_what_the_canvas_shows(canvas: Canvas, theme: ThemeChoice) -> None:
    theme_switch().use(theme)
    QApplication.processEvents()
    picture = picture_of(canvas)
    share = unlike(picture, on_canvas(canvas, picture), canvas.drawing.look.color("canvas"))
    assert share < 0.02


def test_findings_and_failures_are_in_the_picture_too(canvas: Canvas, catalog: Catalog) -> None:
    architecture = canvas.document.architecture
    plain = picture_of(canvas)
    canvas.show_analysis(analyse(architecture, catalog))
    canvas.show_knock_out(Simulation(Resolution(architecture, catalog)).knock_out(["web-servers"]))
    QApplication.processEvents()
    picture = picture_of(canvas)
    ground = canvas.drawing.look.color("canvas")
    assert unlike(picture, on_canvas(canvas, picture), ground) < 0.02
    assert unlike(picture, plain, ground) > 0.01, "and they are seen"


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_a_png_has_the_pixels_it_says_and_the_same_drawing(canvas: Canvas, tmp_path: Path, scale: int) -> None:
    once = picture_of(canvas)
    write_picture(canvas, tmp_path / "a.png", scale=scale)
    image = QImage(str(tmp_path / "a.png"))
    assert image.size() == once.size() * scale
    assert unlike(once, smoothed(image, once), canvas.drawing.look.color("canvas")) < 0.06


def test_lines_grow_with_the_picture(canvas: Canvas) -> None:
    """The border of a boundary is four times as wide in a picture of four times the size."""
    vpc = next(b for b in canvas.document.architecture.boundaries.values() if b.kind == "vpc")
    corner, content = picture_corner(canvas), canvas.drawing.content()
    assert content is not None
    left, y = corner.x() + vpc.x - content[0], corner.y() + vpc.y - content[1] + vpc.height / 2
    edge = canvas.drawing.look.color("boundary-vpc")

    def width(scale: int) -> int:
        image = picture_of(canvas, scale)
        row = [
            image.pixelColor(x, round(y * scale)) for x in range(round((left - 6) * scale), round((left + 6) * scale))
        ]
        return sum(abs(tone.red() - edge.red()) + abs(tone.green() - edge.green()) < 60 for tone in row)

    assert width(4) >= 4


def test_a_transparent_png_has_the_drawing_and_no_ground(canvas: Canvas, tmp_path: Path) -> None:
    write_picture(canvas, tmp_path / "a.png", scale=2, transparent=True)
    image = QImage(str(tmp_path / "a.png"))
    assert image.pixelColor(2, 2).alpha() == 0
    assert image.pixelColor(image.width() // 2, image.height() // 2).alpha() > 200
    ground = QImage(image.size(), QImage.Format.Format_RGB32)
    ground.fill(canvas.drawing.look.color("canvas"))
    painter = QPainter(ground)
    painter.drawImage(0, 0, image)
    painter.end()
    assert unlike(picture_of(canvas, 2), ground, canvas.drawing.look.color("canvas")) < 0.01


def test_an_svg_is_the_same_drawing_with_letters_and_lines(canvas: Canvas, tmp_path: Path) -> None:
    write_picture(canvas, tmp_path / "a.svg")
    text = (tmp_path / "a.svg").read_bytes()
    assert b"<image" not in text, "icons too are drawn as lines"
    picture = picture_of(canvas)
    image = QImage(picture.size(), QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text)).render(painter, QRectF(image.rect()))
    painter.end()
    assert unlike(picture, image, canvas.drawing.look.color("canvas")) < 0.12


def test_a_picture_without_a_window_is_the_same(canvas: Canvas, catalog: Catalog, tmp_path: Path) -> None:
    render(open_sample("three-tier", catalog), catalog, tmp_path / "a.png", "light", 1.0)
    write_picture(canvas, tmp_path / "b.png")
    assert QImage(str(tmp_path / "a.png")) == QImage(str(tmp_path / "b.png"))


def test_everything_is_inside_of_the_picture(canvas: Canvas) -> None:
    """Nothing is drawn in the margin, on any side."""
    picture, ground = picture_of(canvas), canvas.drawing.look.color("canvas")
    inner = round(MARGIN / 2)
    for x in range(picture.width()):
        for y in (*range(inner), *range(picture.height() - inner, picture.height())):
            assert picture.pixelColor(x, y) == ground


def smoothed(image: QImage, like: QImage) -> QImage:
    from PySide6.QtCore import Qt

    keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(like.size(), keep, smooth)


def test_what_is_only_there_to_be_clicked_is_not_in_the_picture(canvas: Canvas) -> None:
    picture, content = picture_of(canvas), canvas.drawing.content()
    shown = on_canvas(canvas, picture)
    vpc = next(b for b in canvas.document.architecture.boundaries.values() if b.kind == "vpc")
    assert content is not None
    corner = picture_corner(canvas)
    right, top = round(corner.x() + vpc.x - content[0]) + vpc.width, round(corner.y() + vpc.y - content[1])
    around = QRect(right - 24, top + 8, 16, 14)

    def tones(image: QImage) -> int:
        return len(set(pixels(image.copy(around))))

    assert tones(shown) > 1, "the control that collapses"
    assert tones(picture) == 1


@pytest.mark.parametrize("theme", [ThemeChoice.LIGHT, ThemeChoice.DARK])
def test_a_thumbnail_shows_kinds_by_icon_and_colour(catalog: Catalog, qapp: QApplication, theme: ThemeChoice) -> None:
    theme_switch().use(theme)
    drawing = open_sample("fan-out", catalog)
    pixmap = thumbnail(drawing, catalog, QSize(300, 168), 2.0)
    assert (pixmap.width(), pixmap.height(), pixmap.devicePixelRatio()) == (600, 336, 2.0)
    shown = Counter(pixels(pixmap.toImage()))
    for kind in {component.kind for component in drawing.components.values()}:
        colour = QColor(catalog.categories[catalog.kinds[kind].category].colour)
        assert shown[colour.rgb()] > 300, kind
    assert shown[QColor("white").rgb()] > 30, "the thin lines of the icons"
    assert shown[current_theme().color("canvas").rgb()] > 20_000
    assert qapp
