"""The running window while the analysis follows edits: what stays the same stays put, and nothing is held up."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from designer.analysis.analyse import analyse
from designer.analysis.budget import LIVE
from designer.analysis.findings import Finding
from designer.catalog.catalog import Catalog
from designer.gui.document import Document
from designer.gui.settings import UserSettings
from designer.gui.window import Window
from designer.model.edits import Edit, Put, Remove
from designer.model.entities import Collection
from tests.bench.large_drawings import SHAPES

pytestmark = pytest.mark.alone

FRAME_MS = 16.0
SHOWN_MS = 48.0
"""So long showing a new analysis of 1 000 components may take, most of it painting all of them anew."""


class Beat:
    """Ticks between all events of the window's thread and notes what it worked in one go, in processor time.

    Processor time, since a test may share its cores with others: what they take is not the window's doing.
    """

    def __init__(self) -> None:
        self.turns: list[float] = []
        self._last = time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.thread_time()
        self.turns.append((now - self._last) * 1000)
        self._last = now

    def longest(self, task: Callable[[], None]) -> float:
        """The longest turn in milliseconds while a task runs."""
        self._last = time.thread_time()
        self.turns = []
        self._timer.start()
        task()
        self._timer.stop()
        return max(self.turns, default=0.0)


Opened = Callable[[str, int], Window]


@pytest.fixture
def opened(qtbot: QtBot, catalog: Catalog) -> Iterator[Opened]:
    """Opens the window on a drawing of some shape and size, analysed for real."""
    made: list[Window] = []

    def open_on(shape: str, size: int) -> Window:
        window = Window(Document(catalog, SHAPES[shape](size)), UserSettings())
        made.append(window)
        qtbot.addWidget(window, before_close_func=lambda window: window.document.history.mark_clean())
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.begin()
        qtbot.waitUntil(lambda: window.workspace.tasks.settled, timeout=20_000)
        return window

    yield open_on
    for window in made:
        window.workspace.tasks.stop()


def edited(window: Window, qtbot: QtBot, edit: Edit) -> None:
    """Does an edit and waits until all that follows from it is shown."""
    window.document.do(edit)
    qtbot.waitUntil(lambda: window.workspace.tasks.settled, timeout=20_000)


def one_of(window: Window, kind: str, number: int = 0) -> str:
    """The id of a component of a kind."""
    return [key for key, one in window.document.architecture.components.items() if one.kind == kind][number]


def test_findings_that_an_edit_leaves_alone_stay_where_they_are(opened: Opened, qtbot: QtBot, catalog: Catalog) -> None:
    """A finding chosen with the mouse stays chosen, and its row and its neighbours are not taken out and put back."""
    window = opened("cells", 60)
    panel = window.workspace.findings
    row = panel.model.rowCount() - 1
    index = panel.model.index(row)
    panel.list.scrollTo(index)
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(index).center())
    chosen = panel.list.current()
    assert isinstance(chosen, Finding)
    scroll = panel.list.verticalScrollBar().value()
    gone: list[int] = []
    panel.model.rowsRemoved.connect(lambda _parent, first, last: gone.append(last - first + 1))
    panel.model.modelReset.connect(lambda: gone.append(panel.model.rowCount()))
    chosen_again: list[object] = []
    panel.finding_selected.connect(chosen_again.append)
    queue = one_of(window, "sqs")
    before = panel.model.rowCount()
    edited(window, qtbot, Put(window.document.architecture.components[queue].with_property("encryption", "none")))
    edited(window, qtbot, Put(window.document.architecture.components[queue].with_(x=4_000)))
    assert sum(gone) <= 2, f"{gone} of {before} rows were taken out"
    assert panel.list.current() == chosen and chosen_again == []
    assert panel.list.verticalScrollBar().value() == scroll
    shown = [panel.model.finding(row) for row in range(panel.model.rowCount())]
    fresh = analyse(window.document.architecture, catalog, budget=LIVE).findings
    assert sorted(map(repr, shown)) == sorted(map(repr, fresh))


@pytest.mark.parametrize("shape", ["cells", "fan-out", "mesh"])
def test_the_window_is_not_held_up_by_the_analysis_of_an_edit(opened: Opened, qtbot: QtBot, shape: str) -> None:
    """At 100 components no turn of the window's thread is longer than a frame, whatever is edited.

    The best of several tries counts: the first ones of a kind load code and fill caches, and others share the cores.
    """
    window = opened(shape, 100)
    architecture = window.document.architecture
    service = one_of(window, "ecs")
    wire = next(key for key, one in architecture.connections.items() if one.source == service)
    beat = Beat()

    def shortest(edits: Callable[[int], Edit]) -> float:
        return min(beat.longest(lambda n=number: edited(window, qtbot, edits(n))) for number in range(8))

    kept = architecture.connections[wire]
    times = {
        "property": shortest(lambda n: Put(architecture.components[service].with_property("desired", 3 + n))),
        "move": shortest(lambda n: Put(architecture.components[service].with_(x=8 * n))),
        "wire": shortest(lambda n: Remove(Collection.CONNECTIONS, wire) if n % 2 == 0 else Put(kept)),
    }
    assert max(times.values()) <= FRAME_MS, times


def test_a_thousand_components_are_analysed_beside_the_window(opened: Opened, qtbot: QtBot) -> None:
    """The window's thread takes many short turns meanwhile; what it works in one go is its own showing."""
    window = opened("fan-out", 1_000)
    service = window.document.architecture.components[one_of(window, "ecs")]
    beat = Beat()

    def tried(number: int) -> float:
        return beat.longest(lambda: edited(window, qtbot, Put(service.with_property("desired", 3 + number))))

    longest = min(tried(number) for number in range(3))
    assert len(beat.turns) > 20, "the window took turns while the worker worked"
    assert longest <= SHOWN_MS, f"{longest:.0f} ms in one turn"
