"""What the judges say of the template: a list, worst first, and the chosen message in full."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QScrollArea,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from designer.cloudformation.validation.messages import DEPLOYMENT
from designer.gui.controls import label, tip
from designer.gui.live_validation import Said
from designer.gui.panels.choice_list import ChoiceList
from designer.gui.panels.template_summary import SEVERITY_WORDS, message_pixmap
from designer.gui.rows import paint_ground, word_width
from designer.gui.theme import current_theme
from designer.language import tr

SAID = Qt.ItemDataRole.UserRole
_ROW, _ICON = 28, 16
_ROWS = 4
"""So many rows are seen without scrolling, the message in full has the rest."""
_INVALID = QModelIndex()


class MessageModel(QAbstractListModel):
    """Messages, in the order in which they come."""

    def __init__(self) -> None:
        super().__init__()
        self.format = "yaml"
        self._rows: tuple[Said, ...] = ()

    def show(self, said: Sequence[Said]) -> None:
        """Takes other messages over; does nothing when they are the same."""
        if tuple(said) != self._rows:
            self.beginResetModel()
            self._rows = tuple(said)
            self.endResetModel()

    def row_like(self, said: Said) -> int | None:
        """The row of the same rule about the same thing; its line may have moved with an edit."""
        wanted = (said.message.judge, said.message.rule, said.message.path)
        rows = enumerate(each.message for each in self._rows)
        return next((row for row, each in rows if (each.judge, each.rule, each.path) == wanted), None)

    def row_at(self, line: int) -> int | None:
        """The row of the worst message about a line (from 1)."""
        return next((row for row, each in enumerate(self._rows) if each.line(self.format) == line), None)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _INVALID) -> int:
        """One row a message."""
        return 0 if parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Said | str | None:
        """The message, its words, and in words what the row shows."""
        if not index.isValid():
            return None
        said = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return said.message.text
            case Qt.ItemDataRole.ToolTipRole:
                return tip(said.message.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return tr(
                    "{severity}: {words}, {place}",
                    severity=tr(SEVERITY_WORDS[said.message.severity]),
                    words=said.message.text,
                    place=place_of(said, self.format),
                )
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return said.message.hint
        return said if role == SAID else None


class MessageRows(QStyledItemDelegate):
    """Severity as icon and word, and what is said."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all."""
        return QSize(option.rect.width(), _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """One message in one line."""
        said: Said = index.data(SAID)
        paint_ground(painter, option)
        theme, severity = current_theme(), said.message.severity
        top, left = option.rect.top(), option.rect.left() + 14
        pixmap = message_pixmap(severity, _ICON, painter.device().devicePixelRatio())
        painter.drawPixmap(left, top + (_ROW - _ICON) // 2, pixmap)
        small = QFont(option.font)
        small.setPointSizeF(max(7.0, small.pointSizeF() - 1))
        painter.setFont(small)
        painter.setPen(theme.pen("text-muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        word = word_width(QFontMetrics(small), SEVERITY_WORDS.values())
        painter.drawText(QRect(left + _ICON + 7, top, word, _ROW), middle, tr(SEVERITY_WORDS[severity]))
        start = left + _ICON + 7 + word
        room = option.rect.right() - 14 - start
        painter.setFont(option.font)
        painter.setPen(theme.pen("text"))
        text = option.fontMetrics.elidedText(said.message.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(start, top, room, _ROW), middle, text)


class MessageList(ChoiceList):
    """The list; what it says to be chosen is a `Said`."""

    def __init__(self, model: MessageModel) -> None:
        super().__init__(tr("Messages about the template"), model, SAID)
        self.setItemDelegate(MessageRows(self))


class MessageDetails(QScrollArea):
    """One message in full: place and writer, what is said, what to do, and who says so."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("Message in full"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        body = QWidget()
        body.setProperty("role", "panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.place = label("", "small", wrap=True)
        self.text = label("", wrap=True)
        self.hint = label("", wrap=True)
        self._heading = label(tr("What to do"), "heading")
        self.source = QLabel()
        self.source.setProperty("role", "small")
        self.source.setWordWrap(True)
        self.source.setOpenExternalLinks(True)
        column = QVBoxLayout(body)
        column.setContentsMargins(14, 8, 14, 10)
        column.setSpacing(3)
        for widget in (self.place, self.text, self._heading, self.hint, self.source):
            column.addWidget(widget)
        column.addStretch(1)
        for widget in (self.text, self.hint):
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWidget(body)

    def show_message(self, said: Said, format: str) -> None:
        """Shows a message in full."""
        message = said.message
        self.place.setText(place_of(said, format))
        self.text.setText(message.text)
        self.hint.setText(message.hint)
        self._heading.setVisible(bool(message.hint))
        self.hint.setVisible(bool(message.hint))
        self.source.setText(_source(said))
        self.source.setVisible(bool(self.source.text()))
        self.verticalScrollBar().setValue(0)


class MessagesPane(QWidget):
    """The list over the chosen message in full."""

    chosen = Signal(object)
    """The `Said` that the user has chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = MessageModel()
        self.list = MessageList(self.model)
        self.details = MessageDetails()
        self._splitter = splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.details)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(splitter)
        self.list.chosen.connect(self._choose)

    def show_messages(self, said: Sequence[Said]) -> None:
        """Shows messages; the one that was chosen stays so, else the first shows in full without being chosen."""
        before: Said | None = self.list.currentIndex().data(SAID)
        if len(said) != self.model.rowCount():
            rows = min(len(said), _ROWS) * _ROW + 6
            self._splitter.setSizes([rows, max(rows, self.height() - rows)])
        self.model.show(said)
        row = self.model.row_like(before) if before is not None else None
        if row is not None:
            self.list.setCurrentIndex(self.model.index(row))
        if said:
            self.details.show_message(said[row or 0], self.model.format)

    def use_format(self, format: str) -> None:
        """Counts lines as in "yaml" or "json"."""
        self.model.format = format
        shown: Said | None = self.list.currentIndex().data(SAID) or self.model.index(0).data(SAID)
        if shown is not None:
            self.details.show_message(shown, format)

    def choose_line(self, line: int) -> None:
        """Shows what is said of a line (from 1), if anything."""
        row = self.model.row_at(line)
        if row is not None:
            index = self.model.index(row)
            self.list.setCurrentIndex(index)
            self.details.show_message(index.data(SAID), self.model.format)

    def _choose(self, said: Said) -> None:
        self.details.show_message(said, self.model.format)
        self.chosen.emit(said)


def place_of(said: Said, format: str) -> str:
    """Where a message belongs: "Line 12 · Orders (SQS queue)"; empty for one about no place."""
    if not said.lines:
        return ""
    return " · ".join(part for part in (tr("Line {line}", line=said.line(format)), said.title) if part)


def _source(said: Said) -> str:
    message = said.message
    judge = tr("Own rule") if message.judge == DEPLOYMENT else message.judge
    named = escape(" ".join(part for part in (judge, message.rule) if part))
    if not message.judge or not message.link.startswith("https://"):
        return named if message.judge else ""
    return f'{named}: <a href="{escape(message.link, quote=True)}">{escape(message.link)}</a>'
