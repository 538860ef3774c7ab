"""The folder of the user's own rules, as the window leads to it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from designer.errors import UserError
from designer.language import tr

FIRST_FILE = "own.yaml"
_FIRST_LINES = """\
# Rules of your own, checked beside the built-in ones.
# For an example take the marks at the beginning of the following lines away.
# - id: ORG-01
#   severity: medium
#   category: DATA
#   title: Messages are kept for a week
#   for: sqs
#   when: retention < 604800
#   message: "{name} keeps messages for {time(retention)}, and our policy is a week."
#   property: retention
#   why: Over a long weekend nobody looks after the consumers.
#   fix: Set the retention to seven days.
"""


def open_rules_folder(parent: QWidget) -> None:
    """Opens the folder in the desktop's file manager; one that is not there is made, with an example to start from."""
    from designer.gui.messages import show_error

    try:
        folder = made_folder()
    except UserError as error:
        show_error(parent, tr("The folder could not be made"), error)
        return
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        nothing = UserError(
            tr("your rules are in {folder}", folder=folder), hint=tr("No program to show folders was found.")
        )
        show_error(parent, tr("The folder could not be shown"), nothing)


def made_folder() -> Path:
    """The folder, which is there afterwards. Raises `UserError` when it cannot be made, or is switched off."""
    from designer.analysis.own_rules import VARIABLE, usual_folder

    folder = usual_folder()
    if folder is None:
        raise UserError(
            tr("rules of your own are switched off"),
            hint=tr("Unset the environment variable {variable}.", variable=VARIABLE),
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.glob("*.yaml")):
            (folder / FIRST_FILE).write_text(_FIRST_LINES, encoding="utf-8")
    except OSError as error:
        raise UserError(tr("cannot be written: {error}", error=error.strerror or error), file=folder) from error
    return folder
