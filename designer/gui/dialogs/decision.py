"""Writes a decision down: what was decided, how far it has come, when, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from designer.gui.controls import allow, label, set_state
from designer.gui.inputs import ComboBox
from designer.gui.states import DECISIONS
from designer.language import tr
from designer.model.decisions import Decision, Status
from designer.storage.decisions import MAX_TITLE, MAX_WHY, is_day

_WHY_HEIGHT = 150


class DecisionDialog(QDialog):
    """A new decision, or one that is there (`before`), which can be removed here too."""

    def __init__(self, about: str, before: Decision | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before = before
        self.is_removed = False
        self.setWindowTitle(tr("Decision") if before else tr("New decision"))
        self.setMinimumWidth(480)
        shown = before or Decision(title="", date=date.today().isoformat())
        self.title = QLineEdit(shown.title)
        self.title.setPlaceholderText(tr("What is decided, in a few words"))
        self.status = ComboBox()
        for status in Status:
            self.status.addItem(tr(DECISIONS[status]), status)
        self.status.setCurrentIndex(self.status.findData(shown.status))
        self.date = QLineEdit(shown.date)
        self.date.setPlaceholderText(tr("Such as {day}", day="2026-03-01"))
        self.why = QPlainTextEdit(shown.why)
        self.why.setProperty("role", "field")
        self.why.setTabChangesFocus(True)
        self.why.setFixedHeight(_WHY_HEIGHT)
        self.why.setPlaceholderText(tr("The situation, what else was considered, and what follows from it"))
        self.message = label("", "error", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.keep = self.buttons.addButton(tr("Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.keep, "primary", True)
        self.remove = self.buttons.addButton(tr("Remove"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.remove.setVisible(before is not None)
        self._arrange(about)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.remove.clicked.connect(self._remove)
        for line in (self.title, self.date):
            line.textChanged.connect(self._check)
        self.why.textChanged.connect(self._check)
        self._check()
        self.title.setFocus()

    def decision(self) -> Decision:
        """The decision as it stands in the fields."""
        kept = {} if self.before is None else self.before.extra
        return Decision(
            title=self.title.text().strip(),
            status=self.status.currentData(),
            why=self.why.toPlainText().strip(),
            date=self.date.text().strip(),
            extra=kept,
        )

    def _arrange(self, about: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(label(about, "title", wrap=True))
        form = QFormLayout()
        form.setSpacing(8)
        for words, field in (
            (tr("Decision"), self.title),
            (tr("Status"), self.status),
            (tr("Date"), self.date),
            (tr("Why"), self.why),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        column.addLayout(form)
        column.addWidget(self.message)
        kept = tr("It is kept in the file and told in reports. It changes no resource of the template.")
        column.addWidget(label(kept, "small", wrap=True))
        column.addWidget(self.buttons)

    def _check(self) -> None:
        made = self.decision()
        wrong_date = bool(made.date) and not is_day(made.date)
        set_state(self.date, "invalid", wrong_date)
        words = ""
        if wrong_date:
            words = tr("The date is a day such as {day}.", day="2026-03-01")
        elif len(made.title) > MAX_TITLE:
            words = tr("The title has at most {most} characters, not {length}.", most=MAX_TITLE, length=len(made.title))
        elif len(made.why) > MAX_WHY:
            words = tr("The reasons have at most {most} characters, not {length}.", most=MAX_WHY, length=len(made.why))
        self.message.setText(words)
        self.message.setVisible(bool(words))
        allow(self.keep, words if made.title else tr("Write what is decided first"))

    def _remove(self) -> None:
        self.is_removed = True
        self.accept()
