"""A canvas with a small drawing, and a hand that works on it with real events."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog, load_catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.gestures.drop import KIND_MIME
from designer.gui.document import Document
from designer.gui.theme import ThemeChoice, theme_switch
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Component, Connection

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LEFT, MIDDLE, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton
Point = tuple[float, float]


class Hand:
    """Mouse and keyboard over a canvas. Places are given in the drawing unless a name says otherwise."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.held = NONE
        self.buttons = NO_BUTTON
        self._down: dict[Qt.Key, Qt.KeyboardModifier] = {}

    def view(self, at: Point) -> QPoint:
        """A place of the drawing in pixels of the viewport."""
        return self.canvas.mapFromScene(QPointF(*at))

    def press(self, at: Point, button: Qt.MouseButton = LEFT) -> None:
        self.buttons = button
        self._mouse(QEvent.Type.MouseButtonPress, self.view(at), button, button)

    def move(self, at: Point) -> None:
        self.move_view(self.view(at))

    def move_view(self, at: QPoint) -> None:
        self._mouse(QEvent.Type.MouseMove, at, NO_BUTTON, self.buttons)

    def release(self, at: Point) -> None:
        button, self.buttons = self.buttons, NO_BUTTON
        self._mouse(QEvent.Type.MouseButtonRelease, self.view(at), button, NO_BUTTON)

    def click(self, at: Point) -> None:
        self.press(at)
        self.release(at)

    def double_click(self, at: Point) -> None:
        self.click(at)
        self._mouse(QEvent.Type.MouseButtonDblClick, self.view(at), LEFT, LEFT)
        self._mouse(QEvent.Type.MouseButtonRelease, self.view(at), LEFT, NO_BUTTON)

    def drag(self, start: Point, end: Point, steps: int = 5, button: Qt.MouseButton = LEFT) -> None:
        """Presses, moves in steps and releases; the view may scroll, so both places are taken before."""
        one, other = self.view(start), self.view(end)
        self.buttons = button
        self._mouse(QEvent.Type.MouseButtonPress, one, button, button)
        for step in range(1, steps + 1):
            self.move_view(one + (other - one) * (step / steps))
        self.buttons = NO_BUTTON
        self._mouse(QEvent.Type.MouseButtonRelease, other, button, NO_BUTTON)

    def start_drag(self, start: Point, end: Point, steps: int = 5) -> None:
        """As `drag`, with the button still down at the end."""
        self.press(start)
        for step in range(1, steps + 1):
            part = step / steps
            self.move((start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, text: str = "") -> bool:
        """A key goes down and up in the widget that has the focus; says whether it was used."""
        target = QApplication.focusWidget() or self.canvas
        down = QKeyEvent(QEvent.Type.KeyPress, key, held, text)
        QApplication.sendEvent(target, down)
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyRelease, key, held, text))
        return down.isAccepted()

    def hold(self, key: Qt.Key) -> None:
        """A modifier key or Space goes down and stays down."""
        modifier = {Qt.Key.Key_Shift: SHIFT, Qt.Key.Key_Control: CONTROL, Qt.Key.Key_Alt: ALT}.get(key, NONE)
        self._down[key] = modifier
        QApplication.sendEvent(self.canvas, QKeyEvent(QEvent.Type.KeyPress, key, self.held, ""))
        self.held |= modifier

    def let_go(self, key: Qt.Key) -> None:
        self.held &= ~self._down.pop(key)
        QApplication.sendEvent(self.canvas, QKeyEvent(QEvent.Type.KeyRelease, key, self.held, ""))

    def wheel(self, at: Point, dy: int, dx: int = 0, held: Qt.KeyboardModifier = NONE) -> None:
        place = QPointF(self.view(at))
        event = QWheelEvent(
            place,
            QPointF(self.canvas.viewport().mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(dx, dy),
            NO_BUTTON,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas.viewport(), event)

    def drag_in(self, kind: str | bytes, at: Point, mime_type: str = KIND_MIME) -> bool:
        """A palette entry is dragged over the canvas up to a place; says whether the canvas takes it there."""
        self.mime = QMimeData()
        self.mime.setData(mime_type, kind.encode() if isinstance(kind, str) else kind)
        action, place = Qt.DropAction.CopyAction, self.view(at)
        enter = QDragEnterEvent(place, action, self.mime, LEFT, self.held)
        enter.ignore()
        QApplication.sendEvent(self.canvas.viewport(), enter)
        over = QDragMoveEvent(place, action, self.mime, LEFT, self.held)
        over.ignore()
        QApplication.sendEvent(self.canvas.viewport(), over)
        return enter.isAccepted() and over.isAccepted()

    def leave(self) -> None:
        QApplication.sendEvent(self.canvas.viewport(), QDragLeaveEvent())

    def drop(self, at: Point) -> None:
        place = QPointF(self.view(at))
        event = QDropEvent(place, Qt.DropAction.CopyAction, self.mime, LEFT, self.held)
        QApplication.sendEvent(self.canvas.viewport(), event)

    def _mouse(self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        viewport = self.canvas.viewport()
        event = QMouseEvent(kind, QPointF(at), QPointF(viewport.mapToGlobal(at)), button, buttons, self.held)
        QApplication.sendEvent(viewport, event)


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog()


def architecture() -> Architecture:
    """Users to a load balancer to servers with a queue and a function; a VPC with a private tier; a group."""
    components = (
        Component(id="users", kind="users", name="Users", x=-560, y=-240),
        Component(id="entry", kind="elb", name="Entry", x=-240, y=-240, boundary="vpc"),
        Component(id="web", kind="asg", name="Web", x=-216, y=-40, boundary="private"),
        Component(id="db", kind="rds", name="Data", x=40, y=-40, boundary="private"),
        Component(id="queue", kind="sqs", name="Orders", x=-560, y=200),
        Component(id="worker", kind="lambda", name="Worker", x=-240, y=200),
        Component(id="topic", kind="sns", name="Events", x=80, y=200),
    )
    boundaries = (
        Boundary(id="vpc", kind="vpc", name="Network", x=-288, y=-312, width=608, height=448),
        Boundary(id="private", kind="tier", name="Inside", parent="vpc", x=-256, y=-104, width=544, height=176),
    )
    connections = (
        Connection(id="users-entry", source="users", target="entry", relation="requests"),
        Connection(id="entry-web", source="entry", target="web", relation="routes"),
        Connection(id="web-db", source="web", target="db", relation="queries"),
    )
    made = Architecture()
    made.apply(Batch("Make", tuple(Put(entity) for entity in (*boundaries, *components, *connections))))
    return made


@pytest.fixture
def document(catalog: Catalog) -> Document:
    return Document(catalog, architecture())


def shown_canvas(document: Document, qtbot: QtBot, width: int, height: int) -> Iterator[Canvas]:
    """A drawing at zoom 1 that has the keyboard, its origin in the middle of a view of so many pixels."""
    theme_switch().use(ThemeChoice.LIGHT)
    made = Canvas(document)
    qtbot.addWidget(made)
    made.resize(width, height)
    with qtbot.waitExposed(made):
        made.show()
    made.viewpoint.centre((0, 0))
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    made.abandon()


@pytest.fixture
def canvas(document: Document, qtbot: QtBot) -> Iterator[Canvas]:
    """The drawing in a view of 1400 by 800 pixels."""
    yield from shown_canvas(document, qtbot, 1400, 800)


@pytest.fixture
def hand(canvas: Canvas) -> Hand:
    return Hand(canvas)


@pytest.fixture
def messages(canvas: Canvas) -> list[str]:
    """What the canvas has sent to the status bar."""
    sent: list[str] = []
    canvas.message.connect(sent.append)
    return sent
