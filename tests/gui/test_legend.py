"""The legend of lines and heads, in the window and in pictures."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.legend import ENTRIES
from designer.gui.dialogs.legend import LegendDialog, Sample
from designer.gui.document import Document
from designer.gui.pictures import drawing_size, write_picture
from designer.gui.window import Window


def grey(sample: Sample) -> bytes:
    """What is seen of a sample without colours: how much each pixel differs from the ground, in steps of a quarter."""
    image = sample.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    values = [image.pixelColor(x, y).value() for y in range(image.height()) for x in range(image.width())]
    most = max(abs(value - values[0]) for value in values)
    return bytes(round(4 * abs(value - values[0]) / most) for value in values)


def test_the_menu_opens_the_legend_and_every_sample_is_told_without_colour(window: Window, qtbot: QtBot) -> None:
    window.commands["legend"].trigger()
    dialog = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, LegendDialog))
    qtbot.waitUntil(dialog.isVisible)
    assert not dialog.isModal(), "the drawing can be worked on beside it"
    texts = {found.text() for found in dialog.findChildren(QLabel)}
    assert texts >= {entry.text for entry in ENTRIES}
    # The solid line and the medium one are the same line, which means both.
    seen = [grey(sample) for sample in dialog.samples]
    assert len(set(seen)) == len(seen) - 1
    assert all(sample.accessibleName() for sample in dialog.samples)
    dialog.close()


def test_a_picture_has_the_legend_below_the_drawing(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    canvas = Canvas(document)
    qtbot.addWidget(canvas)
    plain, told = tmp_path / "plain.svg", tmp_path / "told.svg"
    write_picture(canvas, plain)
    write_picture(canvas, told, legend=True)
    assert drawing_size(canvas, True).height() > drawing_size(canvas).height() + 100
    assert [("asynchronous" in file.read_text(encoding="utf-8")) for file in (plain, told)] == [False, True]
