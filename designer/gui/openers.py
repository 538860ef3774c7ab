"""What the window's commands open: dialogs, and folders of the user's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication

from designer.errors import UserError
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.command_palette import CommandPalette
    from designer.gui.history_list import HistoryList
    from designer.gui.window import Window

MAX_AT_ONCE = 10
"""Of more files that are dropped at once the rest is left."""


class Openers:
    """Opens dialogs over a window. Each is made when it is wanted: none costs anything at the start."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.command_palette: CommandPalette | None = None
        """The search over all commands, while it is open."""
        self.history: HistoryList | None = None
        """The list of steps that was opened last."""

    def slots(self) -> dict[str, Callable[[], None]]:
        """What the commands of these names do."""
        return {
            "new-window": self.new_window,
            "quit": self.quit,
            "samples": self.choose_sample,
            "compare": self.compare_with_saved,
            "compare-other": self.compare_with_other,
            "export": self.export_template,
            "picture": self.export_picture,
            "copy-picture": self.copy_picture,
            "rules-folder": self.open_rules_folder,
            "history": self.show_history,
            "shortcuts": self.show_shortcuts,
            "legend": self.show_legend,
            "about": self.show_about,
            "commands": self.search_commands,
        }

    def search_commands(self) -> None:
        """The search over all commands; where it is open already, it closes."""
        from designer.gui.command_palette import CommandPalette

        if self.command_palette is None:
            self.command_palette = CommandPalette(self._window, self._forget_commands)
        else:
            self.command_palette.close_up()

    def _forget_commands(self) -> None:
        self.command_palette = None

    def new_window(self) -> None:
        """One more window, empty."""
        from designer.gui.windows import new_window

        new_window(self._window)

    def open_files(self, paths: Sequence[Path]) -> None:
        """The first file here, each of the others in a window of its own."""
        if self._window.files.open(paths[0]):
            from designer.gui.windows import new_window

            for path in paths[1:MAX_AT_ONCE]:
                new_window(self._window, path)

    def quit(self) -> None:
        """Leaves the program, with all its windows."""
        from designer.gui.windows import quit_program

        quit_program(self._window)

    def choose_sample(self) -> None:
        """The gallery of samples."""
        from designer.gui.dialogs.samples import SamplesDialog

        dialog = SamplesDialog(self._window.document.catalog, self._window)
        dialog.chosen.connect(self._window.files.open_sample)
        dialog.open()

    def export_template(self) -> None:
        """The export of the template."""
        from designer.gui.dialogs.export import ExportDialog

        window = self._window
        dialog = ExportDialog(window.document, window.settings, window.workspace.tasks, window)
        dialog.written.connect(self._tell_written)
        dialog.open()

    def export_picture(self) -> None:
        """The export of pictures."""
        from designer.gui.dialogs.picture import PictureDialog

        window = self._window
        dialog = PictureDialog(window.canvas, window.document, window.settings, window)
        dialog.written.connect(self._tell_written)
        dialog.open()

    def compare_with_saved(self) -> None:
        """What has changed since the document's file was saved."""
        if self._window.document.path is not None:
            self.compare(self._window.document.path)

    def compare_with_other(self) -> None:
        """Asks for an architecture or a template, and compares the drawing with it."""
        path = self._window.files.ask_other()
        if path is not None:
            self.compare(path)

    def compare(self, path: Path) -> None:
        """The comparison of a file with the drawing."""
        from designer.gui.dialogs.compare import CompareDialog

        window = self._window
        CompareDialog(window.document, path, window.workspace.tasks, window).open()

    def copy_picture(self) -> None:
        """Twice the size of the screen's: pictures are shrunk more often than blown up."""
        from designer.gui.messages import show_error
        from designer.gui.pictures import picture_of

        try:
            QGuiApplication.clipboard().setImage(picture_of(self._window.canvas, 2.0))
        except UserError as error:
            show_error(self._window, tr("The picture could not be copied"), error)
            return
        self._window.workspace.status.tell(tr("Copied a picture of the drawing"))

    def open_rules_folder(self) -> None:
        """The folder of the user's own rules, in the desktop's file manager."""
        from designer.gui.own_rules import open_rules_folder

        open_rules_folder(self._window)

    def show_shortcuts(self) -> None:
        """The list of keys."""
        from designer.gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._window.keymap, self._window).open()

    def show_history(self) -> None:
        """All steps of the document, below the button of the tool bar."""
        from designer.gui.history_list import HistoryList

        window = self._window
        button = window.menus.tools.widgetForAction(window.commands["history"])
        self.history = HistoryList(window.document, window)
        self.history.open_at(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def show_legend(self) -> None:
        """What lines and heads mean; the drawing can be worked on beside it."""
        from designer.gui.dialogs.legend import LegendDialog

        LegendDialog(self._window).show()

    def show_about(self) -> None:
        """What the program is."""
        from designer.gui.dialogs.about import AboutDialog

        AboutDialog(self._window).open()

    def _tell_written(self, path: Path) -> None:
        self._window.workspace.status.tell(tr("Wrote {name}", name=path.name))
