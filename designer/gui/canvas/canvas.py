"""The view: turns events into gestures and commands, and shows what the document says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QInputEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QMenu, QToolTip, QWidget

from designer.analysis.findings import Analysis
from designer.errors import UserError
from designer.gui.canvas import accessible, keyboard
from designer.gui.canvas.auto_scroll import AutoScroll
from designer.gui.canvas.background import Dots
from designer.gui.canvas.commands import Commands
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.gestures.connect import Connect
from designer.gui.canvas.gestures.drop import Drop, dragged_kind
from designer.gui.canvas.gestures.gesture import Gesture, Pointer
from designer.gui.canvas.gestures.pan import Pan
from designer.gui.canvas.gestures.press import COLLECTION_OF_PART, Press
from designer.gui.canvas.hit_test import Hit, Part
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.look import Look
from designer.gui.canvas.menu import context_menu
from designer.gui.canvas.metrics import Point
from designer.gui.canvas.overlay import Overlay
from designer.gui.canvas.picking import component_at, pick
from designer.gui.canvas.picture import render
from designer.gui.canvas.scene import Scene
from designer.gui.canvas.viewpoint import Viewpoint
from designer.gui.document import Document
from designer.gui.theme import Theme, current_theme, theme_switch
from designer.model.changes import Changes
from designer.model.edits import Edit
from designer.model.entities import Collection

_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class Canvas(QGraphicsView):
    """Draws the document and lets the user edit it. Its commands are those of the window's menus."""

    selection_changed = Signal(object)
    """The `Selection` is another one."""
    message = Signal(str)
    """A line for the status bar; empty clears it."""
    zoom_changed = Signal(float)
    relation_wanted = Signal(object)
    """Several relations fit a new wire (a `Choice`); the canvas asks by a menu of its own."""
    open_requested = Signal(str)
    """The details of a thing are wanted (double-click on a wire, Alt+Enter on anything selected)."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.install()
        self.document = document
        labels = Labels(document.architecture, document.catalog)
        self.drawing = Scene(labels, Look(current_theme()), self)
        self.setScene(self.drawing)
        self.overlay = Overlay(self.drawing)
        self.viewpoint = Viewpoint(self)
        self.commands = Commands(self)
        self.menu: QMenu | None = None
        """The context menu, while one is open."""
        self._dots = Dots()
        self._gesture: Gesture | None = None
        self._auto_scroll = AutoScroll(self)
        self._announced = Selection()
        self._space = False
        self._pointer_view = QPoint()
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._set_up()
        document.changed.connect(self._changed)
        document.replaced.connect(self._replaced)
        theme_switch().theme_changed.connect(self.set_theme)
        self.drawing.load(labels)

    def _set_up(self) -> None:
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription("The drawing of the architecture")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewpoint.fit(None)

    # What the window asks for

    def selection(self) -> Selection:
        """What is selected."""
        return self.drawing.emphasis.selection()

    def select(
        self, components: Iterable[str] = (), connections: Iterable[str] = (), boundaries: Iterable[str] = ()
    ) -> None:
        """Selects things, leaving out ids that do not exist."""
        drawing = self.drawing
        wanted = Selection(
            tuple(sorted(key for key in components if key in drawing.components)),
            tuple(sorted(key for key in connections if key in drawing.wires.all)),
            tuple(sorted(key for key in boundaries if key in drawing.boundaries)),
        )
        self.take_selection(wanted)
        self.announce_selection()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows findings as badges, and coupling as the style of wires; `None` forgets both."""
        self.drawing.show_analysis(analysis)

    def show_witness(self, ids: Sequence[str]) -> None:
        """Lights up components, wires and boundaries and dims the rest; an empty sequence ends it."""
        self.drawing.highlights.light(frozenset(ids))

    def set_theme(self, theme: Theme) -> None:
        """Draws with the colours of another theme."""
        self.drawing.use_look(Look(theme))

    def zoom_to_fit(self) -> None:
        """Shows everything."""
        self.viewpoint.fit(self.drawing.content())

    def zoom_to_selection(self) -> None:
        """Shows what is selected, or everything where nothing is."""
        bounds = self.drawing.bounds_of(self.selection())
        self.viewpoint.fit(bounds if bounds is not None else self.drawing.content())

    def zoom_to(self, factor: float) -> None:
        """Sets the zoom; 1 is one unit to a pixel."""
        self.viewpoint.set_zoom(factor)

    def zoom_in(self) -> None:
        """Goes to the next larger round zoom."""
        self.viewpoint.step(1)

    def zoom_out(self) -> None:
        """Goes to the next smaller round zoom."""
        self.viewpoint.step(-1)

    @property
    def zoom(self) -> float:
        """The zoom; 1 is one unit to a pixel."""
        return self.viewpoint.zoom

    def centre_on(self, key: str) -> None:
        """Scrolls to a component, connection or boundary; does nothing for an id that is none."""
        found = Selection(
            components=(key,) if key in self.drawing.components else (),
            connections=(key,) if key in self.drawing.wires.all else (),
            boundaries=(key,) if key in self.drawing.boundaries else (),
        )
        bounds = self.drawing.bounds_of(found)
        if bounds is not None:
            self.viewpoint.reveal(bounds)

    def delete_selection(self) -> None:
        """Deletes what is selected."""
        self.commands.delete()

    def select_all(self) -> None:
        """Selects everything."""
        self.commands.select_all()

    def copy(self) -> None:
        """Puts the selection on the clipboard."""
        self.commands.copy()

    def cut(self) -> None:
        """Puts the selection on the clipboard and deletes it."""
        self.commands.cut()

    def paste(self) -> None:
        """Adds what is on the clipboard."""
        self.commands.paste()

    def duplicate(self) -> None:
        """Adds copies of the selection."""
        self.commands.duplicate()

    def insert(self, kind: str) -> None:
        """Adds a thing of a kind beside the selection or in the middle of the view."""
        self.commands.insert(kind)

    def start_connecting(self) -> None:
        """Lets the user draw a wire by two clicks or from the keyboard, from the selected component if there is one."""
        selected = self.selection().components
        self.begin(Connect(self, selected[0] if len(selected) == 1 else None, None, by_click=True))
        self.setFocus()

    def rename_selected(self) -> None:
        """Edits the name of the one selected component or boundary in place."""
        self.commands.rename()

    def render_to(self, painter: QPainter, rect: QRectF, transparent: bool = False) -> None:
        """Draws everything, whole and as large as fits, into a rectangle of any paint device."""
        render(self.drawing, painter, rect, transparent)

    # What gestures and commands ask for

    def do(self, edit: Edit, merge: str | None = None) -> bool:
        """Applies an edit as one step; says whether it could be, else tells the user why not."""
        try:
            self.document.do(edit, merge)
        except UserError as error:
            self.say(str(error))
            return False
        return True

    def say(self, text: str) -> None:
        """Sends a line to the status bar."""
        self.message.emit(text)

    def select_one(self, collection: Collection, key: str) -> None:
        """Selects one thing."""
        keys = {collection: [key]}
        self.select(*(keys.get(each, ()) for each in COLLECTION_OF_PART.values()))

    def toggle(self, collection: Collection, key: str) -> None:
        """Adds a thing to the selection, or takes it out."""
        selection = self.selection()
        chosen = {each: set(selection.of(each)) for each in COLLECTION_OF_PART.values()}
        chosen[collection] ^= {key}
        self.select(*chosen.values())

    def take_selection(self, selection: Selection) -> None:
        """Shows a selection without announcing it yet."""
        self.drawing.highlights.select(selection)

    def announce_selection(self) -> None:
        """Tells everyone what is selected, if that is news."""
        selection = self.selection()
        alone = selection.boundaries[0] if len(selection) == 1 and selection.boundaries else None
        self.overlay.show_frames(alone)
        if selection != self._announced:
            self._announced = selection
            self.selection_changed.emit(selection)
            accessible.selection_changed(self)

    def component_at(self, at: Point) -> str | None:
        """The uppermost component under a point of the drawing."""
        return component_at(self.drawing, at)

    def reading_order(self) -> list[str]:
        """The components from top to bottom, those of one row from left to right."""
        return keyboard.reading_order(self.drawing)

    def reveal_selection(self) -> None:
        """Scrolls to the selection if a part of it is hidden."""
        bounds = self.drawing.bounds_of(self.selection())
        if bounds is not None:
            self.viewpoint.reveal(bounds)

    def centre_if_hidden(self, component: str) -> None:
        """Scrolls to a component if a part of it is hidden."""
        self.viewpoint.reveal(self.drawing.rects[component])

    # The gesture in hand

    def begin(self, gesture: Gesture) -> None:
        """Starts a gesture in the place of the one in hand (a press that turns into a drag)."""
        if self._gesture is not None and not isinstance(self._gesture, Press):
            self.abandon()
        self._gesture = gesture
        self.overlay.show_knobs(None)
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

    def pointer_moved_over(self, at: QPoint) -> None:
        """Tells the gesture in hand where the pointer is over the drawing, which may have moved below it."""
        if self._gesture is not None:
            self._gesture.move(self._pointer(at))

    def _pointer(self, at: QPoint) -> Pointer:
        self._pointer_view = at
        place = self.mapToScene(at)
        held = self._modifiers
        return Pointer(at, (place.x(), place.y()), bool(held & _SHIFT), bool(held & _CONTROL), bool(held & _ALT))

    def _show_cursor(self) -> None:
        shape = self._gesture.cursor if self._gesture is not None else None
        if shape is None and self._space:
            shape = Qt.CursorShape.OpenHandCursor
        self.viewport().setCursor(shape if shape is not None else Qt.CursorShape.ArrowCursor)
