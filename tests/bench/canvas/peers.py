"""Other editors of graphs, through their public interfaces on the fastest way that they document."""

from __future__ import annotations

import os
from typing import Any, ClassVar

from tests.bench.canvas.graph import Graph
from tests.bench.canvas.program import Program


class NodeGraph(Program):
    """NodeGraphQt: no check for circles, nothing recorded while it is built."""

    needs: ClassVar[tuple[str, ...]] = ("NodeGraphQt",)
    modules: ClassVar[tuple[str, ...]] = needs

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


class OrangeCanvas(Program):
    """orange-canvas-core: a scheme in the editor that Orange shows. Its Qt is PyQt6: it has no way to use PySide6."""

    binding: ClassVar[str] = "PyQt6"
    needs: ClassVar[tuple[str, ...]] = ("orangecanvas", "PyQt6")
    modules: ClassVar[tuple[str, ...]] = ("orangecanvas.document.schemeedit", "orangecanvas.registry.tests")

    def __init__(self) -> None:
        os.environ["QT_API"] = "pyqt6"

    def build(self, graph: Graph) -> None:
        from orangecanvas.document.schemeedit import SchemeEditWidget
        from orangecanvas.registry.description import InputSignal, Multiple, OutputSignal, WidgetDescription
        from orangecanvas.registry.tests import small_testing_registry
        from orangecanvas.scheme import Scheme, SchemeLink, SchemeNode

        registry = small_testing_registry()
        any_int = "builtins.int"
        kind = WidgetDescription(
            name="box",
            id="box",
            category=next(iter(registry.widgets())).category,
            qualified_name="orangecanvas.registry.description.box",
            inputs=[InputSignal("in", any_int, "set", flags=Multiple)],
            outputs=[OutputSignal("out", any_int)],
        )
        self.scheme = Scheme()
        self.scheme.set_loop_flags(Scheme.AllowLoops)
        self.nodes = [
            SchemeNode(kind, title=f"{name} {number}", position=place)
            for number, (name, place) in enumerate(zip(graph.kinds, graph.places, strict=True))
        ]
        for node in self.nodes:
            self.scheme.add_node(node)
        for one, other in graph.wires:
            self.scheme.add_link(SchemeLink(self.nodes[one], "out", self.nodes[other], "in"))
        self.editor = SchemeEditWidget()
        self.editor.setRegistry(registry)
        self.editor.setScheme(self.scheme)
        self.view = self.editor.view()
        self.hub = graph.hub

    def window(self) -> Any:
        return self.editor

    def zoom(self, factor: float | None) -> None:
        self.fit_by_transform(factor)

    def hub_place(self) -> tuple[float, float]:
        at = self.editor.scene().item_for_node(self.nodes[self.hub]).pos()
        return at.x(), at.y()

    def move_many(self, numbers: range) -> None:
        from orangecanvas.document.commands import MoveNodeCommand

        stack = self.editor.undoStack()
        stack.beginMacro("move")
        for number in numbers:
            node = self.nodes[number]
            x, y = node.position
            stack.push(MoveNodeCommand(self.scheme, node, (x, y), (x + 16, y + 8)))
        stack.endMacro()

    def undo(self) -> None:
        self.editor.undoStack().undo()

    def redo(self) -> None:
        self.editor.undoStack().redo()

    def selected(self) -> int:
        return len(self.editor.selectedNodes())

    def clear(self) -> None:
        self.editor.scene().clearSelection()
