"""What the tests of the window share: the catalog, a drawn document, a clean look and clean settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from designer.analysis.findings import Analysis, CouplingResult, Finding, Severity
from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.validation.client import ValidationError
from designer.cloudformation.validation.messages import Message
from designer.errors import UserError
from designer.gui import live_validation, tasks
from designer.gui.document import Document
from designer.gui.settings import APPLICATION, ORGANISATION, UserSettings
from designer.gui.style import style_sheet
from designer.gui.theme import ThemeChoice, current_theme, theme_switch
from designer.gui.typed import take_typed
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.model.operations import add, connect, new_component

BUTTON = QMessageBox.StandardButton


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The built-in catalog."""
    return load_catalog()


@pytest.fixture(autouse=True)
def clean_settings() -> Iterator[None]:
    """Nothing is remembered from another test."""
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION)
    store.clear()
    store.sync()
    yield


@pytest.fixture(autouse=True)
def light_theme(qapp: object) -> None:  # noqa: ARG001 - themes need the application
    """Every test begins in the light theme."""
    theme_switch().use(ThemeChoice.LIGHT)


@pytest.fixture
def document(catalog: Catalog) -> Document:
    """Users, a load balancer, a service, two queues, a function and a database, wired."""
    return Document(catalog, drawn(catalog))


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., None]:
    """Shows a widget as the window would, and waits until it is there."""

    def shown(widget: QWidget, width: int = 320, height: int = 700) -> None:
        qtbot.addWidget(widget)
        widget.setStyleSheet(style_sheet(current_theme()))
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()

    return shown


def drawn(catalog: Catalog) -> Architecture:
    """The drawing of the fixture `document`, without its history."""
    architecture = Architecture()
    for kind, name, at in (
        ("users", "Customers", (0, 96)),
        ("elb", "Front", (240, 96)),
        ("ecs", "Shop", (480, 96)),
        ("rds", "Orders", (720, 0)),
        ("sqs", "Jobs", (720, 192)),
        ("sqs", "Mail", (720, 312)),
        ("lambda", "Worker", (960, 192)),
    ):
        architecture.apply(add(new_component(architecture, kind, name, at), f"Add {name}"))
    for source, target in (
        ("customers", "front"),
        ("front", "shop"),
        ("shop", "orders"),
        ("shop", "jobs"),
        ("jobs", "worker"),
    ):
        kinds = (architecture.components[end].kind for end in (source, target))
        relation = catalog.relations_between(*kinds)[0]
        architecture.apply(connect(architecture, source, target, relation.id))
    return architecture


def findings_of(architecture: Architecture, _catalog: Catalog, **_kept: object) -> Analysis:
    """Stands for the analysis where a test is about the window: one finding per database, low when it has a standby."""
    found = tuple(
        Finding(
            rule="one-zone",
            severity=Severity.LOW if "deployment" in component.properties else Severity.HIGH,
            title=f"{component.name} may fail",
            message="It may.",
            components=(component.id,),
            witness=tuple(wire.id for wire in architecture.wires_of(component.id)),
        )
        for component in architecture.components.values()
        if component.kind == "rds"
    )
    return Analysis(findings=found, flows=(), coupling=CouplingResult())


@dataclass
class Line:
    """A line of a small template."""

    text: str
    origins: tuple[str, ...]

    @property
    def writer(self) -> str:
        """As an export has it."""
        return f"component:{self.origins[0]}" if self.origins else "architecture"

    @property
    def path(self) -> tuple[str, ...]:
        """The component's own resource."""
        return ("Resources", *self.origins)


@dataclass
class SmallExport:
    """Stands for an export: one line a component."""

    lines: list[Line]
    notes: tuple[str, ...] = ("Confirm the certificate.",)
    titles: dict[str, str] = field(default_factory=dict)

    def text(self, format: str = "yaml") -> str:
        """The lines, or a small JSON text."""
        if format == "json":
            return json.dumps({"Resources": {line.text: {} for line in self.lines if line.origins}})
        return "\n".join(line.text for line in self.lines) + "\n"


def export_of(
    architecture: Architecture, _catalog: Catalog, *, drawing: bool = False, **_kept: object
) -> SmallExport | None:
    """Stands for the export where a test is about the window, with a line for the `drawing`.

    Raises `UserError` for a component named Broken.
    """
    for component in architecture.components.values():
        if component.name == "Broken":
            raise UserError("cannot be exported", name=component.id)
    lines = [Line(f"{component.id}: {{}}", (component.id,)) for component in architecture.components.values()]
    if drawing:
        lines.append(Line("drawing: {}", ()))
    return SmallExport(lines) if lines else None


class QuickJudge:
    """Stands for the process that judges templates: has nothing to say unless told to; remembers what it was asked.

    Without `answers` it keeps silent, as one that takes its time.
    """

    def __init__(self) -> None:
        self.heard: Callable[[int, object], None] = lambda _key, _result: None
        self.says: Callable[[str], list[Message] | ValidationError] = lambda _text: []
        self.answers = True
        self.asked: list[tuple[str, bool, tuple[str, ...]]] = []
        self.starts = self.cancelled = self.closed = 0

    def start(self, heard: Callable[[int, object], None]) -> QuickJudge:
        """Takes the place of `live_validation.start_judge`."""
        self.heard = heard
        self.starts += 1
        return self

    def request(self, text: str, *, engine: bool = True, lint: bool = False, regions: Sequence[str] = ()) -> int:
        """Answers at once, as a signal that waits in the window's queue."""
        assert engine
        self.asked.append((text, lint, tuple(regions)))
        if self.answers:
            self.answer()
        return len(self.asked)

    def answer(self) -> None:
        """Answers the newest question."""
        self.heard(len(self.asked), self.says(self.asked[-1][0]))

    def cancel(self) -> None:
        """Counts."""
        self.cancelled += 1

    def close(self) -> None:
        """Counts."""
        self.closed += 1


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> QuickJudge:
    """The stand-in for the process that judges templates."""
    made = QuickJudge()
    monkeypatch.setattr(live_validation, "start_judge", made.start)
    return made


@pytest.fixture
def quick_work(monkeypatch: pytest.MonkeyPatch, judge: QuickJudge) -> None:  # noqa: ARG001 - only to be there
    """Analysis, export and judgement by small stand-ins, so that a test of the window tests the window."""
    monkeypatch.setattr(tasks, "work_out_analysis", findings_of)
    monkeypatch.setattr(tasks, "work_out_export", export_of)


@contextmanager
def begun(document: Document, qtbot: QtBot, size: tuple[int, int] | None = None) -> Iterator[Window]:
    """A main window that has the keyboard, with all that it makes after its first picture; its work ends with it."""
    made = Window(document, UserSettings())
    qtbot.addWidget(made, before_close_func=_give_up)
    if size is not None:
        made.resize(*size)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.begin()
    yield made
    made.workspace.tasks.stop()


def _give_up(window: Window) -> None:
    """Closing asks about unsaved changes, also those that are being typed, and at the end of a test nobody answers."""
    take_typed()
    window.document.history.mark_clean()


@pytest.fixture
def window(qtbot: QtBot, document: Document, quick_work: None) -> Iterator[Window]:  # noqa: ARG001 - only to be there
    """The main window on the drawn document, complete and analysed."""
    with begun(document, qtbot) as made:
        qtbot.waitUntil(lambda: made.workspace.tasks.settled)
        yield made


class Answers:
    """Presses a button in each message box that comes up, and remembers what the box said."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._buttons: list[BUTTON | str] = []
        self.said: list[str] = []
        self.other: Callable[[], None] = lambda: None
        """Is called while something else than a message box may be in front."""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(5)

    def press(self, *buttons: BUTTON | str) -> None:
        """The buttons to press, in order; those that a box has beside the usual ones by their text."""
        self._buttons += buttons

    def stop(self) -> None:
        """Looks no more; every box must have come."""
        self._timer.stop()
        assert not self._buttons, f"never asked: {self._buttons}"

    def _look(self) -> None:
        self.other()
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isVisible():
            self.said.append(f"{box.text()}\n{box.informativeText()}")
            wanted = self._buttons.pop(0) if self._buttons else BUTTON.NoButton
            if isinstance(wanted, str):
                button = next((one for one in box.buttons() if one.text().replace("&", "") == wanted), None)
            else:
                button = box.button(wanted) if wanted is not BUTTON.NoButton else None
            # A box that nobody expected is closed, so that the test fails instead of standing still.
            if button is None:
                box.reject()
            else:
                self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


class Watchdog:
    """Closes a message box that nobody answers: nested in its event loop, a test would stand still for ever."""

    PATIENCE_MS = 5_000

    def __init__(self) -> None:
        self.said: list[str] = []
        self._box: QMessageBox | None = None
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(self.PATIENCE_MS)

    def stop(self) -> None:
        """Looks no more."""
        self._timer.stop()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        waits = isinstance(box, QMessageBox) and box is self._box
        self._box = box if isinstance(box, QMessageBox) else None
        if waits and self._box is not None:
            self.said.append(f"{self._box.text()}\n{self._box.informativeText()}")
            self._box.reject()


@pytest.fixture(autouse=True)
def no_unanswered_box(qapp: QApplication) -> Iterator[None]:  # noqa: ARG001 - timers need it
    """A test that brings up a message box answers it."""
    watchdog = Watchdog()
    yield
    watchdog.stop()
    assert not watchdog.said, f"nobody answered: {watchdog.said}"


@pytest.fixture
def answers(qtbot: QtBot) -> Iterator[Answers]:
    """Answers the message boxes of one test."""
    made = Answers(qtbot)
    yield made
    made.stop()


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    """Stands for the file dialogs: the given path is chosen, or nothing."""

    def chosen(path: Path | None) -> None:
        def answer(*_: object, **__: object) -> tuple[str, str]:
            return (str(path) if path else "", "")

        monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: str(path) if path else "")

    return chosen
