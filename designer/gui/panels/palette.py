"""The palette: every service and boundary of the catalog, found by any of its names, to be dragged or inserted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from designer.gui.controls import SearchField, label
from designer.gui.document import Document
from designer.gui.offers import all_offers
from designer.gui.panels.palette_list import PaletteList, Way
from designer.gui.panels.palette_rows import DRAWN, Shelves
from designer.gui.settings import UserSettings
from designer.language import tr
from designer.model.changes import Changes
from designer.model.entities import Collection


class PalettePanel(QWidget):
    """Search field and list. A click, Enter, or a drag puts a component on the canvas."""

    insert_requested = Signal(str)
    """The kind to insert, by click or key; drags go to the canvas by themselves."""
    connect_requested = Signal(str)
    """The kind to insert with a wire from the selected component: a click or Enter with Alt."""
    replace_requested = Signal(str)
    """The kind to put in the place of what is selected: a click or Enter with Shift."""

    def __init__(self, document: Document, settings: UserSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._settings = document, settings
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Palette"))
        self.setMinimumWidth(196)
        self.search = SearchField(tr("Find a service"))
        self.search.setToolTip(
            tr("Find a service by any of its names, such as queue, ALB or postgres. Enter inserts it.")
        )
        catalog = document.catalog
        folded = settings.folded_groups
        self.shelves = Shelves(
            settings.favourites, settings.recent_kinds, [], set({DRAWN} if folded is None else folded)
        )
        titles = {category.id: tr(category.title) for category in catalog.categories.values()}
        self.shelves.drawn = self._drawn()
        self.list = PaletteList(all_offers(catalog), titles, self.shelves)
        self._stale = False
        self._nothing = label(
            tr("No service has this name. Try a word for what it does: queue, database, function."), "muted"
        )
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(14, 8, 14, 8)
        self._nothing.hide()
        self._arrange()
        self._connect()

    def focus_search(self) -> None:
        """Puts the cursor into the search field, ready for another word."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def favoured(self) -> list[str]:
        """The favourites, then the kinds added last, each once."""
        return list(dict.fromkeys((*self.shelves.favourites, *self.shelves.recent)))

    def note_added(self, kind: str) -> None:
        """A thing of a kind was added to the drawing: the kind is one of the recent ones."""
        self._settings.add_recent_kind(kind)
        self.shelves.recent[:] = self._settings.recent_kinds
        self._refresh_soon()

    def leaveEvent(self, event: QEvent) -> None:
        """Now nobody aims at a row that would move away. (A menu over the rows takes the pointer, but not far.)"""
        super().leaveEvent(event)
        if self._stale and QApplication.activePopupWidget() is None:
            self._stale = False
            self.list.refresh()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(10, 10, 10, 4)
        top.addWidget(self.search)
        column.addLayout(top)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._insert_found)
        self.search.left_down.connect(self._enter_list)
        self.list.chosen.connect(self._tell)
        self.list.starred.connect(self._star)
        self.list.folded.connect(self._fold)
        self._document.changed.connect(self._note_changes)
        self._document.replaced.connect(self._note_drawn)

    def _filter(self, text: str) -> None:
        found = self.list.filter(text)
        self._nothing.setVisible(not found)
        self.list.setVisible(found)

    def _insert_found(self) -> None:
        if self.search.text().strip() and (kind := self.list.current_kind()):
            self._tell(kind, Way.of(QGuiApplication.keyboardModifiers()))

    def _tell(self, kind: str, way: Way) -> None:
        match way:
            case Way.INSERT:
                self.insert_requested.emit(kind)
            case Way.CONNECT:
                self.connect_requested.emit(kind)
            case Way.REPLACE:
                self.replace_requested.emit(kind)

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.take_first()

    def _star(self, kind: str) -> None:
        favourites = self.shelves.favourites
        if kind in favourites:
            favourites.remove(kind)
        else:
            favourites.append(kind)
        self._settings.favourites = favourites
        self.list.mark_favourites()
        self._refresh_soon()

    def _fold(self, group: str) -> None:
        self.shelves.folded ^= {group}
        self._settings.folded_groups = self.shelves.folded
        self.list.refresh()

    def _note_changes(self, changes: Changes) -> None:
        kinds = {
            (getattr(before, "kind", None), getattr(after, "kind", None))
            for _key, before, after in changes.of(Collection.COMPONENTS)
        }
        if any(before != after for before, after in kinds):
            self._note_drawn()

    def _note_drawn(self) -> None:
        drawn = self._drawn()
        if drawn != self.shelves.drawn:
            self.shelves.drawn[:] = drawn
            self._refresh_soon()

    def _drawn(self) -> list[str]:
        used = {component.kind for component in self._document.architecture.components.values()}
        return [kind for kind in self._document.catalog.kinds if kind in used]

    def _refresh_soon(self) -> None:
        """At once, unless the pointer is over the rows: the next click must hit what it aims at."""
        self._stale = self.underMouse()
        if not self._stale:
            self.list.refresh()
