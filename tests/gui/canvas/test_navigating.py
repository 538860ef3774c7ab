"""Moving the view: wheel, touch pad, buttons, keys; the paper has no end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import Selection
from designer.gui.document import Document
from tests.gui.canvas.conftest import ALT, CONTROL, NO_BUTTON, NONE, SHIFT, Hand
from tests.gui.canvas.test_pointer import EMPTY, WEB, WORKER, steps

RIGHT = Qt.MouseButton.RightButton
Native = Qt.NativeGestureType


def looks_at(canvas: Canvas) -> tuple[float, float]:
    """What of the drawing is in the middle of the view."""
    at = canvas.mapToScene(700, 400)
    return at.x(), at.y()


def fingers(canvas: Canvas, dx: int, dy: int, held: Qt.KeyboardModifier = NONE) -> None:
    """Two fingers move on a touch pad."""
    at = QPointF(700, 400)
    event = QWheelEvent(
        at,
        QPointF(canvas.viewport().mapToGlobal(at.toPoint())),
        QPoint(dx, dy),
        QPoint(dx * 2, dy * 2),
        NO_BUTTON,
        held,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def native(canvas: Canvas, kind: Native, value: float, at: QPointF) -> bool:
    """Two fingers do something else than move together."""
    device = QPointingDevice.primaryPointingDevice()
    everywhere = QPointF(canvas.viewport().mapToGlobal(at.toPoint()))
    event = QNativeGestureEvent(kind, device, 2, at, at, everywhere, value, QPointF())
    return QApplication.sendEvent(canvas.viewport(), event)


def test_alt_wheel_zooms_to_the_cursor_even_where_it_turns_the_wheel_sideways(canvas: Canvas, hand: Hand) -> None:
    at = hand.view((320, -160))
    hand.wheel((320, -160), 0, dx=480, held=ALT)
    assert canvas.zoom == pytest.approx(2.0)
    under = canvas.mapToScene(at)
    assert abs(under.x() - 320) < 1.5 and abs(under.y() + 160) < 1.5


def test_a_fine_wheel_moves_as_far_up_as_down(canvas: Canvas, hand: Hand) -> None:
    before = looks_at(canvas)
    for turned in (1,) * 30 + (-1,) * 30:
        hand.wheel((0, 0), turned)
    assert looks_at(canvas) == before
    for _ in range(120):
        hand.wheel((0, 0), -1)
    assert looks_at(canvas) == (before[0], before[1] + 80), "parts of pixels add up to what a whole notch scrolls"


def test_two_fingers_pan_by_pixels(canvas: Canvas) -> None:
    x, y = looks_at(canvas)
    fingers(canvas, -30, 17)
    assert looks_at(canvas) == (x + 30, y - 17)
    assert canvas.zoom == 1.0
    fingers(canvas, 0, 60, held=CONTROL)
    assert canvas.zoom == pytest.approx(2**0.25)


def test_a_pinch_zooms_to_the_fingers(canvas: Canvas, hand: Hand) -> None:
    at = QPointF(hand.view((320, -160)))
    native(canvas, Native.BeginNativeGesture, 0, at)
    for _ in range(5):
        assert native(canvas, Native.ZoomNativeGesture, 0.1, at)
    native(canvas, Native.EndNativeGesture, 0, at)
    assert canvas.zoom == pytest.approx(1.1**5)
    under = canvas.mapToScene(at.toPoint())
    assert abs(under.x() - 320) < 1.5 and abs(under.y() + 160) < 1.5
    native(canvas, Native.SmartZoomNativeGesture, 1, at)
    visible, content = canvas.viewpoint.visible(), canvas.drawing.content()
    assert content is not None and visible[0] < content[0] and visible[2] > content[2], "a double tap shows all"


def test_right_drag_pans_and_opens_no_menu(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.click(WEB)
    x, y = looks_at(canvas)
    hand.drag(WORKER, (WORKER[0] + 100, WORKER[1] - 40), button=RIGHT)
    assert looks_at(canvas) == (x - 100, y + 40)
    assert canvas.menu is None
    assert canvas.selection() == Selection(components=("web",)), "what is selected stays"
    assert steps(document) == 0


def test_right_click_without_a_move_opens_the_menu_of_what_is_there(canvas: Canvas, hand: Hand) -> None:
    hand.drag(WEB, (WEB[0] + 2, WEB[1] - 2), button=RIGHT)
    assert canvas.selection() == Selection(components=("web",))
    assert canvas.menu is not None and canvas.menu.isVisible()
    canvas.menu.close()
    canvas.menu = None
    hand.drag(EMPTY, EMPTY, button=RIGHT)
    assert not canvas.selection()
    assert canvas.menu is not None
    canvas.menu.close()


def test_the_right_button_gives_up_a_wire_begun_by_a_click(canvas: Canvas, hand: Hand) -> None:
    canvas.select(["worker"])
    canvas.start_connecting()
    hand.drag(EMPTY, EMPTY, button=RIGHT)
    assert canvas.gesture is None and canvas.menu is None


def test_keys_fit_the_drawing_and_show_actual_size(canvas: Canvas, hand: Hand) -> None:
    canvas.zoom_to(3.0)
    hand.key(Qt.Key.Key_Home)
    visible, content = canvas.viewpoint.visible(), canvas.drawing.content()
    assert content is not None
    assert visible[0] <= content[0] and visible[1] <= content[1] and visible[2] >= content[2]
    canvas.zoom_to(0.4)
    hand.key(Qt.Key.Key_0, CONTROL)
    assert canvas.zoom == 1.0
    hand.key(Qt.Key.Key_Plus, CONTROL)
    assert canvas.zoom == 1.25
    for _ in range(2):
        hand.key(Qt.Key.Key_Minus, CONTROL)
    assert canvas.zoom == 0.75


def test_the_paper_has_no_end_and_nothing_jumps(canvas: Canvas, hand: Hand) -> None:
    x, y = looks_at(canvas)
    for _ in range(40):
        fingers(canvas, -2000, 1500)
    far = looks_at(canvas)
    assert far == (x + 80_000, y - 60_000)
    canvas.commands.insert_at("sqs", (80_000, -60_000))
    assert looks_at(canvas) == far, "the paper grows without moving"
    hand.click((80_096, -59_968))
    hand.key(Qt.Key.Key_Delete)
    assert looks_at(canvas) == far, "it does not shrink below the view either"
    hand.wheel((0, 0), -120, held=SHIFT)
    assert looks_at(canvas) == (far[0] + 80, far[1])
