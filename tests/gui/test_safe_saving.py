"""Saving that loses nothing: other programs, other windows, full disks, and the versions that a save replaces."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.gui.dialogs.merge import MergeDialog
from designer.gui.keeper import backup_folder
from designer.gui.settings import state_folder
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.model.entities import Collection
from designer.model.operations import set_property
from designer.storage import files as storage
from designer.storage.backups import versions
from designer.storage.files import read, write
from tests.gui.conftest import BUTTON, Answers, drawn

ROOT = Path(__file__).resolve().parents[2]
LEFT = Qt.MouseButton.LeftButton
Choose = Callable[[Path | None], None]


@pytest.fixture(autouse=True)
def no_state() -> Iterator[None]:
    """Every test begins without versions and claims."""
    yield
    for name in ("versions", "open", "journals"):
        shutil.rmtree(state_folder() / name, ignore_errors=True)


@pytest.fixture
def file(window: Window, tmp_path: Path) -> Path:
    """The drawing in a file, open in the window."""
    path = tmp_path / "shop.arch.yaml"
    write(window.document.architecture, path)
    assert window.files.open(path)
    return path


def change(window: Window, delay: int = 5, key: str = "jobs") -> None:
    window.document.do(set_property(window.document.architecture, Collection.COMPONENTS, [key], "delay", delay))


def delays(architecture: Architecture) -> tuple[object, object]:
    """Of both queues."""
    return tuple(architecture.components[key].properties.get("delay") for key in ("jobs", "mail"))  # type: ignore[return-value]


def change_outside(path: Path, catalog: Catalog, delay: int, key: str = "jobs") -> bytes:
    """What another program writes, in one step; the new content."""
    other = read(path, catalog)
    other.apply(set_property(other, Collection.COMPONENTS, [key], "delay", delay))
    return write(other, path)


# Other programs


def test_a_change_outside_is_loaded_without_a_question_and_undone(
    window: Window, qtbot: QtBot, file: Path, catalog: Catalog
) -> None:
    said: list[str] = []
    window.files.told.connect(said.append)
    change_outside(file, catalog, 30)
    qtbot.waitUntil(lambda: delays(window.document.architecture)[0] == 30)
    assert not window.isWindowModified() and said == [
        "shop.arch.yaml was changed by another program and is loaded again"
    ]
    QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert delays(window.document.architecture)[0] is None and window.isWindowModified()


def test_a_second_change_outside_is_noticed_too(window: Window, qtbot: QtBot, file: Path, catalog: Catalog) -> None:
    """Replacing a file takes away what the system watches."""
    for delay in (30, 60, 90):
        change_outside(file, catalog, delay)
        qtbot.waitUntil(lambda delay=delay: delays(window.document.architecture)[0] == delay)


def test_the_same_content_written_again_is_no_change(window: Window, file: Path, answers: Answers) -> None:
    change(window)
    file.write_bytes(file.read_bytes())
    window.files.outside.check()
    assert window.files.save() and answers.said == []


def test_keep_mine_keeps_the_drawing_and_the_next_save_keeps_theirs_as_a_version(
    window: Window, file: Path, catalog: Catalog, answers: Answers
) -> None:
    change(window, 5)
    theirs = change_outside(file, catalog, 30)
    answers.press("Keep Mine")
    window.files.outside.check()
    assert delays(window.document.architecture)[0] == 5 and file.read_bytes() == theirs
    assert window.files.save() and delays(read(file, catalog))[0] == 5
    assert versions(backup_folder(), file)[0].path.read_bytes() == theirs


def test_load_again_takes_theirs_and_undo_brings_mine_back(
    window: Window, file: Path, catalog: Catalog, answers: Answers
) -> None:
    change(window, 5)
    change_outside(file, catalog, 30)
    answers.press("Load Again")
    window.files.outside.check()
    assert delays(window.document.architecture)[0] == 30 and not window.isWindowModified()
    window.document.undo()
    assert delays(window.document.architecture)[0] == 5 and window.isWindowModified()


def test_merge_takes_both_as_one_step(window: Window, file: Path, catalog: Catalog, answers: Answers) -> None:
    change(window, 5)
    change_outside(file, catalog, 30, "mail")
    answers.press("Merge…")
    window.files.outside.check()
    assert delays(window.document.architecture) == (5, 30) and window.isWindowModified()
    assert window.files.save() and delays(read(file, catalog)) == (5, 30)
    window.document.undo()
    assert delays(window.document.architecture) == (5, None)


@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_conflicts_of_a_merge_are_decided(
    window: Window, qtbot: QtBot, file: Path, catalog: Catalog, answers: Answers, side: str
) -> None:
    change(window, 5)
    change_outside(file, catalog, 30)
    answers.press("Merge…")
    seen: list[str] = []

    def decide() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergeDialog):
            (row,) = dialog.rows.values()
            seen.extend(button.text() for button in row.buttons.values())
            qtbot.mouseClick(dialog.all_mine if side == "mine" else dialog.all_theirs, LEFT)
            qtbot.mouseClick(dialog.merge, LEFT)

    answers.other = decide
    window.files.outside.check()
    assert seen == ["Here: changed delay", "In the file: changed delay"]
    assert delays(window.document.architecture)[0] == (5 if side == "mine" else 30)


def test_a_merge_given_up_changes_nothing(window: Window, file: Path, catalog: Catalog, answers: Answers) -> None:
    change(window, 5)
    theirs = change_outside(file, catalog, 30)

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergeDialog):
            dialog.reject()

    answers.other = give_up
    answers.press("Merge…")
    assert not window.files.save()
    assert delays(window.document.architecture)[0] == 5 and file.read_bytes() == theirs


def test_a_save_never_replaces_a_change_without_asking(
    window: Window, file: Path, catalog: Catalog, answers: Answers
) -> None:
    change(window, 5)
    theirs = change_outside(file, catalog, 30)
    answers.press(BUTTON.Cancel)
    assert not window.files.save()
    assert file.read_bytes() == theirs and window.isWindowModified()
    answers.press("Save Mine")
    assert window.files.save()
    assert delays(read(file, catalog))[0] == 5 and not window.isWindowModified()


def test_a_file_that_became_unreadable_is_told_and_asked_about(window: Window, file: Path, answers: Answers) -> None:
    said: list[str] = []
    window.files.told.connect(said.append)
    file.write_text("{{{")
    window.files.outside.check()
    assert "cannot be read" in said[0]
    change(window, 5)
    answers.press(BUTTON.Cancel)
    assert not window.files.save() and file.read_text() == "{{{"
    answers.press("Save Mine")
    assert window.files.save()
    assert versions(backup_folder(), file)[0].path.read_text() == "{{{"


def test_a_file_that_is_gone_is_told_and_not_given_up(
    window: Window, file: Path, answers: Answers, catalog: Catalog
) -> None:
    said: list[str] = []
    window.files.told.connect(said.append)
    file.unlink()
    window.files.outside.check()
    window.files.outside.check()
    assert said == ["shop.arch.yaml is no longer there: saving writes it again"]
    answers.press(BUTTON.Cancel)
    assert not window.files.may_discard()
    answers.press(BUTTON.Save)
    assert window.files.may_discard() and read(file, catalog) == window.document.architecture


# Earlier versions


def test_the_last_five_versions_are_kept(window: Window, file: Path) -> None:
    contents = []
    for delay in range(1, 9):
        contents.append(file.read_bytes())
        os.utime(file, ns=(delay * 10**9, delay * 10**9))
        window.files.outside.check()
        change(window, delay)
        assert window.files.save()
    kept = versions(backup_folder(), file)
    assert [one.path.read_bytes() for one in kept] == contents[:-6:-1]
    assert list(file.parent.iterdir()) == [file], "they are not beside the file"


def test_a_version_comes_back_as_one_step(window: Window, qtbot: QtBot, file: Path) -> None:
    change(window, 5)
    assert window.files.save()
    change(window, 9)
    window.commands["versions"].trigger()
    dialog = window.versions.dialog
    assert dialog is not None and dialog.previews.list.count() == 1 and dialog.windowTitle() == "Earlier versions"
    assert window.document.path == file
    qtbot.waitUntil(lambda: not dialog.previews.picture.pixmap().isNull())
    assert "Since then: 1 changed" in dialog.previews.details.text()
    qtbot.mouseClick(dialog.restore, LEFT)
    assert delays(window.document.architecture)[0] is None and window.isWindowModified()
    window.document.undo()
    assert delays(window.document.architecture)[0] == 9


def test_a_version_is_compared(window: Window, qtbot: QtBot, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(window, 5)
    assert window.files.save()
    window.commands["versions"].trigger()
    dialog = window.versions.dialog
    assert dialog is not None
    compared: list[Path] = []
    monkeypatch.setattr(window.versions, "_compare", compared.append)
    qtbot.mouseClick(dialog.compare, LEFT)
    assert compared == [versions(backup_folder(), file)[0].path]
    dialog.reject()


def test_without_versions_that_is_said(window: Window, file: Path) -> None:
    said: list[str] = []
    window.versions.told.connect(said.append)
    window.commands["versions"].trigger()
    assert said == [f"There is no earlier version of {file.name}: saving makes one"]
    window.files.new()
    assert not window.commands["versions"].isEnabled()


def test_a_version_that_cannot_be_kept_stops_no_save(
    window: Window, file: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_folder: Path, path: Path) -> None:
        raise UserError("the earlier version cannot be kept: No space left on device", file=path)

    monkeypatch.setattr("designer.storage.backups.keep_version", refuse)
    said: list[str] = []
    window.files.told.connect(said.append)
    change(window, 5)
    assert window.files.save() and delays(read(file, catalog))[0] == 5
    assert "No space left" in said[0]


# Other windows

HOLD = """
import sys
from pathlib import Path
from designer.storage.claims import claim
held = claim(Path(sys.argv[1]), Path(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_window(tmp_path: Path, catalog: Catalog) -> Iterator[Path]:
    """A file that another process has open."""
    path = tmp_path / "shared.arch.yaml"
    write(drawn(catalog), path)
    command = [sys.executable, "-c", HOLD, str(state_folder() / "open"), str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield path
        process.communicate("")


def test_a_file_of_another_window_is_said_and_cancel_stays(
    window: Window, other_window: Path, answers: Answers
) -> None:
    answers.press(BUTTON.Cancel)
    assert not window.files.open(other_window)
    assert window.document.path is None
    assert "shared.arch.yaml is open in another window" in answers.said[0] and "process" in answers.said[0]


def test_a_file_of_another_window_opens_as_a_copy(window: Window, other_window: Path, answers: Answers) -> None:
    answers.press("Open a Copy")
    assert window.files.open(other_window)
    assert window.document.path is None and window.document.architecture.components


def test_a_file_of_another_window_opens_anyway(window: Window, other_window: Path, answers: Answers) -> None:
    answers.press("Open Anyway")
    assert window.files.open(other_window)
    assert window.document.path == other_window


def test_saving_over_the_file_of_another_window_is_asked(
    window: Window, other_window: Path, answers: Answers, choose_file: Choose
) -> None:
    before = other_window.read_bytes()
    change(window, 5)
    choose_file(other_window)
    answers.press(BUTTON.Cancel)
    assert not window.files.save_as() and other_window.read_bytes() == before
    answers.press("Replace")
    assert window.files.save_as() and other_window.read_bytes() != before


def test_a_file_is_given_back_when_the_window_turns_to_another(
    window: Window, file: Path, tmp_path: Path, catalog: Catalog
) -> None:
    claims = state_folder() / "open"
    assert len(list(claims.iterdir())) == 1
    assert window.files.open(file), "one's own file opens again without a question"
    other = tmp_path / "other.arch.yaml"
    write(drawn(catalog), other)
    assert window.files.open(other)
    assert len(list(claims.iterdir())) == 1
    window.files.new()
    assert list(claims.iterdir()) == []


# Disks


def test_a_full_disk_names_the_cause_and_offers_another_place(
    window: Window,
    file: Path,
    tmp_path: Path,
    catalog: Catalog,
    answers: Answers,
    choose_file: Choose,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = file.read_bytes()
    change(window, 5)
    real = storage._write_new

    def full(path: Path, content: bytes, old: os.stat_result | None) -> None:
        if path.parent == file.parent:
            path.write_bytes(content[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, content, old)

    monkeypatch.setattr(storage, "_write_new", full)
    elsewhere = tmp_path / "usb"
    elsewhere.mkdir()
    choose_file(elsewhere / "shop.arch.yaml")
    answers.press("Save As…")
    assert window.files.save()
    assert "shop.arch.yaml could not be saved" in answers.said[0] and "No space left on device" in answers.said[0]
    assert file.read_bytes() == before and sorted(tmp_path.iterdir()) == [file, elsewhere]
    assert window.document.path == elsewhere / "shop.arch.yaml" and not window.isWindowModified()
    assert read(elsewhere / "shop.arch.yaml", catalog) == window.document.architecture


def test_a_read_only_file_names_the_cause_and_offers_another_place(
    window: Window, file: Path, answers: Answers
) -> None:
    change(window, 5)
    file.chmod(0o444)
    before = file.read_bytes()
    answers.press(BUTTON.Cancel)
    assert not window.files.save()
    assert "read-only" in answers.said[0] and window.isWindowModified() and file.read_bytes() == before


def test_a_copy_from_the_crash_dialog_finds_another_place(
    window: Window, tmp_path: Path, answers: Answers, monkeypatch: pytest.MonkeyPatch, catalog: Catalog
) -> None:
    from PySide6.QtWidgets import QFileDialog

    targets = [tmp_path / "missing" / "a.arch.yaml", tmp_path / "b.arch.yaml"]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(targets.pop(0)), ""))
    answers.press("Save As…")
    window.files.save_copy()
    assert read(tmp_path / "b.arch.yaml", catalog) == window.document.architecture
