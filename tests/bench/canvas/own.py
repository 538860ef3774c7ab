"""The product's canvas as users see it: icons, names, networks with lanes, routed wires, and badges of findings."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from tests.bench.canvas.graph import CARD, Graph, in_network, make_graph
from tests.bench.canvas.program import Program

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis
    from designer.model.architecture import Architecture
    from designer.model.entities import Boundary, Entity

_MARGIN = (40, 64)
_RELATIONS = ("calls", "sends", "queries")


class OwnCanvas(Program):
    """A canvas on a document, through real mouse events and the document's undo.

    The analysis is made in another process: what it takes to find things out is no part of drawing them, and the other
    programs have none. What the canvas reads of it is loaded while memory is taken: the findings, of which it keeps
    numbers, and the coupling of wires, which it keeps. Who is on which flow is only for panels, and left out.
    """

    modules: ClassVar[tuple[str, ...]] = ("designer.gui.canvas.canvas", "designer.analysis.findings")

    def prepare(self, graph: Graph) -> None:
        with tempfile.NamedTemporaryFile(suffix=".pickle", delete=False) as file:
            self._analysis = Path(file.name)
        command = [sys.executable, "-m", __name__, str(len(graph.places)), file.name]
        subprocess.run(command, check=True)

    def build(self, graph: Graph) -> None:
        from designer.catalog.catalog import load_catalog
        from designer.gui.canvas.canvas import Canvas
        from designer.gui.document import Document

        catalog = load_catalog()
        model = drawing_of(graph)
        self.hub = f"c{graph.hub}"
        self.document = Document(catalog, model)
        with self._analysis.open("rb") as file:
            analysis: Analysis = pickle.load(file)
        self._analysis.unlink()
        start = time.perf_counter()
        self.view = Canvas(self.document)
        self.view.show_analysis(analysis)
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

    def outdate(self) -> None:
        self.view.drawing.repaint_all()

    def selected(self) -> int:
        return len(self.view.selection().components)

    def clear(self) -> None:
        self.view.select()


def _write_analysis(size: int, path: Path) -> None:
    """Writes what the canvas reads of the analysis of a graph."""
    from designer.analysis.analyse import analyse
    from designer.catalog.catalog import load_catalog

    analysis = analyse(drawing_of(make_graph(size)), load_catalog())
    path.write_bytes(pickle.dumps(replace(analysis, flows=())))


def drawing_of(graph: Graph) -> Architecture:
    """The graph as an architecture: every other block of components is a network with two zones."""
    from designer.model.architecture import Architecture
    from designer.model.entities import Component, Connection, Settings

    entities: list[Entity] = list(_networks(graph))
    for number, (kind, (x, y)) in enumerate(zip(graph.kinds, graph.places, strict=True)):
        block = graph.blocks[number]
        network = _name(block) if in_network(block) else None
        entities.append(Component(id=f"c{number}", kind=kind, name=f"{kind} {number}", boundary=network, x=x, y=y))
    for number, (one, other) in enumerate(graph.wires):
        relation = _RELATIONS[number % len(_RELATIONS)]
        entities.append(Connection(id=f"w{number}", source=f"c{one}", target=f"c{other}", relation=relation))
    return Architecture.of(Settings(zones=("a", "b")), entities)


def _networks(graph: Graph) -> list[Boundary]:
    from designer.model.entities import Boundary

    corners: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for block, place in zip(graph.blocks, graph.places, strict=True):
        if in_network(block):
            corners.setdefault(block, []).append(place)
    networks = []
    for block, places in corners.items():
        left, top = min(x for x, _ in places) - _MARGIN[0], min(y for _, y in places) - _MARGIN[1]
        right = max(x for x, _ in places) + CARD[0] + _MARGIN[0]
        bottom = max(y for _, y in places) + CARD[1] + _MARGIN[0]
        size = {"width": right - left, "height": bottom - top}
        networks.append(Boundary(id=_name(block), kind="vpc", name=f"Network {block}", x=left, y=top, **size))
    return networks


def _name(block: tuple[int, int]) -> str:
    return f"n{block[0]}-{block[1]}"


if __name__ == "__main__":
    _write_analysis(int(sys.argv[1]), Path(sys.argv[2]))
