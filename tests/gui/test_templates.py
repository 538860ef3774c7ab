"""Templates that carry their drawing: written by the window, opened by it again, and left alone where they do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.cloudformation.drawing import DRAWING
from designer.cloudformation.export import export
from designer.gui import tasks
from designer.gui.dialogs.export import ExportDialog
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import set_property
from designer.storage.samples import open_sample
from tests.gui.conftest import BUTTON, Answers, export_of
from tests.gui.test_window import drop_on

LEFT = Qt.MouseButton.LeftButton
Choose = Callable[[Path | None], None]


@pytest.fixture
def window_on_sample(window: Window, monkeypatch: pytest.MonkeyPatch) -> Window:
    """The window on the three-tier sample, with the real export where a file is written or copied."""
    assert window.files.open_sample("three-tier")
    real = real_export()
    monkeypatch.setattr(tasks, "work_out_export", real)
    return window


def real_export() -> Callable[..., object]:
    """The export that the fixture of the window has replaced."""

    def work(architecture: object, catalog: object, *, drawing: bool = False, **_: object) -> object:
        return export(architecture, catalog, drawing=drawing)  # type: ignore[arg-type]

    return work


def open_dialog(window: Window, qtbot: QtBot) -> ExportDialog:
    window.commands["export"].trigger()
    (dialog,) = [child for child in window.findChildren(ExportDialog) if child.isVisible()]
    qtbot.waitUntil(lambda: dialog.write.isEnabled())
    return dialog


def template_of(name: str, catalog: Catalog, file: Path, *, drawing: bool = True) -> Path:
    """A sample's template in a file."""
    file.write_text(export(open_sample(name, catalog), catalog, drawing=drawing).text(_format(file)), encoding="utf-8")
    return file


def _format(file: Path) -> str:
    return "json" if file.suffix == ".json" else "yaml"


def change(window: Window) -> None:
    key = next(key for key, one in window.document.architecture.components.items() if one.kind == "rds")
    edit = set_property(window.document.architecture, Collection.COMPONENTS, [key], "backup_retention", 9)
    window.document.do(edit)


def test_enter_never_presses_cancel(window_on_sample: Window, qtbot: QtBot, tmp_path: Path) -> None:
    """Nor before the template is worked out: the dialog stays, and Enter exports as soon as there is something."""
    window_on_sample.commands["export"].trigger()
    (dialog,) = [child for child in window_on_sample.findChildren(ExportDialog) if child.isVisible()]
    assert not dialog.write.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: dialog.write.isEnabled())
    dialog.path.setText(str(tmp_path / "shop.template.yaml"))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible() and (tmp_path / "shop.template.yaml").exists()


@pytest.mark.parametrize("kind", ["yaml", "json"])
def test_a_written_template_opens_again_as_the_same_drawing(
    window_on_sample: Window,
    qtbot: QtBot,
    tmp_path: Path,
    choose_file: Choose,
    kind: str,
) -> None:
    window = window_on_sample
    drawn = window.document.architecture.copy()
    dialog = open_dialog(window, qtbot)
    assert dialog.drawing.isChecked(), "a template that cannot be opened again has to be asked for"
    dialog.formats[kind].setChecked(True)
    path = tmp_path / f"shop.template.{kind}"
    dialog.path.setText(str(path))
    qtbot.mouseClick(dialog.write, LEFT)
    window.files.new()
    assert not window.document.architecture.components
    choose_file(path)
    window.commands["open"].trigger()
    assert window.document.architecture == drawn
    assert window.document.path is None, "saving must ask for a file, and not write over the template"
    assert path not in window.settings.recent


def test_the_drawing_is_left_out_on_request_which_is_remembered(
    window_on_sample: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on_sample
    for name in ("first", "second"):
        dialog = open_dialog(window, qtbot)
        dialog.formats["json"].setChecked(True)
        dialog.path.setText(str(tmp_path / f"{name}.json"))
        if name == "first":
            with_drawing = dialog.summary.text()
            dialog.drawing.click()
            qtbot.waitUntil(dialog.write.isEnabled)
            assert dialog.summary.text() != with_drawing, "the size that is said is the one that is written"
        assert not dialog.drawing.isChecked()
        qtbot.mouseClick(dialog.write, LEFT)
        assert DRAWING not in json.loads((tmp_path / f"{name}.json").read_text()).get("Metadata", {})
    assert not window.settings.template_drawing


@pytest.mark.parametrize("wanted", [True, False])
def test_copy_carries_the_drawing_and_the_view_does_not(window: Window, qtbot: QtBot, wanted: bool) -> None:
    window.settings.template_drawing = wanted
    window.panels.show("template")
    panel = window.workspace.template
    qtbot.waitUntil(lambda: "orders: {}" in panel.view.toPlainText())
    qtbot.mouseClick(panel.bar.copy, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert copied == export_of(window.document.architecture, window.document.catalog, drawing=wanted).text()  # type: ignore[union-attr]
    assert "drawing: {}" not in panel.view.toPlainText()
    assert ("drawing: {}" in copied) is wanted


def test_a_dropped_template_opens(window: Window, qtbot: QtBot, tmp_path: Path, catalog: Catalog) -> None:
    path = template_of("orders-decoupled", catalog, tmp_path / "stack.yml")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop_on(window, data, QPointF(20, 20))
    wanted = open_sample("orders-decoupled", catalog)
    qtbot.waitUntil(lambda: window.document.architecture == wanted)
    assert window.document.path is None


@pytest.mark.parametrize("name", ["plain.yaml", "plain.json"])
def test_a_template_without_a_drawing_is_explained_and_changes_nothing(
    window_on_sample: Window,
    tmp_path: Path,
    catalog: Catalog,
    answers: Answers,
    name: str,
) -> None:
    window = window_on_sample
    change(window)
    before, undo = window.document.architecture.copy(), window.document.history.undo_label
    path = template_of("three-tier", catalog, tmp_path / name, drawing=False)
    answers.press(BUTTON.Ok)
    assert not window.files.open(path)
    assert len(answers.said) == 1, "unsaved changes are only asked about when there is something to open"
    assert f"{name} could not be opened" in answers.said[0] and "its drawing was left out" in answers.said[0]
    assert window.document.architecture == before and window.document.history.undo_label == undo


def test_a_damaged_template_names_the_line(window: Window, tmp_path: Path, answers: Answers) -> None:
    path = tmp_path / "cut.json"
    path.write_text('{"Resources": {\n"Queue": ')
    answers.press(BUTTON.Ok)
    assert not window.files.open(path)
    assert "cut.json" in answers.said[0] and window.document.architecture.components


def test_unsaved_changes_are_asked_about_before_a_template_replaces_them(
    window_on_sample: Window,
    tmp_path: Path,
    catalog: Catalog,
    answers: Answers,
) -> None:
    window = window_on_sample
    change(window)
    before = window.document.architecture.copy()
    path = template_of("orders-decoupled", catalog, tmp_path / "stack.yaml")
    answers.press(BUTTON.Cancel)
    assert not window.files.open(path)
    assert window.document.architecture == before


def test_edits_by_hand_that_the_drawing_lacks_are_told(
    window: Window,
    tmp_path: Path,
    catalog: Catalog,
    answers: Answers,
) -> None:
    path = template_of("three-tier", catalog, tmp_path / "edited.json")
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["Resources"]["HandMade"] = {"Type": "AWS::SQS::Queue"}
    path.write_text(json.dumps(tree), encoding="utf-8")
    answers.press(BUTTON.Ok)
    assert window.files.open(path)
    assert "HandMade" in answers.said[0]
    assert window.document.architecture == open_sample("three-tier", catalog)
