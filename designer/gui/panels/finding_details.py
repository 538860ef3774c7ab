"""One finding in full, and what stands in the place of an empty list."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from designer.analysis.findings import Accepted, Analysis, Finding
from designer.gui.controls import label, set_state
from designer.gui.document import Document
from designer.gui.icons import action_pixmap
from designer.gui.panels.fix_list import FixList
from designer.gui.panels.severity import WORDS
from designer.gui.theme import current_theme
from designer.language import plural, tr

if TYPE_CHECKING:
    from designer.analysis.fixes import Preview


class Details(QScrollArea):
    """One finding in full."""

    accept_asked = Signal(object)
    """The shown `Finding` is to be accepted."""
    take_back_asked = Signal(object)
    """The shown `Accepted` is to be taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setWidgetResizable(True)
        self.setAccessibleName(tr("Finding in full"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        body = QWidget()
        body.setProperty("role", "panel")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(3)
        self.severity = label("", "small")
        self.title = label("", "title", wrap=True)
        self.message, self.why, self.fix = (label("", wrap=True) for _ in range(3))
        self._why_heading = label(tr("Why it matters"), "heading")
        self._fix_heading = label(tr("What to do"), "heading")
        self.source = QLabel()
        self.source.setOpenExternalLinks(True)
        self.source.setWordWrap(True)
        self.source.setProperty("role", "small")
        for widget in (self.severity, self.title, self.message):
            column.addWidget(widget)
        for heading, text in ((self._why_heading, self.why), (self._fix_heading, self.fix)):
            heading.setContentsMargins(0, 8, 0, 0)
            column.addWidget(heading)
            column.addWidget(text)
        self._finding: Finding | None = None
        self._accepted: Accepted | None = None
        self._reason_heading = label(tr("Accepted because"), "heading")
        self._reason_heading.setContentsMargins(0, 8, 0, 0)
        self.reason = label("", wrap=True)
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._reason_heading)
        column.addWidget(self.reason)
        self.fixes = FixList(tr("Fixes of this finding"))
        self.fixes.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self.fixes)
        self.source.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.source)
        self.accept = QPushButton(tr("Accept with a reason…"))
        self.take_back = QPushButton(tr("Take back"))
        for button in (self.accept, self.take_back):
            button.setProperty("flat", True)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.accept.clicked.connect(lambda: self.accept_asked.emit(self._finding))
        self.take_back.clicked.connect(lambda: self.take_back_asked.emit(self._accepted))
        column.addStretch(1)
        self._column = column
        for text in (self.title, self.message, self.why, self.fix):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWidget(body)
        self.show_finding(None, "")
        self.show_acceptance(None, can_accept=False)

    def tell_why_first(self, *, on: bool) -> None:
        """Puts the reason before what was found, or after it."""
        self._column.removeWidget(self.message)
        after = self.why if on else self.title
        self._column.insertWidget(self._column.indexOf(after) + 1, self.message)

    def show_acceptance(self, accepted: Accepted | None, *, can_accept: bool) -> None:
        """Shows why the finding is accepted, or offers to accept it."""
        self._accepted = accepted
        self.reason.setText(accepted.reason if accepted else "")
        for widget in (self._reason_heading, self.reason, self.take_back):
            widget.setVisible(accepted is not None)
        self.accept.setVisible(accepted is None and can_accept)
        self.fixes.setVisible(accepted is None)

    def show_finding(self, finding: Finding | None, places: str) -> None:
        """Shows a finding, or how to choose one."""
        self._finding = finding
        if finding is None:
            self.severity.setText("")
            self.title.setText(tr("Choose a finding"))
            self.message.setText(
                tr("Its reason, what to do about it, and the way it takes through the drawing show here.")
            )
        else:
            self.severity.setText(" · ".join(part for part in (tr(WORDS[finding.severity]), places) if part))
            self.title.setText(finding.title)
            self.message.setText(finding.message)
        self.severity.setVisible(finding is not None)
        set_state(self.title, "role", "muted" if finding is None else "title")
        set_state(self.message, "role", "muted" if finding is None else "")
        for heading, widget, text in (
            (self._why_heading, self.why, finding.why if finding else ""),
            (self._fix_heading, self.fix, finding.fix if finding else ""),
        ):
            widget.setText(text)
            heading.setVisible(bool(text))
            widget.setVisible(bool(text))
        self.fixes.show_text(tr("Looking for fixes…") if finding else "")
        self.source.setText(_source(finding) if finding else "")
        self.source.setVisible(bool(self.source.text()))
        self.verticalScrollBar().setValue(0)

    def show_fixes(self, previews: Sequence[Preview]) -> None:
        """Shows the fixes that were found for the finding."""
        if previews:
            self.fixes.show_previews(previews)
        else:
            self.fixes.show_text(tr("No change of the drawing is known that solves this by itself."))


class Nothing(QWidget):
    """What stands in the place of an empty list: what was looked for, or that a filter hides everything."""

    filter_dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self.title = label("", "title")
        self.text = label("", "muted", wrap=True)
        self.button = QPushButton(tr("Show all findings"))
        self.button.setProperty("flat", True)
        self.button.clicked.connect(self.filter_dropped)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def explain(self, analysis: Analysis | None, document: Document, *, filtered: bool) -> None:
        """Says why the list is empty."""
        self.button.setVisible(filtered)
        self._icon.setVisible(not filtered and analysis is not None)
        color = current_theme().color("ok")
        self._icon.setPixmap(action_pixmap("check", 18, color, self.devicePixelRatioF()))
        if filtered:
            self.title.setText(tr("No finding fits the filter"))
            self.text.setText("")
        elif not document.architecture.components:
            self._icon.hide()
            self.title.setText(tr("Nothing to check yet"))
            self.text.setText(tr("Findings show here as soon as there are components, and follow every change."))
        elif analysis is None:
            self.title.setText(tr("The drawing is being checked"))
            self.text.setText(tr("Findings show here in a moment."))
        else:
            self.title.setText(tr("No findings"))
            self.text.setText(_what_was_checked(analysis, document))


def _what_was_checked(analysis: Analysis, document: Document) -> str:
    architecture = document.architecture
    counts = (
        plural("{count} component", "{count} components", len(architecture.components)),
        plural("{count} connection", "{count} connections", len(architecture.connections)),
        plural("{count} flow", "{count} flows", len(analysis.flows)),
    )
    return tr(
        "Checked: {names}; for events that alone stop a flow, for tight coupling and cycles, for "
        "settings that lose data or let too much in, and for what CloudFormation would refuse.",
        names=", ".join(counts),
    )


def _source(finding: Finding) -> str:
    link = finding.link or (finding.source if finding.source.startswith("https://") else "")
    shown = finding.source or link
    if not shown:
        return ""
    if not link.startswith("https://"):
        return tr("Source: {shown}", shown=escape(shown))
    return tr('Source: <a href="{link}">{shown}</a>', link=escape(link, quote=True), shown=escape(shown))
