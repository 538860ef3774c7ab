"""The list of the palette: groups that fold up, with favourites and what was used last on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QDrag, QGuiApplication, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QMenu,
)

from designer.gui.icons import service_pixmap
from designer.gui.offers import Offer
from designer.gui.panels.palette_rows import (
    DRAWN,
    FAVOURITES,
    GROUP,
    ICON,
    KIND,
    RECENT,
    STAR,
    PaletteRows,
    Shelves,
    entry,
    heading,
    heading_font,
    say_starred,
)
from designer.gui.theme import theme_switch
from designer.language import tr

KIND_MIME = "application/x-aws-designer-kind"
"""What a drag carries: the kind's id as UTF-8 text, for subnets with their access ("tier:public")."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Way(Enum):
    """How a chosen kind is added: beside the selection, there with a wire from it, or in its place."""

    INSERT = auto()
    CONNECT = auto()
    REPLACE = auto()

    @classmethod
    def of(cls, held: Qt.KeyboardModifier) -> Way:
        """What the keys that are held mean: Alt connects, Shift replaces."""
        if held & Qt.KeyboardModifier.AltModifier:
            return cls.CONNECT
        return cls.REPLACE if held & Qt.KeyboardModifier.ShiftModifier else cls.INSERT


class PaletteList(QListWidget):
    """The offers under the headings of their groups. While something is searched, only what fits, each once."""

    chosen = Signal(str, object)
    """A kind was clicked, or Enter pressed on it, and the `Way` to add it."""
    starred = Signal(str)
    """A kind is to become a favourite, or is to be none any more."""
    folded = Signal(str)
    """A group is to be folded up, or unfolded."""

    def __init__(self, offers: Sequence[Offer], titles: dict[str, str], shelves: Shelves) -> None:
        super().__init__()
        self._offers = {offer.kind: offer for offer in offers}
        self._titles = {
            FAVOURITES: tr("Favourites"),
            RECENT: tr("Recent"),
            DRAWN: tr("In this drawing"),
            **titles,
        }
        self._shelves, self._query = shelves, ""
        self._second_click = self._handled = False
        self._line = 0
        """The height of a line of letters that the rows are made for; 0 until the list is first seen or searched."""
        self.menu: QMenu | None = None
        """The context menu that was opened last, while it exists."""
        self.setAccessibleName(tr("Services and boundaries"))
        self.setIconSize(QSize(ICON, ICON))
        self.setProperty("role", "palette")
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self._delegate = PaletteRows(self, shelves)
        self.setItemDelegate(self._delegate)
        self.itemClicked.connect(self._click)
        theme_switch().theme_changed.connect(self._size_headings)

    def filter(self, text: str) -> bool:
        """Shows only what fits a search, and makes the best of it the current one; whether anything does."""
        self._query = text.strip()
        self._fill()
        if not self._query:
            return True
        ranks = {offer.kind: offer.rank(self._query) for offer in self._offers.values()}
        found = [(rank, row) for row in range(self.count()) if (rank := ranks.get(self._kind_at(row))) is not None]
        self.setCurrentRow(min(found)[1] if found else -1)
        return bool(found)

    def _size_headings(self) -> None:
        font = heading_font()
        for row in range(self.count()):
            item = self.item(row)
            if item.data(KIND) is None:
                item.setFont(font)

    def showEvent(self, event: QShowEvent) -> None:
        """Makes the rows when they are first seen: what is opened before that would have them made anew."""
        if not self._line:
            self._fill()
        super().showEvent(event)

    def refresh(self) -> None:
        """Shows the shelves as they are now; what is current stays so, at its place in the view."""
        if not self._line:
            return
        item = self.currentItem()
        kind, group = (item.data(KIND), item.data(GROUP)) if item is not None else (None, None)
        scrolled = self.verticalScrollBar().value()
        self._fill()
        if item is not None:
            found = self._find(kind, group)
            self.setCurrentRow(self.row(found) if found is not None else -1)
        self.verticalScrollBar().setValue(scrolled)

    def mark_favourites(self) -> None:
        """Says at each row whether its kind is a favourite now; no row moves."""
        for row in range(self.count()):
            if kind := self._kind_at(row):
                say_starred(self.item(row), starred=kind in self._shelves.favourites)
        self.viewport().update()

    def take_first(self) -> None:
        """Makes the first entry current when none is."""
        if self.current_kind() is None:
            self.setCurrentRow(next((row for row in range(self.count()) if self._kind_at(row)), -1))

    def current_kind(self) -> str | None:
        """The kind of the current entry."""
        return self._kind_at(self.currentRow()) or None

    def shown_kinds(self) -> list[str]:
        """The kinds that are shown, in order."""
        return [kind for row in range(self.count()) if (kind := self._kind_at(row))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the current entry, * makes it a favourite; Left folds its group, Right unfolds."""
        key, item = event.key(), self.currentItem()
        kind: str | None = item.data(KIND) if item is not None else None
        if item is None or key not in (*_ENTER, Qt.Key.Key_Asterisk, Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Asterisk and kind is not None:
            self.starred.emit(kind)
        elif key in _ENTER and kind is not None:
            self.chosen.emit(kind, Way.of(event.modifiers()))
        elif key == Qt.Key.Key_Left and kind is not None and not self._query:
            self._fold(item.data(GROUP), None)
        elif key in (*_ENTER, Qt.Key.Key_Right) and kind is None:
            self._fold(item.data(GROUP), 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A heading folds its group, a star is set; anything else may be a click or a drag."""
        self._second_click = False
        item = self.itemAt(event.position().toPoint())
        kind = item.data(KIND) if item is not None else None
        self._handled = event.button() == Qt.MouseButton.LeftButton and item is not None
        if self._handled and item is not None and kind is None:
            self._fold(item.data(GROUP), None)
        elif self._handled and kind is not None and event.position().x() >= self.viewport().width() - STAR:
            self.starred.emit(kind)
        else:
            self._handled = False
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a click or a drag."""
        if not self._handled:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click of a double click has inserted already."""
        self._second_click = True
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Rows are as high as their letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._line not in (0, self.fontMetrics().lineSpacing()):
            self.refresh()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What a click with Alt or Shift and the star do, for who does not know."""
        item = self.itemAt(event.pos()) if event.reason() is QContextMenuEvent.Reason.Mouse else self.currentItem()
        kind = item.data(KIND) if item is not None else None
        if item is None or kind is None:
            return
        self.setCurrentItem(item)
        self.menu = menu = QMenu(self)
        for text, way in (
            (tr("Add to the Drawing"), Way.INSERT),
            (tr("Add, Connected to the Selection"), Way.CONNECT),
            (tr("Replace the Selection"), Way.REPLACE),
        ):
            menu.addAction(text).triggered.connect(lambda _=False, way=way: self.chosen.emit(kind, way))
        menu.addSeparator()
        starred = kind in self._shelves.favourites
        star = menu.addAction(tr("Remove from Favourites") if starred else tr("Add to Favourites"))
        star.triggered.connect(lambda: self.starred.emit(kind))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(self.visualItemRect(item).center()))

    def mimeTypes(self) -> list[str]:
        """The one type that the canvas takes."""
        return [KIND_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The kind of the dragged entry."""
        carried = QMimeData()
        if items:
            carried.setData(KIND_MIME, QByteArray(str(items[0].data(KIND)).encode()))
        return carried

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drags the current entry's icon."""
        item = self.currentItem()
        if item is None or item.data(KIND) is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([item]))
        drag.setPixmap(service_pixmap(item.data(KIND), 40, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(20, 20))
        drag.exec(Qt.DropAction.CopyAction)

    def _kind_at(self, row: int) -> str:
        item = self.item(row)
        return str(item.data(KIND) or "") if item is not None else ""

    def _find(self, kind: str | None, group: str | None) -> QListWidgetItem | None:
        items = [self.item(row) for row in range(self.count())]
        there = [item for item in items if item.data(KIND) == kind and item.data(GROUP) == group]
        return next(iter((*there, *(item for item in items if item.data(KIND) == kind))), None)

    def _fold(self, group: str, step: int | None) -> None:
        """Folds or unfolds a group; its heading is current then, or what stands `step` rows after it."""
        self.folded.emit(group)
        found = self._find(None, group)
        if found is not None and self.hasFocus():
            self.setCurrentRow(self.row(found) + (step or 0))

    def _fill(self) -> None:
        """All rows anew: there are few."""
        self._line = self.fontMetrics().lineSpacing()
        self.clear()
        for group, offers in self._groups():
            offers = list(offers)
            if not offers:
                continue
            folded = not self._query and group in self._shelves.folded
            self.addItem(heading(group, self._titles[group], folded=folded, line=self._line))
            if not folded:
                for offer in offers:
                    starred = offer.kind in self._shelves.favourites
                    self.addItem(entry(offer, group, starred=starred, line=self._line))

    def _groups(self) -> Iterable[tuple[str, Iterable[Offer]]]:
        if not self._query:
            seen: set[str] = set()
            shelves = self._shelves
            for group, kinds in ((FAVOURITES, shelves.favourites), (RECENT, shelves.recent), (DRAWN, shelves.drawn)):
                # What stands higher up is not repeated.
                yield group, [self._offers[kind] for kind in kinds if kind in self._offers and kind not in seen]
                seen |= set(kinds)
        fitting = [offer for offer in self._offers.values() if not self._query or offer.rank(self._query) is not None]
        for group in dict.fromkeys(offer.category for offer in fitting):
            yield group, [offer for offer in fitting if offer.category == group]

    def _click(self, item: QListWidgetItem) -> None:
        if not self._second_click and (kind := item.data(KIND)):
            self.chosen.emit(kind, Way.of(QGuiApplication.keyboardModifiers()))
