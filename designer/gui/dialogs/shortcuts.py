"""All keys in one list: those of the commands, which can be changed here, and those that only the canvas knows."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.gui.actions import COMMANDS, Command, explanation, plain
from designer.gui.canvas.accessible import announce
from designer.gui.controls import SearchField, label, set_state
from designer.gui.keymap import Keymap
from designer.gui.matching import folded, rank
from designer.gui.panels.trees import tree
from designer.language import later, tr

_COMMAND = Qt.ItemDataRole.UserRole
_NAMES = Qt.ItemDataRole.UserRole + 1
MOUSE = (
    (later("Wheel"), later("Scroll; with Shift sideways")),
    (later("Ctrl or Alt + wheel, pinch"), later("Zoom to the pointer")),
    (later("Space, middle or right button, drag"), later("Move the view")),
    (later("Drag on empty ground"), later("Select: to the right what is inside, to the left what is touched")),
    (later("Shift + click"), later("Add to the selection, or take out")),
    (later("Alt + click"), later("Select what lies below")),
    (later("Drag with Shift, Ctrl, Alt"), later("Along one axis; a copy; without grid and guides")),
    (later("Drag with all three on empty ground"), later("Make or remove space")),
    (later("Drag a boundary's edge with Shift, Ctrl"), later("Keep its shape; keep its middle")),
    (later("Drag a handle at a card's edge"), later("Connect; let go on empty ground, or click it, to add what fits")),
    (later("Drag a card without connections onto one"), later("Put it between the ends")),
    (later("Alt over a card or connection"), later("Light up all that leads to it and on from it")),
    (later("Tab, Shift + Tab"), later("Next, previous component")),
    (later("Arrow keys"), later("Move what is selected, with Shift by one unit")),
    (later("Ctrl + arrow keys"), later("Make a boundary larger or smaller")),
    (later("Double-click, F2"), later("Rename; write the note of a connection")),
    (later("Double-click on empty ground, /"), later("Add a service")),
    (later("Drag a selected wire's end, or its run"), later("Reconnect, or bend")),
    (later("Enter"), later("Rename; of a connection, go to the inspector")),
    (later("Alt + Enter"), later("Go to the inspector")),
    (later("Shift + F1"), later("Explain the field of the inspector that has the cursor")),
    (later("Home"), later("Show the whole drawing")),
    (later("Escape"), later("Give up what was begun; from a panel, back to the canvas")),
)
"""What the canvas answers to besides commands, in the words of this page."""


class ShortcutsDialog(QDialog):
    """A searchable list; below it the field that takes another key for the chosen command."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(720, 660)
        self.search = SearchField(tr("Search commands and keys"))
        self.list = tree(tr("Commands and their keys"), (tr("Command"), tr("Shortcut")))
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.chosen = label("", wrap=True)
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(tr("Another key"))
        self.field.setFixedWidth(170)
        self.none = QPushButton(tr("No Key"))
        self.own = QPushButton(tr("Reset"))
        self.all = QPushButton(tr("Reset All"))
        self.told = label("", "small", wrap=True)
        self.told.setAccessibleName(tr("Message"))
        self._arrange()
        self._fill()
        self.search.textChanged.connect(self._filter)
        self.search.left_down.connect(self._enter_list)
        self.list.currentItemChanged.connect(self._show_chosen)
        self.list.itemActivated.connect(lambda: self.field.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.field.keySequenceChanged.connect(self._take)
        self.none.clicked.connect(lambda: self._give([]))
        self.own.clicked.connect(self._reset)
        self.all.clicked.connect(self._reset_all)
        keymap.changed.connect(self._show_keys)
        self.field.installEventFilter(self)
        self._show_chosen()
        self.search.setFocus()

    def command(self) -> Command | None:
        """The chosen command; none where the row cannot be changed."""
        item = self.list.currentItem()
        found: Command | None = item.data(0, _COMMAND) if item is not None else None
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Escape and Tab lead out of the field for keys, which would take them for keys."""
        if watched is self.field and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            key = event.key() if isinstance(event, QKeyEvent) else None
            if key == Qt.Key.Key_Escape:
                self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and event.type() == QEvent.Type.KeyPress:
                return self.focusNextPrevChild(key == Qt.Key.Key_Tab)
        return super().eventFilter(watched, event)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.chosen, 1)
        for widget in (self.field, self.none, self.own):
            row.addWidget(widget)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.buttons.addButton(self.all, QDialogButtonBox.ButtonRole.ResetRole)
        self.buttons.rejected.connect(self.reject)
        for button in (*self.buttons.buttons(), self.none, self.own):
            if isinstance(button, QPushButton):
                # Enter in the list goes to the field for another key.
                button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        column.addWidget(label(tr("Keyboard shortcuts"), "display"))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(self.buttons)

    def _fill(self) -> None:
        for group, commands in groupby(COMMANDS, key=lambda command: command.group):
            self._add_group(tr(group), [self._row(command) for command in commands])
        fixed = [QTreeWidgetItem([tr(words), tr(keys)]) for keys, words in MOUSE]
        self._add_group(tr("On the canvas"), fixed)
        self._show_keys()

    def _add_group(self, title: str, rows: list[QTreeWidgetItem]) -> None:
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.list.font()
        font.setBold(True)
        group.setFont(0, font)
        group.addChildren(rows)
        self.list.addTopLevelItem(group)
        group.setExpanded(True)
        self._groups.append((group, rows))
        for row in rows:
            row.setData(0, _NAMES, [folded(row.text(0)), folded(row.text(1))])

    def _row(self, command: Command) -> QTreeWidgetItem:
        row = QTreeWidgetItem([plain(tr(command.text))])
        row.setData(0, _COMMAND, command)
        row.setToolTip(0, explanation(command))
        return row

    def _show_keys(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        for row in self._rows():
            command: Command | None = row.data(0, _COMMAND)
            if command is None:
                continue
            keys = ", ".join(each.toString(native) for each in self._keymap.of(command))
            changed = self._keymap.is_changed(command)
            row.setText(1, tr("{keys} (changed)", keys=keys or tr("no key")) if changed else keys)
            row.setData(0, _NAMES, [folded(row.text(0)), folded(explanation(command)), folded(keys)])
        self.all.setEnabled(self._keymap.any_changed)
        self._show_chosen()

    def _show_chosen(self) -> None:
        command = self.command()
        self.chosen.setText(tr("Another key for {name}:", name=plain(tr(command.text))) if command else _choose())
        for widget in (self.field, self.none):
            widget.setEnabled(command is not None)
        self.own.setEnabled(command is not None and self._keymap.is_changed(command))
        self._tell("")

    def _filter(self, text: str) -> None:
        query = folded(text.strip())
        for group, rows in self._groups:
            for row in rows:
                row.setHidden(bool(query) and rank(query, row.data(0, _NAMES)) is None)
            group.setHidden(all(row.isHidden() for row in rows))

    def _enter_list(self) -> None:
        first = next((row for row in self._rows() if not row.isHidden()), None)
        if first is not None:
            self.list.setCurrentItem(first)
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for _group, rows in self._groups for row in rows]

    def _take(self, keys: QKeySequence) -> None:
        """A key was pressed in the field."""
        command = self.command()
        if command is None or keys.isEmpty():
            return
        with QSignalBlocker(self.field):
            self.field.clear()
        refusal = self._keymap.refusal(command, keys)
        if refusal:
            self._tell(refusal, wrong=True)
        else:
            self._give([keys])

    def _give(self, keys: list[QKeySequence]) -> None:
        command = self.command()
        if command is not None:
            self._keymap.give(command, keys)
            name = plain(tr(command.text))
            told = ", ".join(each.toString(QKeySequence.SequenceFormat.NativeText) for each in keys)
            self._tell(tr("{name}: {keys}", name=name, keys=told or tr("no key")))
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reset(self) -> None:
        command = self.command()
        if command is not None:
            refusal = self._keymap.reset(command)
            self._tell(refusal, wrong=bool(refusal))

    def _reset_all(self) -> None:
        self._keymap.reset_all()
        self._tell(tr("All commands have their own keys again."))

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        self.told.setText(text)
        set_state(self.told, "role", "error" if wrong else "small")
        announce(self, text, urgent=wrong)


def _choose() -> str:
    return tr("Choose a command to give it another key.")
