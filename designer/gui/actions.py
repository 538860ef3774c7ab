"""Every command of the window: name, icon, keys and explanation in one table, read by menus, tool bar and key list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

from designer.gui.icons import action_icon
from designer.language import tr
from designer.records import record

_KEY = QKeySequence.StandardKey


@record
class Command:
    """One command. `drawing` ones work only while the canvas has the cursor, so that a text field keeps its keys."""

    id: str
    text: str
    group: str
    keys: tuple[QKeySequence.StandardKey | str, ...] = ()
    icon: str = ""
    tip: str = ""
    drawing: bool = False
    checkable: bool = False


COMPARE_TIP = "Show what has changed since the file was saved, and what that would do to a running stack"
KNOCK_OUT_TIP = "Click components, zones or the Region to make them fail, and see what stops"
REOPEN_TIP = "Begin with the files that were open when the program ended"
LOCK_TIP = "What is locked cannot be moved, resized or deleted"
BRIDGE_TIP = "Delete it, and lead what came in to what it went on to"
STRAIGHTEN_TIP = "Let the selected connections, or all, find their own ways"
TRACE_TIP = "All that leads to what is selected, and on from it; also by Alt and the pointer"
COMMANDS = (
    Command("new", "&New", "File", (_KEY.New,), "new", "Start an empty architecture"),
    Command("new-window", "New &Window", "File", ("Ctrl+Shift+N",), "", "One more window, for another drawing"),
    Command("open", "&Open…", "File", (_KEY.Open,), "open", "Open an architecture file"),
    Command("samples", "Open a Sa&mple…", "File", ("Ctrl+Shift+O",), "gallery", "Choose from the samples"),
    Command("save", "&Save", "File", (_KEY.Save,), "save", "Save the architecture"),
    Command("save-as", "Save &As…", "File", ("Ctrl+Shift+S",), "save-as", "Save under another name"),
    Command("versions", "Earl&ier Versions…", "File", (), "", "Look at what earlier saves replaced, and bring it back"),
    Command("recover", "Reco&ver Unsaved Work…", "File", (), "", "Open what was not saved when the program ended"),
    Command("compare", "&Compare with Saved File…", "File", (), "", COMPARE_TIP),
    Command("compare-other", "Compare with Ano&ther File…", "File", (), "", "Compare a file with the drawing"),
    Command("export", "&Export Template…", "File", ("Ctrl+E",), "export", "Write the CloudFormation template"),
    Command("picture", "Export &Picture…", "File", ("Ctrl+Shift+E",), "", "Write the drawing as SVG, PNG or PDF"),
    Command("reopen", "Reopen &Files at Start", "File", (), "", REOPEN_TIP, checkable=True),
    Command("close-window", "C&lose Window", "File", ("Ctrl+W",), "", "Close this window"),
    Command("quit", "&Quit", "File", ("Ctrl+Q",), "", "Leave the program"),
    Command("undo", "&Undo", "Edit", (_KEY.Undo,), "undo", "Take the last step back"),
    Command("redo", "&Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "Take the step again"),
    Command("history", "Histor&y…", "Edit", (), "history", "Every step by its name: go back or forward to any of them"),
    Command("cut", "Cu&t", "Edit", (_KEY.Cut,), "cut", "Cut what is selected", drawing=True),
    Command("copy", "&Copy", "Edit", (_KEY.Copy,), "copy", "Copy what is selected", drawing=True),
    Command("copy-picture", "Copy as &Image", "Edit", ("Ctrl+Shift+C",), "", "Copy a picture of the drawing"),
    Command("paste", "&Paste", "Edit", (_KEY.Paste,), "paste", "Paste components", drawing=True),
    Command("copy-template", "Copy as Te&mplate", "Edit", (), "", "Copy the template of what is selected"),
    Command("copy-settings", "Copy Confi&guration", "Edit", ("Ctrl+Alt+C",), "", "Copy the settings of one thing"),
    Command("paste-settings", "Paste Config&uration", "Edit", ("Ctrl+Alt+V",), "", "Set what is selected like it"),
    Command("duplicate", "Dup&licate", "Edit", ("Ctrl+D",), "duplicate", "Copy beside the original", drawing=True),
    Command("delete", "&Delete", "Edit", ("Del", "Backspace"), "delete", "Delete what is selected", drawing=True),
    Command("delete-bridge", "Ta&ke Out and Reconnect", "Edit", ("Ctrl+Del",), "", BRIDGE_TIP, drawing=True),
    Command("rename", "Re&name", "Edit", ("F2",), "", "Give it another name, or a connection a note", drawing=True),
    Command("replace", "Replace &by…", "Edit", ("Ctrl+R",), "replace", "Give it another kind", drawing=True),
    Command("select-all", "Select &All", "Edit", (_KEY.SelectAll,), "select", "Select everything", drawing=True),
    Command("select-none", "Select Non&e", "Edit", ("Ctrl+Shift+A",), "", "Select nothing", drawing=True),
    Command("select-components", "Select All C&omponents", "Edit", (), "", "Select every component", drawing=True),
    Command("select-wires", "Select All Connection&s", "Edit", (), "", "Select every connection", drawing=True),
    Command("select-parent", "&What Is Around It", "Edit", ("Alt+Up",), "", "Select the boundary around", drawing=True),
    Command("select-children", "What Stands &in It", "Edit", ("Alt+Down",), "", "Select its content", drawing=True),
    Command("walk-on", "&Follow the Connection", "Edit", ("Alt+Right",), "", "Walk to where it leads", drawing=True),
    Command("walk-back", "Follow It &Back", "Edit", ("Alt+Left",), "", "Walk to where it comes from", drawing=True),
    Command("add", "&Find a Service…", "Edit", ("Ctrl+I",), "search", "Find a service in the palette and insert it"),
    Command("find", "Find in Dra&wing…", "Edit", ("Ctrl+F",), "search", "Search names, kinds, properties and notes"),
    Command("find-next", "Find Ne&xt", "Edit", ("F3",), "", "Go to the next match"),
    Command("find-previous", "Find Pre&vious", "Edit", ("Shift+F3",), "", "Go to the match before"),
    Command("find-template", "Find in Te&mplate…", "Edit", (), "", "Search the template"),
    Command("commands", "Searc&h Commands…", "Edit", ("Ctrl+K", "Ctrl+Shift+P"), "", "Find anything the window can do"),
    Command("outline", "&Go to Outline", "Edit", ("Ctrl+Alt+O",), "outline", "Everything that is drawn, as a tree"),
    Command("connect", "&Connect", "Arrange", ("C",), "connect", "Connect two components: from, then to", drawing=True),
    Command("connect-to", "Connect T&o…", "Arrange", ("Shift+C",), "", "Choose from a list", drawing=True),
    Command("move-to", "&Move Into…", "Arrange", ("M",), "", "Choose the boundary from a list", drawing=True),
    Command("zones", "Move to &Zone…", "Arrange", ("Ctrl+Alt+Z",), "", "Choose the zones of it", drawing=True),
    Command("reverse", "Re&verse", "Arrange", ("Ctrl+Alt+R",), "", "Let a connection run the other way", drawing=True),
    Command("straighten", "Strai&ghten Connection", "Arrange", ("Ctrl+Shift+R",), "", STRAIGHTEN_TIP, drawing=True),
    Command("collapse", "Co&llapse", "Arrange", ("Ctrl+Home",), "", "Draw a boundary as one card", drawing=True),
    Command("expand", "E&xpand", "Arrange", ("Ctrl+End",), "", "Show what stands in a boundary again", drawing=True),
    Command("arrange-all", "Arrange &All", "Arrange", ("Ctrl+L",), "arrange", "Lay the whole drawing out anew"),
    Command("arrange-selection", "Arrange &Selection", "Arrange", ("Ctrl+Shift+L",), "", "Lay out what is selected"),
    Command("animate", "A&nimate", "Arrange", (), "", "Let things glide to their new places", checkable=True),
    Command("align-left", "Align &Left", "Arrange", ("Ctrl+Shift+Left",), "align-left", "", drawing=True),
    Command("align-centre", "Align C&entres", "Arrange", (), "", "", drawing=True),
    Command("align-right", "Align &Right", "Arrange", ("Ctrl+Shift+Right",), "", "", drawing=True),
    Command("align-top", "Align &Top", "Arrange", ("Ctrl+Shift+Up",), "", "", drawing=True),
    Command("align-middle", "Al&ign Middles", "Arrange", (), "", "", drawing=True),
    Command("align-bottom", "Align &Bottom", "Arrange", ("Ctrl+Shift+Down",), "", "", drawing=True),
    Command("spread-across", "Space Out &Horizontally", "Arrange", (), "", "", drawing=True),
    Command("spread-down", "Space O&ut Vertically", "Arrange", (), "", "", drawing=True),
    Command("same-width", "Same &Width", "Arrange", (), "", "Make boundaries as wide as the widest", drawing=True),
    Command("same-height", "Same Hei&ght", "Arrange", (), "", "Make boundaries as high as the highest", drawing=True),
    Command("same-size", "Same Si&ze", "Arrange", (), "", "Make boundaries as large as the largest", drawing=True),
    Command("front", "Bring to &Front", "Arrange", ("Ctrl+Shift+F",), "", "Above all others", drawing=True),
    Command("forward", "Bring For&ward", "Arrange", ("Ctrl+]",), "", "Above the next it overlaps", drawing=True),
    Command("backward", "Send Bac&kward", "Arrange", ("Ctrl+[",), "", "Below the next it overlaps", drawing=True),
    Command("back", "Send to &Back", "Arrange", ("Ctrl+Shift+B",), "", "Below all others", drawing=True),
    Command("lock", "Loc&k", "Arrange", ("Ctrl+Alt+L",), "", LOCK_TIP, drawing=True, checkable=True),
    Command("knock-out", "&Knock-out", "Analyse", ("F8",), "knock-out", KNOCK_OUT_TIP, checkable=True),
    Command("fail", "Make It &Fail", "Analyse", ("K",), "", "Make what is selected fail, or restore it", drawing=True),
    Command("restore", "&Restore All", "Analyse", ("Shift+F8",), "", "Nothing fails any more"),
    Command("improve", "&What Helps Most", "Analyse", ("F9",), "lightbulb", "Work every fix through, the best first"),
    Command("flows", "Explain F&lows", "Analyse", ("F7",), "flows", "How available each flow is, and why"),
    Command("lint", "Check Template with &cfn-lint", "Analyse", (), "", "Ask for a second opinion on the template"),
    Command("rules-folder", "&Open Rules Folder", "Analyse", (), "", "Open the folder of your own rules"),
    Command(
        "rules-reload", "Reloa&d Rules", "Analyse", ("F5",), "", "Read your own rules again, and check the drawing"
    ),
    Command("zoom-in", "Zoom &In", "View", (_KEY.ZoomIn, "Ctrl+="), "zoom-in", "Make it larger"),
    Command("zoom-out", "Zoom &Out", "View", (_KEY.ZoomOut,), "zoom-out", "Make it smaller"),
    Command("zoom-100", "&Actual Size", "View", ("Ctrl+0",), "zoom-100", "Show at 100 %"),
    Command("zoom-fit", "Zoom to &Fit", "View", ("Ctrl+1", "Ctrl+Shift+H"), "zoom-fit", "Show the whole drawing"),
    Command("zoom-selection", "Zoom to &Selection", "View", ("Ctrl+2",), "", "Show what is selected"),
    Command("trace", "Light Up Pathwa&ys", "View", ("P",), "", TRACE_TIP, drawing=True),
    Command("minimap", "&Minimap", "View", ("Ctrl+Shift+M",), "", "The whole drawing in a corner", checkable=True),
    Command("next-pane", "&Next Part of the Window", "View", ("F6",), "", "Canvas, panels, tool bar, in turn"),
    Command("previous-pane", "&Previous Part of the Window", "View", ("Shift+F6",), "", "The same way back"),
    Command("next-tab", "Next Panel in Its P&lace", "View", ("Ctrl+PgDown",), "", "Findings, flows, template, in turn"),
    Command("previous-tab", "Previous Panel in Its Pla&ce", "View", ("Ctrl+PgUp",), "", "The same way back"),
    Command("canvas-only", "Canvas Onl&y", "View", ("Ctrl+.",), "", "Hide all panels, and show them", checkable=True),
    Command("full-screen", "F&ull Screen", "View", ("F11",), "", "Use the whole screen", checkable=True),
    Command("reset-layout", "&Reset Layout", "View", (), "", "Put all panels back in their places"),
    Command("shortcuts", "&Keyboard Shortcuts", "Help", ("F1", "?"), "help", "List all keys"),
    Command("legend", "&Legend", "Help", (), "", "What the lines and their heads mean"),
    Command("about", "&About", "Help", (), "info", "About this program"),
)

ARRANGEMENTS = tuple(command.id for command in COMMANDS if command.id.startswith(("align-", "spread-", "same-")))
"""The commands that line up, space out or make the same size."""


class CommandAction(QAction):
    """A command as a Qt action. `usual` is the key that it comes with; `reason` says why it is switched off."""

    def __init__(self, command: Command, keys: list[QKeySequence], window: QWidget) -> None:
        super().__init__(action_icon(command.icon) if command.icon else QIcon(), tr(command.text), window)
        self.usual = next(iter(sequences(command)), None)
        self.reason = ""
        self.setShortcuts(keys)
        self.setToolTip(_tip(command, keys))
        self.setCheckable(command.checkable)
        if command.drawing:
            # Not in what lies over the canvas, such as the field for a name: there one types.
            self.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)


class Actions(QObject):
    """The commands as Qt actions, by id, with the keys that they have now.

    Everything that shows an action hears of every change to it: what is known at the start is best said to it before
    it is shown anywhere.
    """

    def __init__(self, window: QWidget, keys_of: Callable[[Command], list[QKeySequence]]) -> None:
        super().__init__(window)
        self._actions = {command.id: CommandAction(command, keys_of(command), window) for command in COMMANDS}
        self._tips = {key: action.toolTip() for key, action in self._actions.items()}

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def give(self, window: QWidget, canvas: QWidget) -> None:
        """Lets the commands' keys work: those of the drawing commands while the canvas has the cursor."""
        for command in COMMANDS:
            (canvas if command.drawing else window).addAction(self._actions[command.id])

    def use_keys(self, keys_of: Callable[[Command], list[QKeySequence]]) -> None:
        """Gives every command the keys that it has now; menus and tooltips tell them."""
        for command in COMMANDS:
            action, keys = self._actions[command.id], keys_of(command)
            if action.shortcuts() == keys:
                continue
            action.setShortcuts(keys)
            self._tips[command.id] = _tip(command, keys)
            if action.isEnabled():
                action.setToolTip(self._tips[command.id])

    def explain(self, key: str, reason: str) -> None:
        """Switches a command off for a reason, which its tooltip says; on where there is none."""
        action = self._actions[key]
        if action.reason == reason and action.isEnabled() is not bool(reason):
            return
        action.reason = reason
        action.setEnabled(not reason)
        action.setToolTip(reason or self._tips[key])


def sequences(command: Command) -> list[QKeySequence]:
    """The keys of a command, the usual one first."""
    return [QKeySequence(key) for key in command.keys]


def explanation(command: Command) -> str:
    """What a command does, in the language spoken now: its tip, else its name."""
    return tr(command.tip) if command.tip else plain(tr(command.text))


def _tip(command: Command, sequences: list[QKeySequence]) -> str:
    words = explanation(command)
    keys = ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in sequences[:1])
    return f"{words} ({keys})" if keys else words


def plain(text: str) -> str:
    """A command's text without its mnemonic and dots."""
    return text.replace("&", "").rstrip("…")
