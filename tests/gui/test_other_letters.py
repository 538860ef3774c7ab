"""Names with accents, in Chinese, Japanese and Korean, and from right to left: typed, drawn, found, saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from designer.gui.window import Window
from designer.model.edits import Put
from designer.storage.files import read, write

NAMES = [
    *("Größenprüfung", "Ação e Vínculo", "注文キュー", "주문 대기열", "订单队列"),
    *("תור הזמנות", "طابور الطلبات", "e\u0301té 👩\u200d💻"),
]


def rename_editor(window: Window) -> QLineEdit:
    (found,) = [each for each in window.canvas.viewport().findChildren(QLineEdit) if each.isVisible()]
    return found


def rename(window: Window, qtbot: QtBot, key: str, name: str) -> str:
    """Renames a component on the canvas as an input method does it; returns its id afterwards."""
    window.canvas.select(components=(key,))
    qtbot.keyClick(window.canvas, Qt.Key.Key_F2)
    editor = rename_editor(window)
    editor.selectAll()
    QApplication.sendEvent(editor, QInputMethodEvent(name[:1], []))
    committed = QInputMethodEvent()
    committed.setCommitString(name)
    QApplication.sendEvent(editor, committed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    (renamed,) = window.canvas.selection().components
    return renamed


def test_names_are_typed_by_an_input_method_drawn_saved_and_undone(
    window: Window, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "names.arch.yaml"
    window.canvas.zoom_to(1.0)
    for name in NAMES:
        key = rename(window, qtbot, "jobs", name)
        assert window.document.architecture.components[key].name == name
        assert key.isascii(), "ids stay plain"
        window.canvas.centre_on(key)
        assert not window.canvas.grab().isNull()
        write(window.document.architecture, path)
        assert read(path, window.document.catalog).components[key].name == name
        qtbot.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert window.document.architecture.components["jobs"].name == "Jobs"


def test_long_names_are_cut_to_their_cards(window: Window) -> None:
    drawing = window.canvas.drawing
    window.canvas.zoom_to(1.0)
    window.canvas.centre_on("jobs")
    for name in ("注文" * 40, "الطلبات " * 20, "Größe" * 30):
        window.document.do(Put(window.document.architecture.components["jobs"].with_(name=name)))
        window.canvas.grab()
        shown = drawing.components["jobs"].texts().name.text()
        assert "…" in shown
        assert drawing.look.name_metrics.horizontalAdvance(shown) <= 140
