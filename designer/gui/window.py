"""The main window: the canvas in the middle, panels around it, commands above, and the file behind it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabWidget, QWidget

from designer.errors import UserError
from designer.gui.actions import Actions
from designer.gui.app import TITLE
from designer.gui.document import Document
from designer.gui.files import Files
from designer.gui.icons import action_icon
from designer.gui.menus import Menus
from designer.gui.panels.selected import Selected
from designer.gui.rescue import Rescue
from designer.gui.settings import UserSettings
from designer.gui.style import style_sheet
from designer.gui.theme import Theme, ThemeChoice, current_theme, theme_switch
from designer.gui.versions import Versions
from designer.gui.workspace import Workspace
from designer.layout.boxes import Direction

if TYPE_CHECKING:
    from designer.gui.panels.template import Exported

_AREA = Qt.DockWidgetArea
_FIRST_SIZE = QSize(1360, 860)
_BOTTOM = 260
_FRAME = QSize(8, 40)
"""What a window manager may put around the window; it is not known before the window is shown."""
_ON_SELECTION = ("cut", "copy", "duplicate", "delete", "zoom-selection")
_LATE = ("flows", "knock-out", "improve")
"""Panels that are made when they are first looked at."""
_PANEL_MENU = {
    **{"palette": "&Palette", "inspector": "I&nspector", "findings": "Findin&gs", "flows": "Flo&ws"},
    **{"knock-out": "&Knock-out", "improve": "W&hat Helps Most", "template": "T&emplate"},
}
"""The panels in the menu View, in their places."""
_NOTHING_DRAWN = "Nothing is drawn yet that could be compared"
_NEVER_SAVED = "There are no versions yet: save the architecture first"
_ARRANGEMENTS = (
    *("align-left", "align-centre", "align-right", "align-top", "align-bottom", "spread-across", "spread-down"),
)


class Window(QMainWindow):
    """One window on one document."""

    begun = Signal()
    """The first picture is shown and everything else is made."""

    def __init__(self, document: Document, settings: UserSettings) -> None:
        super().__init__()
        self.document = document
        self.settings = settings
        self._begun = False
        # Before there is anything in the window: what is never shown is then never styled.
        self.setStyleSheet(style_sheet(current_theme()))
        self.setAcceptDrops(True)
        self.setAccessibleName(TITLE)
        self.workspace = Workspace(document, self)
        self.canvas = self.workspace.canvas
        self.setCentralWidget(self.canvas)
        self.setStatusBar(self.workspace.status)
        self.files = Files(document, settings, self)
        self.rescue = Rescue(self.files, document, self)
        self.versions = Versions(document, self.compare, self)
        self.docks = self._make_docks()
        self.commands = Actions(self)
        self.commands.give(self.canvas)
        panels = {key: self._panel_action(key) for key in self.docks}
        # The others have commands of their own.
        buttons = [action for key, action in panels.items() if key not in _LATE]
        self.menus = Menus(self, self.commands, list(panels.values()), buttons)
        self.addToolBar(self.menus.tools)
        self._connect_commands()
        self._connect_parts()
        self._restore_layout()
        self._show_state()
        self.canvas.setFocus()

    def begin(self) -> None:
        """Makes what the first picture does without, and starts the analysis."""
        if self._begun:
            return
        self._begun = True
        self.files.keeper.start()
        workspace = self.workspace
        for key, panel in workspace.complete(self.settings.template_format).items():
            self._fill_dock(key, panel)
        for key in _LATE:
            self._make_late(key, not self.docks[key].widget().visibleRegion().isEmpty())
            self.docks[key].visibilityChanged.connect(lambda shown, key=key: self._make_late(key, shown))
        knock_out = self.commands["knock-out"]
        knock_out.toggled.connect(workspace.failures.pick)
        workspace.failures.picking_changed.connect(knock_out.setChecked)
        knock_out.triggered.connect(lambda on: self.show_panel("knock-out") if on else None)
        workspace.template.export_requested.connect(self.export_template)
        workspace.template.text_to_copy = self._template_to_copy
        workspace.template.format_changed.connect(self._keep_format)
        workspace.tasks.want_export(not workspace.template.visibleRegion().isEmpty())
        self.begun.emit()

    def use_theme(self, choice: ThemeChoice) -> None:
        """Takes a theme and remembers it."""
        self.settings.theme = choice
        theme_switch().use(choice)

    def choose_sample(self) -> None:
        """Opens the gallery of samples."""
        from designer.gui.dialogs.samples import SamplesDialog

        dialog = SamplesDialog(self.document.catalog, self)
        dialog.chosen.connect(self.files.open_sample)
        dialog.open()

    def export_template(self) -> None:
        """Opens the export dialog."""
        from designer.gui.dialogs.export import ExportDialog

        dialog = ExportDialog(self.document, self.settings, self.workspace.tasks, self)
        dialog.written.connect(lambda path: self.workspace.status.tell(f"Wrote {path.name}"))
        dialog.open()

    def compare_with_saved(self) -> None:
        """Shows what has changed since the document's file was saved."""
        if self.document.path is not None:
            self.compare(self.document.path)

    def compare_with_other(self) -> None:
        """Asks for an architecture or a template, and compares the drawing with it."""
        path = self.files.ask_other()
        if path is not None:
            self.compare(path)

    def compare(self, path: Path) -> None:
        """Opens the comparison of a file with the drawing."""
        from designer.gui.dialogs.compare import CompareDialog

        CompareDialog(self.document, path, self.workspace.tasks, self).open()

    def export_picture(self) -> None:
        """Opens the dialog for pictures."""
        from designer.gui.dialogs.picture import PictureDialog

        dialog = PictureDialog(self.canvas, self.document, self.settings, self)
        dialog.written.connect(lambda path: self.workspace.status.tell(f"Wrote {path.name}"))
        dialog.open()

    def _copy_picture(self) -> None:
        """Twice the size of the screen's: pictures are shrunk more often than blown up."""
        from designer.gui.messages import show_error
        from designer.gui.pictures import picture_of

        try:
            QGuiApplication.clipboard().setImage(picture_of(self.canvas, 2.0))
        except UserError as error:
            show_error(self, "The picture could not be copied", error)
            return
        self.workspace.status.tell("Copied a picture of the drawing")

    def show_panel(self, key: str) -> None:
        """Shows a panel, in front of those that share its place."""
        self.docks[key].show()
        self.docks[key].raise_()

    def enter_panel(self, key: str) -> None:
        """Shows a panel and takes the keyboard there; Escape brings it back to the canvas."""
        self.show_panel(key)
        # A panel that was never seen is made first.
        QTimer.singleShot(0, self, lambda: self.docks[key].widget().setFocus(Qt.FocusReason.ShortcutFocusReason))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where a panel has no use for it, leads back to the canvas."""
        if event.key() == Qt.Key.Key_Escape and not self.canvas.hasFocus():
            self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """An empty drawing begins with the first steps."""
        super().showEvent(event)
        self.workspace.show_first_steps()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first picture is there: everything else may start."""
        super().paintEvent(event)
        if not self._begun:
            QTimer.singleShot(0, self, self.begin)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks about unsaved changes, and remembers the layout."""
        if not self.files.may_discard():
            event.ignore()
            return
        self.settings.keep_layout(self.saveGeometry(), self.saveState())
        self.settings.sync()
        self.files.keeper.close()
        self.workspace.stop()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped."""
        if _dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the dropped file."""
        path = _dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            # Opening may ask a question, which must not happen while the other program waits for the drop.
            QTimer.singleShot(0, self, lambda: self.files.open(path))

    def _make_late(self, key: str, shown: bool) -> None:
        if shown and self.docks[key].widget().property("placeholder"):
            self._fill_dock(key, self.workspace.make_panel(key))
        self.workspace.look_at(key, shown)

    def _fill_dock(self, key: str, panel: QWidget) -> None:
        placeholder = self.docks[key].widget()
        self.docks[key].setWidget(panel)
        placeholder.deleteLater()

    def _make_docks(self) -> dict[str, QDockWidget]:
        docks = {"palette": _dock("palette", self.workspace.palette, self)}
        for key in ("inspector", "findings", *_LATE, "template"):
            placeholder = QWidget()
            placeholder.setProperty("role", "panel")
            placeholder.setProperty("placeholder", True)
            placeholder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            docks[key] = _dock(key, placeholder, self)
        return docks

    def _arrange_docks(self) -> None:
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks)
        self.setTabPosition(_AREA.BottomDockWidgetArea, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, _AREA.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, _AREA.RightDockWidgetArea)
        docks = self.docks
        self.addDockWidget(_AREA.LeftDockWidgetArea, docks["palette"])
        self.addDockWidget(_AREA.RightDockWidgetArea, docks["inspector"])
        self.addDockWidget(_AREA.BottomDockWidgetArea, docks["findings"])
        for key in (*_LATE, "template"):
            self.tabifyDockWidget(docks["findings"], docks[key])
        for dock in docks.values():
            dock.show()
        docks["findings"].raise_()
        self.resizeDocks([docks["palette"], docks["inspector"]], [216, 312], Qt.Orientation.Horizontal)
        self.resizeDocks([docks["findings"]], [min(_BOTTOM, self.height() * 3 // 10)], Qt.Orientation.Vertical)

    def _restore_layout(self) -> None:
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self._arrange_docks()
        kept = self.settings.layout
        if kept is not None:
            self.restoreGeometry(kept[0])
            self.restoreState(kept[1])

    def _reset_layout(self) -> None:
        self.settings.forget_layout()
        self._arrange_docks()

    def _panel_action(self, key: str) -> QAction:
        action = self.docks[key].toggleViewAction()
        action.setIcon(action_icon("lightbulb" if key == "improve" else key))
        action.setText(_PANEL_MENU[key])
        action.setToolTip(f"Show or hide the panel {_title(key)}")
        return action

    def _connect_commands(self) -> None:
        canvas, files, workspace = self.canvas, self.files, self.workspace
        for key, slot in {
            "new": files.new,
            "open": files.ask_and_open,
            "samples": self.choose_sample,
            "save": files.save,
            "save-as": files.save_as,
            "recover": self.rescue.offer,
            "versions": self.versions.offer,
            "compare": self.compare_with_saved,
            "compare-other": self.compare_with_other,
            "export": self.export_template,
            "lint": workspace.ask_second_opinion,
            "picture": self.export_picture,
            "quit": self.close,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "cut": canvas.cut,
            "copy": canvas.copy,
            "copy-picture": self._copy_picture,
            "paste": canvas.paste,
            "duplicate": canvas.duplicate,
            "delete": canvas.delete_selection,
            "rename": canvas.rename_selected,
            "select-all": canvas.select_all,
            "add": workspace.find_service,
            "find": workspace.find_in_template,
            "rules-folder": self._open_rules_folder,
            "rules-reload": workspace.reload_rules,
            "connect": canvas.start_connecting,
            "arrange-all": lambda: workspace.lay_out(self.settings, whole=True),
            "arrange-selection": lambda: workspace.lay_out(self.settings, whole=False),
            "fail": canvas.fail_selected,
            "restore": lambda: workspace.failures.restore(),
            "flows": lambda: self.enter_panel("flows"),
            "improve": lambda: self.enter_panel("improve"),
            "zoom-in": canvas.zoom_in,
            "zoom-out": canvas.zoom_out,
            "zoom-100": lambda: canvas.zoom_to(1.0),
            "zoom-fit": canvas.zoom_to_fit,
            "zoom-selection": canvas.zoom_to_selection,
            "full-screen": self._toggle_full_screen,
            "reset-layout": self._reset_layout,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
        }.items():
            self.commands[key].triggered.connect(lambda _checked=False, slot=slot: slot())
        for key in _ARRANGEMENTS:
            self.commands[key].triggered.connect(lambda _checked=False, key=key: workspace.arrange(key))
        animate = self.commands["animate"]
        animate.setChecked(self.settings.animated)
        animate.toggled.connect(self._keep_animated)
        self.menus.offer_themes(self.settings.theme, self.use_theme)
        self.menus.offer_directions(self.settings.direction, self._keep_direction)
        self._offer_recent()

    def _connect_parts(self) -> None:
        workspace = self.workspace
        self.document.state_changed.connect(self._show_state)
        self.document.changed.connect(self._show_state)
        workspace.panel_wanted.connect(self.show_panel)
        workspace.counted.connect(lambda count: self._count_on_tab("findings", count))
        workspace.judged.connect(lambda count: self._count_on_tab("template", count))
        workspace.selection_changed.connect(self._show_selection)
        workspace.sample_wanted.connect(self.choose_sample)
        workspace.open_wanted.connect(self.files.ask_and_open)
        self.docks["template"].visibilityChanged.connect(workspace.tasks.want_export)
        self.files.recent_changed.connect(self._offer_recent)
        self.files.told.connect(workspace.status.tell)
        self.versions.told.connect(workspace.status.tell)
        theme_switch().theme_changed.connect(self._show_theme)
        self._show_selection(self.canvas.selection())

    def _show_theme(self, theme: Theme) -> None:
        self.setStyleSheet(style_sheet(theme))
        self.workspace.use_theme(theme)

    def _show_state(self) -> None:
        history = self.document.history
        self.setWindowTitle(f"{self.document.title}[*] - {TITLE}")
        self.setWindowModified(not history.is_clean)
        undo, redo = self.commands["undo"], self.commands["redo"]
        undo.setText(f"&Undo {_escaped(history.undo_label)}" if history.undo_label else "&Undo")
        redo.setText(f"&Redo {_escaped(history.redo_label)}" if history.redo_label else "&Redo")
        undo.setEnabled(history.undo_label is not None)
        redo.setEnabled(history.redo_label is not None)
        drawn = bool(self.document.architecture.components)
        self.commands.explain("compare", _why_not_compare(saved=self.document.path is not None, drawn=drawn))
        self.commands.explain("versions", "" if self.document.path is not None else _NEVER_SAVED)
        self.commands.explain("compare-other", "" if drawn else _NOTHING_DRAWN)
        self.commands.enable(("export", "lint", "picture", "select-all", "connect", "zoom-fit", "knock-out"), drawn)
        self.commands.enable(("arrange-all",), drawn)

    def _show_selection(self, selected: Selected) -> None:
        count = len(selected.components)
        some = bool(count or selected.connections or selected.boundaries)
        self.commands.enable(_ON_SELECTION, some)
        self.commands.enable(("rename",), count + len(selected.boundaries) == 1)
        self.commands.enable(("fail",), count > 0)
        self.commands.enable(_ARRANGEMENTS, count > 1)
        self.commands.enable(("arrange-selection",), count > 1 or bool(selected.boundaries))

    def _count_on_tab(self, key: str, count: int) -> None:
        dock = self.docks[key]
        dock.setWindowTitle(f"{_title(key)} {count}" if count else _title(key))
        # The entry in the menu would follow the tab.
        dock.toggleViewAction().setText(_PANEL_MENU[key])

    def _keep_format(self, value: str) -> None:
        self.settings.template_format = value

    def _template_to_copy(self) -> str | None:
        """The template as the export writes it: with the drawing, unless that is switched off."""
        from designer.gui.messages import show_error

        document, tasks, drawing = self.document, self.workspace.tasks, self.settings.template_drawing
        try:
            exported = tasks.work_out_export(document.architecture, document.catalog, drawing=drawing)
        except UserError as error:
            show_error(self, "The template could not be copied", error)
            return None
        return None if exported is None else cast("Exported", exported).text(self.workspace.template.format)

    def _keep_direction(self, direction: Direction) -> None:
        self.settings.direction = direction

    def _keep_animated(self, on: bool) -> None:
        self.settings.animated = on

    def _offer_recent(self) -> None:
        self.menus.offer_recent(self.settings, self.files.open)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.commands["full-screen"].setChecked(self.isFullScreen())

    def _open_rules_folder(self) -> None:
        from designer.gui.own_rules import open_rules_folder

        open_rules_folder(self)

    def _show_shortcuts(self) -> None:
        from designer.gui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self).open()

    def _show_about(self) -> None:
        from designer.gui.dialogs.about import AboutDialog

        AboutDialog(self).open()


def _dock(key: str, widget: QWidget, window: QMainWindow) -> QDockWidget:
    dock = QDockWidget(_title(key), window)
    dock.setObjectName(key)
    dock.setAccessibleName(_title(key))
    dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
    # Every panel begins with a row that says what it is; a title bar would only say it again.
    bare = QWidget()
    bare.setFixedHeight(0)
    dock.setTitleBarWidget(bare)
    dock.setWidget(widget)
    return dock


def _title(key: str) -> str:
    return "What helps most" if key == "improve" else key.capitalize()


def _dropped_file(data: QMimeData) -> Path | None:
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def _why_not_compare(*, saved: bool, drawn: bool) -> str:
    if not saved:
        return "There is no saved file to compare with: save the architecture first"
    return "" if drawn else _NOTHING_DRAWN


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&&")
