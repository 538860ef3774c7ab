"""The view as far as it listens: events of mouse, wheel, keys and drags become gestures."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from designer.gui.canvas.auto_scroll import AutoScroll
from designer.gui.canvas.hit_test import COLLECTION_OF_PART, Hit, Part
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.metrics import Point
from designer.gui.canvas.navigation import Navigation
from designer.gui.canvas.paper import Paper
from designer.gui.canvas.picking import hovered_component, pick
from designer.gui.controls import tip

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas
    from designer.gui.canvas.gestures.gesture import Gesture, Pointer

_LEFT, _MIDDLE, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_MODIFIER_KEYS = {Qt.Key.Key_Shift: _SHIFT, Qt.Key.Key_Control: _CONTROL, Qt.Key.Key_Alt: _ALT}
_RESIZE_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
}


class InputView(Paper):
    """Keeps the one gesture in hand and gives it every event that concerns it. Nothing reaches Qt's own item events."""

    def __init__(self, labels: Labels, parent: QWidget | None) -> None:
        super().__init__(labels, parent)
        self._gesture: Gesture | None = None
        self._auto_scroll = AutoScroll(self)
        self._navigation = Navigation(self._canvas)
        self._menu_is_ours = False
        """Whether the right button opens the menu when it goes up, so that what the platform asks for is none."""
        self._space = False
        self._inside = False
        self._at = QPoint()
        self._held = Qt.KeyboardModifier.NoModifier
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)

    @abstractmethod
    def run_key(self, event: QKeyEvent) -> bool:
        """Does what a key stands for; says whether it stands for anything."""

    @abstractmethod
    def open_hit(self, hit: Hit, at: Point) -> None:
        """A thing was double-clicked at a point of the drawing."""

    @abstractmethod
    def show_menu(self, at: QPoint) -> None:
        """Opens the context menu for what is selected, at a point of the view."""

    @abstractmethod
    def tip(self, hit: Hit) -> str:
        """What the tool tip says about a thing; empty for none."""

    @abstractmethod
    def go(self, forward: bool) -> bool:
        """Selects the next or previous thing; says whether there is one."""

    def begin(self, gesture: Gesture) -> None:
        """Starts a gesture; the one in hand is abandoned, unless it was the press that turned into this one."""
        from designer.gui.canvas.gestures.press import Press

        if self._gesture is not None and not isinstance(self._gesture, Press):
            self.abandon()
        self._gesture = gesture
        self.viewpoint.stay()
        self._hover_nothing()
        self._show_cursor()

    def finish(self) -> None:
        """Ends the gesture in hand, whose work is done."""
        self._gesture = None
        self._auto_scroll.stop()
        self._show_cursor()

    def abandon(self) -> None:
        """Ends the gesture in hand and takes back what it has shown."""
        gesture = self._gesture
        self.finish()
        if gesture is not None:
            gesture.cancel()

    @property
    def gesture(self) -> Gesture | None:
        """The gesture in hand."""
        return self._gesture

    def follow(self, at: QPoint) -> None:
        """Tells the gesture in hand where the pointer is over the drawing, which may have moved below it."""
        if self._gesture is not None:
            self._gesture.move(self._pointer(at))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a gesture."""
        from designer.gui.canvas.gestures.pan import MenuPress, Pan
        from designer.gui.canvas.gestures.press import Press

        self._held = event.modifiers()
        pointer = self._pointer(event.position().toPoint())
        QToolTip.hideText()
        if event.button() == _MIDDLE or (event.button() == _LEFT and self._space):
            self.begin(Pan(self._canvas, pointer))
        elif event.button() == _LEFT:
            if self._gesture is not None:
                self._gesture.press(pointer)
            else:
                self.begin(Press(self._canvas, pick(self.drawing, self.overlay, pointer.at), pointer))
        elif event.button() == _RIGHT:
            self._menu_is_ours = True
            if self._gesture is not None:
                self.abandon()
            else:
                self.begin(MenuPress(self._canvas, pointer))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Goes on with the gesture in hand, else shows what is under the pointer."""
        self._held, self._inside = event.modifiers(), True
        pointer = self._pointer(event.position().toPoint())
        if self._gesture is None:
            self._hover(pointer)
            return
        self._gesture.move(pointer)
        if self._gesture is not None and self._gesture.scrolls and event.buttons() & _LEFT:
            self._auto_scroll.follow(pointer.view)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the gesture in hand."""
        self._held = event.modifiers()
        if self._gesture is not None and event.button() in (_LEFT, _MIDDLE, _RIGHT):
            self._auto_scroll.stop()
            self._gesture.release(self._pointer(event.position().toPoint()))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens what is under the pointer."""
        if event.button() == _LEFT and self._gesture is None:
            at = self._pointer(event.position().toPoint()).at
            self.open_hit(pick(self.drawing, self.overlay, at), at)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls or zooms, also during a gesture."""
        self._navigation.wheel(event)
        self.follow(event.position().toPoint())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a gesture; other keys go to it or are commands."""
        key = Qt.Key(event.key())
        if key in _MODIFIER_KEYS:
            self._hold(self._held | _MODIFIER_KEYS[key])
        elif self._gesture is not None:
            if key == Qt.Key.Key_Escape:
                self.abandon()
            else:
                self._gesture.key(key, self._pointer(self._at))
        elif key == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif not self.run_key(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space and the modifier keys matter also when they go up."""
        key = Qt.Key(event.key())
        if key in _MODIFIER_KEYS:
            self._hold(self._held & ~_MODIFIER_KEYS[key])
        elif key == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's name
        """Tab goes through the drawing and leaves the canvas at its end, so that nobody is caught in it."""
        if self._gesture is not None:
            key = Qt.Key.Key_Tab if next else Qt.Key.Key_Backtab
            return self._gesture.key(key, self._pointer(self._at)) or True
        return self.go(next) or super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys that are down now will go up elsewhere."""
        super().focusOutEvent(event)
        self._space = False
        self._held = Qt.KeyboardModifier.NoModifier
        self._canvas.tracing.hover(None)
        self._show_cursor()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Opens the menu for the menu key, and for what stands for a right button that was never pressed (a pen)."""
        event.accept()
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if by_mouse and self._menu_is_ours:
            self._menu_is_ours = False
            return
        if self._gesture is not None:
            self.abandon()
        if by_mouse:
            self.open_menu(event.pos())
            return
        bounds = self.drawing.bounds_of(self._canvas.selection())
        self.show_menu(event.pos() if bounds is None else self.mapFromScene(bounds[0] + 20, bounds[1] + 20))

    def open_menu(self, at: QPoint) -> None:
        """Selects what is at a point of the view unless it is selected, and opens the menu for the selection."""
        hit = pick(self.drawing, self.overlay, self._pointer(at).at)
        collection = COLLECTION_OF_PART.get(hit.part)
        if collection is None:
            self._canvas.select()
        elif hit.key not in self._canvas.selection().of(collection):
            self._canvas.select_one(collection, hit.key)
        self.show_menu(at)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes kinds of the palette and nothing else."""
        from designer.gui.canvas.gestures.drop import Drop, dragged_kind

        kind = dragged_kind(event.mimeData())
        if kind is None or not self._canvas.knows_kind(kind):
            event.ignore()
            return
        self.begin(Drop(self._canvas, kind))
        self._auto_scroll.enter()
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows where the thing would be."""
        from designer.gui.canvas.gestures.drop import Drop

        if not isinstance(self._gesture, Drop):
            event.ignore()
            return
        self._held = event.modifiers()
        at = event.position().toPoint()
        self.follow(at)
        self._auto_scroll.follow(at)
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Shows nothing more."""
        self.abandon()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds the thing."""
        from designer.gui.canvas.gestures.drop import Drop

        if not isinstance(self._gesture, Drop):
            event.ignore()
            return
        self._held = event.modifiers()
        self._auto_scroll.stop()
        self._gesture.release(self._pointer(event.position().toPoint()))
        event.acceptProposedAction()

    def event(self, event: QEvent) -> bool:
        """Alt over a thing lights up its paths: it must not open the menu bar when it goes up again."""
        if event.type() == QEvent.Type.ShortcutOverride and cast(QKeyEvent, event).key() == Qt.Key.Key_Alt:
            over = self._inside and self._gesture is None and self.drawing.emphasis.hovered is not None
            event.setAccepted(over)
            if over:
                return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips, leaving, and the pinch of a touch pad."""
        match event.type():
            case QEvent.Type.ToolTip:
                self._show_tip(cast(QHelpEvent, event))
                return True
            case QEvent.Type.Leave:
                self._inside = False
                self._hover_nothing()
            case QEvent.Type.NativeGesture:
                return self._navigation.pinch(cast(QNativeGestureEvent, event)) or super().viewportEvent(event)
        return super().viewportEvent(event)

    @property
    def _canvas(self) -> Canvas:
        return cast("Canvas", self)

    def _pointer(self, at: QPoint) -> Pointer:
        from designer.gui.canvas.gestures.gesture import Pointer

        self._at = at
        place, held = self.mapToScene(at), self._held
        return Pointer(at, (place.x(), place.y()), bool(held & _SHIFT), bool(held & _CONTROL), bool(held & _ALT))

    def _hold(self, held: Qt.KeyboardModifier) -> None:
        self._held = held
        if self._gesture is None and self._inside:
            self._hover(self._pointer(self._at))
        self.follow(self._at)

    def _hover(self, pointer: Pointer) -> None:
        hit = pick(self.drawing, self.overlay, pointer.at)
        collection = COLLECTION_OF_PART.get(hit.part)
        thing = (collection, hit.key) if collection is not None else None
        self.drawing.highlights.hover(thing)
        self._canvas.tracing.hover(thing if pointer.alt else None)
        if hit.part not in (Part.CONNECT_HANDLE, Part.WIRE_END, Part.BAND_END):
            self.overlay.show_knobs(hovered_component(self.drawing, pointer.at))
        self._show_cursor(hit)

    def _hover_nothing(self) -> None:
        self.overlay.show_knobs(None)
        self.drawing.highlights.hover(None)
        self._canvas.tracing.hover(None)

    def _show_cursor(self, hit: Hit | None = None) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._gesture is not None:
            shape = self._gesture.cursor or shape
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif hit is not None and hit.part in (Part.CONNECT_HANDLE, Part.WIRE_END):
            shape = Qt.CursorShape.CrossCursor
        elif hit is not None and hit.part is Part.COMPONENT and self._canvas.picks_failures:
            shape = Qt.CursorShape.PointingHandCursor
        elif hit is not None and hit.part is Part.RESIZE_HANDLE:
            shape = _RESIZE_CURSORS[hit.corner]
        elif hit is not None and hit.part is Part.FOLD:
            shape = Qt.CursorShape.PointingHandCursor
        elif hit is not None and hit.part is Part.BAND_END:
            shape = Qt.CursorShape.SizeHorCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def _show_tip(self, event: QHelpEvent) -> None:
        if self._gesture is not None:
            return
        text = self.tip(pick(self.drawing, self.overlay, self._pointer(event.pos()).at))
        if text:
            QToolTip.showText(event.globalPos(), tip(text), self.viewport())
        else:
            QToolTip.hideText()
