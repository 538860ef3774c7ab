"""The canvas side by side with plain ways to draw the same graph. Run as a program; prints a table of ratios.

    python -m tests.bench.bench_canvas [components ...]        (default 100 1000 5000 10000)

Programs, each in a process of its own, at each size:

- canvas: the product's own view on a document, through real mouse events and the document's undo.
- items: plain C++ graphics items (rectangle, pixmap, text, path), no Python while painting.
- naive: an item with a Python `paint` for every component and every wire, everything drawn at every zoom.
- NodeGraphQt: where it can be imported.

The graph has 1.5 wires per component, and one component with 20. Near is zoom 1, mid 0.25, far shows everything.
Numbers are medians of processor time of the window's thread in milliseconds (build in seconds, memory growth in MB); in
brackets how many times the canvas's number that is. Read the ratios: they hold on other machines.
"""

import gc
import importlib
import importlib.util
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SIZES = (100, 1_000, 5_000, 10_000)
PROGRAMS = ("canvas", "items", "naive", "NodeGraphQt")
MEASURES = (
    *("build s", "MB", "near repaint", "near pan", "drag 20 wires", "hover"),
    *("undo 100 moves", "far repaint", "far drag", "band", "mid repaint", "mid pan"),
)
_BUDGET = 3.0
_PITCH = (280, 150)
_CARD = (192, 64)
_KINDS = ("ec2", "asg", "elb", "sqs", "sns", "lambda", "ecs", "rds", "dynamodb", "eks")


@dataclass
class Graph:
    """Places and kinds of components, wires as pairs of their numbers, and the component with 20 wires."""

    places: list[tuple[int, int]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    wires: list[tuple[int, int]] = field(default_factory=list)
    hub: int = 0


def make_graph(size: int) -> Graph:
    """The same graph for every program: a jittered grid with mostly short wires."""
    rng = random.Random(7)
    graph = Graph()
    columns = max(1, round(math.sqrt(size * _PITCH[1] / _PITCH[0])))
    for number in range(size):
        row, column = divmod(number, columns)
        x, y = column * _PITCH[0] + rng.randrange(-4, 5) * 8, row * _PITCH[1] + rng.randrange(-3, 4) * 8
        graph.places.append((x, y))
        graph.kinds.append(rng.choice(_KINDS))
    graph.hub = min((size // columns // 2) * columns + columns // 2, size - 22)
    chosen = {(graph.hub, graph.hub + step) for step in range(1, 21)}
    while len(chosen) < size * 3 // 2:
        start = rng.randrange(size - 1)
        end = start + rng.choice((1, 2, columns - 1, columns, columns + 1, 2 * columns))
        if end < size and graph.hub not in (start, end):
            chosen.add((start, end))
    graph.wires = sorted(chosen)
    return graph


class Program(ABC):
    """One way to draw the graph."""

    view: Any

    @abstractmethod
    def build(self, graph: Graph) -> None:
        """Makes the view, ready to be shown."""

    @abstractmethod
    def zoom(self, factor: float | None) -> None:
        """Zooms with the hub in the middle; `None` shows everything."""

    @abstractmethod
    def hub_place(self) -> tuple[float, float]:
        """The middle of the hub in the scene."""

    @abstractmethod
    def move_many(self, numbers: range) -> None:
        """Moves components by an undoable step."""

    @abstractmethod
    def undo(self) -> None:
        """Takes it back."""

    @abstractmethod
    def redo(self) -> None:
        """Does it again."""

    @abstractmethod
    def selected(self) -> int:
        """How many components are selected."""

    @abstractmethod
    def clear(self) -> None:
        """Selects nothing."""

    def window(self) -> Any:
        """The widget to show."""
        return self.view

    def pan(self, dx: int, dy: int) -> None:
        """Scrolls by pixels."""
        for bar, by in ((self.view.horizontalScrollBar(), dx), (self.view.verticalScrollBar(), dy)):
            bar.setValue(bar.value() + by)


class OwnCanvas(Program):
    """The product."""

    def build(self, graph: Graph) -> None:
        from designer.catalog.catalog import load_catalog
        from designer.gui.canvas.canvas import Canvas
        from designer.gui.document import Document
        from designer.model.architecture import Architecture
        from designer.model.edits import Batch, Put
        from designer.model.entities import Component, Connection

        components = [
            Component(id=f"c{n}", kind=kind, name=f"{kind} {n}", x=x, y=y)
            for n, (kind, (x, y)) in enumerate(zip(graph.kinds, graph.places, strict=True))
        ]
        relations = ("calls", "sends", "queries")
        wires = [
            Connection(id=f"w{n}", source=f"c{a}", target=f"c{b}", relation=relations[n % 3])
            for n, (a, b) in enumerate(graph.wires)
        ]
        model = Architecture()
        model.apply(Batch("Make", tuple(Put(entity) for entity in (*components, *wires))))
        self.hub = f"c{graph.hub}"
        self.document = Document(load_catalog(), model)
        start = time.perf_counter()
        self.view = Canvas(self.document)
        self.build_s = time.perf_counter() - start

    def zoom(self, factor: float | None) -> None:
        if factor is None:
            self.view.zoom_to_fit()
        else:
            self.view.zoom_to(factor)
            self.view.viewpoint.centre(self.hub_place())

    def hub_place(self) -> tuple[float, float]:
        left, top, right, bottom = self.view.drawing.rects[self.hub]
        return (left + right) / 2, (top + bottom) / 2

    def move_many(self, numbers: range) -> None:
        from designer.model import operations
        from designer.model.entities import Collection

        model = self.document.architecture
        places = {f"c{n}": (model.components[f"c{n}"].x + 16, model.components[f"c{n}"].y + 8) for n in numbers}
        self.document.do(operations.move(model, {Collection.COMPONENTS: places}))

    def undo(self) -> None:
        self.document.undo()

    def redo(self) -> None:
        self.document.redo()

    def selected(self) -> int:
        return len(self.view.selection().components)

    def clear(self) -> None:
        self.view.select()


class SceneProgram(Program):
    """What the plain scenes share: a view with Qt's own selection, drag and rubber band."""

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

        start = self.items[one].pos() + QPointF(_CARD[0], _CARD[1] / 2)
        end = self.items[other].pos() + QPointF(0, _CARD[1] / 2)
        bend = QPointF(max(40.0, abs(end.x() - start.x()) / 2), 0)
        path = QPainterPath(start)
        path.cubicTo(start + bend, end - bend, end)
        return path

    def moved(self, number: int) -> None:
        """Lets the wires of a component follow."""
        for wire, one, other in self.ends[number]:
            wire.setPath(self.path(one, other))

    def zoom(self, factor: float | None) -> None:
        from PySide6.QtCore import Qt

        if factor is None:
            self.view.fitInView(self.scene.itemsBoundingRect(), Qt.AspectRatioMode.KeepAspectRatio)
        else:
            self.view.resetTransform()
            self.view.scale(factor, factor)
            self.view.centerOn(*self.hub_place())

    def hub_place(self) -> tuple[float, float]:
        at = self.items[self.hub].pos()
        return at.x() + _CARD[0] / 2, at.y() + _CARD[1] / 2

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
            card = Card(0, 0, *_CARD)
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
                return QRectF(-2, -2, _CARD[0] + 4, _CARD[1] + 4)

            def itemChange(self, change: Any, value: Any) -> Any:
                if change == QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged and self.number >= 0:
                    owner.moved(self.number)
                return super().itemChange(change, value)

            def paint(self, painter: QPainter, option: Any, widget: Any = None) -> None:  # noqa: ARG002
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                chosen = option.state & QStyle.StateFlag.State_Selected
                painter.setPen(QPen(QColor("#2b60d0" if chosen else "#cbd2dc"), 2 if chosen else 1))
                painter.setBrush(QColor("white"))
                painter.drawRoundedRect(QRectF(0, 0, *_CARD), 8, 8)
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


class NodeGraph(Program):
    """NodeGraphQt through its public interface."""

    def build(self, graph: Graph) -> None:
        from NodeGraphQt import BaseNode
        from NodeGraphQt import NodeGraph as Board

        class Box(BaseNode):  # type: ignore[misc]
            __identifier__ = "bench"
            NODE_NAME = "Box"

            def __init__(self) -> None:
                super().__init__()
                self.add_input("in", multi_input=True)
                self.add_output("out", multi_output=True)

        self.board = Board()
        self.view = self.board.viewer()
        self.board.set_acyclic(False)
        self.board.register_node(Box)
        self.nodes = [
            self.board.create_node("bench.Box", name=f"{kind} {n}", selected=False, pos=list(place), push_undo=False)
            for n, (kind, place) in enumerate(zip(graph.kinds, graph.places, strict=True))
        ]
        for one, other in graph.wires:
            self.nodes[one].output(0).connect_to(self.nodes[other].input(0), push_undo=False)
        self.hub = graph.hub

    def window(self) -> Any:
        return self.board.widget

    def pan(self, dx: int, dy: int) -> None:
        scale = self.view.transform().m11()
        self.view._scene_range.translate(dx / scale, dy / scale)
        self.view._update_scene()

    def zoom(self, factor: float | None) -> None:
        from PySide6.QtCore import QRectF

        width, height = self.view.viewport().width(), self.view.viewport().height()
        if factor is None:
            area = self.view.scene().itemsBoundingRect()
            shape = width / height
            w, h = max(area.width(), area.height() * shape), max(area.height(), area.width() / shape)
            self.view._scene_range = QRectF(area.center().x() - w / 2, area.center().y() - h / 2, w, h)
        else:
            x, y = self.hub_place()
            w, h = width / factor, height / factor
            self.view._scene_range = QRectF(x - w / 2, y - h / 2, w, h)
        self.view._update_scene()

    def hub_place(self) -> tuple[float, float]:
        item = self.nodes[self.hub].view
        return item.x() + item.boundingRect().width() / 2, item.y() + 8

    def move_many(self, numbers: range) -> None:
        stack = self.board.undo_stack()
        stack.beginMacro("move")
        for number in numbers:
            x, y = self.nodes[number].pos()
            self.nodes[number].set_pos(x + 16, y + 8)
        stack.endMacro()

    def undo(self) -> None:
        self.board.undo_stack().undo()

    def redo(self) -> None:
        self.board.undo_stack().redo()

    def selected(self) -> int:
        return len(self.board.selected_nodes())

    def clear(self) -> None:
        self.board.clear_selection()


_CLASSES: dict[str, type[Program]] = {
    "canvas": OwnCanvas,
    "items": PlainItems,
    "naive": NaiveItems,
    "NodeGraphQt": NodeGraph,
}


class Run:
    """Measures one program at one size."""

    def __init__(self, name: str, size: int) -> None:
        from PySide6.QtWidgets import QApplication

        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        self.program = _CLASSES[name]()
        self.graph = make_graph(size)
        self.out: dict[str, float] = {}

    def all(self) -> dict[str, float]:
        """All measures by name."""
        self._build()
        self.program.zoom(1.0)
        self._settle()
        self._measure("near repaint", lambda _: self.port.repaint())
        self._measure("near pan", self._pan, most=40)
        self.program.zoom(1.0)
        self._settle()
        self._drag("drag 20 wires")
        self._measure("hover", self._hover, most=40)
        self._undo()
        self.program.zoom(None)
        self._settle()
        self._measure("far repaint", lambda _: self.port.repaint())
        self._drag("far drag")
        self._band()
        self.program.zoom(0.25)
        self._settle()
        self._measure("mid repaint", lambda _: self.port.repaint())
        self._measure("mid pan", self._pan, most=40)
        return self.out

    def _build(self) -> None:

        # So that memory and time are those of the drawing, not of the code.
        importlib.import_module("designer.gui.canvas.canvas")
        gc.collect()
        before = _resident()
        start = time.perf_counter()
        self.program.build(self.graph)
        self.out["build s"] = getattr(self.program, "build_s", time.perf_counter() - start)
        window = self.program.window()
        window.resize(1600, 900)
        window.show()
        self.port = self.program.view.viewport()
        self._settle()
        gc.collect()
        self.out["MB"] = _resident() - before
        gc.freeze()

    def _settle(self) -> None:
        for _ in range(4):
            self.app.processEvents()

    def _measure(self, name: str, step: Callable[[int], None], most: int = 15) -> None:
        for number in range(2):
            step(number)
        times: list[float] = []
        end = time.perf_counter() + _BUDGET
        while len(times) < most and (len(times) < 3 or time.perf_counter() < end):
            start = time.thread_time()
            step(len(times) + 2)
            times.append((time.thread_time() - start) * 1000)
        self.out[name] = statistics.median(times)

    def _pan(self, number: int) -> None:
        sign = 1 if number // 8 % 2 == 0 else -1
        self.program.pan(sign * 37, sign * 23)
        self.app.processEvents()

    def _hover(self, number: int) -> None:
        from PySide6.QtCore import QEvent, QPointF

        self._mouse(QEvent.Type.MouseMove, QPointF(100 + number * 97 % 1200, 100 + number * 61 % 600), 0, 0)
        self.app.processEvents()

    def _drag(self, name: str) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt

        left = Qt.MouseButton.LeftButton
        at = QPointF(self.program.view.mapFromScene(*self.program.hub_place()))
        before = self.program.hub_place()
        self._mouse(QEvent.Type.MouseMove, at, 0, 0)
        self._mouse(QEvent.Type.MouseButtonPress, at, left, left)
        path = [at + QPointF(9, 5) * (step if step <= 12 else 24 - step) for step in range(1, 24)]

        def step(number: int) -> None:
            self._mouse(QEvent.Type.MouseMove, path[number % len(path)], 0, left)
            self.app.processEvents()

        self._measure(name, step, most=20)
        self._mouse(QEvent.Type.MouseMove, path[11], 0, left)
        self._mouse(QEvent.Type.MouseButtonRelease, path[11], left, 0)
        self._settle()
        if self.program.hub_place() == before:
            # Too small to be hit from so far away, or the program gave up: no time to compare.
            self.out[name] = math.nan
        self.program.clear()

    def _undo(self) -> None:
        first = max(0, self.graph.hub - 50)
        self.program.move_many(range(first, min(len(self.graph.places), first + 100)))
        self._settle()

        def both(number: int) -> None:
            (self.program.undo if number % 2 == 0 else self.program.redo)()
            self.app.processEvents()

        self._measure("undo 100 moves", both)

    def _band(self) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt

        left = Qt.MouseButton.LeftButton
        corner, end = QPointF(2, 2), QPointF(self.port.width() - 3, self.port.height() - 3)
        self.program.clear()
        self._mouse(QEvent.Type.MouseButtonPress, corner, left, left)
        times = []
        for step in range(1, 13):
            start = time.thread_time()
            self._mouse(QEvent.Type.MouseMove, corner + (end - corner) * (step / 12), 0, left)
            self.app.processEvents()
            times.append((time.thread_time() - start) * 1000)
        self._mouse(QEvent.Type.MouseButtonRelease, end, left, 0)
        self.app.processEvents()
        self.out["band"] = statistics.median(times)
        self.out["band last"] = times[-1]
        if self.program.selected() < len(self.graph.places):
            raise RuntimeError(f"the band selected {self.program.selected()} of {len(self.graph.places)}")
        self.program.clear()
        self._settle()

    def _mouse(self, kind: Any, at: Any, button: Any, buttons: Any) -> None:
        from PySide6.QtCore import QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        none = Qt.MouseButton.NoButton
        place = QPointF(self.port.mapToGlobal(at.toPoint()))
        held = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.port, QMouseEvent(kind, at, place, button or none, buttons or none, held))


def _resident() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _in_process(name: str, size: int) -> dict[str, float] | None:
    command = [sys.executable, "-m", "tests.bench.bench_canvas", "--one", name, str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        sys.stderr.write(f"{name} {size}: {done.stderr.strip().splitlines()[-1:]}\n")
        return None
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _row(cells: list[str]) -> str:
    return cells[0].ljust(20) + "".join(cell.rjust(17) for cell in cells[1:])


def _table(size: int, results: dict[str, dict[str, float] | None]) -> str:
    own = results["canvas"]
    lines = [f"{size} components, {size * 3 // 2} wires", _row(["", *results])]
    for measure in (*MEASURES, "band last"):
        cells = [measure]
        for name, result in results.items():
            if result is None or math.isnan(result[measure]):
                cells.append("-")
            elif name == "canvas" or own is None:
                cells.append(f"{result[measure]:.2f}")
            else:
                cells.append(f"{result[measure]:.2f} ({result[measure] / max(own[measure], 1e-3):.1f}x)")
        lines.append(_row(cells))
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measures all programs at all sizes, or one (`--one PROGRAM SIZE`) and prints it as JSON."""
    if arguments[:1] == ["--one"]:
        sys.stdout.write(json.dumps(Run(arguments[1], int(arguments[2])).all()) + "\n")
        sys.stdout.flush()
        # Taking ten thousand items apart politely takes longer than all the measures.
        os._exit(0)
    has_peer = importlib.util.find_spec("NodeGraphQt") is not None
    names = [name for name in PROGRAMS if name != "NodeGraphQt" or has_peer]
    for size in [int(argument) for argument in arguments] or SIZES:
        results = {name: _in_process(name, size) for name in names}
        sys.stdout.write(_table(size, results) + "\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
