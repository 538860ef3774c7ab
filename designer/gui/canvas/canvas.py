"""The canvas of the window: shows a document and lets it be edited."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from designer.errors import UserError
from designer.gui.canvas import accessible, keyboard
from designer.gui.canvas.emphasis import DRAWN, Selection
from designer.gui.canvas.hit_test import Hit, Part
from designer.gui.canvas.input_view import InputView
from designer.gui.canvas.labels import Labels
from designer.gui.canvas.look import Look
from designer.gui.canvas.metrics import Point
from designer.gui.canvas.parts import Parts
from designer.gui.canvas.picking import component_at
from designer.gui.canvas.recall import Recall
from designer.gui.document import Document
from designer.gui.theme import Theme, theme_switch
from designer.language import tr
from designer.model.changes import Changes
from designer.model.edits import Edit
from designer.model.entities import Collection
from designer.model.locks import refuse_locked

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis
    from designer.analysis.knock_out import KnockOut


class Canvas(Parts, InputView):
    """Draws a document and turns gestures into edits. Its public methods are the commands of the window's menus."""

    selection_changed = Signal(object)
    """The `Selection` is another one."""
    message = Signal(str)
    """A line for the status bar; empty clears it."""
    fail_wanted = Signal(str)
    """A component is to fail, or to be restored: clicked while clicks do that (`pick_failures`), or by K."""
    restore_wanted = Signal()
    """Escape was pressed while something fails, or while clicks make things fail."""
    added = Signal(str)
    """A thing of a kind ("sqs", "tier:public") was added, not by pasting."""
    look_changed = Signal()
    """Colours, icons or fonts are others now."""
    states_changed = Signal()
    """Findings, or what a failure that is tried out does, may be others now."""
    noted = Signal(str, object)
    """Something was done, and there is more to say of it than a line: a title, and the notes."""
    open_requested = Signal(str)
    """The details of a thing are wanted: Alt+Enter on the selection."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(Labels(document.architecture, document.catalog), parent)
        self.document = document
        self.favoured: Callable[[], Sequence[str]] = tuple
        """Gives the kinds that stand on top of the search for what to add while nothing is typed."""
        self.failed: frozenset[str] = frozenset()
        """The components that the user has made fail."""
        self.has_menus = False
        """Whether the canvas stands in a window whose menus have the keys of its commands."""
        self.picks_failures = False
        """Whether a click on a component makes it fail, and the next one restores it."""
        self.menu: QMenu | None = None
        """The context menu that was opened last, while it exists."""
        self._announced = Selection()
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(tr("The drawing of the architecture"))
        document.changed.connect(self._changed)
        document.replaced.connect(self._replaced)
        theme_switch().theme_changed.connect(self.set_theme)
        self.recall = Recall(self)
        self.drawing.load(self.drawing.labels)
        self.viewpoint.fit(None)

    def selection(self) -> Selection:
        """What is selected."""
        return self.drawing.emphasis.selection()

    def select(
        self, components: Iterable[str] = (), connections: Iterable[str] = (), boundaries: Iterable[str] = ()
    ) -> None:
        """Selects things, leaving out ids that do not exist."""
        drawing, components = self.drawing, set(components)
        # What is folded away is selected by the boundary that stands for it.
        folds = {drawing.folds.components[key] for key in components if key in drawing.folds.components}
        self.take_selection(
            {key for key in components if key in drawing.components},
            {key for key in connections if key in drawing.wires.all},
            {key for key in (*boundaries, *folds) if key in drawing.boundaries},
        )
        self.announce_selection()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Shows findings as badges, and coupling as the style of wires; `None` forgets both."""
        self.drawing.show_analysis(analysis)
        self.states_changed.emit()

    def show_witness(self, ids: Sequence[str]) -> None:
        """Lights up components, wires and boundaries and dims the rest; an empty sequence ends it."""
        self.tracing.light_otherwise(ids)

    def show_knock_out(self, found: KnockOut | None) -> None:
        """Shows what a failure that is tried out does; `None` while there is none."""
        failures = found.failures if found is not None else ()
        self.failed = frozenset(failure.component for failure in failures if failure.component is not None)
        self.drawing.show_knock_out(found)
        accessible.states_changed(self)
        self.states_changed.emit()

    def pick_failures(self, on: bool) -> None:
        """Whether a click on a component makes it fail."""
        self.picks_failures = on

    @property
    def tries_failures(self) -> bool:
        """Whether something fails, or clicks make things fail."""
        return self.picks_failures or bool(self.drawing.labels.effects)

    def fail_selected(self) -> None:
        """Makes the selected components fail, or restores them."""
        for key in self.selection().components:
            self.fail_wanted.emit(key)

    def set_theme(self, theme: Theme) -> None:
        """Draws with the colours of another theme."""
        self.drawing.use_look(Look(theme))
        self.look_changed.emit()

    @property
    def zoom(self) -> float:
        """The zoom; 1 is one unit to a pixel."""
        return self.viewpoint.zoom

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

    def centre_on(self, key: str) -> None:
        """Scrolls to a component, connection or boundary unless it is shown; does nothing for an id that is none."""
        key = self.drawing.folds.components.get(key, key)
        found = Selection(*((key,) if self.drawing.exists(collection, key) else () for collection in DRAWN))
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
        self.pasting.paste()

    def duplicate(self) -> None:
        """Adds copies of the selection."""
        self.commands.duplicate()

    def insert(self, kind: str) -> None:
        """Adds a thing of a kind beside the selection or in the middle of the view."""
        self.commands.insert(kind)

    def start_connecting(self) -> None:
        """Lets the user draw a wire by two clicks or from the keyboard, from the selected component if there is one."""
        selected = self.selection().components
        self.setFocus()
        from designer.gui.canvas.gestures.connect import Connect

        self.begin(Connect(self, selected[0] if len(selected) == 1 else None, None, by_click=True))

    def leads_anew(self, wire: str) -> bool:
        """Whether the ends of a wire are both drawn, so that it can be bent and led elsewhere."""
        connection, folds = self.document.architecture.connections[wire], self.drawing.folds.components
        return connection.source not in folds and connection.target not in folds

    def start_reconnecting(self, end: int) -> None:
        """Lets the user lead an end of the one selected wire elsewhere (0 its source, 1 its target), as by a grip."""
        selected = self.selection().connections
        if len(selected) == 1 and not self.leads_anew(selected[0]):
            self.say(tr("An end of it stands in a collapsed boundary: expand that first."))
        elif len(selected) == 1:
            self.setFocus()
            from designer.gui.canvas.gestures.reconnect import Reconnect

            self.begin(Reconnect(self, selected[0], end, None, by_click=True))

    def quick_add(self, at: QPoint | None = None) -> None:
        """Opens the search for what to add at a place of the view, else where the pointer is or in the middle."""
        self.adding.ask(at)

    def move_to(self) -> None:
        """Asks for the boundary that the selected things are moved into."""
        self.choosing.ask_home()

    def connect_to(self) -> None:
        """Asks for what the selected component is connected to."""
        self.choosing.ask_target()

    def replace_kind(self) -> None:
        """Asks for the kind that takes the place of what is selected."""
        self.adding.ask_replacement()

    def rename_selected(self) -> None:
        """Edits the name of the one selected component or boundary in place, or the note of the one selected wire."""
        if self.selection().connections:
            self.rewiring.edit_note()
        else:
            self.commands.rename()

    def edit_selected(self) -> None:
        """Edits the name of the one selected component or boundary; of anything else it opens the details."""
        selection = self.selection()
        if len(selection) == 1 and not selection.connections:
            self.commands.rename()
        else:
            self.open_selected()

    def open_selected(self) -> None:
        """Asks for the details of what is selected."""
        selection = self.selection()
        for key in (*selection.components, *selection.connections, *selection.boundaries)[:1]:
            self.open_requested.emit(key)

    def render_to(self, painter: QPainter, rect: QRectF, transparent: bool = False, *, legend: bool = False) -> None:
        """Draws everything, whole and as large as fits, into a rectangle of any paint device."""
        from designer.gui.canvas.picture import render

        render(self.drawing, painter, rect, transparent, legend=legend)

    def do(self, edit: Edit, merge: str | None = None) -> bool:
        """Applies an edit as one step; says whether it could be, else tells the user why not."""
        try:
            refuse_locked(self.document.architecture, edit)
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
        self.select(*([key] if each is collection else () for each in DRAWN))

    def toggle(self, collection: Collection, key: str) -> None:
        """Adds a thing to the selection, or takes it out."""
        selection = self.selection()
        self.select(*(set(selection.of(each)) ^ ({key} if each is collection else set()) for each in DRAWN))

    def take_selection(self, components: set[str], connections: set[str], boundaries: set[str]) -> None:
        """Shows a selection without announcing it yet."""
        self.drawing.highlights.select(dict(zip(DRAWN, (components, connections, boundaries), strict=True)))

    def announce_selection(self) -> None:
        """Tells everyone what is selected, if that is news."""
        selection = self.selection()
        alone = selection if len(selection) == 1 else Selection()
        shown = self.drawing.boundaries
        frames = [key for key in alone.boundaries if key in shown and not shown[key].entity.collapsed]
        self.overlay.show_frames(frames[0] if frames else None)
        self.overlay.show_band_of(alone.components[0] if alone.components else None)
        wires = [key for key in alone.connections if self.leads_anew(key)]
        self.overlay.show_grips(wires[0] if wires else None)
        if selection != self._announced:
            self._announced = selection
            self.tracing.selection_changed()
            self.selection_changed.emit(selection)
            accessible.selection_changed(self)

    def component_at(self, at: Point) -> str | None:
        """The uppermost component under a point of the drawing."""
        return component_at(self.drawing, at)

    def knows_kind(self, kind: str) -> bool:
        """Whether a kind ("sqs", "vpc", "tier:public") is one of the catalog."""
        catalog = self.document.catalog
        return kind in catalog.kinds or kind.partition(":")[0] in catalog.boundaries

    def reveal_selection(self) -> None:
        """Scrolls to the selection if a part of it is hidden."""
        bounds = self.drawing.bounds_of(self.selection())
        if bounds is not None:
            self.viewpoint.reveal(bounds)

    def run_key(self, event: QKeyEvent) -> bool:
        """Does what a key stands for; says whether it stands for anything."""
        return keyboard.handle(self, event)

    def open_hit(self, hit: Hit, at: Point) -> None:
        """Renames a component or boundary in place; edits the note of a wire, or frees it at a corner.

        On empty canvas it opens the search for what to add.
        """
        if hit.part is Part.COMPONENT and self.picks_failures:
            self.fail_wanted.emit(hit.key)
        elif hit.part in (Part.COMPONENT, Part.BOUNDARY):
            self.rename_selected()
        elif hit.part is Part.WIRE and self.drawing.wires.all[hit.key].via and self.wiring.turns_at(hit.key, at):
            self.wiring.straighten([hit.key])
        elif hit.part is Part.WIRE:
            self.select_one(Collection.CONNECTIONS, hit.key)
            self.rewiring.edit_note()
        elif hit.part is Part.NOTHING and not self.picks_failures:
            self.quick_add(self.mapFromScene(QPointF(*at)))

    def show_menu(self, at: QPoint) -> None:
        """Opens the context menu for what is selected."""
        from designer.gui.canvas.menu import context_menu

        self.menu = menu = context_menu(self, at)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(at))

    def tip(self, hit: Hit) -> str:
        """What the tool tip says about a thing."""
        labels = self.drawing.labels
        match hit.part:
            case Part.COMPONENT:
                return labels.component_tip(hit.key)
            case Part.WIRE:
                return labels.connection_tip(hit.key)
            case Part.BOUNDARY:
                return labels.boundary_tip(hit.key)
            case Part.FOLD:
                return tr("Collapse or expand")
            case Part.BAND_END:
                return tr("Drag over one more zone, or back")
            case Part.CONNECT_HANDLE:
                return tr("Drag to connect, click to add what fits")
            case Part.WIRE_END:
                return tr("Drag to reconnect")
            case _:
                return ""

    def go(self, forward: bool) -> bool:
        """Selects the next or previous thing; says whether there is one."""
        found = keyboard.next_in_order(self, forward)
        if found is None:
            self.select()
            return False
        self.select_one(*found)
        self.reveal_selection()
        return True

    def _changed(self, changes: Changes) -> None:
        if self.gesture is not None:
            self.abandon()
        self.drawing.apply(changes)
        self.announce_selection()
        self.tracing.drawing_changed()
        accessible.drawing_changed(self, changes)

    def _replaced(self) -> None:
        self.end_parts()
        self.abandon()
        self.overlay.forget()
        self.drawing.load(Labels(self.document.architecture, self.document.catalog))
        self.announce_selection()
        self.zoom_to_fit()
