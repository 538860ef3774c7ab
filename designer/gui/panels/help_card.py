"""The explanation of a field: what it means, what fits, what holds now and why, and where AWS documents it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from designer.catalog.entries import Property
from designer.gui.controls import label
from designer.gui.panels.editors import FieldState
from designer.gui.panels.limits import limits_in_words, value_in_words
from designer.language import tr

_WIDTH = 300


class HelpCard(QFrame):
    """Opens below a field and closes by Escape or a click elsewhere; its link is followed by mouse or Enter."""

    def __init__(self, owner: QWidget, title: str, lines: list[str], link: str = "", sets: str = "") -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "bar")
        self.setAccessibleName(tr("About {title}", title=title))
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 12)
        column.setSpacing(6)
        column.addWidget(label(title, "title", wrap=True))
        for number, line in enumerate(line for line in lines if line):
            column.addWidget(label(line, "" if number == 0 else "small", wrap=True))
        if sets:
            column.addWidget(label(tr("Sets {target}", target=sets), "small", wrap=True))
        self.link = Link(tr("AWS documentation"), link) if link else None
        if self.link is not None:
            column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)

    def open_below(self, place: QWidget) -> None:
        """Shows itself below a widget, within the screen, with the cursor on the link."""
        self.adjustSize()
        corner = place.mapToGlobal(QPoint(place.width() - self.width(), place.height() + 4))
        screen = place.screen().availableGeometry()
        left = min(max(corner.x(), screen.left()), screen.right() - self.width())
        above = place.mapToGlobal(QPoint(0, -self.height() - 4)).y()
        top = corner.y() if corner.y() + self.height() <= screen.bottom() else max(above, screen.top())
        self.move(left, top)
        self.show()
        if self.link is not None:
            self.link.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class Link(QLabel):
    """A link that opens in the browser, by mouse or by Enter while it has the cursor."""

    def __init__(self, text: str, address: str) -> None:
        super().__init__(f'<a href="{escape(address)}">{escape(text)}</a>')
        self.address = address
        self.setProperty("role", "link")
        self.setOpenExternalLinks(True)
        # The room for the border would else be doubled.
        self.setIndent(0)
        self.setToolTip(address)
        self.setAccessibleName(text)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QDesktopServices.openUrl(QUrl(self.address))
        else:
            super().keyPressEvent(event)


def explanation(prop: Property, state: FieldState) -> list[str]:
    """The lines of a property's explanation; some may be empty."""
    return [prop.help, limits_in_words(prop), holds_now(prop, state), _scope(prop)]


def holds_now(prop: Property, state: FieldState) -> str:
    """What holds now, and where it comes from."""
    if state.mixed:
        return tr("The selected things differ here. What you enter holds for all of them.")
    value = value_in_words(prop, state.value)
    if state.own:
        return tr("Now {value}, set here.", value=value)
    if state.origin:
        return tr("Now {value}, which follows from: {origin}.", value=value, origin=state.origin)
    return tr("Now {value}, the default.", value=value) if state.value is not None else tr("Nothing is set.")


def _scope(prop: Property) -> str:
    return tr("Only the analysis reads it; the template stays as it is.") if prop.analysis_only else ""
