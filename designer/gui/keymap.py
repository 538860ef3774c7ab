"""The keys of the commands: those they come with, and those that the user has given them instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from weakref import WeakKeyDictionary, ref

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from designer.gui.actions import COMMANDS, Command, plain, sequences
from designer.gui.settings import UserSettings
from designer.language import later, tr

_MODIFIERS = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_FIXED: Mapping[str, str] = {
    **dict.fromkeys(("Tab", "Shift+Tab", "Shift+Backtab"), later("it goes from one thing to the next")),
    **dict.fromkeys(("Return", "Enter", "Alt+Return", "Alt+Enter"), later("it opens what is selected")),
    **dict.fromkeys(("Left", "Right", "Up", "Down"), later("it moves what is selected")),
    **dict.fromkeys(("Shift+Left", "Shift+Right", "Shift+Up", "Shift+Down"), later("it moves what is selected")),
    **dict.fromkeys(("Ctrl+Left", "Ctrl+Right", "Ctrl+Up", "Ctrl+Down"), later("it resizes a boundary")),
    **dict.fromkeys(("Space",), later("with the mouse it moves the view")),
    **dict.fromkeys(("Esc",), later("it ends what was begun")),
    **dict.fromkeys(("Menu", "Shift+F10"), later("it opens the context menu")),
    **dict.fromkeys(("Home",), later("it shows the whole drawing")),
    **dict.fromkeys(("/",), later("it adds to the drawing")),
}
"""Keys that no command can have, and what they do."""
_BY_ID = {command.id: command for command in COMMANDS}


class Keymap(QObject):
    """Which keys each command has now. What is changed is remembered, and can be taken back."""

    changed = Signal()

    def __init__(self, settings: UserSettings) -> None:
        super().__init__()
        self._settings = ref(settings)
        self._own = {key: texts for key, texts in settings.keys.items() if key in _BY_ID and _make_sense(texts)}

    def of(self, command: Command) -> list[QKeySequence]:
        """The keys of a command, the usual one first."""
        own = self._own.get(command.id)
        return sequences(command) if own is None else [QKeySequence(text) for text in own]

    def is_changed(self, command: Command) -> bool:
        """Whether a command has other keys than it comes with."""
        return command.id in self._own

    @property
    def any_changed(self) -> bool:
        """Whether any command has other keys than it comes with."""
        return bool(self._own)

    def refusal(self, command: Command, keys: QKeySequence) -> str:
        """Why a command cannot have a key, in words; empty when it can."""
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        if text in _FIXED:
            return tr("{key} cannot be changed: {reason}.", key=shown, reason=tr(_FIXED[text]))
        if _is_bare(keys) and not command.drawing:
            return tr("{key} is needed for typing: take it together with Ctrl or Alt.", key=shown)
        if menu := _menu_of(keys):
            return tr("{key} opens the menu {name}.", key=shown, name=menu)
        for other in COMMANDS:
            if other.id != command.id and keys in self.of(other):
                return tr("{key} is the key of {name}. Give that another one first.", key=shown, name=_name(other))
        return ""

    def give(self, command: Command, keys: Sequence[QKeySequence]) -> None:
        """Gives a command exactly these keys, which `refusal` has nothing against; none is allowed too."""
        texts = tuple(each.toString(QKeySequence.SequenceFormat.PortableText) for each in keys)
        self._own[command.id] = texts
        if list(keys) == sequences(command):
            del self._own[command.id]
        self._tell()

    def reset(self, command: Command) -> str:
        """Gives a command its own keys back; says why not where another one has them now."""
        for keys in sequences(command):
            if refusal := self.refusal(command, keys):
                return refusal
        if self._own.pop(command.id, None) is not None:
            self._tell()
        return ""

    def reset_all(self) -> None:
        """Gives all commands their own keys back."""
        self._own.clear()
        self._tell()

    def _tell(self) -> None:
        settings = self._settings()
        if settings is not None:
            settings.keys = self._own
        self.changed.emit()


_shared: WeakKeyDictionary[UserSettings, Keymap] = WeakKeyDictionary()


def keymap_of(settings: UserSettings) -> Keymap:
    """The keys of all windows that share some settings: what is changed in one of them holds in all."""
    if settings not in _shared:
        _shared[settings] = Keymap(settings)
    return _shared[settings]


def _make_sense(texts: Sequence[str]) -> bool:
    """Whether all texts of a file that anyone may have written are keys."""
    return all(QKeySequence(text).count() == 1 and QKeySequence(text).toString() for text in texts)


def _name(command: Command) -> str:
    return plain(tr(command.text))


def _is_bare(keys: QKeySequence) -> bool:
    """Whether it is a key that types something: a letter, digit or sign, with Shift or without."""
    if keys.count() != 1:
        return False
    held, key = keys[0].keyboardModifiers(), keys[0].key()  # type: ignore[index]
    return not any(held & modifier for modifier in _MODIFIERS) and Qt.Key.Key_Space <= key <= Qt.Key.Key_ydiaeresis


def _menu_of(keys: QKeySequence) -> str:
    """The menu of the menu bar that Alt and a letter open."""
    text = keys.toString(QKeySequence.SequenceFormat.PortableText)
    for title in ("&File", "&Edit", "&View", "&Arrange", "A&nalyse", "&Help"):
        words = tr(title)
        at = words.find("&")
        if at >= 0 and text == f"Alt+{words[at + 1].upper()}":
            return plain(words)
    return ""
