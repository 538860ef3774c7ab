"""The row over the template: format, find, what the judges say, copy and export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from designer.gui.controls import SearchField, label, tip, tool_button
from designer.gui.live_validation import Phase, Verdict
from designer.gui.panels.template_summary import summary_of, summary_pixmap
from designer.gui.theme import theme_switch
from designer.language import later, plural, tr

PATIENCE_MS = 400
"""An answer that comes sooner takes the place of the last one without a word between."""
_OPINION, _SHORT_OPINION, _CANCEL = later("Second opinion"), "cfn-lint", later("Cancel")
_WIDE = 720
"""From this width in pixels on there is room for long names."""
_OPINION_TIP = later("Ask cfn-lint too, for the Region of the architecture; it takes some seconds")


class TemplateBar(QWidget):
    """YAML or JSON, find, the judges' summary, a second opinion, copy, export."""

    format_chosen = Signal(str)
    messages_wanted = Signal(bool)
    """Whether the list of messages is to be seen."""
    opinion_wanted = Signal()
    opinion_cancelled = Signal()

    def __init__(self, format: str) -> None:
        super().__init__()
        self._asking = False
        self._verdict = Verdict()
        self.buttons = self._format_buttons(format)
        self.search = SearchField(tr("Find in template"))
        self.search.setMinimumWidth(56)
        self.search.setMaximumWidth(220)
        self._told = label("", "small")
        self._notes = QLabel()
        self._notes.setProperty("role", "small")
        self.summary = _button(tr("Template"))
        self.summary.setIconSize(QSize(14, 14))
        self.summary.setProperty("filter", True)
        self.summary.setChecked(True)
        # Where there is no room the icon has to do.
        self.summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.summary.setMinimumWidth(40)
        self.opinion = QPushButton(tr(_OPINION))
        self.copy = tool_button("copy", tr("Copy template"), tip=tr("Copy the whole template"))
        self.copy.setIconSize(QSize(16, 16))
        self.export = QPushButton(tr("Export…"))
        self.export.setToolTip(tr("Write the template to a file"))
        self.progress = QProgressBar()
        # cfn-lint does not say how far it is.
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(3)
        self.progress.setAccessibleName(tr("cfn-lint reads the template"))
        self.progress.hide()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._arrange()
        self.summary.clicked.connect(self._tell_wish)
        self.opinion.clicked.connect(self._tell_opinion)
        self._patience.timeout.connect(self._show_summary)
        theme_switch().theme_changed.connect(self._colour)
        self._show_summary()

    def tell(self, text: str) -> None:
        """A short word about what has just been done."""
        self._told.setText(text)

    def show_notes(self, notes: Sequence[str]) -> None:
        """How many notes there are, in full as a tooltip."""
        count = len(notes)
        self._notes.setText(plural("{count} note", "{count} notes", count) if count else "")
        self._notes.setToolTip(tip("\n".join(f"• {note}" for note in notes)))
        self._notes.setAccessibleDescription("\n".join(notes))

    def show_verdict(self, verdict: Verdict) -> None:
        """What the judges say; that they are at it only when that takes longer than a moment."""
        self._verdict = verdict
        self._asking = verdict.phase is Phase.CHECKING and verdict.lint
        self.progress.setVisible(self._asking)
        self._name_opinion()
        self.opinion.setVisible(verdict.phase is not Phase.IDLE)
        if verdict.phase is Phase.CHECKING and not self._asking and self.summary.text():
            if not self._patience.isActive():
                self._patience.start()
        else:
            self._patience.stop()
            self._show_summary()

    def wants_messages(self) -> bool:
        """Whether the list of messages is to be seen while there are any."""
        return self.summary.isChecked()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow panel has short names."""
        super().resizeEvent(event)
        self._name_opinion()

    def _name_opinion(self) -> None:
        name = _OPINION if self.width() >= _WIDE else _SHORT_OPINION
        self.opinion.setText(tr(_CANCEL if self._asking else name))
        self.opinion.setAccessibleName(
            tr("Stop asking cfn-lint") if self._asking else tr("Second opinion from cfn-lint")
        )
        self.opinion.setToolTip(tr("Stop asking cfn-lint") if self._asking else tr(_OPINION_TIP))

    def _show_summary(self) -> None:
        summary = summary_of(self._verdict)
        self.summary.setText(summary.words)
        self.summary.setVisible(bool(summary.words))
        self.summary.setAccessibleName(tr("Template: {words}", words=summary.words))
        self.summary.setToolTip(tip(summary.more))
        self._colour()

    def _colour(self) -> None:
        icon = QIcon()
        if self._verdict.phase is Phase.DONE:
            icon = QIcon(summary_pixmap(summary_of(self._verdict).worst, 14, self.devicePixelRatioF()))
        self.summary.setIcon(icon)

    def _tell_wish(self) -> None:
        self.messages_wanted.emit(self.summary.isChecked())

    def _tell_opinion(self) -> None:
        if self._asking:
            self.opinion_cancelled.emit()
        else:
            self.opinion_wanted.emit()

    def _format_buttons(self, format: str) -> dict[str, QToolButton]:
        group = QButtonGroup(self)
        made = {}
        for value in ("yaml", "json"):
            button = made[value] = _button(tr("Show as {format}", format=value.upper()))
            button.setText(value.upper())
            button.setChecked(value == format)
            button.setProperty("chip", True)
            group.addButton(button)
        group.buttonClicked.connect(lambda button: self.format_chosen.emit(button.text().lower()))
        return made

    def _formats(self) -> QWidget:
        """Both format buttons, at least as wide as their words, which the style sheet does not grant each of them."""
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        words = 0
        for button in self.buttons.values():
            row.addWidget(button)
            words += button.fontMetrics().horizontalAdvance(button.text()) + 22
        pair.setMinimumWidth(words)
        return pair

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(12, 7, 10, 7)
        row.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.progress)
        row.addWidget(self._formats())
        row.addSpacing(8)
        row.addWidget(self.search, 100)
        row.addWidget(self._told)
        row.addStretch(1)
        row.addWidget(self._notes)
        row.addSpacing(6)
        row.addWidget(self.summary)
        row.addSpacing(2)
        row.addWidget(self.opinion)
        row.addWidget(self.copy)
        row.addWidget(self.export)


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setCheckable(True)
    button.setAccessibleName(name)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
