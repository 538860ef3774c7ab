"""What the view keeps of the drawing is at any time what drawing everything anew would give."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QApplication

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.sheets import Sheets
from designer.gui.canvas.strata import Strata
from designer.gui.theme import load_theme
from designer.model.edits import Put
from tests.gui.canvas.conftest import CONTROL, Hand
from tests.gui.canvas.test_painting import alike, apart, colour_at, picture
from tests.gui.canvas.test_scene import analysis

RED, BLUE = QColor("red"), QColor("blue")


class Painted:
    """A red ground with a blue square upon it, at a place in the view; remembers what was drawn."""

    def __init__(self) -> None:
        self.at = QPoint(40, 30)
        self.grounds: list[QRect] = []
        self.drawings: list[QRect] = []
        self.sheets = Sheets(self.draw_ground, self.draw_upon)
        self.sheets.fit(QSize(100, 80), 1.0)

    @property
    def square(self) -> QRect:
        return QRect(self.at, QSize(10, 10))

    def draw_ground(self, painter: QPainter, area: QRegion) -> None:
        self.grounds.append(area.boundingRect())
        painter.fillRect(area.boundingRect(), RED)

    def draw_upon(self, painter: QPainter, area: QRegion) -> None:
        self.drawings.append(area.boundingRect())
        painter.fillRect(self.square, BLUE)

    def refresh(self, area: QRect = QRect(0, 0, 100, 80)) -> None:  # noqa: B008 - nobody changes it
        self.grounds.clear()
        self.drawings.clear()
        self.sheets.refresh(QRegion(area))

    def colour(self, x: int, y: int) -> QColor:
        return self.sheets.picture.toImage().pixelColor(x, y)


def test_only_what_is_out_of_date_and_in_view_is_drawn(qapp: QApplication) -> None:
    assert qapp
    painted = Painted()
    painted.refresh(QRect(0, 0, 50, 80))
    assert painted.grounds == painted.drawings == [QRect(0, 0, 50, 80)]
    painted.refresh()
    assert painted.grounds == painted.drawings == [QRect(50, 0, 50, 80)], "the rest"
    painted.refresh()
    assert not painted.grounds and not painted.drawings, "nothing is another"


def test_what_moves_leaves_its_ground_as_it_was(qapp: QApplication) -> None:
    assert qapp
    painted = Painted()
    painted.refresh()
    for step in range(3):
        before, painted.at = painted.square, painted.at + QPoint(7, 0)
        moved = before.united(painted.square)
        painted.sheets.outdate(moved, ground=False)
        painted.refresh()
        assert painted.drawings == [moved]
        assert len(painted.grounds) == 1 and painted.grounds[0].width() <= (17 if step == 0 else 7), "drawn once"
    assert painted.colour(41, 31) == RED and painted.colour(62, 31) == BLUE


def test_scrolling_draws_what_comes_into_view(qapp: QApplication) -> None:
    assert qapp
    painted = Painted()
    painted.refresh()
    for by in (QPoint(-5, 0), QPoint(0, -4)):
        painted.sheets.scroll(by)
        painted.at += by
    painted.refresh()
    assert painted.drawings == [QRect(0, 0, 100, 80)], "a strip on the right and one below"
    assert painted.colour(36, 27) == BLUE and painted.colour(46, 37) == RED
    painted.sheets.scroll(QPoint(5, 0))
    painted.sheets.scroll(QPoint(-5, 0))
    painted.refresh()
    assert {area.width() for area in painted.drawings} == {100} or painted.drawings[0].width() <= 10


def test_a_shift_by_parts_of_pixels_draws_all_anew(qapp: QApplication) -> None:
    assert qapp
    painted = Painted()
    painted.sheets.fit(QSize(100, 80), 1.5)
    painted.refresh()
    assert painted.sheets.picture.size() == QSize(150, 120)
    painted.sheets.scroll(QPoint(2, 0))
    painted.refresh()
    assert painted.drawings == [QRect(0, 0, 2, 80)]
    painted.sheets.scroll(QPoint(1, 0))
    painted.refresh()
    assert painted.drawings == [QRect(0, 0, 100, 80)]


class Visitor:
    """Somebody who looks around, selects, drags, edits and takes back, at random."""

    def __init__(self, canvas: Canvas, hand: Hand, seed: int) -> None:
        self.canvas, self.hand, self.random = canvas, hand, random.Random(seed)

    def step(self) -> None:
        self.random.choice(
            (self.wheel, self.zoom, self.hover, self.select, self.drag, self.rename, self.undo, self.analyse, self.band)
        )()

    def place(self) -> tuple[float, float]:
        left, top, right, bottom = self.random.choice(list(self.canvas.drawing.rects.values()))
        return (left + right) / 2, (top + bottom) / 2

    def wheel(self) -> None:
        self.hand.wheel(self.place(), self.random.randint(-90, 90), self.random.randint(-90, 90))

    def zoom(self) -> None:
        # No step of the wheel: at the root of a root of two a letter may stand on the edge between two pixels.
        self.canvas.zoom_to(self.random.choice((0.15, 0.5, 0.75, 1.0, 1.0, 1.5)))

    def hover(self) -> None:
        self.hand.move(self.place())

    def select(self) -> None:
        self.hand.click(self.place())

    def drag(self) -> None:
        at = self.place()
        self.hand.drag(at, (at[0] + self.random.randint(-80, 80), at[1] + self.random.randint(-80, 80)))

    def band(self) -> None:
        self.hand.start_drag((-700, 400), self.place())
        QApplication.processEvents()
        self.hand.release((-700, 400))

    def rename(self) -> None:
        components = self.canvas.document.architecture.components
        component = components[self.random.choice(sorted(components))]
        self.canvas.document.do(Put(component.with_(name=f"No. {self.random.randint(1, 99)}")))

    def undo(self) -> None:
        self.hand.key(Qt.Key.Key_Z, CONTROL)
        self.canvas.document.undo()

    def analyse(self) -> None:
        self.canvas.show_analysis(self.random.choice((analysis(), None)))


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_would_be_drawn(canvas: Canvas, hand: Hand, seed: int) -> None:
    """A random visit: after every few steps the view is compared with one that is drawn anew."""
    canvas.resize(700, 500)
    canvas.viewpoint.centre((-100, 150))
    visitor = Visitor(canvas, hand, seed)
    for _ in range(14):
        for _ in range(3):
            visitor.step()
            QApplication.processEvents()
        kept = picture(canvas)
        canvas.drawing.repaint_all()
        assert alike(kept, picture(canvas)), canvas.document.title


@pytest.mark.parametrize("zoom", [1.0, 0.5])
def test_what_is_dragged_leaves_all_else_as_it_is(
    canvas: Canvas, hand: Hand, zoom: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.zoom_to(zoom)
    canvas.viewpoint.centre((-200, 150))
    picture(canvas)
    # Where it can be seen, and neither something to line up with nor a boundary is near.
    hand.start_drag((-464, 232), (-420, 330), steps=3)
    QApplication.processEvents()
    drawn: list[object] = []
    monkeypatch.setattr(Strata, "paint", lambda _self, _painter, parts: drawn.append(parts))
    for y in range(331, 343, 2):
        hand.move((-420, y))
        QApplication.processEvents()
    assert not drawn, "nothing but what is dragged is drawn again"
    monkeypatch.undo()
    shown = picture(canvas)
    left, top, _right, _bottom = canvas.drawing.rects["queue"]
    tile = QColor(canvas.document.catalog.categories["integration"].colour)
    assert apart(colour_at(canvas, shown, (left + 15, top + 32)), tile) < 60, "it is shown where it would be put"
    assert apart(colour_at(canvas, shown, (-560 + 15, 200 + 10)), tile) > 60, "and no longer where it was"
    hand.release((-420, 341))
    QApplication.processEvents()
    kept = picture(canvas)
    canvas.drawing.repaint_all()
    assert alike(kept, picture(canvas))
    assert not canvas.drawing.lifted


def test_another_look_draws_all_anew(canvas: Canvas) -> None:
    light = picture(canvas)
    canvas.set_theme(load_theme("dark"))
    dark = picture(canvas)
    canvas.set_theme(load_theme("light"))
    assert picture(canvas) == light != dark
