"""The rows of the palette: headings that fold their group, entries that can be favourites, and how both are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QCursor, QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from designer.gui.controls import escape
from designer.gui.icons import action_pixmap, service_icon
from designer.gui.offers import Offer
from designer.gui.theme import current_theme
from designer.language import tr
from designer.records import record

if TYPE_CHECKING:
    from PySide6.QtWidgets import QListWidget

FAVOURITES, RECENT, DRAWN = "favourites", "recent", "in-drawing"
"""The groups on top; the others are categories of the catalog."""

KIND = Qt.ItemDataRole.UserRole
"""The kind that an entry adds; a heading has none."""
GROUP = Qt.ItemDataRole.UserRole + 1
"""The group of a heading or an entry."""
_FOLDED = Qt.ItemDataRole.UserRole + 2
ICON, STAR = 20, 30
"""The size of an icon, and the width at the end of a row where its star is, in pixels."""
_ROW, _HEADING_ROW, _MARK, _PADDING = 28, 26, 14, 6


@record(frozen=False)
class Shelves:
    """What stands where: the kinds of the groups on top, and the groups that are folded up."""

    favourites: list[str]
    recent: list[str]
    drawn: list[str]
    folded: set[str]


class PaletteRows(QStyledItemDelegate):
    """Paints what Qt's own rows do not have: the mark of a heading, and the star of a favourite."""

    def __init__(self, view: QListWidget, shelves: Shelves) -> None:
        super().__init__(view)
        self._view, self._shelves = view, shelves

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leaves room for the star."""
        super().initStyleOption(option, index)
        room = option.rect.width() - ICON - STAR - 3 * _PADDING
        option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, max(40, room))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints a heading or an entry."""
        kind = index.data(KIND)
        if kind is None:
            self._heading(painter, option, index)
            return
        super().paint(painter, option, index)
        starred = kind in self._shelves.favourites
        if self._stands_out(index) or (starred and index.data(GROUP) == FAVOURITES):
            role = "accent" if starred else "text-muted"
            self._mark(painter, "star-filled" if starred else "star", role, option.rect.right() - STAR + 7, option)

    def _stands_out(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether a row is selected or under the mouse. Not asked of the option: its flags load a wrapper for all of
        QStyle's constants, which takes longer than all rows."""
        view = self._view
        under = view.viewport().mapFromGlobal(QCursor.pos())
        return view.selectionModel().isSelected(index) or (
            view.viewport().rect().contains(under) and view.indexAt(under) == index
        )

    def _heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current_theme()
        rect: QRect = option.rect
        if self._view.selectionModel().isSelected(index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("selection"))
            painter.drawRoundedRect(rect.adjusted(6, 1, -6, -1), 6, 6)
        folded = bool(index.data(_FOLDED))
        self._mark(painter, "chevron-right" if folded else "chevron-down", "text-muted", 10, option)
        painter.setPen(theme.color("text-muted"))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole))
        where = rect.adjusted(10 + _MARK + 4, 0, -8, 0)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _mark(self, painter: QPainter, icon: str, role: str, left: int, option: QStyleOptionViewItem) -> None:
        rect: QRect = option.rect
        picture = action_pixmap(icon, _MARK, current_theme().color(role), self._view.devicePixelRatioF())
        painter.drawPixmap(left, rect.top() + (rect.height() - _MARK) // 2, picture)


def entry(offer: Offer, group: str, *, starred: bool, line: int) -> QListWidgetItem:
    """A kind that can be added, in a group; `line` is the height of a line of letters."""
    item = QListWidgetItem(service_icon(offer.kind), offer.title)
    item.setData(KIND, offer.kind)
    item.setData(GROUP, group)
    item.setSizeHint(QSize(0, max(_ROW, line + 8)))
    if starred:
        say_starred(item, starred=True)
    keys = tr("Enter or a click adds it, with Alt wired to what is selected, with Shift in its place. * stars it.")
    parts = f"<p><b>{escape(offer.title)}</b></p><p>{escape(offer.summary)}</p><p>{escape(keys)}</p>"
    item.setToolTip(parts)
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, offer.summary)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
    return item


def say_starred(item: QListWidgetItem, *, starred: bool) -> None:
    """Has assistive technology say of an entry whether it is a favourite."""
    said = tr("{title}, favourite", title=item.text()) if starred else None
    if item.data(Qt.ItemDataRole.AccessibleTextRole) != said:
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)


def heading(group: str, title: str, *, folded: bool, line: int) -> QListWidgetItem:
    """A heading; the arrow keys pass over it unless it is folded up, when there is nothing else to stand on.

    `line` is the height of a line of letters.
    """
    item = QListWidgetItem(title)
    item.setData(GROUP, group)
    item.setData(_FOLDED, folded)
    spoken = tr("{group}, folded up", group=title) if folded else title
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    item.setFlags(enabled if folded else Qt.ItemFlag.NoItemFlags)
    item.setFont(heading_font())
    item.setSizeHint(QSize(0, max(_HEADING_ROW, line + 6)))
    return item


def heading_font() -> QFont:
    """The letters of headings: a little smaller and bolder than those of the program."""
    font = QGuiApplication.font()
    font.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    font.setWeight(QFont.Weight.DemiBold)
    return font
