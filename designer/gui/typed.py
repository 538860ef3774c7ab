"""What is being typed belongs to the drawing before it is saved or given up."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit
from shiboken6 import isValid

_FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox)


def take_typed() -> None:
    """Makes an edit of what stands in the field that has the keyboard, as leaving it would; typing goes on there.

    A field hands over its text when it is left, and neither a command's key nor the window's close button leaves it.
    """
    field = QApplication.focusWidget()
    if not isinstance(field, _FIELDS):
        return
    field.clearFocus()
    if isValid(field) and field.isVisible():
        field.setFocus()
