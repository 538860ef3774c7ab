"""What the program is, which version, and under which terms."""

from __future__ import annotations

import platform

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from designer import __version__
from designer.gui.controls import label
from designer.gui.icons import service_icon
from designer.language import later, tr

_TEXT = later(
    "Draw an architecture, see at once which single failure stops it and which parts are too tightly coupled, and "
    "export a CloudFormation template that deploys. Everything stays on this computer."
)
_TERMS = later(
    "Under the MIT licence. Not affiliated with or endorsed by Amazon Web Services; AWS and the names of its services "
    "are trademarks of Amazon.com, Inc. or its affiliates."
)


class AboutDialog(QDialog):
    """A small page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About"))
        self.setFixedWidth(460)
        icon = QLabel()
        icon.setPixmap(service_icon("app").pixmap(QSize(48, 48), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(tr("AWS Architecture Designer"), "display"))
        versions = tr(
            "Version {version} · Qt for Python {qt_version} · Python {python_version}",
            version=__version__,
            qt_version=qt_version,
            python_version=platform.python_version(),
        )
        words.addWidget(label(versions, "small"))
        words.addSpacing(8)
        words.addWidget(label(tr(_TEXT), wrap=True))
        words.addSpacing(6)
        words.addWidget(label(tr(_TERMS), "small", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 18)
        column.setSpacing(16)
        column.addLayout(row)
        column.addWidget(buttons)
