"""Writing the drawing to a picture file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from designer.errors import UserError
from designer.gui.canvas.canvas import Canvas
from designer.gui.controls import allow, label, set_state
from designer.gui.document import Document
from designer.gui.inputs import ComboBox, Switch
from designer.gui.messages import ask_replace, show_error
from designer.gui.pictures import SUFFIXES, drawing_size, write_picture
from designer.gui.settings import UserSettings
from designer.language import later, tr
from designer.model.names import slug

_SCALES = (1, 2, 3, 4)
_TITLES = {".drawio": "draw.io"}
_FIRST_SCALE = 2
_SHEETS = (
    ("", later("One page, as large as the drawing")),
    ("a4", later("Pages of A4")),
    ("a3", later("Pages of A3")),
    ("letter", later("Pages of US Letter")),
)


class PictureDialog(QDialog):
    """Format, size, ground and file."""

    written = Signal(object)
    """The `Path` of the file."""

    def __init__(
        self, canvas: Canvas, document: Document, settings: UserSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export picture"))
        self.setMinimumWidth(620)
        self._canvas = canvas
        self._settings = settings
        stem = slug(document.architecture.settings.name, "drawing")
        if document.path is not None:
            stem = document.path.name.removesuffix(".yaml").removesuffix(".arch")
        folder = document.path.parent if document.path is not None else settings.folder
        self.path = QLineEdit(str(folder / f"{stem}.svg"))
        self.path.setAccessibleName(tr("File"))
        self.formats = {suffix: QRadioButton(_TITLES.get(suffix, suffix[1:].upper())) for suffix in SUFFIXES}
        self.formats[".svg"].setChecked(True)
        self.scale = ComboBox()
        self.scale.setAccessibleName(tr("Size"))
        self.transparent = Switch()
        self.transparent.setAccessibleName(tr("Transparent ground"))
        self.legend = Switch()
        self.legend.setAccessibleName(tr("Legend of lines and heads"))
        self.outlines = Switch()
        self.outlines.setAccessibleName(tr("Letters as shapes"))
        self.sheets = ComboBox()
        self.sheets.setAccessibleName(tr("Pages"))
        for sheet, title in _SHEETS:
            self.sheets.addItem(tr(title), sheet)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.write = self.buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.write, "primary", True)
        self.write.setDefault(True)
        self._arrange()
        self._offer_sizes()
        for button in self.formats.values():
            button.toggled.connect(self._show_format)
        self.buttons.accepted.connect(self._write)
        self.buttons.rejected.connect(self.reject)
        self._show_format()

    @property
    def suffix(self) -> str:
        """The chosen format's suffix."""
        return next(suffix for suffix, button in self.formats.items() if button.isChecked())

    def _arrange(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(16)
        for button in self.formats.values():
            choice.addWidget(button)
        choice.addStretch(1)
        browse = QPushButton(tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.path, 1)
        place.addWidget(browse)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Format"), choice)
        form.addRow(tr("Size"), self.scale)
        form.addRow(tr("Transparent"), self.transparent)
        form.addRow(tr("Legend"), self.legend)
        form.addRow(tr("Letters as shapes"), self.outlines)
        form.addRow(tr("Pages"), self.sheets)
        form.addRow(tr("File"), place)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("Export picture"), "display"))
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.buttons)

    def _offer_sizes(self) -> None:
        size = drawing_size(self._canvas)
        for scale in _SCALES:
            pixels = tr(
                "{width} x {height} pixels", width=round(size.width() * scale), height=round(size.height() * scale)
            )
            self.scale.addItem(f"{scale}x, {pixels}", scale)
        self.scale.setCurrentIndex(self.scale.findData(_FIRST_SCALE))

    def _show_format(self) -> None:
        allow(self.scale, "" if self.suffix == ".png" else tr("Only PNG has pixels"))
        allow(self.transparent, "" if self.suffix != ".drawio" else tr("draw.io draws its own paper"))
        allow(self.legend, "" if self.suffix != ".drawio" else tr("draw.io draws its own paper"))
        allow(self.outlines, "" if self.suffix == ".svg" else tr("Only SVG can have letters of the reader's own"))
        allow(self.sheets, "" if self.suffix == ".pdf" else tr("Only PDF has pages"))
        path = Path(self.path.text())
        if path.suffix.lower() in SUFFIXES:
            self.path.setText(str(path.with_suffix(self.suffix)))

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            tr("Export to"),
            self.path.text(),
            tr("Pictures (*.svg *.png *.pdf *.drawio)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.path.setText(chosen)
            if (button := self.formats.get(Path(chosen).suffix.lower())) is not None:
                button.setChecked(True)

    def _write(self) -> None:
        path = Path(self.path.text().strip()).expanduser()
        if not path.name:
            set_state(self.path, "invalid", True)
            return
        if path.suffix.lower() != self.suffix:
            path = path.with_name(path.name + self.suffix)
        if path.exists() and not ask_replace(self, path):
            return
        scale = float(self.scale.currentData())
        try:
            legend, transparent = self.legend.isChecked(), self.transparent.isChecked()
            write_picture(
                self._canvas,
                path,
                scale=scale,
                transparent=transparent,
                legend=legend,
                outlines=self.outlines.isChecked(),
                sheet=self.sheets.currentData() or None,
            )
        except UserError as error:
            show_error(self, tr("{name} could not be written", name=path.name), error)
            return
        self._settings.folder = path.absolute().parent
        self.written.emit(path)
        self.accept()
