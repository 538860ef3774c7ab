"""Starts the graphical program."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from designer import __version__
from designer.assets import data
from designer.catalog.catalog import load_catalog
from designer.gui.crash import CrashReporter
from designer.gui.document import Document
from designer.gui.settings import APPLICATION, ORGANISATION, UserSettings, state_folder
from designer.gui.theme import theme_switch
from designer.gui.window import TITLE, Window


def main(file: str | None, *, sample: str | None = None) -> int:
    """Opens the window, on a file or a sample if one is named, and returns the exit code when it is closed.

    A file that cannot be opened is explained in front of an empty window. Raises `UserError` only for a broken
    installation.
    """
    app = application()
    settings = UserSettings()
    theme_switch().use(settings.theme)
    window = Window(Document(load_catalog()), settings)
    CrashReporter(state_folder(), window.files.save_copy, window).install()
    if sample is not None and _is_sample(sample):
        window.files.open_sample(sample)
    window.show()
    if file is not None:
        # A message box may come up; it belongs in front of a window that is there.
        QTimer.singleShot(0, window, lambda: window.files.open(Path(file)))
    return app.exec()
