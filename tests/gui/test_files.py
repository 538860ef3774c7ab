"""Opening and saving through the window: prompts, failures that leave everything as it was, and recent files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.window import Window
from designer.model.entities import Collection
from designer.model.operations import set_property
from designer.storage.files import read, write
from tests.gui.conftest import BUTTON, Answers

CTRL = Qt.KeyboardModifier.ControlModifier


def change(window: Window, delay: int = 5) -> None:
    window.document.do(set_property(window.document.architecture, Collection.COMPONENTS, ["jobs"], "delay", delay))


def test_save_asks_for_a_file_once(
    window: Window, qtbot: QtBot, tmp_path: Path, catalog: Catalog, choose_file: Callable[[Path | None], None]
) -> None:
    change(window)
    choose_file(tmp_path / "shop")
    qtbot.keyClick(window.canvas, Qt.Key.Key_S, CTRL)
    path = tmp_path / "shop.arch.yaml"
    assert window.document.path == path and not window.isWindowModified()
    assert read(path, catalog) == window.document.architecture
    choose_file(None)
    change(window, 9)
    qtbot.keyClick(window.canvas, Qt.Key.Key_S, CTRL)
    assert read(path, catalog).components["jobs"].properties == {"delay": 9}


def test_saving_an_unchanged_file_changes_no_byte(
    window: Window, tmp_path: Path, choose_file: Callable[[Path | None], None]
) -> None:
    choose_file(tmp_path / "shop.arch.yaml")
    assert window.files.save()
    before = (tmp_path / "shop.arch.yaml").read_bytes()
    assert window.files.open(tmp_path / "shop.arch.yaml")
    assert window.files.save()
    assert (tmp_path / "shop.arch.yaml").read_bytes() == before


def test_a_cancelled_save_saves_nothing(
    window: Window, tmp_path: Path, choose_file: Callable[[Path | None], None]
) -> None:
    change(window)
    choose_file(None)
    assert not window.files.save()
    assert window.isWindowModified() and not list(tmp_path.iterdir())


def test_a_folder_that_takes_no_file_leaves_the_document_unsaved(
    window: Window, tmp_path: Path, choose_file: Callable[[Path | None], None], answers: Answers
) -> None:
    change(window)
    choose_file(tmp_path / "missing" / "shop.arch.yaml")
    answers.press(BUTTON.Cancel)
    assert not window.files.save()
    assert window.isWindowModified() and window.document.path is None
    assert "could not be saved" in answers.said[0]


def test_open_replaces_the_document_with_a_fresh_history(
    window: Window, tmp_path: Path, choose_file: Callable[[Path | None], None], qtbot: QtBot
) -> None:
    path = tmp_path / "shop.arch.yaml"
    write(window.document.architecture, path)
    window.files.new()
    assert not window.document.architecture.components
    choose_file(path)
    qtbot.keyClick(window.canvas, Qt.Key.Key_O, CTRL)
    assert len(window.document.architecture.components) == 7
    assert window.document.history.undo_label is None and not window.isWindowModified()
    assert window.document.path == path


HOSTILE = {
    "not-yaml.arch.yaml": b"{{{{",
    "binary.arch.yaml": bytes(range(256)) * 8,
    "empty.arch.yaml": b"",
    "tag.arch.yaml": b"!!python/object/apply:os.system ['true']\n",
    "newer.arch.yaml": b"designer: 999\n",
    "list.arch.yaml": b"- 1\n- 2\n",
    "bomb.arch.yaml": b"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_leaves_the_document_untouched(
    window: Window, tmp_path: Path, answers: Answers, name: str
) -> None:
    change(window)
    before, history = window.document.architecture.copy(), window.document.history.undo_label
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    answers.press(BUTTON.Ok)
    assert not window.files.open(path)
    assert window.document.architecture == before
    assert window.document.history.undo_label == history and window.document.path is None
    assert len(answers.said) == 1, "unsaved changes are only asked about when there is something to open"
    assert name in answers.said[0]


def test_a_missing_recent_file_is_explained_and_forgotten(window: Window, tmp_path: Path, answers: Answers) -> None:
    window.settings.add_recent(tmp_path / "gone.arch.yaml")
    answers.press(BUTTON.Ok)
    assert not window.files.open(tmp_path / "gone.arch.yaml")
    assert window.settings.recent == []


def test_recent_files_come_latest_first_and_open(window: Window, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(window.document.architecture, tmp_path / f"{name}.arch.yaml")
        assert window.files.open(tmp_path / f"{name}.arch.yaml")
    menu: QMenu = window.menus.recent
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles == ["&1 two.arch.yaml", "&2 one.arch.yaml", "&Clear List"]
    menu.actions()[1].trigger()
    assert window.document.path == tmp_path / "one.arch.yaml"
    menu.actions()[-1].trigger()
    assert [action.text() for action in menu.actions()] == ["&Clear List"]


@pytest.mark.parametrize("way", ["new", "open", "sample", "close"])
def test_unsaved_changes_are_asked_about_and_cancel_stays(
    window: Window, tmp_path: Path, answers: Answers, choose_file: Callable[[Path | None], None], way: str
) -> None:
    path = tmp_path / "other.arch.yaml"
    write(window.document.architecture, path)
    change(window)
    choose_file(path)
    answers.press(BUTTON.Cancel)
    {
        "new": window.files.new,
        "open": lambda: window.files.open(path),
        "sample": lambda: window.files.open_sample("three-tier"),
        "close": window.close,
    }[way]()
    assert window.isVisible() and window.isWindowModified()
    assert window.document.architecture.components["jobs"].properties == {"delay": 5}
    assert "Save the changes to Untitled?" in answers.said[0]


def test_discard_goes_on(window: Window, answers: Answers) -> None:
    change(window)
    answers.press(BUTTON.Discard)
    window.close()
    assert not window.isVisible()


def test_save_in_the_question_saves_first(
    window: Window, tmp_path: Path, answers: Answers, choose_file: Callable[[Path | None], None], catalog: Catalog
) -> None:
    change(window)
    choose_file(tmp_path / "kept.arch.yaml")
    answers.press(BUTTON.Save)
    window.files.new()
    assert not window.document.architecture.components
    assert read(tmp_path / "kept.arch.yaml", catalog).components["jobs"].properties == {"delay": 5}


def test_save_that_is_given_up_gives_the_rest_up(
    window: Window, answers: Answers, choose_file: Callable[[Path | None], None]
) -> None:
    change(window)
    choose_file(None)
    answers.press(BUTTON.Save)
    window.files.new()
    assert window.document.architecture.components


def test_a_sample_opens_as_a_new_drawing(window: Window) -> None:
    assert window.files.open_sample("three-tier")
    assert window.document.path is None and not window.isWindowModified()
    assert window.document.architecture.components
    assert window.settings.recent == []


def test_a_copy_leaves_the_document_its_own_file(
    window: Window, tmp_path: Path, choose_file: Callable[[Path | None], None], catalog: Catalog
) -> None:
    change(window)
    choose_file(tmp_path / "rescued.arch.yaml")
    window.files.save_copy()
    assert read(tmp_path / "rescued.arch.yaml", catalog) == window.document.architecture
    assert window.document.path is None and window.isWindowModified()
