"""Views that are taken up again, several windows, and what was open when the program ended."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui import windows
from designer.gui.document import Document
from designer.gui.settings import MAX_VIEWS, UserSettings, View
from designer.gui.theme import ThemeChoice, theme_switch
from designer.gui.window import Window
from designer.model.architecture import Architecture
from designer.storage.files import write
from tests.gui.conftest import BUTTON, Answers
from tests.gui.test_files import change
from tests.gui.test_window import drop_on, entry, menu_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def looks_at(window: Window) -> tuple[float, float, float]:
    """Middle and zoom of the view."""
    left, top, right, bottom = window.canvas.viewpoint.visible()
    return (left + right) / 2, (top + bottom) / 2, window.canvas.zoom


def other_windows(window: Window) -> list[Window]:
    return [other for other in windows.open_windows() if other is not window]


def ready(window: Window, qtbot: QtBot) -> Window:
    """Waits until a window is complete and in front."""
    qtbot.waitUntil(lambda: hasattr(window.workspace, "inspector") and window.isActiveWindow())
    window.canvas.setFocus()
    return window


@pytest.fixture
def files(window: Window, tmp_path: Path) -> list[Path]:
    """Two files with the same drawing."""
    paths = [tmp_path / "one.arch.yaml", tmp_path / "two.arch.yaml"]
    for path in paths:
        write(window.document.architecture, path)
    return paths


@pytest.fixture(autouse=True)
def only_one_window_stays(qtbot: QtBot) -> Iterator[None]:  # noqa: ARG001 - torn down after the window
    yield
    for window in windows.open_windows():
        window.document.history.mark_clean()
        window.close()


# The view of a file


def test_a_file_is_looked_at_as_it_was_left(window: Window, files: list[Path]) -> None:
    window.files.open(files[0])
    window.canvas.zoom_to(1.5)
    window.canvas.viewpoint.centre((700, 120))
    left = looks_at(window)
    window.files.open(files[1])
    assert looks_at(window)[2] != 1.5, "a file that was never looked at is shown whole"
    window.files.open(files[0])
    assert looks_at(window) == pytest.approx(left, abs=1)
    assert files[0].read_bytes() == files[1].read_bytes(), "the view is no part of the file"


def test_the_view_outlives_the_window_and_its_size(
    window: Window, files: list[Path], catalog: Catalog, qtbot: QtBot
) -> None:
    window.files.open(files[0])
    window.canvas.zoom_to(0.75)
    window.canvas.viewpoint.centre((500, 150))
    window.close()
    again = Window(Document(catalog), UserSettings())
    qtbot.addWidget(again)
    again.files.open(files[0])
    again.resize(1000, 700)
    with qtbot.waitExposed(again):
        again.show()
    assert looks_at(again) == pytest.approx((500, 150, 0.75), abs=2)
    again.resize(1250, 800)
    QApplication.processEvents()
    assert looks_at(again) == pytest.approx((500, 150, 0.75), abs=2), "until the view is moved"
    again.begin()
    again.close()


def test_a_view_of_nothing_is_not_taken_up(window: Window, files: list[Path]) -> None:
    window.settings.keep_view(files[0], View(90_000, 90_000, 1.0))
    window.files.open(files[0])
    content = window.canvas.drawing.content()
    visible = window.canvas.viewpoint.visible()
    assert content is not None and visible[0] < content[0] and visible[2] > content[2]


def test_views_are_forgotten_after_many_and_damaged_ones_are_none() -> None:
    settings = UserSettings()
    for number in range(MAX_VIEWS + 5):
        settings.keep_view(Path(f"/x/{number}.arch.yaml"), View(1, 2, 0.5))
    assert settings.view_of(Path("/x/0.arch.yaml")) is None
    assert settings.view_of(Path(f"/x/{MAX_VIEWS + 4}.arch.yaml")) == View(1, 2, 0.5)
    for damaged in ("{", "[]", '{"/x/1": [1, "2", 3]}', '{"/x/1": null}'):
        settings._store.setValue("files/views", damaged)
        assert settings.view_of(Path("/x/1")) is None


# Several windows


def test_a_second_window_has_a_document_of_its_own(window: Window, qtbot: QtBot) -> None:
    qtbot.keyClick(window.canvas, Qt.Key.Key_N, CTRL | SHIFT)
    (other,) = other_windows(window)
    ready(other, qtbot)
    assert not other.document.architecture.components
    other.canvas.insert("sqs")
    assert len(other.document.architecture.components) == 1
    assert len(window.document.architecture.components) == 7
    assert other.isWindowModified() and not window.isWindowModified()


def test_things_are_copied_from_one_window_to_the_other(window: Window, qtbot: QtBot) -> None:
    window.canvas.select(components=("jobs", "worker"))
    qtbot.keyClick(window.canvas, Qt.Key.Key_C, CTRL)
    entry(menu_of(window, "File"), "New Window").trigger()
    (other,) = other_windows(window)
    ready(other, qtbot)
    qtbot.keyClick(other.canvas, Qt.Key.Key_V, CTRL)
    assert set(other.document.architecture.components) == {"jobs", "worker"}
    assert set(other.document.architecture.connections) == {"jobs-worker"}


def test_a_file_that_is_open_here_comes_to_the_front(window: Window, files: list[Path]) -> None:
    window.files.open(files[0])
    other = windows.new_window(window)
    assert not other.files.open(files[0]), "its window is shown instead, and nothing is asked"
    assert QApplication.activeWindow() is window
    assert other.document.path is None


def test_a_closed_window_is_gone_and_the_other_goes_on(window: Window, qtbot: QtBot) -> None:
    other = ready(windows.new_window(window), qtbot)
    gone: list[bool] = []
    other.destroyed.connect(lambda: gone.append(True))
    qtbot.keyClick(other.canvas, Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: bool(gone))
    del other
    gc.collect()
    theme_switch().use(ThemeChoice.DARK)
    theme_switch().use(ThemeChoice.LIGHT)
    window.canvas.insert("sqs")
    qtbot.waitUntil(lambda: window.workspace.tasks.settled)
    assert not other_windows(window)


def test_several_files_that_are_dropped_open_in_windows_of_their_own(
    window: Window, files: list[Path], qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    drop_on(window, data, QPointF(300, 300))
    qtbot.waitUntil(lambda: bool(other_windows(window)))
    assert window.document.path == files[0]
    assert [other.document.path for other in other_windows(window)] == [files[1]]


# Leaving and beginning again


def test_quitting_closes_every_window_and_remembers_their_files(window: Window, files: list[Path]) -> None:
    window.files.open(files[0])
    windows.new_window(window, files[1])
    entry(menu_of(window, "File"), "Quit").trigger()
    assert not windows.open_windows()
    assert set(UserSettings().session) == set(files)


def test_quitting_stops_at_a_window_that_stays(window: Window, files: list[Path], answers: Answers) -> None:
    window.files.open(files[0])
    other = windows.new_window(window, files[1])
    change(other)
    change(window)
    answers.press(BUTTON.Cancel)
    entry(menu_of(window, "File"), "Quit").trigger()
    assert len(windows.open_windows()) >= 1


def test_of_windows_closed_one_by_one_the_last_counts(window: Window, files: list[Path]) -> None:
    window.files.open(files[0])
    other = windows.new_window(window, files[1])
    window.close()
    assert UserSettings().session == [files[1]]
    other.close()
    assert UserSettings().session == [files[1]]


def test_the_files_are_opened_again_where_that_is_wanted(window: Window, files: list[Path], tmp_path: Path) -> None:
    reopen = entry(menu_of(window, "File"), "Reopen Files at Start")
    assert not reopen.isChecked()
    reopen.trigger()
    settings = UserSettings()
    assert settings.reopens
    settings.session = [tmp_path / "gone.arch.yaml", *files]
    windows.reopen_session(window, settings)
    assert window.document.path == files[0]
    assert [other.document.path for other in other_windows(window)] == [files[1]]


@pytest.mark.usefixtures("qapp", "quick_work")
def test_the_program_begins_with_them_only_when_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from designer.gui import app

    path = tmp_path / "one.arch.yaml"
    write(Architecture(), path)
    settings = UserSettings()
    settings.session = [path]
    settings.sync()
    opened: list[Path | None] = []

    def begin() -> Callable[[], int]:
        def ended() -> int:
            (shown,) = windows.open_windows()
            opened.append(shown.document.path)
            shown.close()
            return 0

        return ended

    for reopens in (False, True):
        settings.reopens = reopens
        settings.session = [path]
        settings.sync()
        monkeypatch.setattr(QApplication, "exec", staticmethod(begin()))
        app.main(None)
    assert opened == [None, path]
