"""The palette: every service and boundary of the catalog, found by any of its names, to be dragged or inserted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QFont, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from designer.catalog.catalog import Catalog
from designer.gui.controls import SearchField, label
from designer.gui.icons import service_icon, service_pixmap
from designer.language import tr

KIND_MIME = "application/x-aws-designer-kind"
"""What a drag carries: the kind's id as UTF-8 text, for subnets with their access ("tier:public")."""

_KIND = Qt.ItemDataRole.UserRole
_ROW, _HEADING_ROW, _ICON = 28, 26, 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette. `words` are all names it is found by, in small letters."""

    kind: str
    title: str
    summary: str
    category: str
    words: tuple[str, ...]

    def rank(self, query: str) -> int | None:
        """How well it fits a search: 0 is a whole name, 1 the start of one, 2 a part; `None` when a word is missing."""
        query = query.strip().lower()
        if query in self.words:
            return 0
        if any(word.startswith(query) for word in self.words):
            return 1
        everything = " ".join(self.words)
        return 2 if all(part in everything for part in query.split()) else None


def entries_of(catalog: Catalog) -> list[Entry]:
    """All lines of the palette, in the order in which they stand."""
    made = []
    for kind in catalog.kinds.values():
        category = catalog.categories[kind.category].title
        words = tuple(word.lower() for word in (kind.title, kind.id, kind.name, *kind.aliases))
        made.append(Entry(kind.id, kind.title, kind.summary, category, words))
    boundaries = catalog.categories["boundaries"].title
    for kind in sorted(catalog.boundaries.values(), key=lambda kind: kind.order):
        words = tuple(word.lower() for word in (kind.title, kind.id, *kind.aliases))
        access = kind.properties.get("access")
        if access is None:
            made.append(Entry(kind.id, kind.title, kind.summary, boundaries, words))
            continue
        for value, title in access.choices.items():
            # The aliases name all three kinds of subnets; each entry keeps those that fit it.
            own = (tr("{title} subnets", title=title).lower(), "tier", "subnet")
            made.append(
                Entry(
                    f"{kind.id}:{value}",
                    tr("{title} subnets", title=title),
                    access.help or kind.summary,
                    boundaries,
                    own,
                )
            )
    return made


class PalettePanel(QWidget):
    """Search field and list. A click, Enter, or a drag puts a component on the canvas."""

    insert_requested = Signal(str)
    """The kind to insert, by click or key; drags go to the canvas by themselves."""

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Palette"))
        self.setMinimumWidth(196)
        self.search = SearchField(tr("Find a service"))
        self.search.setToolTip(
            tr("Find a service by any of its names, such as queue, ALB or postgres. Enter inserts it.")
        )
        self.list = PaletteList(entries_of(catalog))
        self._nothing = label(
            tr("No service has this name. Try a word for what it does: queue, database, function."), "muted"
        )
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(14, 8, 14, 8)
        self._nothing.hide()
        self._arrange()
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._insert_found)
        self.search.left_down.connect(self._enter_list)
        self.list.chosen.connect(self.insert_requested)

    def focus_search(self) -> None:
        """Puts the cursor into the search field, ready for another word."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

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

    def _filter(self, text: str) -> None:
        found = self.list.filter(text)
        self._nothing.setVisible(not found)
        self.list.setVisible(found)

    def _insert_found(self) -> None:
        if self.search.text().strip() and (kind := self.list.current_kind()):
            self.insert_requested.emit(kind)

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.TabFocusReason)
        self.list.take_first()


class PaletteList(QListWidget):
    """The entries under the headings of their categories."""

    chosen = Signal(str)
    """A kind was clicked, or Enter pressed on it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = list(entries)
        self._second_click = False
        self.setAccessibleName(tr("Services and boundaries"))
        self.setIconSize(QSize(_ICON, _ICON))
        self.setProperty("role", "palette")
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self._fill()
        self.itemClicked.connect(self._click)

    def filter(self, text: str) -> bool:
        """Shows only what fits a search, and makes the best of it the current one; whether anything does."""
        ranks = {entry.kind: entry.rank(text) if text.strip() else 2 for entry in self._entries}
        heading: QListWidgetItem | None = None
        best: tuple[int, QListWidgetItem] | None = None
        for item in self._items():
            kind = item.data(_KIND)
            if kind is None:
                heading = item
                item.setHidden(True)
                continue
            rank = ranks[kind]
            item.setHidden(rank is None)
            if rank is not None:
                if heading is not None:
                    heading.setHidden(False)
                if best is None or rank < best[0]:
                    best = (rank, item)
        self.setCurrentItem(best[1] if best and text.strip() else None)  # type: ignore[arg-type]
        return best is not None

    def take_first(self) -> None:
        """Makes the first entry current when none is."""
        if self.current_kind() is None:
            visible = (item for item in self._items() if item.data(_KIND) is not None and not item.isHidden())
            self.setCurrentItem(next(visible, None))  # type: ignore[arg-type]

    def current_kind(self) -> str | None:
        """The kind of the current entry."""
        item = self.currentItem()
        return None if item is None or item.isHidden() else item.data(_KIND)

    def shown_kinds(self) -> list[str]:
        """The kinds that the search leaves, in order."""
        return [item.data(_KIND) for item in self._items() if item.data(_KIND) is not None and not item.isHidden()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter inserts the current entry."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if kind := self.current_kind():
                self.chosen.emit(kind)
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click of a double click has inserted already."""
        self._second_click = True
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers that a new click begins."""
        self._second_click = False
        super().mousePressEvent(event)

    def mimeTypes(self) -> list[str]:
        """The one type that the canvas takes."""
        return [KIND_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """The kind of the dragged entry."""
        carried = QMimeData()
        if items:
            carried.setData(KIND_MIME, QByteArray(str(items[0].data(_KIND)).encode()))
        return carried

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drags the current entry's icon."""
        item = self.currentItem()
        if item is None or item.data(_KIND) is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.mimeData([item]))
        drag.setPixmap(service_pixmap(item.data(_KIND), 40, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(20, 20))
        drag.exec(Qt.DropAction.CopyAction)

    def _items(self) -> Iterable[QListWidgetItem]:
        return (self.item(row) for row in range(self.count()))

    def _fill(self) -> None:
        category = ""
        for entry in self._entries:
            if entry.category != category:
                category = entry.category
                self.addItem(_heading(category))
            item = QListWidgetItem(service_icon(entry.kind), entry.title)
            item.setData(_KIND, entry.kind)
            item.setSizeHint(QSize(0, _ROW))
            item.setToolTip(f"<p><b>{entry.title}</b></p><p>{entry.summary}</p>")
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, entry.summary)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
            self.addItem(item)

    def _click(self, item: QListWidgetItem) -> None:
        if not self._second_click and (kind := item.data(_KIND)):
            self.chosen.emit(kind)


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QGuiApplication.font()
    font.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    item.setSizeHint(QSize(0, _HEADING_ROW))
    return item
