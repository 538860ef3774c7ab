"""What the program remembers between runs, in one INI file of the user's: never in a native registry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from designer.gui.theme import ThemeChoice
from designer.layout.measures import Direction
from designer.records import record

ORGANISATION = APPLICATION = "aws-designer"
LAYOUT_VERSION = 2
"""Counted up when docks or tool bars change so much that an old arrangement would not fit."""
MAX_RECENT = 10
MAX_VIEWS = 200
MAX_RECENT_KINDS = 5
_NO_GROUP = "-"
TEXT_SIZES = (90, 100, 110, 125, 150)
"""How large the letters of the window may be, in percent of the desktop's."""


@record
class View:
    """The point of the drawing in the middle of the view, in canvas units, and the zoom."""

    x: float
    y: float
    zoom: float


class UserSettings:
    """Typed access to the remembered settings. A missing or damaged value reads as its default."""

    def __init__(self) -> None:
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ORGANISATION, APPLICATION)

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark or as the desktop says."""
        return _theme(self._text("appearance/theme"))

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("appearance/theme", str(choice))

    @property
    def language(self) -> str:
        """The language of the window: the name of a locale (`en`, `pt_BR`), or "system" for that of the desktop."""
        return self._text("appearance/language") or "system"

    @language.setter
    def language(self, name: str) -> None:
        self._store.setValue("appearance/language", name)

    @property
    def text_size(self) -> int:
        """The size of the window's letters in percent of the desktop's: one of `TEXT_SIZES`."""
        text = self._text("appearance/text")
        return next((size for size in TEXT_SIZES if text == str(size)), 100)

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._store.setValue("appearance/text", str(percent))

    @property
    def icons(self) -> Path | None:
        """The package of AWS's icons that the user has chosen; `None` for the program's own."""
        text = self._text("appearance/icons")
        return Path(text) if text else None

    @icons.setter
    def icons(self, package: Path | None) -> None:
        self._store.setValue("appearance/icons", str(package) if package is not None else "")

    @property
    def minimap(self) -> bool:
        """Whether the whole drawing is shown in a corner; it is not unless asked for."""
        return self._text("appearance/minimap") == "yes"

    @minimap.setter
    def minimap(self, shown: bool) -> None:
        self._store.setValue("appearance/minimap", "yes" if shown else "no")

    @property
    def recent(self) -> list[Path]:
        """The files last opened or saved, the latest first."""
        return [Path(text) for text in self._texts("files/recent")][:MAX_RECENT]

    def add_recent(self, path: Path) -> None:
        """Puts a file at the top of the recent ones."""
        path = path.absolute()
        files = [path, *(other for other in self.recent if other != path)]
        self._store.setValue("files/recent", [str(other) for other in files[:MAX_RECENT]])

    def drop_recent(self, path: Path) -> None:
        """Takes a file that is no longer there off the recent ones."""
        self._store.setValue("files/recent", [str(other) for other in self.recent if other != path.absolute()])

    def clear_recent(self) -> None:
        """Forgets the recent files."""
        self._store.remove("files/recent")

    @property
    def favourites(self) -> list[str]:
        """The kinds ("sqs", "tier:public") that stand on top of the palette, in the order in which they came there."""
        return self._texts("palette/favourites")

    @favourites.setter
    def favourites(self, kinds: Sequence[str]) -> None:
        self._store.setValue("palette/favourites", list(kinds))

    def view_of(self, path: Path) -> View | None:
        """How a file was looked at last; `None` where that is not known."""
        given = self._views().get(str(path.absolute()))
        if isinstance(given, list) and len(given) == 3 and all(type(number) in (int, float) for number in given):
            return View(*given)
        return None

    def keep_view(self, path: Path, view: View) -> None:
        """Remembers how a file is looked at; the files looked at longest ago are forgotten."""
        views = self._views()
        views.pop(str(path.absolute()), None)
        views[str(path.absolute())] = [view.x, view.y, view.zoom]
        kept = dict(list(views.items())[-MAX_VIEWS:])
        self._store.setValue("files/views", json.dumps(kept))

    def _views(self) -> dict[str, object]:
        try:
            found = json.loads(self._text("files/views") or "{}")
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    @property
    def reopens(self) -> bool:
        """Whether the files that were open when the program ended are opened when it starts; not unless told to."""
        return self._text("files/reopen") == "yes"

    @reopens.setter
    def reopens(self, value: bool) -> None:
        self._store.setValue("files/reopen", "yes" if value else "no")

    @property
    def session(self) -> list[Path]:
        """The files that were open when the program ended."""
        return [Path(text) for text in self._texts("files/session")]

    @session.setter
    def session(self, paths: Sequence[Path]) -> None:
        self._store.setValue("files/session", [str(path) for path in paths])

    @property
    def recent_kinds(self) -> list[str]:
        """The kinds last added to a drawing, the latest first."""
        return self._texts("palette/recent")[:MAX_RECENT_KINDS]

    def add_recent_kind(self, kind: str) -> None:
        """Puts a kind at the top of the recent ones."""
        kinds = [kind, *(other for other in self.recent_kinds if other != kind)]
        self._store.setValue("palette/recent", kinds[:MAX_RECENT_KINDS])

    @property
    def folded_groups(self) -> frozenset[str] | None:
        """The groups of the palette that are folded up; `None` where nobody has folded any."""
        texts = self._texts("palette/folded")
        return frozenset(texts) - {_NO_GROUP} if texts else None

    @folded_groups.setter
    def folded_groups(self, groups: Iterable[str]) -> None:
        # An empty list would read like none.
        self._store.setValue("palette/folded", [_NO_GROUP, *sorted(groups)])

    @property
    def first_steps(self) -> frozenset[str]:
        """The first steps that the user has done, or "closed" where they are not wanted."""
        return frozenset(self._texts("hints/first-steps"))

    @first_steps.setter
    def first_steps(self, steps: Iterable[str]) -> None:
        self._store.setValue("hints/first-steps", sorted(steps))

    @property
    def folder(self) -> Path:
        """Where file dialogs start: the folder last used, else the user's documents."""
        remembered = self._text("files/folder")
        if remembered and Path(remembered).is_dir():
            return Path(remembered)
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(places[0]) if places else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("files/folder", str(folder))

    @property
    def template_format(self) -> str:
        """How the template panel and the export dialog write: "yaml" or "json"."""
        return "json" if self._text("template/format") == "json" else "yaml"

    @template_format.setter
    def template_format(self, value: str) -> None:
        self._store.setValue("template/format", value)

    @property
    def template_drawing(self) -> bool:
        """Whether written templates carry the drawing, so that they can be opened again; they do unless told not to."""
        return self._text("template/drawing") != "no"

    @template_drawing.setter
    def template_drawing(self, value: bool) -> None:
        self._store.setValue("template/drawing", "yes" if value else "no")

    @property
    def direction(self) -> Direction:
        """The way that wires run in an arranged drawing: to the right unless told otherwise."""
        return Direction.DOWN if self._text("arrange/direction") == str(Direction.DOWN) else Direction.RIGHT

    @direction.setter
    def direction(self, direction: Direction) -> None:
        self._store.setValue("arrange/direction", str(direction))

    @property
    def animated(self) -> bool:
        """Whether things glide to their new places; they do unless told not to."""
        return self._text("arrange/animated") != "no"

    @animated.setter
    def animated(self, value: bool) -> None:
        self._store.setValue("arrange/animated", "yes" if value else "no")

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys that were given to commands instead of their own, by the ids of the commands."""
        self._store.beginGroup("keys")
        ids = self._store.childKeys()
        self._store.endGroup()
        return {key: tuple(self._texts(f"keys/{key}")) for key in ids}

    @keys.setter
    def keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        self._store.remove("keys")
        for key, texts in keys.items():
            self._store.setValue(f"keys/{key}", list(texts))

    @property
    def layout(self) -> tuple[QByteArray, QByteArray] | None:
        """The window's geometry and dock arrangement, or `None` when there is none of this version."""
        if self._text("window/version") != str(LAYOUT_VERSION):
            return None
        geometry, state = self._store.value("window/geometry"), self._store.value("window/state")
        if not isinstance(geometry, QByteArray) or not isinstance(state, QByteArray):
            return None
        return geometry, state

    def keep_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remembers the window's geometry and dock arrangement."""
        self._store.setValue("window/version", str(LAYOUT_VERSION))
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/state", state)

    def forget_layout(self) -> None:
        """Lets the next start take the built-in arrangement."""
        self._store.remove("window")

    def sync(self) -> None:
        """Writes to disk now."""
        self._store.sync()

    def _texts(self, key: str) -> list[str]:
        value = self._store.value(key, [])
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list):
            return []
        return [text for text in texts if isinstance(text, str) and text]

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""


def _theme(text: str) -> ThemeChoice:
    try:
        return ThemeChoice(text)
    except ValueError:
        return ThemeChoice.SYSTEM


def state_folder() -> Path:
    """The folder for logs, journals and earlier versions, made when it is not there. Raises OSError."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)
    folder = Path(place) / APPLICATION if place else Path.home() / f".{APPLICATION}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
