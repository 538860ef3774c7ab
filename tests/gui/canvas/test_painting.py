"""What is painted, and that painting makes no Qt objects on the way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator, QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import designer.gui.canvas
from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.cards import Cards, State
from designer.gui.canvas.level_of_detail import Frame, Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.wire import Wire
from designer.gui.canvas.wire_path import distance
from designer.gui.canvas.wires import Wires
from designer.gui.document import Document
from designer.gui.theme import load_theme
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put
from designer.model.entities import Component, Connection
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.test_scene import analysis

FOLDER = Path(designer.gui.canvas.__file__).parent
MADE_ONCE = {
    *("QPen", "QBrush", "QColor", "QFont", "QFontMetricsF", "QStaticText", "QPixmap", "QImage"),
    *("QPainterPath", "QPolygonF", "QLineF", "QTransform", "QLinearGradient"),
}


def paint_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.strip("_").startswith(("paint", "draw", "write")):
                yield f"{path.name}:{node.name}", node


def test_painting_makes_no_pens_brushes_fonts_or_shapes() -> None:
    found = dict(paint_functions())
    assert {
        "component_item.py:paint",
        "wire_layer.py:paint",
        "boundary_item.py:paint",
        "far_view.py:paint",
    } <= found.keys()
    for name, function in found.items():
        called = {
            node.func.id
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not called & MADE_ONCE, f"{name} makes {', '.join(called & MADE_ONCE)} while painting"


def test_painting_changes_no_geometry() -> None:
    forbidden = {"setPos", "setRect", "prepareGeometryChange", "setZValue", "setFlag", "setTextWidth", "addItem"}
    for name, function in paint_functions():
        called = {
            node.func.attr
            for node in ast.walk(function)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & forbidden, f"{name} calls {', '.join(called & forbidden)}"


def picture(canvas: Canvas) -> QImage:
    """What is shown once nothing of it is a draft."""
    QApplication.processEvents()
    while not canvas.drawing.finished:
        QApplication.processEvents()
    return canvas.viewport().grab().toImage()


def colour_at(canvas: Canvas, image: QImage, at: tuple[float, float]) -> QColor:
    place = canvas.mapFromScene(*at)
    return image.pixelColor(place.x(), place.y())


def apart(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


def alike(one: QImage, other: QImage) -> bool:
    """Whether no colour differs by more than the rounding of a shape that was painted in parts."""
    if one == other:
        return True
    pairs = zip(one.constBits().tobytes(), other.constBits().tobytes(), strict=True)
    return max(abs(a - b) for a, b in pairs) <= 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("zoom", [2.0, 1.0, 0.8, 0.4])
def test_cards_are_where_they_stand(canvas: Canvas, theme: str, zoom: float) -> None:
    canvas.set_theme(load_theme(theme))
    canvas.zoom_to(zoom)
    canvas.viewpoint.centre((-464, 232))
    image = picture(canvas)
    look = canvas.drawing.look
    tile = QColor(canvas.document.catalog.categories["integration"].colour)
    assert apart(colour_at(canvas, image, (-560 + 15, 200 + 32)), tile) < 40, "the icon's ground"
    assert apart(colour_at(canvas, image, (-560 + 4, 200 + 32)), look.color("card")) < 12
    assert apart(colour_at(canvas, image, (-560 - 60, 200 + 39)), look.color("canvas")) < 12


def test_far_away_components_are_rectangles_of_their_category(canvas: Canvas) -> None:
    canvas.zoom_to(0.15)
    canvas.viewpoint.centre((0, 0))
    assert canvas.drawing.frame.level is Level.FAR
    image = picture(canvas)
    tile = QColor(canvas.document.catalog.categories["integration"].colour)
    assert apart(colour_at(canvas, image, (-464, 232)), tile) < 90
    canvas.select(["queue"])
    image = picture(canvas)
    assert apart(colour_at(canvas, image, (-464, 232)), canvas.drawing.look.color("accent")) < 12


def test_the_far_picture_is_the_same_in_parts_as_in_whole(canvas: Canvas, hand: Hand) -> None:
    canvas.show_analysis(analysis())
    canvas.zoom_to(0.18)
    canvas.viewpoint.centre((0, 0))
    picture(canvas)
    hand.start_drag((-144, 232), (300, 500), steps=9)
    QApplication.processEvents()
    hand.release((300, 500))
    QApplication.processEvents()
    parts = canvas.grab().toImage()
    canvas.drawing.repaint_all()
    QApplication.processEvents()
    assert parts == canvas.grab().toImage()


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.15])
def test_a_wire_is_painted_where_it_runs(canvas: Canvas, zoom: float) -> None:
    canvas.zoom_to(zoom)
    canvas.viewpoint.centre((0, 0))
    image = picture(canvas)
    wires = canvas.drawing.wires
    points = wires.points(wires.all["users-entry"])
    x, y = (points[0][0] + 20, points[0][1])
    assert distance(points, (x, y)) == 0
    place = canvas.mapFromScene(x, y)
    look = canvas.drawing.look
    near = [image.pixelColor(place.x(), place.y() + dy) for dy in (-1, 0, 1)]
    assert min(apart(tone, look.color("canvas")) for tone in near) < max(apart(t, look.color("canvas")) for t in near)
    assert max(apart(tone, look.color("canvas")) for tone in near) > 100


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.15])
def test_every_state_paints_differently(canvas: Canvas, hand: Hand, zoom: float) -> None:
    canvas.zoom_to(zoom)
    canvas.viewpoint.centre((0, 0))
    plain = picture(canvas)
    canvas.select(["web"], ["users-entry"], ["private"])
    selected = picture(canvas)
    canvas.select()
    assert alike(picture(canvas), plain), "and back again"
    canvas.show_witness(["users", "users-entry"])
    lit = picture(canvas)
    canvas.show_witness([])
    canvas.show_analysis(analysis())
    analysed = picture(canvas)
    canvas.show_analysis(None)
    assert alike(picture(canvas), plain)
    hand.drag_in("sqs", (-400, 320))
    preview = picture(canvas)
    hand.leave()
    hand.start_drag((-600, 180), (-20, 300))
    band = picture(canvas)
    canvas.abandon()
    assert alike(picture(canvas), plain)
    pictures = [plain, selected, lit, analysed, preview, band]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[i + 1 :])


def test_connecting_paints_handles_wire_and_dimmed_cards(canvas: Canvas, hand: Hand) -> None:
    plain = picture(canvas)
    hand.move((-464, 232))
    assert picture(canvas) != plain
    hand.start_drag((-560 + 192 + 9, 232), (-600 + 250, 330))
    image = picture(canvas)
    look = canvas.drawing.look
    before = colour_at(canvas, plain, (40 + 15, -40 + 32))
    after = colour_at(canvas, image, (40 + 15, -40 + 32))
    assert apart(after, look.color("canvas")) < apart(before, look.color("canvas")), "a database cannot be the target"
    hand.key(Qt.Key.Key_Escape)
    hand.move((-600, 340))
    assert alike(picture(canvas), plain)


def test_card_pixmaps_fit_screens_of_any_ratio(qapp: QApplication) -> None:
    cards = Cards(Look(load_theme("light")))
    single, double = cards.card("sqs", State.PLAIN, Frame(1.0, 1.0)), cards.card("sqs", State.PLAIN, Frame(1.0, 2.0))
    assert double.size() == single.size() * 2 and double.devicePixelRatio() == 2
    assert cards.card("sqs", State.PLAIN, Frame(1.0, 1.0)).cacheKey() == single.cacheKey(), "made once"
    # The images are kept while their bytes are read: a view of an image that is gone shows whatever memory holds.
    images = [cards.card("sqs", state, Frame()).toImage() for state in State]
    keys = {image.constBits().tobytes() for image in images}
    assert len(keys) == len(State) - 1, "a target looks like a selected card, all others differ"
    assert qapp


def render(canvas: Canvas, transparent: bool = False, size: QSize | None = None) -> QImage:
    image = QImage(size or QSize(1200, 900), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    canvas.render_to(painter, QRectF(0, 0, image.width(), image.height()), transparent)
    painter.end()
    return image


def test_a_picture_shows_everything_whatever_the_view_shows(canvas: Canvas) -> None:
    first = render(canvas)
    canvas.zoom_to(0.1)
    canvas.viewpoint.centre((9000, 9000))
    canvas.select(["web"], ["web-db"], ["vpc"])
    QApplication.processEvents()
    assert render(canvas) == first, "neither zoom nor selection show"
    assert first.pixelColor(2, 2) == canvas.drawing.look.color("canvas")
    colours = {first.pixelColor(x, y).name() for x in range(0, 1200, 3) for y in range(0, 900, 3)}
    assert len(colours) > 60


def test_a_transparent_picture_has_no_ground(canvas: Canvas) -> None:
    assert render(canvas, transparent=True).pixelColor(2, 2).alpha() == 0


def test_an_empty_drawing_gives_a_picture(catalog: Catalog, qtbot: QtBot) -> None:
    canvas = Canvas(Document(catalog, Architecture()))
    qtbot.addWidget(canvas)
    assert render(canvas).pixelColor(600, 450) == canvas.drawing.look.color("canvas")
    canvas.zoom_to_fit()
    assert canvas.zoom == 1.0


def test_svg_and_pdf_hold_the_names_as_text(canvas: Canvas) -> None:
    buffer = QBuffer()
    svg = QSvgGenerator()
    svg.setOutputDevice(buffer)
    svg.setSize(QSize(1200, 900))
    svg.setViewBox(QRectF(0, 0, 1200, 900))
    painter = QPainter(svg)
    canvas.render_to(painter, QRectF(0, 0, 1200, 900))
    painter.end()
    text = bytes(buffer.data().data()).decode()
    for name in ("Users", "Entry", "Orders", "Network", "requests"):
        assert f">{name}" in text
    assert QSvgRenderer(QByteArray(text.encode())).isValid()
    paper = QBuffer()
    paper.open(QBuffer.OpenModeFlag.WriteOnly)
    pdf = QPdfWriter(paper)
    painter = QPainter(pdf)
    canvas.render_to(painter, QRectF(0, 0, pdf.width(), pdf.height()))
    painter.end()
    assert bytes(paper.data().data()).startswith(b"%PDF") and paper.size() > 4000


def test_no_colour_is_written_in_the_code() -> None:
    for path in sorted(FOLDER.rglob("*.py")):
        assert '"#' not in path.read_text(encoding="utf-8"), f"{path.name} names a colour instead of a role"


def test_many_new_wires_are_drafts_first_and_true_soon_after(canvas: Canvas, document: Document, qtbot: QtBot) -> None:
    """No frame waits for hundreds of wires; what is shown in the end does not depend on that."""
    rows, columns = 10, 12
    cards = [
        Component(id=f"c{n}", kind="ecs", name=f"C{n}", x=n % columns * 260, y=n // columns * 130)
        for n in range(rows * columns)
    ]
    pairs = [(n, n + step) for n in range(rows * columns) for step in (2, columns + 1) if n + step < rows * columns]
    document.replace(Architecture(), None)
    made = [Connection(id=f"w{a}-{b}", source=f"c{a}", target=f"c{b}", relation="calls") for a, b in pairs]
    document.architecture.apply(Batch("Make", tuple(Put(entity) for entity in (*cards, *made))))
    canvas.zoom_to_fit()
    wires = canvas.drawing.wires
    canvas.viewport().repaint()
    drafts = [wire for wire in wires.all.values() if wire.draft]
    assert len(drafts) > 100 and all(wire.points is not None for wire in drafts), "all are shown at once"
    qtbot.waitUntil(lambda: not any(wire.draft for wire in wires.all.values()))
    shown = {key: wires.points(wire) for key, wire in wires.all.items()}
    fresh = Wires(canvas.drawing.rects, canvas.drawing.components_in)
    for wire in wires.all.values():
        fresh.add(Wire(wire.key, wire.source, wire.target, wire.style, wire.label, kind=wire.kind))
    for _ in range(2):
        for wire in fresh.all.values():
            fresh.complete(wire)
    assert {key: fresh.points(wire) for key, wire in fresh.all.items()} == shown
