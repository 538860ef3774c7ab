"""The rows of the list of findings: a model over findings, and how a row is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from designer.analysis.findings import Finding
from designer.gui.controls import tip
from designer.gui.panels.choice_list import ChoiceList
from designer.gui.panels.severity import WORDS, severity_pixmap
from designer.gui.rows import paint_ground, word_width
from designer.gui.theme import current_theme
from designer.language import tr

FINDING = Qt.ItemDataRole.UserRole
PLACES = Qt.ItemDataRole.UserRole + 1
_ROW, _ICON = 30, 16
_WORDY = 45
"""From a width of so many letters on a row says its severity in a word."""
_INVALID = QModelIndex()


class FindingModel(QAbstractListModel):
    """Findings, worst first."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[Finding, str]] = []

    def show(self, findings: Sequence[Finding], places: Callable[[Finding], str]) -> None:
        """Takes other findings over; does nothing when they are the same."""
        rows = [(f, places(f)) for f in sorted(findings, key=lambda finding: finding.severity.rank)]
        if rows == self._rows:
            return
        start = _alike(self._rows, rows)
        end = _alike(self._rows[start:][::-1], rows[start:][::-1])
        self._replace(start, rows[start : len(rows) - end], len(self._rows) - end - start)

    def _replace(self, start: int, rows: list[tuple[Finding, str]], count: int) -> None:
        """Puts rows in the place of `count` others; all around them stay the rows that they are."""
        same = min(len(rows), count)
        if same:
            self._rows[start : start + same] = rows[:same]
            self.dataChanged.emit(self.index(start), self.index(start + same - 1))
        if count > same:
            self.beginRemoveRows(_INVALID, start + same, start + count - 1)
            del self._rows[start + same : start + count]
            self.endRemoveRows()
        elif len(rows) > same:
            self.beginInsertRows(_INVALID, start + same, start + len(rows) - 1)
            self._rows[start + same : start + same] = rows[same:]
            self.endInsertRows()

    def finding(self, row: int) -> Finding:
        """The finding of a row."""
        return self._rows[row][0]

    def row_of(self, finding: Finding) -> int | None:
        """The row of a finding."""
        return next((row for row, (other, _) in enumerate(self._rows) if other == finding), None)

    def row_like(self, finding: Finding) -> int | None:
        """The row of the same rule about the same things, whose words may have changed with an edit."""
        wanted = _about(finding)
        return next((row for row, (other, _) in enumerate(self._rows) if _about(other) == wanted), None)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _INVALID) -> int:
        """One row a finding."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Finding | str | None:
        """The finding, its title, and in words what the row shows."""
        if not index.isValid():
            return None
        finding, places = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return finding.title
            case Qt.ItemDataRole.ToolTipRole:
                return tip(finding.message)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{tr(WORDS[finding.severity])}: {finding.title}" + (f", {places}" if places else "")
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return finding.message
        return finding if role == FINDING else places if role == PLACES else None


class FindingRows(QStyledItemDelegate):
    """Severity as icon and word, the title, and at the end where it is."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all."""
        return QSize(option.rect.width(), _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One finding in one line."""
        finding: Finding = index.data(FINDING)
        paint_ground(painter, option)
        theme, metrics = current_theme(), option.fontMetrics
        top, left = option.rect.top(), option.rect.left() + 14
        dpr = painter.device().devicePixelRatio()
        painter.drawPixmap(left, top + (_ROW - _ICON) // 2, severity_pixmap(finding.severity, _ICON, dpr))
        small = QFont(option.font)
        small.setPointSizeF(max(7.0, small.pointSizeF() - 1))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.pen("text-muted"))
        painter.setFont(small)
        # In a narrow list the icon has to do.
        wordy = option.rect.width() >= _WORDY * metrics.averageCharWidth()
        word = word_width(QFontMetrics(small), WORDS.values()) if wordy else 0
        if wordy:
            painter.drawText(QRect(left + _ICON + 7, top, word, _ROW), middle, tr(WORDS[finding.severity]))
        start = left + _ICON + 7 + word
        room = option.rect.right() - 14 - start
        title = min(room, metrics.horizontalAdvance(finding.title))
        places = QRect(start + title + 14, top, room - title - 14, _ROW)
        where = index.data(PLACES)
        if places.width() > 40 and where not in finding.title:
            text = QFontMetrics(small).elidedText(where, Qt.TextElideMode.ElideRight, places.width())
            painter.drawText(places, middle | Qt.AlignmentFlag.AlignRight, text)
        painter.setFont(option.font)
        painter.setPen(theme.pen("text"))
        text = metrics.elidedText(finding.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(start, top, room, _ROW), middle, text)


class FindingList(ChoiceList):
    """The list itself; a click, an arrow key or Enter chooses, Escape lets go."""

    menu_asked = Signal(object, QPoint)
    """The finding under the mouse, or the chosen one, and where the menu belongs on the screen."""

    def __init__(self, model: FindingModel) -> None:
        super().__init__(tr("List of findings"), model, FINDING)
        self.setItemDelegate(FindingRows(self))

    def current(self) -> Finding | None:
        """The chosen finding."""
        index = self.currentIndex()
        if not index.isValid() or not self.selectionModel().isSelected(index):
            return None
        finding: Finding = index.data(FINDING)
        return finding

    def take(self, row: int) -> None:
        """Chooses a row without saying so."""
        self.setCurrentIndex(self.model().index(row, 0))

    def clear_choice(self) -> None:
        """Chooses nothing."""
        if self.current() is not None:
            self.selectionModel().clear()
            self.chosen.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape lets go."""
        if event.key() == Qt.Key.Key_Escape and self.current() is not None:
            self.clear_choice()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the finding under the mouse, which is chosen by that, or of the chosen one by the keyboard."""
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if index.isValid():
            self.tell(index)
            self.menu_asked.emit(index.data(FINDING), event.globalPos())


def _alike(one: Sequence[tuple[Finding, str]], other: Sequence[tuple[Finding, str]]) -> int:
    """How many rows are the same from the beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((row for row, (before, after) in pairs if before != after), min(len(one), len(other)))


def _about(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.components, finding.connections, finding.boundaries, finding.flow
