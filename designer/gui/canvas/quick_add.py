"""A small search on the canvas: what is typed is found among some offers, and Enter takes one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from designer.gui.canvas.accessible import announce
from designer.gui.controls import SearchField, label, tip
from designer.gui.icons import service_icon
from designer.gui.offers import Offer
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_WIDTH, _HEIGHT, _MARGIN, _ICON, _DETAIL = 300, 320, 8, 20, 50
_MOST = 200
"""More lines are not looked through: a letter more finds what is meant."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class QuickAdd(QFrame):
    """Enter or a click takes a line; Escape or leaving takes none. It closes itself.

    `detail` gives a sentence or two on the line that is current, which stand below the list.
    """

    def __init__(
        self,
        canvas: Canvas,
        offers: Sequence[Offer],
        at: QPoint,
        take: Callable[[Offer], None],
        closed: Callable[[], None] = lambda: None,
        detail: Callable[[Offer], str] = lambda offer: offer.summary,
        prompt: str = "",
    ) -> None:
        super().__init__(canvas.viewport())
        self._canvas, self._offers, self._take, self._closed, self._explain = canvas, offers, take, closed, detail
        self._done = False
        self._before = QApplication.focusWidget()
        self.setProperty("role", "bar")
        self.setAccessibleName(prompt or tr("Add to the drawing"))
        self.search: QLineEdit = SearchField(prompt or tr("Add a service"))
        self.list = QListWidget()
        self.list.setProperty("role", "palette")
        self.list.setAccessibleName(tr("What can be added here"))
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.detail = label("", "small", wrap=True)
        self.detail.setFixedHeight(_DETAIL)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setContentsMargins(8, 4, 8, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._choose)
        self.list.currentItemChanged.connect(self._show_detail)
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
            self._give_focus_back()
        self.hide()
        self.deleteLater()
        self._closed()

    def _give_focus_back(self) -> None:
        """To where it came from: the canvas, or the outline."""
        before = self._before
        if before is not None and shiboken6.isValid(before) and before.isVisible() and not self.isAncestorOf(before):
            before.setFocus()
        else:
            self._canvas.setFocus()

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
        for _rank, number in sorted((rank, number) for rank, number in ranked if rank is not None)[:_MOST]:
            offer = self._offers[number]
            item = QListWidgetItem(service_icon(offer.kind), offer.title)
            item.setData(Qt.ItemDataRole.UserRole, number)
            item.setToolTip(tip(offer.summary))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.detail.setText(tr("Nothing that fits has this name."))

    def _show_detail(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        # The keyboard stays in the search field, so the line that it has come to is not told by itself.
        announce(self.search, item.text())
        text = self._explain(self._offers[item.data(Qt.ItemDataRole.UserRole)])
        self.detail.setToolTip(tip(text))
        metrics, width = self.detail.fontMetrics(), (_WIDTH - 2 * _MARGIN - 24) * 3
        self.detail.setText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))

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
