"""Tab goes through a panel as one reads it, whenever its fields were made.

Qt's own order is that in which widgets were made: what a panel shows later, such as the fixes of a finding, would
come after everything else in the window.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cmp_to_key

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget


class Dock(QDockWidget):
    """A dock in which Tab goes from field to field in reading order, and then leaves."""

    left = Signal(int)
    """Tab (1) or Shift+Tab (-1) has come to the end."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: N802 - Qt's name
        """Goes on in the panel, or says that it is at the end."""
        order = list(reading_order(self))
        here: QObject | None = QApplication.focusWidget()
        while here is not None and here not in order:
            here = here.parent()
        at = order.index(here) + (1 if next else -1) if isinstance(here, QWidget) else -1
        if 0 <= at < len(order):
            reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
            order[at].setFocus(reason)
        else:
            self.left.emit(1 if next else -1)
        return True


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """What stands in a widget and takes keys, from the top to the bottom, what stands side by side from the left."""
    inner = [each for each in widget.children() if isinstance(each, QWidget) and not each.isWindow()]
    for each in sorted((each for each in inner if each.isVisible()), key=cmp_to_key(_compare)):
        if takes_keys(each):
            yield each
        yield from reading_order(each)


def takes_keys(widget: QWidget) -> bool:
    """Whether Tab may come to a widget; not to one whose keys another one gets."""
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    return by_tab and widget.isEnabled() and not widget.size().isEmpty()


def _compare(one: QWidget, other: QWidget) -> int:
    """Negative when the first one is read before the other: above it, or beside it on the left."""
    first, second = one.geometry(), other.geometry()
    shared = min(first.bottom(), second.bottom()) - max(first.top(), second.top())
    beside = shared * 2 > min(first.height(), second.height())
    return first.left() - second.left() if beside else first.top() - second.top()
