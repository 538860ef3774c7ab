"""The views of the window that are kept as pictures: what is shown, in which size and theme; and how one is taken.

The font, the judge of templates and what blinks are fixed, so that a view is the same on every run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QSettings, QSize
from PySide6.QtGui import QFont, QFontDatabase, QImage
from PySide6.QtWidgets import QApplication

from designer.catalog.catalog import Catalog
from designer.cloudformation.validation.messages import Message
from designer.gui import live_validation
from designer.gui.document import Document
from designer.gui.settings import APPLICATION, ORGANISATION, UserSettings
from designer.gui.theme import ThemeChoice, theme_switch
from designer.gui.window import Window
from designer.storage.samples import samples

FONTS = ("DejaVu Sans", "DejaVu Sans Mono")
"""Free, and in every Linux distribution (Debian: fonts-dejavu-core)."""
KEPT = Path(__file__).resolve().parent / "kept"
"""The folder of the pictures."""
_POINTS = 9
SMALL, LARGE = (1280, 800), (1920, 1080)
THEMES = ("light", "dark")
_PATIENCE = 30.0
_SAMPLES = {
    **{"finding": "three-tier-fragile", "knock-out": "orders-coupled", "template": "three-tier"},
    **{"flows": "three-tier", "stopped": "three-tier-fragile", "fixes": "three-tier-fragile"},
}
"""The samples in which the states are shown."""


@dataclass(frozen=True, slots=True)
class View:
    """One picture. `show` is "empty", "sample:NAME" or a state of `_SAMPLES`; sizes in points."""

    show: str
    size: tuple[int, int]
    ratio: int
    theme: str

    @property
    def name(self) -> str:
        """The name of its file, without suffix."""
        about = self.show.removeprefix("sample:")
        doubled = f"@{self.ratio}" if self.ratio > 1 else ""
        return f"{about}-{self.size[0]}{doubled}-{self.theme}"

    @property
    def kept(self) -> Path:
        """The file of the picture that it is compared with."""
        return KEPT / f"{self.name}.png"


def views() -> tuple[View, ...]:
    """All of them: every sample and state in both themes, what matters most also on a large and on a sharp screen."""
    states = ("empty", "finding", "knock-out", "template")
    all_samples = tuple(f"sample:{sample.name}" for sample in samples())
    shown = [(show, SMALL, 1) for show in (*states, *all_samples)]
    shown += [(show, LARGE, 1) for show in (*states, "sample:three-tier", "sample:fan-out")]
    shown += [(show, SMALL, 2) for show in (*states, "sample:three-tier")]
    return tuple(View(show, size, ratio, theme) for show, size, ratio in shown for theme in THEMES)


DOCUMENTED = {
    View("flows", SMALL, 1, "light"): "window-light.png",
    View("flows", SMALL, 1, "dark"): "window-dark.png",
    View("stopped", SMALL, 1, "light"): "knock-out.png",
    View("fixes", SMALL, 1, "light"): "what-helps-most.png",
}
"""What README and documentation show, with the names of its files in docs/images."""


def fonts_are_there() -> bool:
    """Whether the pictures can be compared on this machine."""
    return set(FONTS) <= set(QFontDatabase.families())


class _Silent:
    """A judge of templates that has nothing to say, at once."""

    def __init__(self, heard: Callable[[int, list[Message]], None]) -> None:
        self._heard = heard
        self._asked = 0

    def request(self, _text: str, *, engine: bool = True, lint: bool = False, regions: Sequence[str] = ()) -> int:  # noqa: ARG002
        """Answers before it is known what was asked, as a signal that waits in the queue."""
        self._asked += 1
        self._heard(self._asked, [])
        return self._asked

    def cancel(self) -> None:
        """There is never anything to give up."""

    def close(self) -> None:
        """There is nothing to end."""


class Studio:
    """One window that shows view after view."""

    def __init__(self, catalog: Catalog) -> None:
        self._before = QApplication.font(), live_validation.start_judge, QApplication.cursorFlashTime()
        font = QFont(FONTS[0], _POINTS)
        font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
        QApplication.setFont(font)
        QApplication.setCursorFlashTime(0)
        live_validation.start_judge = _Silent  # type: ignore[assignment]
        self._catalog = catalog

    def close(self) -> None:
        """Puts font and judge back."""
        font, live_validation.start_judge, flashes = self._before
        QApplication.setFont(font)
        QApplication.setCursorFlashTime(flashes)

    def take(self, view: View) -> QImage:
        """The picture of a view, in real pixels."""
        theme_switch().use(ThemeChoice(view.theme))
        _forget_settings()
        window = Window(Document(self._catalog), UserSettings())
        try:
            return self._picture(window, view)
        finally:
            window.document.history.mark_clean()
            window.workspace.stop()
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _picture(self, window: Window, view: View) -> QImage:
        window.resize(*view.size)
        window.show()
        window.begin()
        window.resize(*view.size)
        window.activateWindow()
        self._show(window, view.show)
        self._settle(window)
        window.workspace.status.clearMessage()
        self._settle(window)
        image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        assert image.size() == QSize(*view.size) * view.ratio, "the screen has another pixel ratio"
        return image

    def _show(self, window: Window, show: str) -> None:
        if show == "empty":
            return
        assert window.files.open_sample(_SAMPLES.get(show, show.removeprefix("sample:")))
        self._settle(window)
        panels = {"template": "template", "flows": "flows", "fixes": "improve"}
        if show in panels:
            window.panels.show(panels[show])
        elif show == "finding":
            findings = window.workspace.findings
            rows = (findings.model.finding(row) for row in range(findings.model.rowCount()))
            findings.select(max(rows, key=lambda finding: len(finding.witness)))
        elif show in ("knock-out", "stopped"):
            window.panels.show("knock-out")
            self._settle(window)
            window.workspace.failures.fail(["zone:a"])

    def _settle(self, window: Window) -> None:
        work = window.workspace
        flows, fixes = work.flows, work.fixes
        _wait(lambda: work.tasks.settled and work.failures.settled and not work.validation.verdict.checking)
        _wait(lambda: (flows is None or flows.settled) and not fixes.busy)


def _forget_settings() -> None:
    """What the window before has remembered; a run has settings of its own."""
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION)
    store.clear()
    store.sync()


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not done():
        assert time.monotonic() < end, "the window does not come to rest"
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
    for _ in range(5):
        QApplication.processEvents()
