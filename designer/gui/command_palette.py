"""One search for everything the window can do: commands, services to add, what is drawn, samples and recent files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPixmap
from PySide6.QtWidgets import QMenu

from designer.gui.actions import CommandAction, plain
from designer.gui.icons import action_icon, service_icon
from designer.gui.matching import folded, rank
from designer.gui.offers import all_offers
from designer.gui.search_list import ICON, Row, SearchList
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.window import Window

_WIDTH, _HEIGHT, _TOP = 560, 440, 64
_MOST = 60
"""So many lines are shown: whoever needs more types a letter more."""
_KEPT = 5
_FEW = 8
"""Where fewer lines fit as they are written, letters may be left out."""


@dataclass(slots=True)
class Line:
    """Something that can be done. `names` are what it is found by, folded; `weight` orders what fits equally well.

    Its `row` is made when it is shown: a large drawing has thousands of them.
    """

    title: str
    names: tuple[str, ...]
    run: Callable[[], object]
    row: Callable[[], Row]
    weight: int = 0
    action: QAction | None = field(default=None, compare=False)


class CommandPalette(SearchList):
    """Stands on the window while somebody searches, and never bars the way to it."""

    recent: tuple[str, ...] = ()
    """The titles of the commands that were run last from here, in any window, the latest first."""

    def __init__(self, window: Window, closed: Callable[[], None] = lambda: None) -> None:
        prompt = tr("Search commands, services and what is drawn")
        super().__init__(window, window.canvas, prompt, tr("What can be done"), _WIDTH)
        self._window, self._closed = window, closed
        self._commands = [*_commands(window), *_services(window)]
        self._things: list[Line] | None = None
        """What is only looked for once something is typed: a drawing may be large."""
        self._found: list[Line] = []
        width, height = min(_WIDTH, window.width() - 40), min(_HEIGHT, window.height() - _TOP - 20)
        self.open(QRect((window.width() - width) // 2, _TOP, width, height))

    def rows_for(self, text: str) -> Sequence[Row]:
        """What fits what is typed; the commands where nothing is, those run last on top."""
        query = folded(text.strip())
        if query:
            if self._things is None:
                self._things = [*_drawn(self._window), *_samples(self._window), *_files(self._window)]
            lines = (*self._commands, *self._things)
            fitting = _fitting(query, lines, forgiving=False)
            self._found = fitting if len(fitting) >= _FEW else _fitting(query, lines, forgiving=True)
        else:
            last = {title: place for place, title in enumerate(self.recent)}
            commands = [line for line in self._commands if line.action is not None]
            commands.sort(key=lambda line: last.get(line.title, _KEPT))
            self._found = commands
        return [line.row() for line in self._found]

    def take(self, number: int) -> None:
        """Does it, once the keys that chose it are done with."""
        line = self._found[number]
        if line.action is not None:
            rest = [title for title in self.recent if title != line.title]
            CommandPalette.recent = (line.title, *rest)[:_KEPT]
        QTimer.singleShot(0, self._window, line.run)

    def closed(self) -> None:
        """Tells whoever has opened it."""
        self._closed()


def _fitting(query: str, lines: Iterable[Line], *, forgiving: bool) -> list[Line]:
    """The lines that fit best; letters that are left out cost time in thousands of names, and are a last resort."""
    ranked = ((rank(query, line.names, forgiving=forgiving), line) for line in lines)
    fitting = [(found, line) for found, line in ranked if found is not None]
    fitting.sort(key=lambda one: (one[0], one[1].weight))
    return [line for _rank, line in fitting[:_MOST]]


def _commands(window: Window) -> Iterator[Line]:
    """Every entry of the menus, with its keys; one that is off says why. Recent files are a matter of their own."""
    files = set(window.menus.recent.actions())
    for path, action in _entries(window.menuBar().actions(), ()):
        if action in files:
            continue
        title = plain(action.text())
        menu = path[-1]
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        reason = "" if action.isEnabled() else _why_not(action)
        state = "\u2713 " if action.isCheckable() and action.isChecked() else ""
        row = partial(Row, f"{state}{title}", _icon(action), keys or menu, action.toolTip(), reason)
        names = (folded(title), folded(f"{menu} {title}"), folded(action.toolTip()))
        yield Line(title, names, action.trigger, row, int(bool(reason)), action)


def _why_not(action: QAction) -> str:
    reason = action.reason if isinstance(action, CommandAction) else ""
    return reason or tr("This is not possible now.")


def _entries(actions: Iterable[QAction], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], QAction]]:
    """The entries of menus and of the menus in them, each with the titles of the menus around it."""
    for action in actions:
        menu = action.menu()
        if isinstance(menu, QMenu):
            yield from _entries(menu.actions(), (*path, plain(action.text())))
        elif path and not action.isSeparator():
            yield path, action


def _icon(action: QAction) -> QIcon:
    return action.icon() if not action.icon().isNull() else _no_icon()


@cache
def _no_icon() -> QIcon:
    """As wide as the others, so that all titles stand in one line."""
    blank = QPixmap(1, 1)
    blank.fill(Qt.GlobalColor.transparent)
    icon = QIcon()
    icon.addPixmap(blank.scaled(ICON, ICON))
    return icon


def _services(window: Window) -> Iterator[Line]:
    for offer in all_offers(window.document.catalog):
        row = partial(_row, offer.title, offer.kind, tr("Add"), offer.summary)
        yield Line(offer.title, offer.words, partial(window.canvas.insert, offer.kind), row, 2)


def _row(title: str, kind: str, hint: str, detail: str) -> Row:
    return Row(title, service_icon(kind), hint, detail)


def _drawn(window: Window) -> Iterator[Line]:
    architecture, catalog, go_to = window.document.architecture, window.document.catalog, window.workspace.go_to
    titles = {key: tr(kind.title) for key, kind in (*catalog.kinds.items(), *catalog.boundaries.items())}
    names = {key: folded(title) for key, title in titles.items()}
    hint = tr("Go to")
    places = [(one.id, one.name, one.kind) for one in architecture.components.values()]
    places += [(one.id, one.name, one.kind) for one in architecture.boundaries.values()]
    for key, name, kind in places:
        row = partial(_row, name, kind, hint, titles[kind])
        yield Line(name, (folded(name), names[kind]), partial(go_to, key), row, 3)


def _samples(window: Window) -> Iterator[Line]:
    from designer.storage.samples import samples

    for sample in samples():
        row = partial(Row, sample.title, action_icon("gallery"), tr("Sample"), sample.teaches)
        run = partial(window.files.open_sample, sample.name)
        yield Line(sample.title, (folded(sample.title), folded(sample.name)), run, row, 4)


def _files(window: Window) -> Iterator[Line]:
    for path in window.settings.recent:
        row = partial(Row, path.name, action_icon("open"), tr("Recent file"), str(path))
        yield Line(path.name, (folded(path.name),), partial(window.files.open, path), row, 4)
