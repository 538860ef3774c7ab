"""The status bar: what the canvas says on the left; findings, selection and zoom on the right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSizePolicy, QStatusBar, QToolButton, QWidget

from designer.gui.controls import label, tip
from designer.gui.icons import action_pixmap
from designer.gui.panels.selected import Selected
from designer.gui.panels.severity import count_words, severity_pixmap
from designer.gui.theme import current_theme, theme_switch
from designer.gui.zoom_box import ZoomBox
from designer.language import later, plural, tr

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis

_TOLD_MS = 4000


class StatusBar(QStatusBar):
    """Tells where things stand, and leads there by a click."""

    findings_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setAccessibleName(tr("Status"))
        self._analysis: Analysis | None = None
        self.words = label("", "small")
        self.words.setContentsMargins(8, 0, 0, 0)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setAccessibleName(tr("Message"))
        self.selection = label("", "small")
        self.selection.setContentsMargins(6, 0, 6, 0)
        self.findings = _button(tr("Findings"))
        self.findings.clicked.connect(self.findings_wanted)
        self.zoom = ZoomBox()
        self.zoom.refused.connect(self.tell)
        self.addWidget(self.words, 1)
        for widget in (self.selection, self.findings, self.zoom):
            self.addPermanentWidget(widget)
        theme_switch().theme_changed.connect(self._colour)
        self.show_zoom(1.0)
        self.show_analysis(None)

    def tell(self, text: str) -> None:
        """A word about what was done, for a few seconds."""
        self.showMessage(text, _TOLD_MS)

    def show_message(self, text: str) -> None:
        """What the canvas says now, until it says something else."""
        self.clearMessage()
        self.words.setText(text)
        self.words.setToolTip(tip(text))

    def show_selection(self, selected: Selected) -> None:
        """How much is selected."""
        parts = (
            (len(selected.components), later("{count} component"), later("{count} components")),
            (len(selected.boundaries), later("{count} boundary"), later("{count} boundaries")),
            (len(selected.connections), later("{count} connection"), later("{count} connections")),
        )
        words = ", ".join(plural(one, many, count) for count, one, many in parts if count)
        self.selection.setText(tr("{words} selected", words=words) if words else "")

    def show_analysis(self, analysis: Analysis | None) -> None:
        """How many findings there are, by severity."""
        self._analysis = analysis
        words = "" if analysis is None else count_words(Counter(finding.severity for finding in analysis.findings))
        self.findings.setText(words.capitalize())
        self.findings.setAccessibleName(tr("Findings: {words}", words=words) if words else tr("Findings"))
        self.findings.setVisible(bool(words))
        self._colour()

    def show_zoom(self, factor: float) -> None:
        """The zoom in percent."""
        self.zoom.show_zoom(factor)

    def _colour(self) -> None:
        worst = self._analysis.worst() if self._analysis else None
        dpr = self.devicePixelRatioF()
        if worst is None:
            self.findings.setIcon(QIcon(action_pixmap("check", 14, current_theme().color("ok"), dpr)))
        else:
            self.findings.setIcon(QIcon(severity_pixmap(worst, 14, dpr)))


def _button(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setIconSize(QSize(14, 14))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
