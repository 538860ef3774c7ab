"""The yardsticks: the same graph with Qt's own items, in C++ and in Python."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from tests.bench.canvas.graph import CARD, Graph
from tests.bench.canvas.program import Program


class SceneProgram(Program):
    """What the plain scenes share: a view with Qt's own selection, drag and rubber band."""

    modules: ClassVar[tuple[str, ...]] = ("designer.gui.icons",)

    def build(self, graph: Graph) -> None:
        from PySide6.QtGui import QUndoStack
        from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

        self.scene = QGraphicsScene()
        self.view = QGraphicsView(self.scene)
        self.view.setDragMode(QGraphicsView.DragMode.RubberBandDrag)
        self.view.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.stack = QUndoStack()
        self.hub = graph.hub
        self.items: list[Any] = []
        self.ends: list[list[tuple[Any, int, int]]] = [[] for _ in graph.places]
        self.make_items(graph)

    @abstractmethod
    def make_items(self, graph: Graph) -> None:
        """Fills the scene."""

    def path(self, one: int, other: int) -> Any:
        """A curve between two components."""
        from PySide6.QtCore import QPointF
        from PySide6.QtGui import QPainterPath

        start = self.items[one].pos() + QPointF(CARD[0], CARD[1] / 2)
        end = self.items[other].pos() + QPointF(0, CARD[1] / 2)
        bend = QPointF(max(40.0, abs(end.x() - start.x()) / 2), 0)
        path = QPainterPath(start)
        path.cubicTo(start + bend, end - bend, end)
        return path

    def moved(self, number: int) -> None:
        """Lets the wires of a component follow."""
        for wire, one, other in self.ends[number]:
            wire.setPath(self.path(one, other))

    def zoom(self, factor: float | None) -> None:
        self.fit_by_transform(factor)

    def hub_place(self) -> tuple[float, float]:
        at = self.items[self.hub].pos()
        return at.x() + CARD[0] / 2, at.y() + CARD[1] / 2

    def move_many(self, numbers: range) -> None:
        from PySide6.QtGui import QUndoCommand

        items = [self.items[number] for number in numbers]

        class Move(QUndoCommand):
            def redo(self) -> None:
                for item in items:
                    item.moveBy(16, 8)

            def undo(self) -> None:
                for item in items:
                    item.moveBy(-16, -8)

        self.stack.push(Move())

    def undo(self) -> None:
        self.stack.undo()

    def redo(self) -> None:
        self.stack.redo()

    def selected(self) -> int:
        return sum(1 for item in self.scene.selectedItems() if item in self._known)

    @property
    def _known(self) -> set[Any]:
        return set(self.items)

    def clear(self) -> None:
        self.scene.clearSelection()


class PlainItems(SceneProgram):
    """C++ items; Python only learns of moves."""

    def make_items(self, graph: Graph) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QBrush, QColor, QPen
        from PySide6.QtWidgets import (
            QGraphicsItem,
            QGraphicsPathItem,
            QGraphicsPixmapItem,
            QGraphicsRectItem,
            QGraphicsSimpleTextItem,
        )

        from designer.gui.icons import service_pixmap

        owner = self
        flags = QGraphicsItem.GraphicsItemFlag

        class Card(QGraphicsRectItem):
            number = -1

            def itemChange(self, change: Any, value: Any) -> Any:
                if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged and self.number >= 0:
                    owner.moved(self.number)
                return super().itemChange(change, value)

        border, ground = QPen(QColor("#cbd2dc")), QBrush(QColor("white"))
        for number, (x, y) in enumerate(graph.places):
            card = Card(0, 0, *CARD)
            card.setPen(border)
            card.setBrush(ground)
            card.setPos(x, y)
            card.setFlags(flags.ItemIsMovable | flags.ItemIsSelectable | flags.ItemSendsGeometryChanges)
            QGraphicsPixmapItem(service_pixmap(graph.kinds[number], 40), card).setPos(12, 12)
            text = QGraphicsSimpleTextItem(f"{graph.kinds[number]} {number}", card)
            text.setPos(62, 20)
            self.scene.addItem(card)
            self.items.append(card)
            card.number = number
        pen = QPen(QColor("#5c6675"), 1.6)
        for one, other in graph.wires:
            wire = QGraphicsPathItem(self.path(one, other))
            wire.setPen(pen)
            wire.setZValue(-1)
            wire.setBrush(Qt.BrushStyle.NoBrush)
            self.scene.addItem(wire)
            for end in (one, other):
                self.ends[end].append((wire, one, other))


class NaiveItems(SceneProgram):
    """An item with a Python `paint` for everything, anti-aliased, at every zoom."""

    def make_items(self, graph: Graph) -> None:
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor, QPainter, QPen
        from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QStyle

        from designer.gui.icons import service_pixmap

        owner, flags = self, QGraphicsItem.GraphicsItemFlag

        class Card(QGraphicsItem):
            def __init__(self, number: int) -> None:
                super().__init__()
                self.number = -1
                self.text = f"{graph.kinds[number]} {number}"
                self.icon = service_pixmap(graph.kinds[number], 40)
                self.setPos(*graph.places[number])
                self.setFlags(flags.ItemIsMovable | flags.ItemIsSelectable | flags.ItemSendsGeometryChanges)
                self.number = number

            def boundingRect(self) -> QRectF:
                return QRectF(-2, -2, CARD[0] + 4, CARD[1] + 4)

            def itemChange(self, change: Any, value: Any) -> Any:
                if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged and self.number >= 0:
                    owner.moved(self.number)
                return super().itemChange(change, value)

            def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:  # noqa: ARG002
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                chosen = option.state & QStyle.StateFlag.State_Selected
                painter.setPen(QPen(QColor("#2b60d0" if chosen else "#cbd2dc"), 2 if chosen else 1))
                painter.setBrush(QColor("white"))
                painter.drawRoundedRect(QRectF(0, 0, *CARD), 8, 8)
                painter.drawPixmap(12, 12, self.icon)
                painter.setPen(QColor("#1b1f27"))
                painter.drawText(QRectF(62, 8, 120, 48), Qt.AlignmentFlag.AlignVCenter, self.text)

        class Wire(QGraphicsPathItem):
            def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:  # noqa: ARG002
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor("#5c6675"), 1.6))
                painter.drawPath(self.path())

        for number in range(len(graph.places)):
            card = Card(number)
            self.scene.addItem(card)
            self.items.append(card)
        for one, other in graph.wires:
            wire = Wire(self.path(one, other))
            wire.setZValue(-1)
            self.scene.addItem(wire)
            for end in (one, other):
                self.ends[end].append((wire, one, other))
