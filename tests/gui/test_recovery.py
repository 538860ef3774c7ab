"""Work that was not saved when the program was killed: offered at the next start, and brought back."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.dialogs.recovery import RecoveryDialog
from designer.gui.keeper import journal_folder
from designer.gui.window import Window
from designer.storage.files import read, write
from tests.gui.conftest import BUTTON, Answers, drawn

ROOT = Path(__file__).resolve().parents[2]
LEFT = Qt.MouseButton.LeftButton

EDITS = """
import os, signal, sys
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from designer.gui import app
from pathlib import Path

application = app.application()
window = app._make_window()
if sys.argv[1]:
    window.files.open(Path(sys.argv[1]))
window.show()
window.begin()
application.processEvents()
QTest.keyClick(window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
for _ in range(3):
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
if not sys.argv[1]:
    window.files.open_sample("fan-out")
    QTest.keyClick(window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
os.kill(os.getpid(), signal.SIGKILL)
"""
"""Opens a file (or a sample), moves everything (or deletes it), and is killed."""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills need a POSIX system")


@pytest.fixture(autouse=True)
def no_journals() -> Iterator[None]:
    """Every test begins with none."""
    shutil.rmtree(journal_folder(), ignore_errors=True)
    yield
    shutil.rmtree(journal_folder(), ignore_errors=True)


def killed_window(file: Path | None) -> None:
    """A window in a process of its own, which edits and is killed."""
    command = [sys.executable, "-c", EDITS, str(file or "")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> tuple[Path, str, bytes]:
    """A file, and the name and content of the journal that a killed window left of it."""
    path = tmp_path_factory.mktemp("work") / "shop.arch.yaml"
    write(drawn(catalog), path)
    killed_window(path)
    (journal,) = left_over()
    return path, journal.name, journal.read_bytes()


@pytest.fixture
def file(killed: tuple[Path, str, bytes], catalog: Catalog) -> Path:
    """The drawing of the tests in a file, edited by a program that was killed."""
    path, name, content = killed
    write(drawn(catalog), path)
    journal_folder().mkdir(mode=0o700, exist_ok=True)
    (journal_folder() / name).write_bytes(content)
    return path


def left_over() -> list[Path]:
    """The journals of other processes."""
    return [file for file in journal_folder().iterdir() if f"-{os.getpid():x}-" not in file.name]


def dialog_of(window: Window) -> RecoveryDialog:
    """The dialog of a start after the kill."""
    window.rescue.offer(asked=False)
    dialog = window.rescue.dialog
    assert dialog is not None and dialog.isVisible()
    return dialog


def test_edits_of_a_killed_window_come_back(window: Window, qtbot: QtBot, file: Path, catalog: Catalog) -> None:
    before = file.read_bytes()
    dialog = dialog_of(window)
    assert dialog.previews.list.count() == 1
    assert (
        dialog.previews.list.item(0).text().startswith("shop.arch.yaml\n")
        and "3 edits" in dialog.previews.list.item(0).text()
    )
    qtbot.waitUntil(lambda: not dialog.previews.picture.pixmap().isNull())
    qtbot.mouseClick(dialog.recover, LEFT)
    moved = window.document.architecture
    was = read(file, catalog)
    assert {key: one.x - was.components[key].x for key, one in moved.components.items()} == dict.fromkeys(
        was.components, moved.components["jobs"].x - was.components["jobs"].x
    )
    assert moved.components["jobs"].x > was.components["jobs"].x
    assert window.document.path == file and window.isWindowModified()
    assert window.document.history.undo_label is None, "the history starts here"
    assert file.read_bytes() == before
    assert window.files.save() and not window.isWindowModified()
    assert read(file, catalog) == moved
    window.rescue.offer(asked=False)
    assert dialog_count(window) == 0, "saved work is not offered again"


def dialog_count(window: Window) -> int:
    """How many dialogs of recovery are on the screen."""
    return sum(dialog.isVisible() for dialog in window.findChildren(RecoveryDialog))


def test_a_drawing_without_a_file_comes_back(window: Window, qtbot: QtBot) -> None:
    killed_window(None)
    dialog = dialog_of(window)
    assert "A new architecture" in dialog.previews.list.item(0).text()
    qtbot.keyClick(dialog.previews.list, Qt.Key.Key_Return)
    assert window.document.path is None and window.isWindowModified()
    assert not window.document.architecture.components and window.document.architecture.settings.name != "Untitled"


def test_recovered_work_survives_the_next_kill(window: Window, qtbot: QtBot, file: Path) -> None:
    """It is in a journal of the window before the old one goes."""
    qtbot.mouseClick(dialog_of(window).recover, LEFT)
    (journal,) = journal_folder().iterdir()
    assert left_over() == [] and journal.stat().st_size > 0
    assert window.document.path == file


def test_keep_for_later_keeps_it(window: Window, qtbot: QtBot, file: Path) -> None:
    dialog = dialog_of(window)
    qtbot.mouseClick(dialog.later, LEFT)
    assert window.document.path != file and not window.isWindowModified()
    window.commands["recover"].trigger()
    again = window.rescue.dialog
    assert again is not None and again is not dialog and again.previews.list.count() == 1
    again.reject()


def test_discard_asks_and_then_forgets(window: Window, qtbot: QtBot, file: Path, answers: Answers) -> None:
    dialog = dialog_of(window)
    answers.press(BUTTON.Cancel, BUTTON.Discard)
    qtbot.mouseClick(dialog.drop, LEFT)
    assert dialog.isVisible() and dialog.previews.list.count() == 1
    qtbot.mouseClick(dialog.drop, LEFT)
    assert not dialog.isVisible() and left_over() == []
    assert "shop.arch.yaml" in answers.said[0] and file.exists()
    said: list[str] = []
    window.files.told.connect(said.append)
    window.commands["recover"].trigger()
    assert said == ["There is no unsaved work to recover"]


def test_what_never_had_a_file_is_not_called_by_a_name_when_it_is_discarded(
    window: Window, qtbot: QtBot, answers: Answers
) -> None:
    killed_window(None)
    answers.press(BUTTON.Discard)
    qtbot.mouseClick(dialog_of(window).drop, LEFT)
    assert "Discard the architecture that was never saved?" in answers.said[0]
    assert left_over() == []


def test_present_changes_are_asked_about_first(window: Window, qtbot: QtBot, file: Path, answers: Answers) -> None:
    window.canvas.select_all()
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    dialog = dialog_of(window)
    answers.press(BUTTON.Cancel)
    qtbot.mouseClick(dialog.recover, LEFT)
    assert window.document.path is None and window.isWindowModified()
    assert len(answers.said) == 1
    again = dialog_of(window)
    assert again.previews.list.count() == 1 and again.previews.details.text().startswith(str(file.parent))
    again.reject()


def test_closing_a_window_leaves_no_journal(window: Window, qtbot: QtBot, answers: Answers) -> None:
    window.canvas.select_all()
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert list(journal_folder().iterdir())
    answers.press(BUTTON.Discard)
    window.close()
    assert list(journal_folder().iterdir()) == []
    qtbot.wait(0)


def test_edits_that_cannot_be_read_are_told_and_stay(
    window: Window, qtbot: QtBot, file: Path, answers: Answers
) -> None:
    (journal,) = left_over()
    payload = b'{"time": 1, "components": {"jobs": [{"kind": "nonsense"}, []]}}'
    journal.write_bytes(journal.read_bytes() + b"%08x %b\n" % (zlib.crc32(payload), payload))
    dialog = dialog_of(window)
    qtbot.waitUntil(lambda: not dialog.previews.picture.pixmap().isNull())
    answers.press(BUTTON.Ok)
    qtbot.mouseClick(dialog.recover, LEFT)
    assert "The last edit could not be recovered" in answers.said[0] and "nonsense" in answers.said[0]
    assert window.document.path == file and window.isWindowModified()
    assert journal.exists(), "it is the user's to discard"


def test_work_that_cannot_be_read_at_all_is_explained_and_kept(
    window: Window, qtbot: QtBot, file: Path, answers: Answers
) -> None:
    (journal,) = left_over()
    lines = journal.read_bytes().splitlines(keepends=True)
    payload = b'{"time": 1, "components": {"jobs": [{"kind": "nonsense"}, []]}}'
    journal.write_bytes(b"".join(lines[:2]) + b"%08x %b\n" % (zlib.crc32(payload), payload))
    dialog = dialog_of(window)
    qtbot.waitUntil(lambda: "nonsense" in dialog.previews.picture.text())
    answers.press(BUTTON.Ok)
    qtbot.mouseClick(dialog.recover, LEFT)
    assert "could not be recovered" in answers.said[0] and journal.exists()
    assert window.document.path != file


def test_the_start_offers_it(file: Path) -> None:
    """In a process of its own, as the program starts."""
    script = """
import sys
from PySide6.QtCore import QTimer
from designer.gui import app
from designer.gui.dialogs.recovery import RecoveryDialog
made = app._make_window
def watched():
    window = made()
    def look():
        dialog = window.rescue.dialog
        if dialog is not None and dialog.isVisible():
            print(dialog.previews.list.item(0).text())
            dialog.reject()
            window.close()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(10)
    return window
app._make_window = watched
sys.exit(app.main(None))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr
    assert file.name in done.stdout
