"""Choosing the package of AWS Architecture Icons that the user has downloaded."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from designer.catalog.catalog import Catalog
from designer.catalog.icon_package import IconPackage, read_icon_package
from designer.errors import UserError
from designer.gui.controls import label, set_state
from designer.gui.settings import UserSettings
from designer.language import later, tr

_LINES = 4
"""Room for what is said about a package."""
_ABOUT = later(
    "AWS offers its icons for architecture diagrams. Download the package from aws.amazon.com/architecture/icons and "
    "choose it here. It is read from where it is and stays as it is; pictures that you export contain its icons, "
    "for which the terms of AWS hold."
)


class IconsDialog(QDialog):
    """File or folder, and what was found in it."""

    chosen = Signal(object)
    """The `IconPackage` to use."""

    def __init__(self, catalog: Catalog, settings: UserSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("AWS Architecture Icons"))
        self.setMinimumWidth(620)
        self._catalog = catalog
        self._settings = settings
        self._package: IconPackage | None = None
        self.path = QLineEdit()
        self.path.setAccessibleName(tr("Package"))
        self.path.setPlaceholderText(tr("Zip file or folder"))
        self.file = QPushButton(tr("Zip File…"))
        self.folder = QPushButton(tr("Folder…"))
        self.found = label("", wrap=True)
        self.found.setAccessibleName(tr("What was found"))
        self.found.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.found.setMinimumHeight(_LINES * self.found.fontMetrics().lineSpacing())
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.use = self.buttons.addButton(tr("Use These Icons"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.use, "primary", True)
        self.use.setDefault(True)
        self.use.setEnabled(False)
        self._arrange()
        self.file.clicked.connect(self._ask_file)
        self.folder.clicked.connect(self._ask_folder)
        self.path.editingFinished.connect(self._read)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        if settings.icons is not None:
            self.show_path(settings.icons)

    def show_path(self, path: Path) -> None:
        """Takes a path and says what is found there."""
        self.path.setText(str(path))
        self._read()

    def _arrange(self) -> None:
        for button in (self.file, self.folder):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.file)
        row.addWidget(self.folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("AWS Architecture Icons"), "display"))
        column.addWidget(label(tr(_ABOUT), "muted", wrap=True))
        column.addLayout(row)
        column.addWidget(self.found)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def _ask_file(self) -> None:
        kinds = tr("Asset package") + " (*.zip)"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Zip file with icons"), str(self._start()), kinds)
        if chosen:
            self.show_path(Path(chosen))

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder with icons"), str(self._start()))
        if chosen:
            self.show_path(Path(chosen))

    def _start(self) -> Path:
        return self._settings.icons.parent if self._settings.icons is not None else self._settings.folder

    def _read(self) -> None:
        text = self.path.text().strip()
        self._package = None
        error = ""
        if text:
            try:
                self._package = read_icon_package(Path(text).expanduser(), self._catalog.aws_icons)
            except UserError as problem:
                error = str(problem)
        self.found.setText(error or (self._told(self._package) if self._package is not None else ""))
        set_state(self.found, "role", "error" if error else "")
        set_state(self.path, "invalid", bool(error))
        self.use.setEnabled(self._package is not None)

    def _told(self, package: IconPackage) -> str:
        found, wanted = len(package.light), len(self._catalog.aws_icons)
        words = tr("{found} of {wanted} icons were found.", found=found, wanted=wanted)
        if not package.missing:
            return words
        names = ", ".join(self._title(name) for name in package.missing)
        return f"{words} {tr('The built-in icon stays for: {names}.', names=names)}"

    def _title(self, icon: str) -> str:
        """What the thing with an icon is called ("SQS queue", "Subnet tier, public")."""
        kind, _, part = icon.partition("-")
        entry = self._catalog.kinds.get(icon) or self._catalog.boundaries[kind]
        return f"{entry.title}, {part}" if part and icon not in self._catalog.kinds else entry.title

    def _accept(self) -> None:
        self._read()
        if self._package is not None:
            self.chosen.emit(self._package)
            self.accept()
