"""The main window: the canvas in the middle, panels around it, commands above, and the file behind it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow

from designer.errors import UserError
from designer.gui.actions import ARRANGEMENTS, Actions
from designer.gui.app import TITLE
from designer.gui.appearance import Appearance
from designer.gui.docks import Docks
from designer.gui.document import Document
from designer.gui.files import Files
from designer.gui.keymap import keymap_of
from designer.gui.menus import Menus
from designer.gui.openers import Openers
from designer.gui.panel_places import PanelPlaces
from designer.gui.panes import Panes
from designer.gui.reasons import reasons
from designer.gui.settings import UserSettings
from designer.gui.style import style_sheet
from designer.gui.theme import Theme, ThemeChoice, current_theme, theme_switch
from designer.gui.views import Views
from designer.gui.workspace import Workspace
from designer.language import tr
from designer.layout.measures import Direction

if TYPE_CHECKING:
    from designer.gui.panels.template import Exported
    from designer.gui.rescue import Rescue
    from designer.gui.versions import Versions

_FIRST_SIZE = QSize(1360, 860)
_FRAME = QSize(8, 40)
"""What a window manager may put around the window; it is not known before the window is shown."""
_ORDERS = ("front", "forward", "backward", "back")


class Window(QMainWindow):
    """One window on one document."""

    begun = Signal()
    """The first picture is shown and everything else is made."""
    closed = Signal()

    def __init__(self, document: Document, settings: UserSettings) -> None:
        super().__init__()
        self.document = document
        self.settings = settings
        self._begun = False
        # Before there is anything in the window: what is never shown is then never styled.
        self.setStyleSheet(style_sheet(current_theme()))
        self.setAcceptDrops(True)
        self.setAccessibleName(TITLE)
        self.workspace = Workspace(document, settings, self)
        self.canvas = self.workspace.canvas
        self.setCentralWidget(self.canvas)
        self.setStatusBar(self.workspace.status)
        self.files = Files(document, settings, self)
        self.views = Views(self.canvas, settings)
        self.openers = Openers(self)
        self.panels = Docks(self, self.workspace)
        self.docks = self.panels.by_key
        self.keymap = keymap_of(settings)
        self.commands = Actions(self, self.keymap.of)
        self.keymap.changed.connect(self._use_keys)
        self._show_state()
        self.commands.give(self, self.canvas)
        self.canvas.has_menus = True
        self.menus = Menus(self, self.commands, list(self.panels.actions.values()), self.panels.buttons)
        self.addToolBar(self.menus.tools)
        self.places = PanelPlaces(self, self.docks, self.menus.tools)
        self.panes = Panes(self)
        self.appearance = Appearance(self)
        self._connect_commands()
        self._connect_parts()
        self._restore_layout()
        self.canvas.setFocus()

    @cached_property
    def rescue(self) -> Rescue:
        """What an earlier run left, offered again."""
        from designer.gui.rescue import Rescue

        return Rescue(self.files, self.document, self)

    @cached_property
    def versions(self) -> Versions:
        """The list of what was saved before."""
        from designer.gui.versions import Versions

        versions = Versions(self.document, self.openers.compare, self)
        versions.told.connect(self.workspace.status.tell)
        return versions

    def begin(self) -> None:
        """Makes what the first picture does without, and starts the analysis."""
        if self._begun:
            return
        self._begun = True
        self.files.keeper.start()
        self._complete_menus()
        workspace = self.workspace
        self.panels.complete(workspace.complete(self.settings.template_format))
        knock_out = self.commands["knock-out"]
        knock_out.toggled.connect(workspace.failures.pick)
        workspace.failures.picking_changed.connect(knock_out.setChecked)
        knock_out.triggered.connect(lambda on: self.panels.show("knock-out") if on else None)
        workspace.template.export_requested.connect(self.openers.export_template)
        workspace.template.text_to_copy = self._template_to_copy
        workspace.template.format_changed.connect(self._keep_format)
        workspace.tasks.want_export(not workspace.template.visibleRegion().isEmpty())
        self.begun.emit()

    def _use_keys(self) -> None:
        self.commands.use_keys(self.keymap.of)

    def use_theme(self, choice: ThemeChoice) -> None:
        """Takes a theme and remembers it."""
        self.settings.theme = choice
        theme_switch().use(choice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, where a panel has no use for it, leads back to the canvas."""
        if event.key() == Qt.Key.Key_Escape and not self.canvas.hasFocus():
            self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """An empty drawing begins with the first steps."""
        super().showEvent(event)
        self.workspace.beginning.show()

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
        from designer.gui.windows import keep_session

        self.views.keep(self.document.path)
        keep_session(self)
        self.places.clear_away(False)
        self.settings.keep_layout(self.saveGeometry(), self.saveState())
        self.settings.sync()
        self.files.keeper.close()
        self.workspace.stop()
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if _dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Opens the dropped file; of several the others in windows of their own."""
        paths = _dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            # Opening may ask a question, which must not happen while the other program waits for the drop.
            QTimer.singleShot(0, self, lambda: self.openers.open_files(paths))

    def _restore_layout(self) -> None:
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize() - _FRAME))
        self.panels.arrange()
        kept = self.settings.layout
        if kept is not None:
            self.restoreGeometry(kept[0])
            self.restoreState(kept[1])

    def _reset_layout(self) -> None:
        self.commands["canvas-only"].setChecked(False)
        self.settings.forget_layout()
        self.panels.arrange()

    def _connect_commands(self) -> None:
        canvas, files, workspace = self.canvas, self.files, self.workspace
        for key, slot in {
            **self.openers.slots(),
            "new": files.new,
            "open": files.ask_and_open,
            "save": files.save,
            "save-as": files.save_as,
            "recover": lambda: self.rescue.offer(),
            "versions": lambda: self.versions.offer(),
            "lint": workspace.ask_second_opinion,
            "close-window": self.close,
            "undo": self.document.undo,
            "redo": self.document.redo,
            "cut": canvas.cut,
            "copy": canvas.copy,
            "copy-template": lambda: canvas.pasting.copy_template(),
            "copy-settings": lambda: canvas.pasting.copy_configuration(),
            "paste-settings": lambda: canvas.pasting.paste_configuration(),
            "paste": canvas.paste,
            "duplicate": canvas.duplicate,
            "delete": canvas.delete_selection,
            "rename": canvas.rename_selected,
            "replace": canvas.replace_kind,
            "select-all": canvas.select_all,
            "select-none": canvas.select,
            "select-components": lambda: canvas.commands.select_components(),
            "select-wires": lambda: canvas.commands.select_wires(),
            "add": workspace.find_service,
            "find": workspace.searching.find,
            "find-next": lambda: workspace.searching.step(1),
            "find-previous": lambda: workspace.searching.step(-1),
            "find-template": workspace.find_in_template,
            "rules-reload": workspace.reload_rules,
            "connect": canvas.start_connecting,
            "lock": lambda: canvas.arranging.lock(),
            "arrange-all": lambda: workspace.lay_out(self.settings, whole=True),
            "arrange-selection": lambda: workspace.lay_out(self.settings, whole=False),
            "fail": canvas.fail_selected,
            "restore": lambda: workspace.failures.restore(),
            "flows": lambda: self.panels.enter("flows"),
            "improve": lambda: self.panels.enter("improve"),
            "select-parent": lambda: canvas.walk.outwards(),
            "select-children": lambda: canvas.walk.inwards(),
            "walk-on": lambda: canvas.walk.along(True),
            "walk-back": lambda: canvas.walk.along(False),
            "connect-to": canvas.connect_to,
            "move-to": canvas.move_to,
            "zones": lambda: canvas.zones.ask(),
            "reverse": lambda: canvas.rewiring.reverse(),
            "straighten": lambda: canvas.rewiring.straighten(),
            "delete-bridge": lambda: canvas.rewiring.delete_and_reconnect(),
            "trace": lambda: canvas.tracing.toggle(),
            "collapse": lambda: canvas.commands.fold(True),
            "expand": lambda: canvas.commands.fold(False),
            "next-pane": lambda: self.panes.go(1),
            "previous-pane": lambda: self.panes.go(-1),
            "next-tab": lambda: self.panes.turn(1),
            "previous-tab": lambda: self.panes.turn(-1),
            "outline": lambda: self.panels.enter("outline"),
            "zoom-in": canvas.zoom_in,
            "zoom-out": canvas.zoom_out,
            "zoom-100": lambda: canvas.zoom_to(1.0),
            "zoom-fit": canvas.zoom_to_fit,
            "zoom-selection": canvas.zoom_to_selection,
            "full-screen": self._toggle_full_screen,
            "reset-layout": self._reset_layout,
        }.items():
            self.commands[key].triggered.connect(lambda _checked=False, slot=slot: slot())
        for key in ARRANGEMENTS:
            self.commands[key].triggered.connect(lambda _checked=False, key=key: canvas.arranging.arrange(key))
        for key in _ORDERS:
            self.commands[key].triggered.connect(lambda _checked=False, key=key: canvas.arranging.reorder(key))
        animate = self.commands["animate"]
        animate.setChecked(self.settings.animated)
        animate.toggled.connect(self._keep_animated)
        self.commands["canvas-only"].toggled.connect(self.places.clear_away)
        self.commands["reopen"].setChecked(self.settings.reopens)
        self.commands["reopen"].toggled.connect(self._keep_reopens)

    def _complete_menus(self) -> None:
        menus = self.menus
        menus.complete()
        menus.places.aboutToShow.connect(lambda: self.places.fill(menus.places))
        menus.offer_themes(self.settings.theme, self.use_theme)
        menus.offer_directions(self.settings.direction, self._keep_direction)
        self._offer_recent()
        self.files.recent_changed.connect(self._offer_recent)

    def _connect_parts(self) -> None:
        workspace = self.workspace
        self.document.state_changed.connect(self._show_state)
        self.document.changed.connect(self._show_state)
        workspace.panel_wanted.connect(self.panels.show)
        workspace.counted.connect(lambda count: self.panels.count("findings", count))
        workspace.judged.connect(lambda count: self.panels.count("template", count))
        workspace.selection_changed.connect(self._explain_commands)
        workspace.beginning.sample_wanted.connect(self.openers.choose_sample)
        workspace.beginning.open_wanted.connect(self.files.ask_and_open)
        self.docks["template"].visibilityChanged.connect(workspace.tasks.want_export)
        self.files.told.connect(workspace.status.tell)
        self.files.leaving.connect(lambda: self.views.keep(self.document.path))
        self.files.shown.connect(lambda: self.views.take_up(self.document.path))
        theme_switch().theme_changed.connect(self._show_theme)

    def _show_theme(self, theme: Theme) -> None:
        self.setStyleSheet(style_sheet(theme))
        self.workspace.use_theme(theme)

    def _show_state(self) -> None:
        history = self.document.history
        self.setWindowTitle(f"{self.document.title}[*] - {TITLE}")
        self.setWindowModified(not history.is_clean)
        undo, redo = self.commands["undo"], self.commands["redo"]
        undo.setText(tr("&Undo {step}", step=_escaped(history.undo_label)) if history.undo_label else tr("&Undo"))
        redo.setText(tr("&Redo {step}", step=_escaped(history.redo_label)) if history.redo_label else tr("&Redo"))
        self._explain_commands()

    def _explain_commands(self) -> None:
        """Switches off what cannot be done now, and says why."""
        selection = self.canvas.selection()
        for key, reason in reasons(self.document, selection).items():
            self.commands.explain(key, reason)
        self.commands["lock"].setChecked(bool(selection) and self.canvas.arranging.all_locked)

    def _keep_format(self, value: str) -> None:
        self.settings.template_format = value

    def _template_to_copy(self) -> str | None:
        """The template as the export writes it: with the drawing, unless that is switched off."""
        from designer.gui.messages import show_error

        document, tasks, drawing = self.document, self.workspace.tasks, self.settings.template_drawing
        try:
            exported = tasks.work_out_export(document.architecture, document.catalog, drawing=drawing)
        except UserError as error:
            show_error(self, tr("The template could not be copied"), error)
            return None
        return None if exported is None else cast("Exported", exported).text(self.workspace.template.format)

    def _keep_direction(self, direction: Direction) -> None:
        self.settings.direction = direction

    def _keep_animated(self, on: bool) -> None:
        self.settings.animated = on

    def _keep_reopens(self, on: bool) -> None:
        self.settings.reopens = on

    def _offer_recent(self) -> None:
        self.menus.offer_recent(self.settings, self.files.open)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.commands["full-screen"].setChecked(self.isFullScreen())


def _dropped_files(data: QMimeData) -> list[Path]:
    urls = data.urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&&")
