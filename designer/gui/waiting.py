"""Long work beside the window: what is shown meanwhile, and a way to give it up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from designer.gui.latest import Latest, Work
from designer.language import tr

_SHOWN_AFTER_MS = 300


def progress(parent: QWidget, title: str, text: str, give_up: Callable[[], None]) -> QProgressDialog:
    """What says that something is being worked out, and lets the user give it up; shows itself when that takes long."""
    dialog = QProgressDialog(text, tr("Cancel"), 0, 0, parent)
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(title)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(_SHOWN_AFTER_MS)
    dialog.canceled.connect(give_up)
    return dialog


def show_share(dialog: QProgressDialog, percent: int) -> None:
    """Says how much is done. Until it is called first, nobody knows."""
    # Not by the dialog's own way, which handles events meanwhile: the answer may be among them.
    bar = dialog.findChild(QProgressBar)
    if bar is not None:
        bar.setRange(0, 100)
        bar.setValue(percent)


def put_away(dialog: QProgressDialog) -> None:
    """Takes it from the screen without giving anything up."""
    dialog.canceled.disconnect()
    dialog.reset()
    dialog.hide()
    dialog.deleteLater()


def wait_for(work: Work, parent: QWidget, title: str, text: str) -> object:
    """The answer of some work in a worker, while the window stays alive; `None` when the user gave it up.

    Returns only when the worker has ended. `work` must not answer `None` itself.
    """
    loop, worker, answers = QEventLoop(), Latest(), list[object]()
    worker.answered.connect(answers.append)
    worker.answered.connect(lambda _answer: loop.quit())
    dialog = progress(parent, title, text, loop.quit)
    worker.told.connect(lambda percent: show_share(dialog, percent))
    worker.ask(work)
    loop.exec()
    put_away(dialog)
    worker.stop()
    return answers[0] if answers else None
