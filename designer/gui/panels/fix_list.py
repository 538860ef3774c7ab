"""Fixes as rows: what each would do to availability and cost, and a button that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from designer.gui.controls import empty_layout, label
from designer.language import later, plural, tr

if TYPE_CHECKING:
    from designer.analysis.fixes import Preview

_TRADE = later("Solves its finding, and lowers a figure")
MOST_ROWS = 20
"""More fixes than this are only counted."""


class FixRow(QFrame):
    """One fix. Looking at it (by mouse or focus) lights up what it touches."""

    applied = Signal(object)
    """The `Fix` is to be made."""
    looked_at = Signal(object)
    """The ids it touches; empty when it is looked at no more."""

    def __init__(self, preview: Preview, tags: Sequence[str] = ()) -> None:
        super().__init__()
        fix = preview.fix
        self.preview = preview
        self.setProperty("role", "card")
        self.setAccessibleName(fix.title)
        words = [preview.summary.replace(" -> ", " → "), *_findings(preview)]
        self.setAccessibleDescription(". ".join(words))
        self.apply = QPushButton(tr("Apply"))
        self.apply.setAccessibleName(tr("Apply: {title}", title=fix.title))
        self.apply.setToolTip(tr("Changes the drawing in one step; Undo takes it back"))
        self.apply.clicked.connect(lambda: self.applied.emit(fix))
        self.apply.installEventFilter(self)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        if preview.falls:
            tags = (*tags, tr(_TRADE))
        if tags:
            texts.addWidget(label(" · ".join(tags), "heading"))
        texts.addWidget(label(fix.title, "title", wrap=True))
        for text in words:
            texts.addWidget(label(text, "small", wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 10, 8)
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignVCenter)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Lights up what the fix touches."""
        super().enterEvent(event)
        self.looked_at.emit(self.preview.fix.components)

    def leaveEvent(self, event: QEvent) -> None:
        """Puts it out."""
        super().leaveEvent(event)
        self.looked_at.emit(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002 - Qt's name and arguments
        """The keyboard looks at a fix by going to its button."""
        if event.type() is QEvent.Type.FocusIn:
            self.looked_at.emit(self.preview.fix.components)
        elif event.type() is QEvent.Type.FocusOut:
            self.looked_at.emit(())
        return False


class FixList(QWidget):
    """Rows of fixes under one another, or a line that says why there is none."""

    applied = Signal(object)
    looked_at = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows: list[FixRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_previews(self, previews: Sequence[Preview], tags: Mapping[str, Sequence[str]] | None = None) -> None:
        """Shows these fixes; `tags` are words above a fix, by its key."""
        self._clear()
        for preview in previews[:MOST_ROWS]:
            row = FixRow(preview, (tags or {}).get(preview.fix.key, ()))
            row.applied.connect(self.applied)
            row.looked_at.connect(self.looked_at)
            self._column.addWidget(row)
            self.rows.append(row)
        if len(previews) > MOST_ROWS:
            self._column.addWidget(label(tr("and {count} more", count=len(previews) - MOST_ROWS), "muted"))

    def show_text(self, text: str) -> None:
        """Shows a line in the place of fixes; an empty one shows nothing."""
        self._clear()
        if text:
            self._column.addWidget(label(text, "muted", wrap=True))

    def _clear(self) -> None:
        self.rows = []
        empty_layout(self._column)


def _findings(preview: Preview) -> list[str]:
    """What it solves besides, and what it brings, in a sentence each."""
    words = []
    others = len(preview.solved) - 1
    if others > 0:
        words.append(plural("Solves {count} more finding", "Solves {count} more findings", others))
    if preview.raised:
        titles = ", ".join(dict.fromkeys(finding.title for finding in preview.raised))
        words.append(tr("Brings: {titles}", titles=titles))
    return words
