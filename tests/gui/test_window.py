"""The window as a whole: what its parts tell one another, its commands and keys, its looks and its memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QTreeWidgetItemIterator, QWidget
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.actions import COMMANDS, sequences
from designer.gui.app import TITLE
from designer.gui.dialogs.about import AboutDialog
from designer.gui.dialogs.shortcuts import ShortcutsDialog
from designer.gui.document import Document
from designer.gui.panels.palette_list import KIND_MIME
from designer.gui.settings import UserSettings
from designer.gui.theme import ThemeChoice, current_theme
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import set_field, set_property

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def components(window: Window) -> set[str]:
    return set(window.document.architecture.components)


def settle(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)


def menu_of(window: Window, title: str) -> QMenu:
    for action in window.menuBar().actions():
        if action.text().replace("&", "") == title:
            menu = action.menu()
            assert isinstance(menu, QMenu)
            return menu
    raise AssertionError(f"no menu {title}")


def inner_menu(menu: QMenu, text: str) -> QMenu:
    """A menu within a menu."""
    found = entry(menu, text).menu()
    assert isinstance(found, QMenu)
    return found


def entry(menu: QMenu, text: str) -> QAction:
    found = [action for action in menu.actions() if action.text().replace("&", "").startswith(text)]
    assert len(found) == 1, [action.text() for action in menu.actions()]
    return found[0]


def drop_on(target: QWidget, data: QMimeData, at: QPointF) -> None:
    """Drags something in and drops it, as the window system tells it."""
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), copy, data, LEFT, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(target, QDropEvent(at, copy, data, LEFT, none))


# Edit, undo, save mark


def test_undo_and_redo_are_named_and_mark_the_title(window: Window, qtbot: QtBot) -> None:
    edit = menu_of(window, "Edit")
    assert not entry(edit, "Undo").isEnabled() and not window.isWindowModified()
    window.document.do(set_property(window.document.architecture, Collection.COMPONENTS, ["jobs"], "delay", 5))
    assert entry(edit, "Undo").text() == "&Undo Set delay"
    assert window.isWindowModified()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, CTRL)
    assert entry(edit, "Undo").text() == "&Undo" and not window.isWindowModified()
    assert entry(edit, "Redo").text() == "&Redo Set delay"
    qtbot.keyClick(window.canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    assert window.document.architecture.components["jobs"].properties == {"delay": 5}


def test_a_click_in_the_palette_inserts_and_selects(window: Window, qtbot: QtBot) -> None:
    before = components(window)
    palette = window.workspace.palette.list
    (item,) = palette.findItems("SNS topic", Qt.MatchFlag.MatchExactly)
    palette.scrollToItem(item)
    qtbot.mouseClick(palette.viewport(), LEFT, pos=palette.visualItemRect(item).center())
    (new,) = components(window) - before
    assert window.document.architecture.components[new].kind == "sns"
    assert window.canvas.selection().components == (new,)
    assert window.workspace.inspector.form is not None
    assert window.workspace.inspector.form.detail.text() == "SNS topic"
    assert window.canvas.hasFocus()


def test_add_by_keys_alone(window: Window, qtbot: QtBot) -> None:
    before = components(window)
    qtbot.keyClick(window.canvas, Qt.Key.Key_I, CTRL)
    search = window.workspace.palette.search
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "postgres")
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert len(components(window) - before) == 1
    assert search.hasFocus(), "another one can be added at once"


def test_delete_acts_on_the_drawing_only_from_the_drawing(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(components=("mail",))
    form = window.workspace.inspector.form
    assert form is not None and form.name is not None
    note = form.extras["note"].widget
    note.setFocus()
    qtbot.keyClick(note, Qt.Key.Key_Delete)
    window.workspace.findings.list.setFocus()
    qtbot.keyClick(window.workspace.findings.list, Qt.Key.Key_Delete)
    assert "mail" in components(window)
    window.canvas.setFocus()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert "mail" not in components(window)


@pytest.mark.parametrize("key", [Qt.Key.Key_C, Qt.Key.Key_Backspace, Qt.Key.Key_A])
def test_keys_of_the_drawing_stay_letters_in_a_field(window: Window, qtbot: QtBot, key: Qt.Key) -> None:
    window.canvas.select(components=("mail",))
    before = window.document.architecture.copy()
    search = window.workspace.palette.search
    search.setFocus()
    qtbot.keyClicks(search, "x")
    qtbot.keyClick(search, key)
    assert window.document.architecture == before
    assert search.text() in ("xc", "xa", "x", "")


def test_undo_in_a_text_field_belongs_to_the_field(window: Window, qtbot: QtBot) -> None:
    window.document.do(set_property(window.document.architecture, Collection.COMPONENTS, ["jobs"], "delay", 5))
    search = window.workspace.palette.search
    search.setFocus()
    qtbot.keyClicks(search, "abc")
    qtbot.keyClick(search, Qt.Key.Key_Z, CTRL)
    assert window.document.architecture.components["jobs"].properties == {"delay": 5}


def test_align_and_space_out(window: Window, qtbot: QtBot) -> None:
    places = window.document.architecture.components
    window.canvas.select(components=("orders", "jobs", "mail"))
    entry(inner_menu(menu_of(window, "Arrange"), "Align"), "Space Out Vertically").trigger()
    assert [places[key].y for key in ("orders", "jobs", "mail")] == [0, 156, 312]
    window.canvas.select(components=("front", "orders"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_Left, CTRL | SHIFT)
    places = window.document.architecture.components
    assert places["front"].x == places["orders"].x == 240
    window.document.undo()
    assert window.document.architecture.components["orders"].x == 720


def test_commands_are_off_where_they_make_no_sense(window: Window) -> None:
    window.canvas.select()
    edit, arrange = menu_of(window, "Edit"), inner_menu(menu_of(window, "Arrange"), "Align")
    assert not entry(edit, "Delete").isEnabled()
    window.canvas.select(components=("mail",))
    assert entry(edit, "Delete").isEnabled() and entry(edit, "Rename").isEnabled()
    assert not entry(arrange, "Align Left").isEnabled()
    window.canvas.select(components=("mail", "jobs"))
    assert entry(arrange, "Align Left").isEnabled() and not entry(edit, "Rename").isEnabled()


# Analysis, findings, template


def test_findings_follow_every_edit(window: Window, qtbot: QtBot) -> None:
    status, dock = window.workspace.status, window.docks["findings"]
    assert status.findings.text() == "1 high" and dock.windowTitle() == "Findings 1"
    edit = set_property(window.document.architecture, Collection.COMPONENTS, ["orders"], "deployment", "single")
    window.document.do(edit)
    qtbot.waitUntil(lambda: status.findings.text() == "1 low")
    window.document.undo()
    qtbot.waitUntil(lambda: status.findings.text() == "1 high")


def test_a_finding_lights_its_witness_until_something_else_is_chosen(window: Window, qtbot: QtBot) -> None:
    findings = window.workspace.findings
    where = findings.list.visualRect(findings.model.index(0)).center()
    qtbot.mouseClick(findings.list.viewport(), LEFT, pos=where)
    assert window.canvas.selection().components == ("orders",)
    assert findings.list.current() is not None
    window.canvas.select(components=("mail",))
    assert findings.list.current() is None


def test_a_finding_in_the_inspector_leads_to_the_list(window: Window) -> None:
    window.canvas.select(components=("orders",))
    window.panels.show("template")
    finding = window.workspace.findings.model.finding(0)
    window.workspace.inspector.finding_selected.emit(finding)
    assert not window.workspace.findings.visibleRegion().isEmpty()
    assert window.workspace.findings.list.current() == finding


def test_the_template_is_made_only_while_it_is_seen(window: Window, qtbot: QtBot) -> None:
    view = window.workspace.template.view
    assert view.toPlainText() == ""
    window.panels.show("template")
    qtbot.waitUntil(lambda: "orders: {}" in view.toPlainText())
    window.canvas.select(components=("orders",))
    (line,) = view.marked_lines()
    assert view.document().findBlockByNumber(line).text() == "orders: {}"


def test_a_click_in_the_template_selects_on_the_canvas(window: Window, qtbot: QtBot) -> None:
    window.panels.show("template")
    settle(window, qtbot)
    window.workspace.template.origin_clicked.emit("mail")
    assert window.canvas.selection().components == ("mail",)
    window.workspace.template.origin_clicked.emit("jobs-worker")
    assert window.canvas.selection().connections == ("jobs-worker",)
    window.workspace.template.origin_clicked.emit("shared:network")
    assert window.canvas.selection().connections == ("jobs-worker",), "what is not drawn changes nothing"


def test_an_export_error_is_shown_and_goes_with_its_cause(window: Window, qtbot: QtBot) -> None:
    window.panels.show("template")
    settle(window, qtbot)
    template = window.workspace.template
    window.document.do(set_field(window.document.architecture, Collection.COMPONENTS, ["mail"], "name", "Broken"))
    qtbot.waitUntil(lambda: template.errors.count() == 1)
    assert template.errors.isVisible()
    window.document.undo()
    qtbot.waitUntil(template.view.isVisible)


def test_find_in_template_from_the_menu(window: Window, qtbot: QtBot) -> None:
    window.panels.show("template")
    settle(window, qtbot)
    entry(menu_of(window, "Edit"), "Find in Template").trigger()
    qtbot.waitUntil(window.workspace.template.bar.search.hasFocus)


def test_the_status_bar_counts_the_selection_and_shows_the_zoom(window: Window) -> None:
    status = window.workspace.status
    window.canvas.select(components=("mail", "jobs"), connections=("jobs-worker",))
    assert status.selection.text() == "2 components, 1 connection selected"
    window.canvas.zoom_to(0.5)
    assert status.zoom.text() == "50 %"
    window.canvas.message.emit("A queue cannot call a database.")
    assert status.words.text() == "A queue cannot call a database."


# Empty state


def test_an_empty_drawing_teaches_the_first_steps(window: Window) -> None:
    assert window.workspace.beginning.card is None
    window.canvas.select_all()
    window.canvas.delete_selection()
    assert window.workspace.beginning.card is not None and window.workspace.beginning.card.isVisible()
    window.document.undo()
    assert not window.workspace.beginning.card.isVisible()


def test_a_drop_on_the_first_steps_lands_on_the_canvas(window: Window) -> None:
    window.files.new()
    assert window.workspace.beginning.card is not None and window.workspace.beginning.card.isVisible()
    data = QMimeData()
    data.setData(KIND_MIME, b"sqs")
    at = QPointF(window.workspace.beginning.card.geometry().center())
    target: QWidget | None = window.canvas.viewport().childAt(at.toPoint())
    while target is not None and not target.acceptDrops():
        target = target.parentWidget()
    assert target is window.canvas.viewport(), "the card lets drops through"
    drop_on(target, data, at)
    assert [component.kind for component in window.document.architecture.components.values()] == ["sqs"]


# Looks


def test_the_late_panels_open_no_window_and_leave_the_focus(window: Window) -> None:
    assert window.isActiveWindow() and window.canvas.hasFocus()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [window]


def test_a_theme_is_taken_everywhere_and_remembered(window: Window) -> None:
    window.menus.theme_actions[ThemeChoice.DARK].trigger()
    assert current_theme().dark
    ground = window.workspace.palette.grab().toImage().pixelColor(3, 3)
    assert ground == current_theme().color("panel")
    canvas = window.canvas.grab().toImage().pixelColor(2, 2)
    assert canvas.lightness() < 60
    assert UserSettings().theme is ThemeChoice.DARK
    window.menus.theme_actions[ThemeChoice.LIGHT].trigger()
    assert window.workspace.palette.grab().toImage().pixelColor(3, 3) == current_theme().color("panel")


def test_the_layout_is_remembered_and_can_be_reset(window: Window, catalog: Catalog, qtbot: QtBot) -> None:
    window.docks["inspector"].hide()
    window.resize(window.width(), 655)
    window.close()
    again = Window(Document(catalog), UserSettings())
    qtbot.addWidget(again)
    again.show()
    again.begin()
    assert again.docks["inspector"].isHidden() and again.height() == 655
    entry(menu_of(again, "View"), "Reset Layout").trigger()
    assert not again.docks["inspector"].isHidden()
    again.close()


def test_a_small_window_keeps_its_size_when_the_layout_is_reset(window: Window, qtbot: QtBot) -> None:
    window.resize(1024, 700)
    qtbot.wait(10)
    entry(menu_of(window, "View"), "Reset Layout").trigger()
    qtbot.wait(50)
    assert (window.width(), window.height()) == (1024, 700)
    assert all(not dock.isHidden() for dock in window.docks.values())


def test_panels_are_toggled_from_the_menu(window: Window) -> None:
    toggle = entry(menu_of(window, "View"), "Inspector")
    toggle.trigger()
    assert window.docks["inspector"].isHidden()
    toggle.trigger()
    assert not window.docks["inspector"].isHidden()


def test_everything_that_takes_the_focus_has_a_name(window: Window) -> None:
    nameless = [
        f"{type(child).__name__} in {type(child.parent()).__name__}"
        for child in window.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and not child.accessibleName()
        and not getattr(child, "text", lambda: "")()
        and not child.objectName().startswith("qt_")
        and not (child.parentWidget() and child.parentWidget().accessibleName())
    ]
    assert not nameless


# Commands


def test_no_two_commands_share_a_key() -> None:
    keys = [key.toString() for command in COMMANDS for key in sequences(command)]
    assert sorted(keys) == sorted(set(keys))


def test_every_command_can_be_found_in_a_menu(window: Window) -> None:
    found: set[QAction] = set()

    def gather(menu: QMenu) -> None:
        for action in menu.actions():
            found.add(action)
            inner = action.menu()
            if isinstance(inner, QMenu):
                gather(inner)

    for title in ("File", "Edit", "View", "Arrange", "Analyse", "Help"):
        gather(menu_of(window, title))
    missing = [command.id for command in COMMANDS if window.commands[command.id] not in found]
    assert not missing


def test_f1_lists_all_keys(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(ShortcutsDialog)
    shown = QTreeWidgetItemIterator(dialog.list)
    texts = set()
    while (row := shown.value()) is not None:
        texts.add(row.text(1))
        shown += 1
    for command in COMMANDS:
        if command.keys:
            key = sequences(command)[0].toString(QKeySequence.SequenceFormat.NativeText)
            assert any(text.split(", ")[0] == key for text in texts), command.id
    dialog.reject()


def test_about_names_version_and_terms(window: Window) -> None:
    entry(menu_of(window, "Help"), "About").trigger()
    (dialog,) = window.findChildren(AboutDialog)
    texts = " ".join(child.text() for child in dialog.findChildren(QWidget) if hasattr(child, "text"))
    assert "0." in texts and "MIT" in texts
    dialog.reject()


def test_the_title_names_the_file(window: Window, tmp_path: Path) -> None:
    assert window.windowTitle() == f"Untitled[*] - {TITLE}"
    window.document.saved(tmp_path / "shop.arch.yaml")
    assert window.windowTitle() == f"shop.arch.yaml[*] - {TITLE}"


def test_a_file_dropped_on_the_window_is_opened(window: Window, tmp_path: Path, qtbot: QtBot) -> None:
    from designer.storage.files import write

    path = tmp_path / "other.arch.yaml"
    write(window.document.architecture, path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop_on(window, data, QPointF(300, 300))
    qtbot.waitUntil(lambda: window.document.path == path)


# The zoom box


def test_a_zoom_can_be_typed(window: Window, qtbot: QtBot) -> None:
    zoom, canvas = window.workspace.status.zoom, window.canvas
    canvas.zoom_to(1.0)
    qtbot.mouseClick(zoom.field, LEFT)
    assert zoom.field.selectedText() == "100 %", "a click selects the number to type over"
    qtbot.keyClicks(zoom.field, "67,5%")
    canvas.zoom_to(1.25)
    assert zoom.text() == "67,5%", "what is being typed stays"
    qtbot.keyClick(zoom.field, Qt.Key.Key_Return)
    assert canvas.zoom == 0.675
    assert zoom.text() == "68 %" and canvas.hasFocus()


def test_a_typed_zoom_that_is_none_is_refused_and_one_too_large_is_the_largest(window: Window, qtbot: QtBot) -> None:
    zoom, canvas = window.workspace.status.zoom, window.canvas
    canvas.zoom_to(1.0)
    zoom.field.setFocus()
    zoom.field.selectAll()
    qtbot.keyClicks(zoom.field, "large")
    qtbot.keyClick(zoom.field, Qt.Key.Key_Return)
    assert canvas.zoom == 1.0 and zoom.text() == "100 %"
    assert window.workspace.status.currentMessage() == "A zoom is a number of percent, from 4 to 400."
    zoom.field.selectAll()
    qtbot.keyClicks(zoom.field, "9000")
    qtbot.keyClick(zoom.field, Qt.Key.Key_Return)
    assert canvas.zoom == 4.0
    zoom.field.setFocus()
    qtbot.keyClicks(zoom.field, "3")
    qtbot.keyClick(zoom.field, Qt.Key.Key_Escape)
    assert canvas.zoom == 4.0 and zoom.text() == "400 %" and canvas.hasFocus()


def test_the_zoom_box_steps_by_keys_and_wheel_and_offers_a_list(window: Window, qtbot: QtBot) -> None:
    zoom, canvas = window.workspace.status.zoom, window.canvas
    canvas.zoom_to(1.0)
    zoom.field.setFocus()
    qtbot.keyClick(zoom.field, Qt.Key.Key_Up)
    assert canvas.zoom == 1.25 and zoom.text() == "125 %"
    qtbot.keyClick(zoom.field, Qt.Key.Key_Down)
    qtbot.keyClick(zoom.field, Qt.Key.Key_Down)
    assert canvas.zoom == 0.75
    zoom.steps.menu().aboutToShow.emit()
    entry(zoom.steps.menu(), "50 %").trigger()
    assert canvas.zoom == 0.5
    canvas.select(components=("mail",))
    entry(zoom.steps.menu(), "Selection").trigger()
    assert canvas.zoom == 1.0
    entry(zoom.steps.menu(), "Whole drawing").trigger()
    assert canvas.zoom < 1.0


def test_keys_zoom_to_the_drawing_and_to_the_selection(window: Window, qtbot: QtBot) -> None:
    canvas = window.canvas
    for key, held in ((Qt.Key.Key_1, CTRL), (Qt.Key.Key_H, CTRL | SHIFT)):
        canvas.zoom_to(4.0)
        qtbot.keyClick(canvas, key, held)
        visible, content = canvas.viewpoint.visible(), canvas.drawing.content()
        assert content is not None and visible[0] < content[0] and visible[2] > content[2]
    canvas.select(components=("mail", "worker"))
    qtbot.keyClick(canvas, Qt.Key.Key_2, CTRL)
    visible, bounds = canvas.viewpoint.visible(), canvas.drawing.bounds_of(canvas.selection())
    assert bounds is not None and visible[0] < bounds[0] and visible[2] > bounds[2]
    assert canvas.zoom > 0.8


def test_select_all_of_one_sort_and_none(window: Window, qtbot: QtBot) -> None:
    select, canvas = entry(menu_of(window, "Edit"), "Select").menu(), window.canvas
    assert isinstance(select, QMenu)
    entry(select, "Select All Components").trigger()
    assert set(canvas.selection().components) == components(window) and not canvas.selection().connections
    entry(select, "Select All Connections").trigger()
    assert len(canvas.selection().connections) == 5 and not canvas.selection().components
    qtbot.keyClick(canvas, Qt.Key.Key_A, CTRL)
    assert len(canvas.selection()) == 12
    qtbot.keyClick(canvas, Qt.Key.Key_A, CTRL | SHIFT)
    assert not canvas.selection()


# Arranging


def test_keys_lock_and_put_in_front(window: Window, qtbot: QtBot) -> None:
    places, arrange = window.document.architecture.components, menu_of(window, "Arrange")
    window.canvas.select(components=("mail",))
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.AltModifier)
    assert places["mail"].locked and entry(arrange, "Lock").isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert "mail" in places and "locked" in window.workspace.status.words.text()
    window.canvas.select(components=("jobs",))
    assert not entry(arrange, "Lock").isChecked()
    qtbot.keyClick(window.canvas, Qt.Key.Key_F, CTRL | SHIFT)
    assert places["jobs"].layer == 1
    qtbot.keyClick(window.canvas, Qt.Key.Key_B, CTRL | SHIFT)
    assert places["jobs"].layer == -1
    window.canvas.select(components=("mail",))
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.AltModifier)
    assert not places["mail"].locked


def test_a_locked_thing_keeps_the_drawing_from_being_laid_out(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(components=("mail",))
    window.canvas.arranging.lock()
    before = window.document.architecture.copy()
    qtbot.keyClick(window.canvas, Qt.Key.Key_L, CTRL)
    assert window.document.architecture == before
    assert window.workspace.status.words.text() == "Mail is locked. Unlock with Ctrl+Alt+L to move or delete."


def test_the_menu_lines_up_spaces_out_and_sizes(window: Window) -> None:
    arrange = inner_menu(menu_of(window, "Arrange"), "Align")
    places = window.document.architecture.components
    window.canvas.select(components=("front", "orders", "jobs"))
    entry(arrange, "Align Middles").trigger()
    assert places["front"].y == places["orders"].y == places["jobs"].y == 96
    entry(arrange, "Space Out Horizontally").trigger()
    assert not window.commands["same-size"].isEnabled(), "components have one size"
    window.canvas.select(components=("front", "orders"))
    assert not entry(arrange, "Space Out Horizontally").isEnabled()


# Adding with Alt and Shift, and pictures


def typed(window: Window, qtbot: QtBot, text: str, held: Qt.KeyboardModifier) -> None:
    """Finds a service in the palette and takes it with a key held."""
    search = window.workspace.palette.search
    search.setFocus()
    search.clear()
    qtbot.keyClicks(search, text)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.waitUntil(window.workspace.palette.list.hasFocus)
    qtbot.keyClick(window.workspace.palette.list, Qt.Key.Key_Return, held)


def test_alt_and_enter_add_with_a_wire(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(components=("mail",))
    typed(window, qtbot, "lambda", Qt.KeyboardModifier.AltModifier)
    (new,) = window.canvas.selection().components
    (wire,) = window.document.architecture.wires_of(new)
    assert (wire.source, wire.relation, wire.target) == ("mail", "triggers", new)
    assert window.document.history.undo_label == "Add Function to Mail"
    window.document.undo()
    assert new not in window.document.architecture.components


def test_alt_and_enter_ask_what_a_wire_means_and_say_why_there_is_none(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(components=("orders",))
    typed(window, qtbot, "lambda", Qt.KeyboardModifier.AltModifier)
    (new,) = window.canvas.selection().components
    assert not window.document.architecture.wires_of(new)
    assert window.workspace.status.words.text().startswith("Not connected: ")
    window.canvas.select()
    typed(window, qtbot, "lambda", Qt.KeyboardModifier.AltModifier)
    assert "select one component" in window.workspace.status.words.text()


def test_shift_and_enter_replace_what_is_selected(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(components=("jobs",))
    typed(window, qtbot, "topic", SHIFT)
    component = window.document.architecture.components["jobs"]
    assert (component.kind, component.name) == ("sns", "Jobs")
    relations = {wire.relation for wire in window.document.architecture.wires_of("jobs")}
    assert relations == {"publishes", "delivers"}
    assert "Shop to Jobs: publishes" in window.workspace.status.words.text()


def test_the_drawing_is_copied_as_a_picture(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_C, CTRL | SHIFT)
    image = QApplication.clipboard().image()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)}
    assert image.width() > 1000 and len(colours) > 20
    QApplication.clipboard().clear()
