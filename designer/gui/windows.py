"""Several windows of one program, each on a document of its own, and the files that were open when it ended."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from designer.gui.settings import UserSettings
    from designer.gui.window import Window

_CASCADE = QPoint(32, 32)
_kept: list[Window] = []
"""Windows that nothing else holds; Qt deletes each when it is closed."""
_quitting = False
"""Whether all windows are being closed: what was open is then known already."""


def open_windows() -> list[Window]:
    """The windows that can be seen."""
    from designer.gui.window import Window

    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window) and widget.isVisible()]


def active_window(other: Window) -> Window:
    """The window that the user works in; the other one where that is none."""
    from designer.gui.window import Window

    active = QApplication.activeWindow()
    return active if isinstance(active, Window) else other


def new_window(beside: Window, path: Path | None = None) -> Window:
    """Opens one more window a little beside another, empty or on a file."""
    from designer.gui.document import Document
    from designer.gui.window import Window

    made = Window(Document(beside.document.catalog), beside.settings)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _kept.append(made)
    made.closed.connect(lambda: _kept.remove(made) if made in _kept else None)
    if not beside.isMaximized() and not beside.isFullScreen():
        made.resize(beside.size())
        made.move(beside.pos() + _CASCADE)
    if path is not None:
        made.files.open(path)
    made.show()
    made.activateWindow()
    return made


def show_file(path: Path) -> bool:
    """Brings the window of this program that has a file to the front; whether there is one."""
    path = path.absolute()
    for window in open_windows():
        if window.document.path == path:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()
            return True
    return False


def quit_program(window: Window) -> None:
    """Closes all windows, each of which may ask about its changes; the program goes on when one stays open."""
    global _quitting
    paths = [each.document.path for each in open_windows()]
    _quitting = True
    try:
        QApplication.closeAllWindows()
    finally:
        _quitting = False
    if not open_windows():
        window.settings.session = [path for path in paths if path is not None]


def keep_session(window: Window) -> None:
    """Remembers what is open as one window is closed: the files of the others, or its own where it is the last."""
    if _quitting:
        return
    others = [other for other in open_windows() if other is not window]
    paths = [other.document.path for other in others or [window]]
    window.settings.session = [path for path in paths if path is not None]


def reopen_session(first: Window, settings: UserSettings) -> None:
    """Opens the files that were open when the program ended, each in a window; those that are gone are left out."""
    paths = [path for path in settings.session if path.is_file()]
    if not paths:
        return
    first.files.open(paths[0])
    for path in paths[1:]:
        new_window(first, path)
