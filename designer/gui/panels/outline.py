"""The outline: all that the canvas shows as a tree, to look at, choose from, rename, move and connect by keyboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPalette,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOptionViewItem, QTreeView, QVBoxLayout, QWidget

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.emphasis import DRAWN, Selection
from designer.gui.canvas.moving_in import why_not
from designer.gui.icons import action_pixmap
from designer.gui.panels.outline_model import OUTSIDE, REGION, Node, OutlineModel
from designer.gui.panels.outline_rows import OutlineRows
from designer.gui.rows import paint_ground
from designer.gui.theme import current_theme
from designer.language import tr
from designer.model.entities import Collection

_SELECT = QItemSelectionModel.SelectionFlag
_MOVABLE = (Collection.COMPONENTS, Collection.BOUNDARIES)
_ARROW = 12
_MANY_WIRES = 100
"""More selected wires than these are not looked up one by one below their components."""
_Index = QModelIndex | QPersistentModelIndex


class OutlineView(QTreeView):
    """The tree. What happens to its rows is asked for by signals; the document and the canvas decide."""

    chosen = Signal(object)
    """The `Node`s that are selected now, by the user."""
    moved = Signal(object, object)
    """Things (`Node`s) were dropped on a row (a `Node`)."""
    refused = Signal(str)
    """Why what is being dragged cannot be dropped here; empty when it can."""

    def __init__(self, model: OutlineModel) -> None:
        super().__init__()
        self._model = model
        self._quiet = False
        self._hovered = QPersistentModelIndex()
        self._closed: set[Node] = set()
        self._opened: set[Node] = set()
        self.setModel(model)
        self.setAccessibleName(tr("Outline of the drawing"))
        self.setProperty("role", "outline")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setItemDelegate(OutlineRows(self))
        self.expanded.connect(lambda index: self._note(index, True))
        self.collapsed.connect(lambda index: self._note(index, False))
        self.entered.connect(self._hover)
        self.viewportEntered.connect(self._hover)
        model.rowsInserted.connect(self._open_new)
        model.loaded.connect(self.unfold)
        model.reworded.connect(self.viewport().update)
        self.unfold()

    def unfold(self) -> None:
        """Opens the rows of boundaries, but for those that the user has closed."""
        for index in self._model.containers():
            self.setExpanded(index, self._model.node(index) not in self._closed)
        for node in self._opened:
            index = self._model.index_of(node)
            if index.isValid():
                self.setExpanded(index, True)

    def nodes(self) -> list[Node]:
        """What the selected rows stand for."""
        found = (self._model.node(index) for index in self.selectionModel().selectedRows())
        return [node for node in found if node is not None]

    def show_nodes(self, nodes: Sequence[Node]) -> None:
        """Selects rows and nothing else, and shows the first; tells nobody."""
        indexes = [index for index in map(self._model.index_of, nodes) if index.isValid()]
        first = indexes[0] if indexes else QModelIndex()
        rows: dict[Node | None, list[QModelIndex]] = defaultdict(list)
        for index in indexes:
            rows[self._model.node(index.parent())].append(index)
        wanted = QItemSelection()
        for found in rows.values():
            for start, end in _runs(found):
                wanted.select(start, end)
        self._quiet = True
        self.selectionModel().select(wanted, _SELECT.ClearAndSelect)
        if first.isValid():
            self.selectionModel().setCurrentIndex(first, _SELECT.NoUpdate)
            self.scrollTo(first)
        self._quiet = False

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802 - Qt's
        """Says what is selected, unless it was shown from outside."""
        super().selectionChanged(selected, deselected)
        if not (self._quiet or self._model.changing):
            self.chosen.emit(self.nodes())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is below the mouse."""
        super().leaveEvent(event)
        self._hover()

    def event(self, event: QEvent) -> bool:
        """Letters look for a name here, and F2 renames here, whatever they are keys of elsewhere."""
        if event.type() is QEvent.Type.ShortcutOverride and self._is_own(cast(QKeyEvent, event)):
            event.accept()
            return True
        return super().event(event)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: N802 - Qt's name
        """The ground over the whole width, below branches and words."""
        ground = QStyleOptionViewItem(option)
        self._note_state(ground, index)
        paint_ground(painter, ground)
        # Qt would paint the selection over it, in front of the name.
        bare = QStyleOptionViewItem(option)
        bare.palette.setBrush(QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
        super().drawRow(painter, bare, index)

    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:  # noqa: N802 - Qt's name
        """An arrow where something stands below, over the ground of the row."""
        if not self._model.hasChildren(index):
            return
        name = "chevron-down" if self.isExpanded(index) else "chevron-right"
        picture = action_pixmap(name, _ARROW, current_theme().color("text-muted"), self.devicePixelRatioF())
        left = rect.right() - (self.indentation() + _ARROW) // 2 + 1
        painter.drawPixmap(left, rect.top() + (rect.height() - _ARROW) // 2, picture)

    def startDrag(self, actions: Qt.DropAction) -> None:  # noqa: ARG002
        """Drags a copy as far as Qt is concerned: rows move when the document says so."""
        super().startDrag(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only what is dragged here may be dropped here."""
        if self._model.is_own(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Says by the pointer and in words whether the row below may take what is dragged."""
        QAbstractItemView.dragMoveEvent(self, event)
        reason = self._why_not(self._target(event))
        self.refused.emit(reason or "")
        if reason is None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Asks for the move."""
        target = self._target(event)
        self.setState(QAbstractItemView.State.NoState)
        if target is None or self._why_not(target) is not None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.moved.emit(self.nodes(), target)

    def _target(self, event: QDropEvent) -> Node | None:
        """The row that would take what is dragged: the one below the pointer, or what that stands in."""
        index = self.indexAt(event.position().toPoint())
        while index.isValid():
            node = self._model.node(index)
            if node is not None and node[0] in (None, Collection.BOUNDARIES):
                return node
            index = index.parent()
        return None

    def _why_not(self, target: Node | None) -> str | None:
        if target is None:
            return ""
        home = target[1] if target[0] is not None else None
        things = [(found, key) for found, key in self.nodes() if found is not None and found in _MOVABLE]
        return why_not(self._model.architecture, things, home) if things else ""

    def _is_own(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        letter = bool(event.text()) and event.text().isprintable()
        return held == Qt.KeyboardModifier.NoModifier and (letter or event.key() == Qt.Key.Key_F2)

    def _note_state(self, option: QStyleOptionViewItem, index: _Index) -> None:
        flags = QStyle.StateFlag
        option.state &= ~(flags.State_MouseOver | flags.State_Selected | flags.State_HasFocus)
        if self.selectionModel().isSelected(index):
            option.state |= flags.State_Selected
        if self.hasFocus() and index == self.currentIndex():
            option.state |= flags.State_HasFocus
        if self._hovered == index:
            option.state |= flags.State_MouseOver

    def _hover(self, index: QModelIndex | None = None) -> None:
        """The ground of the row below the mouse is painted over its whole width."""
        self._hovered = QPersistentModelIndex(index) if index is not None else QPersistentModelIndex()
        self.viewport().update()

    def _note(self, index: QModelIndex, opened: bool) -> None:
        """Remembers what the user opened and closed, for rows that are made anew."""
        node = self._model.node(index)
        if node is None:
            return
        if node[0] is Collection.COMPONENTS:
            (self._opened.add if opened else self._opened.discard)(node)
        else:
            (self._closed.discard if opened else self._closed.add)(node)

    def _open_new(self, parent: QModelIndex, start: int, end: int) -> None:
        """New rows of boundaries are open, with what stands in them."""
        for row in range(start, end + 1):
            index = self._model.index(row, 0, parent)
            node = self._model.node(index)
            if node is None or node[0] in (Collection.COMPONENTS, Collection.CONNECTIONS) or node in self._closed:
                continue
            self.setExpanded(index, True)
            if self._model.rowCount(index):
                self._open_new(index, 0, self._model.rowCount(index) - 1)


class OutlinePanel(QWidget):
    """The tree beside the canvas: both show the same selection, and what is done in one is done in the other."""

    inspector_wanted = Signal(str)
    """Enter or a double click on a thing, by its id."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__()
        self._canvas = canvas
        self._looked_at = False
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Outline"))
        self.model = OutlineModel(canvas.document, lambda: canvas.drawing.labels)
        self.view = OutlineView(self.model)
        self.setFocusProxy(self.view)
        # What is a command of the canvas by its key is one here.
        self.view.addActions(canvas.actions())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.view)
        self.view.chosen.connect(self._choose)
        self.view.moved.connect(self._move)
        self.view.refused.connect(canvas.say)
        self.view.activated.connect(self._open)
        # The row goes with the name, which must not happen while its editor closes.
        self.model.renamed.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        canvas.selection_changed.connect(self.show_selection)
        canvas.states_changed.connect(self.view.viewport().update)
        for changed in (self.model.reworded, self.model.loaded):
            changed.connect(self._show_selection)
        self.model.sleep()

    def show_selection(self, selection: Selection) -> None:
        """Shows what is selected on the canvas."""
        if not self._looked_at or set(self.view.nodes()) - {REGION, OUTSIDE} == _nodes(selection):
            return
        wires = selection.connections if len(selection.connections) <= _MANY_WIRES else ()
        nodes: Iterable[Node] = ((Collection.BOUNDARIES, key) for key in selection.boundaries)
        things = [*nodes, *((Collection.COMPONENTS, key) for key in selection.components)]
        self.view.show_nodes([*things, *((Collection.CONNECTIONS, key) for key in wires)])

    def look(self, looked_at: bool) -> None:
        """Whether the panel is in front: then it catches up with what happened meanwhile, else it need not follow."""
        self._looked_at = looked_at
        if looked_at:
            self.model.wake()
            self._show_selection()
        else:
            self.model.sleep()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the canvas for what is selected."""
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.view.visualRect(self.view.currentIndex())
            at = self.view.viewport().mapToGlobal(rect.bottomLeft())
        self._canvas.show_menu(self._canvas.viewport().mapFromGlobal(at))
        event.accept()

    def _choose(self, nodes: Sequence[Node]) -> None:
        self._canvas.select(*([key for found, key in nodes if found is each] for each in DRAWN))
        self._canvas.reveal_selection()
        folds = self._canvas.drawing.folds.components
        hidden = [key for found, key in nodes if found is Collection.COMPONENTS and key in folds]
        if len(nodes) == 1 and hidden:
            architecture = self._canvas.document.architecture
            name, boundary = architecture.components[hidden[0]].name, architecture.boundaries[folds[hidden[0]]].name
            self._canvas.say(tr("{name} is not drawn: {boundary} is collapsed.", name=name, boundary=boundary))

    def _show_selection(self) -> None:
        self.show_selection(self._canvas.selection())

    def _open(self, index: QModelIndex) -> None:
        node = self.model.node(index)
        if node is not None and node[0] is not None:
            self.inspector_wanted.emit(node[1])

    def _rename(self, node: Node, name: str) -> None:
        collection, key = node
        if collection is not None:
            self._canvas.commands.rename_thing(collection, key, " ".join(name.split()))

    def _move(self, nodes: Sequence[Node], target: Node) -> None:
        self._canvas.select(*([key for found, key in nodes if found is each] for each in DRAWN))
        self._canvas.commands.move_into(target[1] if target[0] is not None else None)


def _nodes(selection: Selection) -> set[Node]:
    return {(collection, key) for collection in DRAWN for key in selection.of(collection)}


def _runs(indexes: Sequence[QModelIndex]) -> Iterable[tuple[QModelIndex, QModelIndex]]:
    """Rows of one parent as (first, last) of runs without a gap."""
    ordered = sorted(indexes, key=lambda index: index.row())
    start = 0
    for at in range(1, len(ordered) + 1):
        if at == len(ordered) or ordered[at].row() != ordered[at - 1].row() + 1:
            yield ordered[start], ordered[at - 1]
            start = at
