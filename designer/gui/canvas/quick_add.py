"""A small search at the pointer: what is typed is found in the palette, and Enter adds it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Relation
from designer.gui.controls import SearchField, tip
from designer.gui.icons import service_icon
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_WIDTH, _HEIGHT, _MARGIN, _ICON = 300, 300, 8, 20
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


@dataclass(frozen=True, slots=True)
class Offer:
    """One line: a kind and, where it is to be wired, the relation. `words` are all that it is found by."""

    kind: str
    title: str
    summary: str
    words: tuple[str, ...]
    relation: Relation | None = None

    def rank(self, query: str) -> int | None:
        """How well it fits a search, 0 best; `None` when a word is missing."""
        query = query.strip().lower()
        if query in self.words:
            return 0
        if any(word.startswith(query) for word in self.words):
            return 1
        everything = " ".join(self.words)
        return 2 if all(part in everything for part in query.split()) else None


def all_offers(catalog: Catalog) -> list[Offer]:
    """What the palette has, in its order."""
    from designer.gui.panels.palette import entries_of

    return [Offer(entry.kind, entry.title, entry.summary, entry.words) for entry in entries_of(catalog)]


def fitting_offers(catalog: Catalog, source_kind: str) -> list[Offer]:
    """The kinds that a wire from a kind can end at, a line for each relation that fits."""
    found = []
    for offer in all_offers(catalog):
        relations = catalog.relations_between(source_kind, offer.kind) if offer.kind in catalog.kinds else ()
        for relation in relations:
            title = f"{offer.title}: {relation.title.lower()}"
            words = (*offer.words, relation.title.lower())
            found.append(Offer(offer.kind, title, relation.summary, words, relation))
    return found


class QuickAdd(QFrame):
    """Enter or a click takes a line; Escape or leaving takes none. It closes itself."""

    def __init__(
        self,
        canvas: Canvas,
        offers: Sequence[Offer],
        at: QPoint,
        take: Callable[[Offer], None],
        closed: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(canvas.viewport())
        self._canvas, self._offers, self._take, self._closed = canvas, offers, take, closed
        self._done = False
        self.setProperty("role", "bar")
        self.setAccessibleName(tr("Add to the drawing"))
        self.search: QLineEdit = SearchField(tr("Add a service"))
        self.list = QListWidget()
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName(tr("What can be added here"))
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self._fill("")
        self._settle(at)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Closes, with nothing taken."""
        if self._done:
            return
        self._done = True
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self._canvas.setFocus()
        self.hide()
        self.deleteLater()
        self._closed()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The keys of the search field: the list follows them while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            kept = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in kept:
                self.close_up()
        return False

    def _key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.list.currentItem()
            if item is not None:
                self._choose(item)
        elif key in _STEPS and self.list.count():
            row = self.list.currentRow() + _STEPS[key]
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
        else:
            return False
        return True

    def _fill(self, text: str) -> None:
        ranked = [(offer.rank(text) if text.strip() else 0, number) for number, offer in enumerate(self._offers)]
        self.list.clear()
        for _rank, number in sorted((rank, number) for rank, number in ranked if rank is not None):
            offer = self._offers[number]
            item = QListWidgetItem(service_icon(offer.kind), offer.title)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(tip(offer.summary))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _choose(self, item: QListWidgetItem) -> None:
        offer = self._offers[item.data(Qt.ItemDataRole.UserRole)]
        self.close_up()
        self._take(offer)

    def _settle(self, at: QPoint) -> None:
        """Beside a place, wholly within the view."""
        area = self._canvas.viewport().rect()
        width, height = min(_WIDTH, area.width()), min(_HEIGHT, area.height())
        left = max(0, min(at.x(), area.width() - width))
        top = max(0, min(at.y(), area.height() - height))
        self.setGeometry(left, top, width, height)
