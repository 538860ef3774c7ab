"""Starts the graphical program."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from designer import __version__
from designer.gui.binding import import_as_python_does

if TYPE_CHECKING:
    from designer.errors import UserError
    from designer.gui.window import Window

NAME = "aws-designer"
TITLE = "AWS Architecture Designer"
_SAMPLE = "sample:"


def run(source: str | None) -> int:
    """Opens the window on a file, on `sample:NAME`, or empty; returns the exit code when it is closed."""
    if source is not None and source.startswith(_SAMPLE):
        return main(None, sample=source.removeprefix(_SAMPLE))
    return main(source)


def main(file: str | None, *, sample: str | None = None) -> int:
    """Opens the window on a file or a sample, if one is named, and returns the exit code when it is closed.

    What cannot be opened is explained in front of an empty window. Raises `UserError` only for a broken installation.
    """
    # All that is loaded at the start stays: looking for garbage in it again and again is a tenth of the time. Later
    # timers look for it (`housekeeping`), never Python itself in whichever thread it happens to be.
    gc.disable()
    import_as_python_does()
    app = application()
    window = _make_window()
    if sample is not None:
        window.files.open_sample(sample)
    if file is not None:
        window.files.open(Path(file))
    if file is None and sample is None and window.settings.reopens:
        from designer.gui.windows import reopen_session

        reopen_session(window, window.settings)
    window.show()
    return app.exec()


def application() -> QApplication:
    """The application object, with name, icon and style; the one there is, if there is one."""
    from designer.assets import data

    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QApplication.setOrganizationName(NAME)
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationDisplayName(TITLE)
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName(NAME)
    # Named here rather than by setStyle, which would load the wrapper of QStyle with its hundreds of constants.
    app = QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setWindowIcon(QIcon(str(data("resources") / "icons" / "app.svg")))
    return app


def _make_window() -> Window:
    from designer.catalog.catalog import load_catalog
    from designer.errors import UserError
    from designer.gui.document import Document
    from designer.gui.languages import use_language
    from designer.gui.settings import UserSettings
    from designer.gui.theme import theme_switch
    from designer.gui.window import Window

    settings = UserSettings()
    silent: UserError | None = None
    try:
        use_language(settings.language)
    except UserError as error:
        # A program that does not start in one language is of less use than one that speaks another.
        silent = error
    theme_switch().use(settings.theme)
    if settings.text_size != 100:
        from designer.gui.text_size import use_text_size

        use_text_size(settings.text_size)
    window = Window(Document(load_catalog()), settings)
    window.begun.connect(lambda: _settle(window))
    if silent is not None:
        window.begun.connect(lambda: window.workspace.status.tell(str(silent)))
    return window


def _settle(window: Window) -> None:
    """What can wait until the window is seen: garbage, what nobody catches, and what an earlier run left."""
    from designer.gui.crash import CrashReporter
    from designer.gui.housekeeping import Housekeeping
    from designer.gui.settings import state_folder
    from designer.gui.windows import active_window

    gc.freeze()
    Housekeeping(window.document, window.workspace.tasks, window)
    CrashReporter(state_folder(), lambda: active_window(window).files.save_copy(), window).install()
    window.rescue.offer(asked=False)
    QTimer.singleShot(0, window, window.canvas.make_ready)
