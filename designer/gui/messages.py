"""Questions and errors in front of the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from designer.errors import UserError, UserErrors
from designer.gui.answers import Answer, Change, Elsewhere
from designer.language import tr

_MOST_LINES = 6


def show_error(parent: QWidget, title: str, error: UserError) -> None:
    """Says why something could not be done; a long list of reasons is cut, with the whole under "Show Details"."""
    box = _box(parent, QMessageBox.Icon.Warning, title)
    _list(box, [str(one) for one in error.errors] if isinstance(error, UserErrors) else [str(error)])
    box.exec()


def show_notes(parent: QWidget, title: str, notes: Sequence[str]) -> None:
    """Says what the user should know of something that has been done; a long list is cut as that of errors is."""
    box = _box(parent, QMessageBox.Icon.Information, title)
    _list(box, notes)
    box.exec()


def _list(box: QMessageBox, lines: Sequence[str]) -> None:
    shown = list(lines[:_MOST_LINES])
    if len(lines) > len(shown):
        shown.append(tr("and {count} more", count=len(lines) - len(shown)))
        box.setDetailedText("\n".join(lines))
    box.setInformativeText("\n".join(shown))


def ask_unsaved(parent: QWidget, name: str) -> Answer:
    """Asks what to do with the changes before they would be lost."""
    buttons = QMessageBox.StandardButton
    box = _box(parent, QMessageBox.Icon.Question, tr("Unsaved changes"))
    box.setText(tr("Save the changes to {name}?", name=name))
    box.setInformativeText(tr("Otherwise they are lost."))
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    return {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}.get(
        QMessageBox.StandardButton(box.exec()), Answer.CANCEL
    )


def ask_discard(parent: QWidget, name: str) -> bool:
    """Asks before unsaved work is deleted for good; the `name` of its file is empty where it never had one."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Discard unsaved work"))
    never_saved = tr("Discard the architecture that was never saved?")
    box.setText(tr("Discard the unsaved changes to {name}?", name=name) if name else never_saved)
    box.setInformativeText(tr("It cannot be brought back."))
    box.setStandardButtons(QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    return box.exec() == QMessageBox.StandardButton.Discard


def ask_replace(parent: QWidget, path: Path) -> bool:
    """Asks before another file is overwritten."""
    box = _box(parent, QMessageBox.Icon.Question, tr("Replace file"))
    box.setText(tr("{name} is there already. Replace it?", name=path.name))
    replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is replace


def _box(parent: QWidget, icon: QMessageBox.Icon, title: str) -> QMessageBox:
    """A box whose texts are shown as they are: they hold names that people and files chose."""
    box = QMessageBox(icon, title, title, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box


def ask_elsewhere(parent: QWidget, title: str, error: UserError) -> bool:
    """Says why something could not be saved; whether to save it to another place."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, title, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(
        tr("{error}\n\nNothing is lost: the drawing is still open. Save it to another place?", error=error)
    )
    save = box.addButton(tr("Save As…"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save)
    box.exec()
    return box.clickedButton() is save


def ask_changed(parent: QWidget, name: str, *, saving: bool, unreadable: str = "") -> Change:
    """Asks what to do with a file that another program has changed, while the document has changes of its own.

    `unreadable` says why the file can no longer be read as an architecture; there is nothing to load or merge then.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("File changed"))
    box.setText(tr("{name} was changed by another program.", name=name))
    roles = QMessageBox.ButtonRole
    words = tr("Saving replaces that; the replaced version is kept under Earlier Versions.") if saving else ""
    answers = {}
    if unreadable:
        words = tr("It cannot be read any more: {unreadable}\n\n{words}", unreadable=unreadable, words=words)
    else:
        words = tr("{words} Merging takes the changes of both; loading it again can be undone.", words=words).strip()
        answers[box.addButton(tr("Merge…"), roles.AcceptRole)] = Change.MERGE
    answers[box.addButton(tr("Save Mine" if saving else "Keep Mine"), roles.ActionRole)] = Change.MINE
    if not unreadable:
        answers[box.addButton(tr("Load Again"), roles.DestructiveRole)] = Change.RELOAD
    answers[box.addButton(QMessageBox.StandardButton.Cancel)] = Change.LATER
    box.setInformativeText(words)
    box.exec()
    return next((answer for button, answer in answers.items() if button is box.clickedButton()), Change.LATER)


def ask_open_elsewhere(parent: QWidget, name: str, who: str) -> Elsewhere:
    """Asks whether to open a file that another window has open."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Open in another window"))
    box.setText(tr("{name} is open in another window.", name=name))
    box.setInformativeText(
        tr(
            "{who} Where both save, each is asked before it replaces what the other wrote. A copy has no file yet.",
            who=who,
        )
    )
    roles = QMessageBox.ButtonRole
    copy = box.addButton(tr("Open a Copy"), roles.AcceptRole)
    both = box.addButton(tr("Open Anyway"), roles.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(copy)
    box.exec()
    clicked = box.clickedButton()
    return Elsewhere.COPY if clicked is copy else Elsewhere.OPEN if clicked is both else Elsewhere.CANCEL


def ask_gone(parent: QWidget, name: str) -> Answer:
    """Asks what to do with a document whose file is no longer there, before the document goes as well."""
    buttons = QMessageBox.StandardButton
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("File gone"))
    box.setText(tr("{name} is no longer there. Save it again?", name=name))
    box.setInformativeText(tr("Otherwise the drawing is lost."))
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    return {buttons.Save: Answer.SAVE, buttons.Discard: Answer.DISCARD}.get(
        QMessageBox.StandardButton(box.exec()), Answer.CANCEL
    )


def ask_replace_open(parent: QWidget, name: str, who: str) -> bool:
    """Asks before a file is overwritten that another window has open."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(tr("Open in another window"))
    box.setText(tr("{name} is open in another window. Replace it?", name=name))
    box.setInformativeText(
        tr("{who} That window will notice; the replaced version is kept under Earlier Versions.", who=who)
    )
    replace = box.addButton(tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is replace
