"""Pictures for other programs and for paper: letters that keep their lengths or are shapes, PDFs of several pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.dialogs.picture import PictureDialog
from designer.gui.document import Document
from designer.gui.pdf_pages import LARGEST, SHEETS, pages_for
from designer.gui.pictures import drawing_size, write_picture
from designer.gui.settings import UserSettings
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.model.entities import Component
from designer.storage.samples import open_sample

SVG = "{http://www.w3.org/2000/svg}"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot: QtBot, catalog: Catalog) -> Iterator[Canvas]:
    """A sample that is wider than a sheet."""
    made = Canvas(Document(catalog, open_sample("fan-out", catalog)))
    qtbot.addWidget(made)
    yield made


def written(canvas: Canvas, path: Path, **how: object) -> bytes:
    write_picture(canvas, path, **how)  # type: ignore[arg-type]
    return path.read_bytes()


def rendered(content: bytes) -> QImage:
    """An SVG as Qt draws it."""
    renderer = QSvgRenderer(QByteArray(content))
    image = QImage(renderer.viewBox().size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    renderer.render(painter, QRectF(image.rect()))
    painter.end()
    return image


def media_boxes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page of a PDF, in points."""
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    return [(float(width), float(height)) for width, height in found]


def test_letters_of_an_svg_keep_their_lengths_in_any_font(canvas: Canvas, tmp_path: Path) -> None:
    texts = list(ElementTree.fromstring(written(canvas, tmp_path / "a.svg")).iter(f"{SVG}text"))
    assert any(text.text == "Order placed" for text in texts)
    for text in texts:
        assert text.get("font-family", "").endswith(", sans-serif"), "never with serifs where the font is not there"
        assert float(text.get("textLength", "0")) > 0 and text.get("lengthAdjust") == "spacingAndGlyphs"


def test_letters_as_shapes_look_the_same_and_can_be_read_aloud(canvas: Canvas, tmp_path: Path) -> None:
    document = canvas.document
    name = "Queue <\"&'> 注文 Größe"
    document.do(Put(Component(id="odd", kind="sqs", name=name, x=0, y=700)))
    plain = written(canvas, tmp_path / "a.svg")
    shapes = written(canvas, tmp_path / "b.svg", outlines=True)
    root = ElementTree.fromstring(shapes)
    assert not list(root.iter(f"{SVG}text"))
    labels = {group.get("aria-label") for group in root.iter(f"{SVG}g")}
    assert {"Order placed", "SNS topic"} <= labels
    assert any(label and label.startswith('Queue <"&') for label in labels)
    one, other = rendered(plain), rendered(shapes)
    assert one.size() == other.size()
    step = 3
    places = [(x, y) for x in range(0, one.width(), step) for y in range(0, one.height(), step)]
    unlike = sum(abs(one.pixelColor(*at).lightness() - other.pixelColor(*at).lightness()) > 70 for at in places)
    assert unlike < len(places) * 0.004


def test_an_svg_has_the_size_of_the_drawing(canvas: Canvas, tmp_path: Path) -> None:
    root = ElementTree.fromstring(written(canvas, tmp_path / "a.svg"))
    width = float(root.get("width", "").removesuffix("mm"))
    assert width == pytest.approx(drawing_size(canvas).width() / 96 * 25.4, abs=0.5)


def test_a_pdf_has_one_page_or_sheets(canvas: Canvas, tmp_path: Path) -> None:
    size = drawing_size(canvas) * 0.75
    ((width, height),) = media_boxes(written(canvas, tmp_path / "a.pdf"))
    assert (width, height) == pytest.approx((size.width(), size.height()), abs=1)
    sheets = media_boxes(written(canvas, tmp_path / "b.pdf", sheet="a4"))
    assert sheets == [(842.0, 595.0)] * 2, "upright it would take three"
    assert media_boxes(written(canvas, tmp_path / "c.pdf", sheet="letter")) == [(792.0, 612.0)] * 2


def test_a_drawing_longer_than_any_page_takes_several(qtbot: QtBot, catalog: Catalog, tmp_path: Path) -> None:
    architecture = Architecture()
    for number, x in enumerate((0, 25_000)):
        architecture.apply(Put(Component(id=f"q{number}", kind="sqs", name="Q", x=x, y=8)))
    made = Canvas(Document(catalog, architecture))
    qtbot.addWidget(made)
    boxes = media_boxes(written(made, tmp_path / "a.pdf"))
    assert len(boxes) == 2 and all(width <= LARGEST for width, _ in boxes)


@given(
    st.floats(10, 40_000, allow_nan=False),
    st.floats(10, 40_000, allow_nan=False),
    st.sampled_from([None, *SHEETS]),
)
def test_the_sheets_show_all_of_the_drawing(width: float, height: float, sheet: str | None) -> None:
    pages = pages_for(QSizeF(width, height), sheet)
    rows, columns = max(page.row for page in pages), max(page.column for page in pages)
    assert len(pages) == rows * columns
    assert pages[0].part.left() <= 1e-6 and pages[0].part.top() <= 1e-6
    assert pages[-1].part.right() >= width - 1e-6 and pages[-1].part.bottom() >= height - 1e-6
    for page, following in pairwise(pages):
        if page.row == following.row:
            assert following.part.left() <= page.part.right() + 1e-6, "nothing falls between two sheets"


def test_the_dialog_offers_both_where_they_make_sense(canvas: Canvas, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = PictureDialog(canvas, canvas.document, UserSettings())
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.path.setText(str(tmp_path / "drawing.svg"))
    assert dialog.outlines.isEnabled() and not dialog.sheets.isEnabled()
    qtbot.mouseClick(dialog.outlines, LEFT)
    qtbot.mouseClick(dialog.write, LEFT)
    assert b"<text" not in (tmp_path / "drawing.svg").read_bytes()
    dialog.show()
    dialog.formats[".pdf"].setChecked(True)
    assert dialog.sheets.isEnabled() and not dialog.outlines.isEnabled()
    dialog.sheets.setCurrentIndex(dialog.sheets.findData("a4"))
    qtbot.mouseClick(dialog.write, LEFT)
    assert len(media_boxes((tmp_path / "drawing.pdf").read_bytes())) == 2
