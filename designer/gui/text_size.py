"""The size of the letters of all windows, relative to what the desktop says."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from designer.gui.theme import theme_switch


@lru_cache(maxsize=1)
def _desktop_font() -> QFont:
    """The font at the program's start."""
    return QFont(QApplication.font())


def use_text_size(percent: int) -> None:
    """Makes all letters so large, in percent of the desktop's; those of the drawing follow its zoom instead."""
    font = QFont(_desktop_font())
    font.setPointSizeF(font.pointSizeF() * percent / 100)
    if font != QApplication.font():
        QApplication.setFont(font)
        theme_switch().restyle()
