"""Measures one program at one size, in a process of its own, through real mouse events."""

from __future__ import annotations

import gc
import importlib
import json
import math
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.canvas.graph import make_graph
from tests.bench.canvas.own import OwnCanvas
from tests.bench.canvas.peers import NodeGraph, OrangeCanvas
from tests.bench.canvas.plain import NaiveItems, PlainItems
from tests.bench.canvas.program import Program

PROGRAMS: dict[str, type[Program]] = {
    "canvas": OwnCanvas,
    "items": PlainItems,
    "naive": NaiveItems,
    "NodeGraphQt": NodeGraph,
    "Orange": OrangeCanvas,
}
MEASURES = (
    *("build s", "MB", "near repaint", "near redraw", "near pan", "near zoom", "drag 20 wires", "hover"),
    *("undo 100 moves", "far repaint", "far redraw", "mid repaint", "mid redraw", "mid pan", "far drag"),
    *("band", "band last"),
)
_SECONDS_A_MEASURE = 3.0
_SETTLING = 0.4


class Run:
    """The measures of one program at one size; each is printed as soon as it is known, for the run may be cut off."""

    def __init__(self, name: str, size: int) -> None:
        self.program = PROGRAMS[name]()
        widgets, self.core, self.gui = (self.program.qt(name) for name in ("QtWidgets", "QtCore", "QtGui"))
        self.widgets = widgets
        self.app = widgets.QApplication.instance() or widgets.QApplication(sys.argv[:1])
        self.graph = make_graph(size)

    def all(self) -> None:
        """Takes all measures."""
        self._build()
        self._show(1.0)
        self._measure("near repaint", lambda _: self.port.repaint())
        self._measure("near redraw", self._redraw)
        self._measure("near pan", self._pan, most=40)
        self._measure("near zoom", self._zoom, most=40)
        self._show(1.0)
        self._drag("drag 20 wires")
        self._measure("hover", self._hover, most=40)
        self._undo()
        self._show(None)
        self._measure("far repaint", lambda _: self.port.repaint())
        self._measure("far redraw", self._redraw)
        self._show(0.25)
        self._measure("mid repaint", lambda _: self.port.repaint())
        self._measure("mid redraw", self._redraw)
        self._measure("mid pan", self._pan, most=40)
        self._show(None)
        self._drag("far drag")
        self._band()

    def _tell(self, name: str, value: float) -> None:
        sys.stdout.write(json.dumps({name: value}) + "\n")
        sys.stdout.flush()

    def _build(self) -> None:
        for module in self.program.modules:
            importlib.import_module(module)
        self.program.prepare(self.graph)
        gc.collect()
        before = _resident()
        start = time.perf_counter()
        self.program.build(self.graph)
        self._tell("build s", getattr(self.program, "build_s", time.perf_counter() - start))
        window = self.program.window()
        window.resize(1600, 900)
        window.show()
        self.port = self.program.view.viewport()
        self._settle()
        gc.collect()
        self._tell("MB", _resident() - before)
        gc.freeze()

    def _show(self, zoom: float | None) -> None:
        self.program.zoom(zoom)
        self._settle()

    def _settle(self) -> None:
        """Lets a program end what it has put off: some draw in full only after the first frames."""
        end = time.perf_counter() + _SETTLING
        while time.perf_counter() < end:
            self.app.processEvents()

    def _measure(self, name: str, step: Callable[[int], None], most: int = 15) -> None:
        self._tell(name, self._median(step, most))

    def _median(self, step: Callable[[int], None], most: int) -> float:
        for number in range(2):
            step(number)
        times: list[float] = []
        end = time.perf_counter() + _SECONDS_A_MEASURE
        while len(times) < most and (len(times) < 3 or time.perf_counter() < end):
            start = time.thread_time()
            step(len(times) + 2)
            times.append((time.thread_time() - start) * 1000)
        return statistics.median(times)

    def _redraw(self, _number: int) -> None:
        """As a repaint, of which nothing was kept."""
        self.program.outdate()
        self.port.repaint()

    def _pan(self, number: int) -> None:
        sign = 1 if number // 8 % 2 == 0 else -1
        self.program.pan(sign * 37, sign * 23)
        self.app.processEvents()

    def _zoom(self, number: int) -> None:
        """Every step is at another zoom: nothing that was made for one is of use for the next."""
        self.program.zoom(1.0 + number / 100)
        self.app.processEvents()

    def _hover(self, number: int) -> None:
        at = self.core.QPointF(100 + number * 97 % 1200, 100 + number * 61 % 600)
        self._mouse("MouseMove", at, pressed=False)
        self.app.processEvents()

    def _drag(self, name: str) -> None:
        point = self.core.QPointF
        # A view maps what it shows; Qt's other binding takes no pair of numbers for a point.
        at = point(self.program.view.mapFromScene(point(*self.program.hub_place())))
        before = self.program.hub_place()
        self._mouse("MouseMove", at, pressed=False)
        self._mouse("MouseButtonPress", at, pressed=True)
        path = [at + point(9, 5) * (step if step <= 12 else 24 - step) for step in range(1, 24)]

        def step(number: int) -> None:
            self._mouse("MouseMove", path[number % len(path)], pressed=True)
            self.app.processEvents()

        median = self._median(step, most=20)
        self._mouse("MouseMove", path[11], pressed=True)
        self._mouse("MouseButtonRelease", path[11], pressed=False)
        self._settle()
        # Too small to be hit from so far away, or the program gave up: no time to compare.
        self._tell(name, median if self.program.hub_place() != before else math.nan)
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
        point = self.core.QPointF
        corner, end = point(2, 2), point(self.port.width() - 3, self.port.height() - 3)
        self.program.clear()
        self._mouse("MouseButtonPress", corner, pressed=True)
        times = []
        for step in range(1, 13):
            start = time.thread_time()
            self._mouse("MouseMove", corner + (end - corner) * (step / 12), pressed=True)
            self.app.processEvents()
            times.append((time.thread_time() - start) * 1000)
        self._mouse("MouseButtonRelease", end, pressed=False)
        self.app.processEvents()
        whole = self.program.selected() >= len(self.graph.places)
        self._tell("band", statistics.median(times) if whole else math.nan)
        self._tell("band last", times[-1] if whole else math.nan)
        self.program.clear()
        self._settle()

    def _mouse(self, kind: str, at: Any, *, pressed: bool) -> None:
        qt = self.core.Qt
        none, left = qt.MouseButton.NoButton, qt.MouseButton.LeftButton
        place = self.core.QPointF(self.port.mapToGlobal(at.toPoint()))
        button = none if kind == "MouseMove" else left
        event = self.gui.QMouseEvent(
            getattr(self.core.QEvent.Type, kind),
            *(at, place, button, left if pressed else none, qt.KeyboardModifier.NoModifier),
        )
        self.widgets.QApplication.sendEvent(self.port, event)


def _resident() -> float:
    """Resident memory of this process in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
