"""What is written on the drawing can be read: nothing lies over names, at any zoom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication

from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.metrics import CARD_WIDTH
from designer.model.edits import Put
from tests.gui.canvas.test_painting import apart, colour_at, picture
from tests.gui.canvas.test_scene import analysis

WORD = "Photographers"


def test_a_wire_passes_behind_the_title_of_a_boundary(canvas: Canvas) -> None:
    inside = canvas.document.architecture.boundaries["private"]
    canvas.document.do(Put(replace(inside, name="The servers and the data of the shop")))
    look, wires = canvas.drawing.look, canvas.drawing.wires
    wire = wires.all["entry-web"]
    (x,) = {round(at[0]) for at in wires.points(wire) if at[1] > inside.y} - {None}
    image = picture(canvas)
    tone = look.color(wire.style.role)

    def nearest(y: float) -> int:
        return min(apart(colour_at(canvas, image, (x + dx, y)), tone) for dx in (-1, 0, 1))

    assert nearest(inside.y - 6) < 60, "above the title bar"
    assert nearest(inside.y + 26) < 60, "below the letters"
    assert nearest(inside.y + 22) > 150, "behind the title"


@pytest.mark.parametrize("zoom", [0.5, 0.35])
def test_a_long_word_is_written_smaller_and_not_broken(canvas: Canvas, zoom: float) -> None:
    users = canvas.document.architecture.components["users"]
    canvas.document.do(Put(replace(users, name=WORD)))
    canvas.zoom_to(zoom)
    picture(canvas)
    font, text = canvas.drawing.components["users"].far_name()
    assert text.text() == WORD
    assert QFontMetricsF(font).horizontalAdvance(WORD) <= text.textWidth()
    others, _ = canvas.drawing.components["web"].far_name()
    assert others.pixelSize() > font.pixelSize()


@pytest.mark.parametrize("zoom", [0.7, 0.5, 0.35])
def test_a_badge_leaves_the_name_free(canvas: Canvas, zoom: float) -> None:
    canvas.zoom_to(zoom)
    plain = picture(canvas)
    canvas.show_analysis(analysis())
    QApplication.processEvents()
    image = picture(canvas)
    (key, (severity, count)) = next(iter(canvas.drawing.labels.components_with_findings().items()))
    badge = canvas.drawing.cards.badge(severity, count, canvas.drawing.frame)
    left, top, right, bottom = canvas.drawing.rects[key]
    one, other = canvas.mapFromScene(left + 60, top + 20), canvas.mapFromScene(right - 30, bottom - 20)
    assert image.copy(one.x(), one.y(), other.x() - one.x(), other.y() - one.y()) == plain.copy(
        one.x(), one.y(), other.x() - one.x(), other.y() - one.y()
    )
    assert badge.width() / zoom < CARD_WIDTH
    assert image != plain


def test_a_narrow_boundary_says_its_name_without_an_icon(canvas: Canvas) -> None:
    inside = canvas.document.architecture.boundaries["private"]
    canvas.document.do(Put(replace(inside, name="Orders team", width=216)))
    canvas.zoom_to(0.4)
    picture(canvas)
    _room, text = canvas.drawing.boundaries["private"]._title or (None, None)
    assert text is not None and text.text().startswith("Orders")


def test_too_small_for_a_name_a_card_is_in_the_colour_of_its_kind(canvas: Canvas) -> None:
    """Kind and name first, then the kind alone, then its colour as a rectangle."""
    look, catalog = canvas.drawing.look, canvas.document.catalog
    tile = QColor(catalog.categories["integration"].colour)
    left, top, right, bottom = canvas.drawing.rects["queue"]
    beside = (left + 6, (top + bottom) / 2)
    for zoom, in_colour in ((1.0, False), (0.5, False), (0.3, True), (0.15, True)):
        canvas.zoom_to(zoom)
        canvas.viewpoint.centre(((left + right) / 2, top))
        tone = colour_at(canvas, picture(canvas), beside)
        assert (apart(tone, tile) < 100) is in_colour, zoom
        assert (apart(tone, look.color("card")) < 30) is not in_colour, zoom


@pytest.mark.parametrize("zoom", [0.35, 0.25, 0.12])
def test_from_afar_only_outermost_boundaries_have_titles_and_cards_hide_none(canvas: Canvas, zoom: float) -> None:
    canvas.zoom_to(zoom)
    canvas.viewpoint.centre((0, 0))
    network, inside = canvas.drawing.boundaries["vpc"], canvas.drawing.boundaries["private"]
    before = picture(canvas)
    for item, shown in ((network, True), (inside, False)):
        canvas.document.do(Put(replace(item.entity, name="Another one")))
        assert (picture(canvas) != before) is shown
        before = picture(canvas)


def test_a_title_from_afar_makes_room_for_a_card_above(canvas: Canvas) -> None:
    canvas.zoom_to(0.3)
    item = canvas.drawing.boundaries["vpc"]
    width = (item.rect[2] - item.rect[0]) * 0.3
    assert item._free_above(width) == (0.0, width)
    users = canvas.document.architecture.components["users"]
    canvas.document.do(Put(replace(users, x=item.entity.x + 200, y=item.entity.y - 80)))
    picture(canvas)
    start, free = item._free_above(width)
    assert free == pytest.approx((item.entity.width - 200 - CARD_WIDTH) * 0.3), "more than on the left"
    assert start + free == pytest.approx(width)
