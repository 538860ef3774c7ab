"""Questions and errors in front of the window."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from designer.errors import UserError, UserErrors

_MOST_LINES = 6


class Answer(Enum):
    """What to do with unsaved changes."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


def show_error(parent: QWidget, title: str, error: UserError) -> None:
    """Says why something could not be done; a long list of reasons is cut, with the whole under "Show Details"."""
    box = _box(parent, QMessageBox.Icon.Warning, title)
    reasons = [str(one) for one in error.errors] if isinstance(error, UserErrors) else [str(error)]
    shown = reasons[:_MOST_LINES]
    if len(reasons) > len(shown):
        shown.append(f"and {len(reasons) - len(shown)} more")
        box.setDetailedText("\n".join(reasons))
    box.setInformativeText("\n".join(shown))
    box.exec()


def show_notes(parent: QWidget, title: str, notes: Sequence[str]) -> None:
    """Says what the user should know of something that has been done."""
    box = _box(parent, QMessageBox.Icon.Information, title)
    box.setInformativeText("\n".join(notes))
    box.exec()


def ask_unsaved(parent: QWidget, name: str) -> Answer:
    """Asks what to do with the changes before they would be lost."""
    buttons = QMessageBox.StandardButton
    box = _box(parent, QMessageBox.Icon.Question, "Unsaved changes")
    box.setText(f"Save the changes to {name}?")
    box.setInformativeText("Otherwise they are lost.")
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    return {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}.get(
        QMessageBox.StandardButton(box.exec()), Answer.CANCEL
    )


def ask_discard(parent: QWidget, name: str) -> bool:
    """Asks before unsaved work is deleted for good."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Discard unsaved work")
    box.setText(f"Discard the unsaved work on {name}?")
    box.setInformativeText("It cannot be brought back.")
    box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    return box.exec() == QMessageBox.StandardButton.Discard


def ask_replace(parent: QWidget, path: Path) -> bool:
    """Asks before another file is overwritten."""
    box = _box(parent, QMessageBox.Icon.Question, "Replace file")
    box.setText(f"{path.name} is there already. Replace it?")
    replace = box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is replace


def _box(parent: QWidget, icon: QMessageBox.Icon, title: str) -> QMessageBox:
    """A box whose texts are shown as they are: they hold names that people and files chose."""
    box = QMessageBox(icon, title, title, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box
