"""Writing the template to a file: how, where, and what will be in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from designer.errors import UserError, UserErrors
from designer.gui.controls import allow, label, set_state
from designer.gui.document import Document
from designer.gui.messages import ask_replace, show_error
from designer.gui.panels.template import Exported
from designer.gui.settings import UserSettings
from designer.gui.tasks import Tasks
from designer.language import later, plural, tr
from designer.model.names import slug

_SUFFIXES = {"yaml": ".template.yaml", "json": ".template.json"}
_MOST = 8
_COUNTED = (
    ("Resources", later("{count} resource"), later("{count} resources")),
    ("Parameters", later("{count} parameter"), later("{count} parameters")),
    ("Outputs", later("{count} output"), later("{count} outputs")),
)


class ExportDialog(QDialog):
    """Shows what will be written before it is."""

    written = Signal(object)
    """The `Path` of the file."""

    def __init__(self, document: Document, settings: UserSettings, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Export template"))
        self.resize(660, 430)
        self._document = document
        self._settings = settings
        self._tasks = tasks
        self._exported: Exported | None = None
        self._worked_out: dict[bool, Exported] = {}
        self.formats = {value: QRadioButton(value.upper()) for value in _SUFFIXES}
        self.path = QLineEdit(str(self._first_path(settings.template_format)))
        self.path.setAccessibleName(tr("File"))
        self.drawing = QCheckBox(tr("Include the drawing (the template can be opened again)"))
        self.drawing.setChecked(settings.template_drawing)
        self.drawing.setToolTip(tr("Adds the drawing to the section Metadata, which deploys nothing"))
        self.summary = label(tr("Working it out…"), wrap=True)
        self.notes = label("", wrap=True)
        self.notes.setTextFormat(Qt.TextFormat.RichText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.write = self.buttons.addButton(tr("Export"), QDialogButtonBox.ButtonRole.AcceptRole)
        set_state(self.write, "primary", True)
        # From the beginning: Enter would press Cancel, were that the only button that can be pressed.
        self.write.setDefault(True)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setAutoDefault(False)
        allow(self.write, tr("There is no template to write"))
        self._arrange()
        self._connect()
        # The dialog shows at once; the export may take a moment.
        QTimer.singleShot(0, self, self._work_out)

    @property
    def format(self) -> str:
        """The chosen format, "yaml" or "json"."""
        return next(value for value, button in self.formats.items() if button.isChecked())

    def _arrange(self) -> None:
        self.formats[self._settings.template_format].setChecked(True)
        choice = QHBoxLayout()
        choice.setSpacing(16)
        for button in self.formats.values():
            choice.addWidget(button)
        choice.addStretch(1)
        self.browse = QPushButton(tr("Browse…"))
        self.browse.setAutoDefault(False)
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.path, 1)
        place.addWidget(self.browse)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(tr("Format"), choice)
        form.addRow(tr("File"), place)
        form.addRow(tr("Drawing"), self.drawing)
        form.addRow(tr("Content"), self.summary)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("Export CloudFormation template"), "display"))
        column.addLayout(form)
        column.addWidget(self._scrolled(self.notes), 1)
        column.addWidget(self.buttons)

    def _scrolled(self, text: QLabel) -> QScrollArea:
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        text.setContentsMargins(12, 10, 12, 10)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Notes"))
        text.setProperty("ground", "panel")
        area.setWidget(text)
        return area

    def _connect(self) -> None:
        for button in self.formats.values():
            button.toggled.connect(self._show_format)
        self.drawing.toggled.connect(self._work_out)
        self.browse.clicked.connect(self._browse)
        self.buttons.accepted.connect(self._write)
        self.buttons.rejected.connect(self.reject)

    def _work_out(self) -> None:
        self._exported = None
        allow(self.write, tr("There is no template to write"))
        try:
            self._exported = self._with_or_without(self.drawing.isChecked())
        except UserError as error:
            self._explain(error)
            return
        if self._exported is None:
            self.summary.setText(tr("Nothing is drawn yet."))
            return
        self.summary.setText(describe(self._exported))
        set_state(self.notes, "role", "")
        notes = [
            *self._exported.notes,
            tr("The file can be checked again with cfn-lint, the linter of CloudFormation."),
        ]
        self.notes.setText(_listed(notes))
        allow(self.write, "")

    def _with_or_without(self, drawing: bool) -> Exported | None:
        if drawing not in self._worked_out:
            document = self._document
            exported = self._tasks.work_out_export(document.architecture, document.catalog, drawing=drawing)
            if exported is None:
                return None
            self._worked_out[drawing] = exported  # type: ignore[assignment]
        return self._worked_out[drawing]

    def _explain(self, error: UserError) -> None:
        errors = error.errors if isinstance(error, UserErrors) else [error]
        self.summary.setText(tr("The template cannot be written:"))
        shown = [str(one) for one in errors[:_MOST]]
        if len(errors) > _MOST:
            shown.append(tr("and {count} more, listed in the template panel", count=len(errors) - _MOST))
        self.notes.setText(_listed(shown))
        set_state(self.notes, "role", "error")

    def _show_format(self) -> None:
        path = Path(self.path.text())
        for suffix in _SUFFIXES.values():
            if path.name.endswith(suffix):
                self.path.setText(str(path.with_name(path.name.removesuffix(suffix) + _SUFFIXES[self.format])))

    def _browse(self) -> None:
        kinds = tr("CloudFormation templates (*.yaml *.yml *.json *.template);;All files (*)")
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export to"), self.path.text(), kinds, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self.path.setText(chosen)

    def _write(self) -> None:
        from designer.storage.files import replace_file

        path = Path(self.path.text().strip()).expanduser()
        if self._exported is None or not self.path.text().strip():
            set_state(self.path, "invalid", not self.path.text().strip())
            return
        if path.exists() and not ask_replace(self, path):
            return
        try:
            replace_file(path, self._exported.text(self.format).encode())
        except UserError as error:
            show_error(self, tr("{name} could not be written", name=path.name), error)
            return
        self._settings.template_format = self.format
        self._settings.template_drawing = self.drawing.isChecked()
        self._settings.folder = path.absolute().parent
        self.written.emit(path)
        self.accept()

    def _first_path(self, format: str) -> Path:
        document = self._document
        if document.path is not None:
            stem = document.path.name.removesuffix(".yaml").removesuffix(".arch")
            return document.path.with_name(stem + _SUFFIXES[format])
        return self._settings.folder / (slug(document.architecture.settings.name, "template") + _SUFFIXES[format])


def _listed(texts: Sequence[str]) -> str:
    """Texts as a list whose items can be told apart, also where they take several lines."""
    items = "".join(f'<li style="margin-bottom:5px">{escape(text)}</li>' for text in texts)
    return f'<ul style="margin:0 0 0 14px; -qt-list-indent:0">{items}</ul>'


def describe(exported: Exported) -> str:
    """What a template holds, in a line: "41 resources, 3 parameters, 9 outputs; 38 kB"."""
    content = json.loads(exported.text("json"))
    parts = []
    for section, one, many in _COUNTED:
        count = len(content.get(section, {}))
        parts.append(plural(one, many, count))
    size = len(exported.text("yaml").encode())
    return tr("{parts}; {size} kB as YAML", parts=", ".join(parts), size=max(1, round(size / 1000)))
