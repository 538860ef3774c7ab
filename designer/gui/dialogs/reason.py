"""Asks why a finding is accepted, and where."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QPlainTextEdit, QVBoxLayout, QWidget

from designer.gui.controls import label, set_state
from designer.gui.inputs import ComboBox
from designer.language import tr
from designer.storage.fields import MAX_REASON


class ReasonDialog(QDialog):
    """A reason in words, without which nothing is accepted, and one of the places where the finding may be accepted."""

    def __init__(self, title: str, places: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Accept with a reason"))
        self.setMinimumWidth(420)
        self.place = ComboBox()
        self.place.setAccessibleName(tr("Where"))
        for place in places:
            self.place.addItem(place)
        self.reason = QPlainTextEdit()
        self.reason.setProperty("role", "field")
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.setTabChangesFocus(True)
        self.reason.setPlaceholderText(tr("Why this may stay as it is, and until when"))
        self.reason.setFixedHeight(96)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.accept_button = self.buttons.addButton(tr("Accept"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.accept_button, "primary", True)
        self.message = label("", "small", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(title, "title", wrap=True))
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(tr("Where"), self.place)
        form.addRow(tr("Reason"), self.reason)
        column.addLayout(form)
        column.addWidget(self.message)
        column.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.reason.textChanged.connect(self._check)
        self.reason.setFocus()
        self._check()

    def text(self) -> str:
        """The reason, without blanks around it."""
        return self.reason.toPlainText().strip()

    def _check(self) -> None:
        length = len(self.text())
        self.accept_button.setEnabled(0 < length <= MAX_REASON)
        told = tr("It is kept in the file and told in reports. The finding moves to the accepted ones.")
        self.message.setText(
            tr("At most {most} characters, not {length}.", most=MAX_REASON, length=length)
            if length > MAX_REASON
            else told
        )
