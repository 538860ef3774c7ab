"""The context menu of the canvas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from designer.gui.actions import CommandAction
from designer.gui.icons import action_icon
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


def context_menu(canvas: Canvas, at: QPoint) -> QMenu:
    """A menu for what is selected, or for the paper at a point of the view where nothing is."""
    menu = QMenu(canvas)
    menu.setAccessibleName(tr("Canvas menu"))
    selection = canvas.selection()
    if selection:
        _add_for_selection(canvas, menu)
    else:
        place = canvas.mapToScene(at)
        _add(menu, tr("Add\u2026"), lambda: canvas.quick_add(at), None, "/")
        _add(
            menu,
            tr("Paste"),
            lambda: canvas.pasting.paste((place.x(), place.y())),
            "paste",
            QKeySequence.StandardKey.Paste,
        )
        _add(menu, tr("Select all"), canvas.select_all, "select", QKeySequence.StandardKey.SelectAll)
        menu.addSeparator()
        _add(menu, tr("Zoom to fit"), canvas.zoom_to_fit, "zoom-fit")
        _add(menu, tr("Zoom to 100 %"), lambda: canvas.zoom_to(1.0), "zoom-100")
    return menu


def _add_for_selection(canvas: Canvas, menu: QMenu) -> None:
    selection = canvas.selection()
    components = canvas.document.architecture.components
    things = bool(selection.components or selection.boundaries)
    if len(selection.components) == 1:
        _add(menu, tr("Connect"), canvas.start_connecting, "connect", "C")
        _add(menu, tr("Connect to\u2026"), canvas.connect_to, None, "Shift+C")
    if len(selection) == 1 and things:
        _add(menu, tr("Rename"), canvas.rename_selected, None, "F2")
    if selection.components:
        _add(menu, tr("Replace by\u2026"), canvas.replace_kind, "replace", "Ctrl+R")
    if len(selection) == 1 and selection.connections:
        _add(menu, tr("Lead from elsewhere\u2026"), lambda: canvas.start_reconnecting(0), "connect")
        _add(menu, tr("Lead elsewhere\u2026"), lambda: canvas.start_reconnecting(1), "connect")
    if selection.connections and not things:
        canvas.rewiring.add_meanings(menu, selection.connections)
        _add(menu, tr("Reverse"), canvas.rewiring.reverse, None, "Ctrl+Alt+R")
    if len(selection) == 1 and selection.connections:
        _add(menu, tr("Note"), canvas.rewiring.edit_note, None, "F2")
    wires = canvas.document.architecture.connections
    if any(wires[key].via for key in selection.connections):
        _add(menu, tr("Straighten"), lambda: canvas.wiring.straighten(selection.connections), None, "Ctrl+Shift+R")
    if selection.components or selection.connections:
        _add(menu, tr("Light up paths"), canvas.tracing.toggle, None, "P")
    if things and canvas.document.architecture.boundaries:
        _add(menu, tr("Move into\u2026"), canvas.move_to, None, "M")
    if any(components[key].boundary is not None for key in selection.components):
        _add(menu, tr("Move out of boundary"), canvas.commands.move_out)
    folded = [canvas.document.architecture.boundaries[key].collapsed for key in selection.boundaries]
    if not all(folded):
        _add(menu, tr("Collapse"), lambda: canvas.commands.fold(True), None, "Ctrl+Home")
    if any(folded):
        _add(menu, tr("Expand"), lambda: canvas.commands.fold(False), None, "Ctrl+End")
    zones = canvas.zones.made(menu)
    if zones is not None:
        menu.addMenu(zones)
    if selection.components:
        failed = canvas.failed & set(selection.components)
        several = len(selection.components) > 1
        text = tr("Restore") if failed else tr("Make them fail") if several else tr("Make it fail")
        _add(menu, text, canvas.fail_selected, "knock-out", "K")
    if menu.actions():
        menu.addSeparator()
    if things:
        _add_arranging(canvas, menu)
        _add(menu, tr("Cut"), canvas.cut, "cut", QKeySequence.StandardKey.Cut)
        _add(menu, tr("Copy"), canvas.copy, "copy", QKeySequence.StandardKey.Copy)
        _add(menu, tr("Duplicate"), canvas.duplicate, "duplicate", "Ctrl+D")
    if any(_is_passed(canvas, key) for key in selection.components):
        _add(menu, tr("Take out and reconnect"), canvas.rewiring.delete_and_reconnect, None, "Ctrl+Del")
    _add(menu, tr("Delete"), canvas.delete_selection, "delete", QKeySequence.StandardKey.Delete)


def _add_arranging(canvas: Canvas, menu: QMenu) -> None:
    arranging = canvas.arranging
    _add(menu, tr("Bring to front"), lambda: arranging.reorder("front"), None, "Ctrl+Shift+F")
    _add(menu, tr("Send to back"), lambda: arranging.reorder("back"), None, "Ctrl+Shift+B")
    _add(menu, tr("Unlock") if arranging.all_locked else tr("Lock"), arranging.lock, None, "Ctrl+Alt+L")
    menu.addSeparator()


def _is_passed(canvas: Canvas, key: str) -> bool:
    """Whether wires lead to a component and on from it."""
    architecture = canvas.document.architecture
    return bool(architecture.incoming(key) and architecture.outgoing(key))


def _add(
    menu: QMenu,
    text: str,
    run: Callable[[], object],
    icon: str | None = None,
    keys: QKeySequence.StandardKey | str | None = None,
) -> None:
    action = QAction(text, menu)
    if icon is not None:
        action.setIcon(action_icon(icon))
    if keys is not None:
        # Shown only: the canvas and the window handle the keys themselves.
        action.setShortcut(_key_now(menu.parent(), QKeySequence(keys)))
        action.setShortcutVisibleInContextMenu(True)
    action.triggered.connect(lambda: run())
    menu.addAction(action)


def _key_now(canvas: QObject | None, usual: QKeySequence) -> QKeySequence:
    """The key that a command of the window has now in the place of its usual one."""
    actions = canvas.actions() if isinstance(canvas, QWidget) else []
    commands = (action for action in actions if isinstance(action, CommandAction))
    return next((action.shortcut() for action in commands if action.usual == usual), usual)
