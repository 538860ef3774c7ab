"""Lanes and bands: a drag writes the zones of the model, and the picture shows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from designer.catalog.catalog import Catalog
from designer.gui.canvas.canvas import Canvas
from designer.gui.canvas.picture import MARGIN, picture_size
from designer.gui.document import Document
from designer.layout.relaning import relane
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Collection, Component, Connection, Settings
from designer.model.operations import set_field
from designer.storage.files import dumps, loads
from tests.gui.canvas.conftest import CONTROL, Hand, Point, shown_canvas
from tests.gui.canvas.test_pointer import steps

LANE_A, LANE_B, LANE_C = -300, 0, 300
"""The middles of the lanes of the VPC."""
TIER_Y, FREE_Y = -96, 160


def three_lanes() -> Architecture:
    """A VPC of three lanes with a tier in all, one in two of them, and things of every sort of placement."""
    boundaries = (
        Boundary(id="vpc", kind="vpc", name="Network", zones=("a", "b", "c"), x=-450, y=-250, width=900, height=540),
        Boundary(id="all", kind="tier", name="Inside", parent="vpc", x=-426, y=-190, width=852, height=160),
        Boundary(
            id="two", kind="tier", name="Narrow", parent="vpc", zones=("a", "b"), x=-426, y=-10, width=852, height=120
        ),
    )
    components = (
        Component(id="server", kind="ec2", name="Server", boundary="all", zones=("a",), x=LANE_A - 96, y=-128),
        Component(id="web", kind="asg", name="Web", boundary="vpc", zones=("a", "b"), x=LANE_A - 96, y=FREE_Y),
        Component(id="entry", kind="elb", name="Entry", x=-240, y=-360),
        Component(id="queue", kind="sqs", name="Orders", x=-240, y=330),
        Component(id="users", kind="users", name="Users", x=200, y=-360),
        Component(id="alone", kind="ec2", name="Alone", x=200, y=330),
    )
    wires = (Connection(id="entry-web", source="entry", target="web", relation="routes"),)
    return Architecture.of(Settings(), (*boundaries, *components, *wires))


@pytest.fixture
def document(catalog: Catalog) -> Document:
    return Document(catalog, three_lanes())


@pytest.fixture
def canvas(document: Document, qtbot: QtBot) -> Iterator[Canvas]:
    """The drawing in a view of 1500 by 900 pixels, which has room for three lanes."""
    yield from shown_canvas(document, qtbot, 1500, 900)


def own_zones(document: Document, key: str) -> tuple[str, ...]:
    return document.architecture.components[key].zones


def grip(canvas: Canvas, key: str) -> Point:
    """The middle of a card."""
    left, top, right, bottom = canvas.drawing.rects[key]
    return (left + right) / 2, (top + bottom) / 2


def test_a_thing_of_one_zone_takes_the_zone_of_the_lane_it_is_dragged_over(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.start_drag(grip(canvas, "server"), (LANE_B + 20, TIER_Y))
    assert canvas.drawing.emphasis.lanes == {("vpc", "b")}
    assert canvas.overlay.caption is not None and canvas.overlay.caption.text == "Zone b"
    assert messages[-1] == "Zone b"
    hand.release((LANE_B + 20, TIER_Y))
    assert own_zones(document, "server") == ("b",)
    assert canvas.drawing.emphasis.lanes == frozenset() and canvas.overlay.caption is None
    assert document.history.undo_label == "Move Server to zone b"
    assert steps(document) == 1
    document.undo()
    assert own_zones(document, "server") == ("a",)


def test_moving_within_a_lane_changes_no_zone(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(grip(canvas, "server"), (LANE_A + 30, TIER_Y + 8))
    assert canvas.drawing.emphasis.lanes == frozenset() and canvas.overlay.caption is None
    hand.release((LANE_A + 30, TIER_Y + 8))
    assert own_zones(document, "server") == ("a",)
    assert document.history.undo_label == "Move Server"


def test_coming_into_a_vpc_gives_the_zone_of_the_lane(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(grip(canvas, "alone"), (LANE_C, FREE_Y + 32))
    assert own_zones(document, "alone") == ("c",)
    assert document.architecture.components["alone"].boundary == "vpc"
    document.undo()
    hand.drag(grip(canvas, "alone"), (LANE_A, FREE_Y + 32))
    assert own_zones(document, "alone") == (), "the first zone is the one it has anyhow"


def test_escape_keeps_the_zone(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(grip(canvas, "server"), (LANE_B, TIER_Y))
    hand.key(Qt.Key.Key_Escape)
    hand.release((LANE_B, TIER_Y))
    assert own_zones(document, "server") == ("a",)
    assert canvas.drawing.emphasis.lanes == frozenset() and canvas.overlay.caption is None
    assert steps(document) == 0


def test_a_thing_of_one_zone_ends_within_its_lane(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(grip(canvas, "server"), (-130, TIER_Y))
    left = document.architecture.components["server"].x
    assert own_zones(document, "server") == ("b",)
    assert left >= -150 and left + 192 <= 150


def test_a_tier_without_a_subnet_there_refuses_with_the_reason(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.start_drag(grip(canvas, "alone"), (LANE_C, 60))
    reason = "Narrow has no subnet in zone c: Zones a, b."
    assert canvas.overlay.caption is not None and canvas.overlay.caption.refused
    assert canvas.overlay.caption.text == messages[-1] == reason
    assert not canvas.drawing.emphasis.drop_targets and not canvas.drawing.emphasis.lanes
    hand.release((LANE_C, 60))
    assert messages[-1] == reason
    assert canvas.drawing.rects["alone"][:2] == (200, 330), "it is back where it was"
    assert steps(document) == 0


@pytest.mark.parametrize("key", ["queue", "users"])
def test_what_stands_outside_of_networks_is_refused_with_the_reason(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str], key: str
) -> None:
    hand.drag(grip(canvas, key), (LANE_B, FREE_Y + 32))
    assert "Network" in messages[-1]
    assert document.architecture.components[key].boundary is None
    assert steps(document) == 0


def test_a_refused_kind_of_the_palette_is_not_added(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.drag_in("sqs", (LANE_B, FREE_Y + 32))
    assert canvas.overlay.caption is not None and canvas.overlay.caption.refused
    hand.drop((LANE_B, FREE_Y + 32))
    assert "stands in no VPC" in messages[-1]
    assert len(document.architecture.components) == 6
    hand.drag_in("sqs", (LANE_B, 380))
    hand.drop((LANE_B, 380))
    assert len(document.architecture.components) == 7


def test_a_kind_of_the_palette_comes_into_the_lane_it_is_dropped_in(
    canvas: Canvas, hand: Hand, document: Document
) -> None:
    hand.drag_in("ec2", (LANE_C, TIER_Y))
    assert canvas.drawing.emphasis.lanes == {("vpc", "c")}
    hand.drop((LANE_C, TIER_Y))
    (key,) = canvas.selection().components
    assert own_zones(document, key) == ("c",) and document.architecture.components[key].boundary == "all"
    hand.drag_in("asg", (LANE_C, FREE_Y + 32))
    hand.drop((LANE_C, FREE_Y + 32))
    (key,) = canvas.selection().components
    assert own_zones(document, key) == (), "what can reach across zones has all of them"


def test_what_may_not_stand_in_the_middle_of_the_view_is_put_beside_the_vpc(canvas: Canvas, document: Document) -> None:
    canvas.insert("sqs")
    (key,) = canvas.selection().components
    assert document.architecture.components[key].boundary is None
    assert document.architecture.components[key].x >= 450


def test_a_band_dragged_beside_its_lanes_goes_along(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.start_drag(grip(canvas, "web"), (LANE_C, FREE_Y + 32))
    assert canvas.drawing.emphasis.lanes == {("vpc", "b"), ("vpc", "c")}
    hand.release((LANE_C, FREE_Y + 32))
    assert own_zones(document, "web") == ("b", "c")
    assert document.history.undo_label == "Move Web to zones b, c"
    hand.drag(grip(canvas, "web"), (LANE_B, FREE_Y + 32))
    assert own_zones(document, "web") == ("b", "c"), "within its lanes it only moves"


def test_a_nudge_over_the_line_changes_the_zone_and_back(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["server"])
    for _ in range(20):
        hand.key(Qt.Key.Key_Right)
    assert own_zones(document, "server") == ("b",)
    for _ in range(20):
        hand.key(Qt.Key.Key_Left)
    assert own_zones(document, "server") == ("a",)
    assert steps(document) == 1


def test_copies_take_the_zone_of_the_lane_they_come_into(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.held = CONTROL
    hand.drag(grip(canvas, "server"), (LANE_B, TIER_Y))
    (key,) = canvas.selection().components
    assert own_zones(document, key) == ("b",) and own_zones(document, "server") == ("a",)


def test_copies_are_refused_as_what_is_moved_is(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.held = CONTROL
    hand.drag(grip(canvas, "queue"), (LANE_B, FREE_Y + 32))
    assert "stands in no VPC" in messages[-1]
    assert len(document.architecture.components) == 6 and steps(document) == 0


def test_a_boundary_grows_around_what_is_put_into_it_and_what_is_below_makes_room(
    canvas: Canvas, hand: Hand, document: Document
) -> None:
    hand.drag(grip(canvas, "alone"), (LANE_B, -50))
    boundaries, card = document.architecture.boundaries, document.architecture.components["alone"]
    tier, below, vpc = boundaries["all"], boundaries["two"], boundaries["vpc"]
    assert card.boundary == "all" and card.y + 64 <= tier.y + tier.height
    assert tier.height > 160 and tier.width == 852
    assert below.y >= tier.y + tier.height, "the tier below has made room"
    assert vpc.y + vpc.height >= document.architecture.components["web"].y + 64
    assert document.history.undo_label == "Move Alone into Inside"
    assert steps(document) == 1


def test_a_group_grows_to_the_right(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.commands.insert_at("group", (500, 0))
    (key,) = canvas.selection().boundaries
    before = document.architecture.boundaries[key]
    hand.drag(grip(canvas, "queue"), (before.x + before.width - 20, before.y + 100))
    group = document.architecture.boundaries[key]
    assert document.architecture.components["queue"].boundary == key
    assert group.x == before.x and group.width > before.width


def test_a_wider_vpc_keeps_everything_in_its_lane(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(grip(canvas, "server"), (LANE_B, TIER_Y))
    hand.click((-440, -236))
    hand.start_drag((450, 20), (650, 20))
    shown = canvas.drawing.rects["server"]
    hand.release((650, 20))
    vpc, server = document.architecture.boundaries["vpc"], document.architecture.components["server"]
    assert vpc.width >= 1090
    assert (server.x, server.y) == shown[:2], "it is where it was shown"
    lanes = canvas.drawing.bands.lanes("vpc")
    assert lanes is not None and lanes.zone_at(server.x + 96) == "b"
    tier = document.architecture.boundaries["all"]
    assert tier.x + tier.width == vpc.x + vpc.width - 24, "a tier keeps its distance from both sides"
    document.undo()
    assert canvas.drawing.rects["server"][0] == document.architecture.components["server"].x < shown[0]


def test_a_vpc_gets_no_narrower_than_its_lanes_need(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.drag(grip(canvas, "alone"), (LANE_B, TIER_Y))
    hand.click((-440, -236))
    hand.drag((450, 20), (-430, 20))
    one, other = (document.architecture.components[key] for key in ("server", "alone"))
    assert other.x >= one.x + 192, "cards never come to lie on one another"
    hand.start_drag(
        (document.architecture.boundaries["vpc"].x + document.architecture.boundaries["vpc"].width, 20), (600, 20)
    )
    hand.key(Qt.Key.Key_Escape)
    hand.release((600, 20))
    assert canvas.drawing.rects["alone"][0] == other.x


def band(canvas: Canvas, key: str) -> tuple[float, float, float, float]:
    shape = canvas.drawing.bands.band(key)
    assert shape is not None
    return shape.rect


def band_end(canvas: Canvas, key: str, end: int) -> Point:
    left, top, right, bottom = band(canvas, key)
    return (left, right)[end], (top + bottom) / 2


def test_a_band_reaches_across_the_lanes_of_its_zones(canvas: Canvas, document: Document) -> None:
    assert canvas.drawing.bands.band("server") is None, "a thing of one zone stands in its lane"
    assert canvas.drawing.bands.band("entry") is None, "without a VPC there are no lanes"
    left, _top, right, _bottom = band(canvas, "web")
    assert -450 < left < -400 and 120 < right < 150
    standing = canvas.drawing.labels.standing("web")
    assert standing is not None and [share.word for share in standing.shares] == ["1 instance", "1 instance"]
    document.do(set_field(document.architecture, Collection.COMPONENTS, ["web"], "zones", ("a", "c")))
    shape = canvas.drawing.bands.band("web")
    assert shape is not None and len(shape.pieces) == 2, "the lane between is left out"


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
def test_a_picture_of_any_scale_has_the_band_in_its_place(canvas: Canvas, scale: float) -> None:
    width, height = picture_size(canvas.drawing)
    image = QImage(round(width * scale), round(height * scale), QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    canvas.render_to(painter, QRectF(image.rect()))
    painter.end()
    content = canvas.drawing.content()
    assert content is not None
    left, top, right, bottom = band(canvas, "web")

    def colour(x: float, y: float) -> QColor:
        return image.pixelColor(round((x - content[0] + MARGIN) * scale), round((y - content[1] + MARGIN) * scale))

    ground = canvas.drawing.look.color("canvas")
    beside = canvas.drawing.rects["web"][2] + 12, (top + bottom) / 2
    assert colour(*beside) != colour(beside[0], top - 12), "within the band, and above it"
    assert colour(left + 20, bottom - 4) != colour(right + 20, bottom - 4), "within the band, and beside it"
    assert colour(content[2] + MARGIN / 2, (content[1] + content[3]) / 2) == ground, "nothing lies anywhere else"


def test_a_band_is_its_component_for_click_and_drag(canvas: Canvas, hand: Hand, document: Document) -> None:
    left, top, _right, bottom = band(canvas, "web")
    hand.click((60, (top + bottom) / 2))
    assert canvas.selection().components == ("web",)
    hand.drag((60, (top + bottom) / 2), (60, (top + bottom) / 2 - 16))
    assert document.architecture.components["web"].y == FREE_Y - 16
    assert own_zones(document, "web") == ("a", "b")
    assert band(canvas, "web") == (left, top - 16, _right, bottom - 16), "the band goes along"


def test_the_end_of_a_band_adds_a_zone_and_takes_it_away(canvas: Canvas, hand: Hand, document: Document) -> None:
    hand.move((60, FREE_Y + 32))
    end = band_end(canvas, "web", 1)
    hand.move(end)
    assert canvas.viewport().cursor().shape() is Qt.CursorShape.SizeHorCursor
    hand.start_drag(end, (LANE_C, end[1]))
    assert canvas.overlay.caption is not None and canvas.overlay.caption.text == "Zones a, b, c"
    assert band(canvas, "web")[2] > 400, "the band is shown as it would be"
    assert own_zones(document, "web") == ("a", "b"), "and the document is untouched"
    hand.release((LANE_C, end[1]))
    assert own_zones(document, "web") == (), "all zones are what it has anyhow"
    assert document.history.undo_label == "Extend Web to zone c" and steps(document) == 1
    hand.drag(band_end(canvas, "web", 1), (LANE_B, end[1]))
    assert own_zones(document, "web") == ("a", "b")
    assert document.history.undo_label == "Take Web out of zone c"
    document.undo()
    document.undo()
    assert own_zones(document, "web") == ("a", "b") and band(canvas, "web")[2] < 150


def test_a_card_follows_its_band(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web"])
    hand.drag(band_end(canvas, "web", 0), (LANE_B, FREE_Y + 32))
    assert own_zones(document, "web") == ("b",)
    left, _top, right, _bottom = canvas.drawing.rects["web"]
    assert left >= -150 and right <= 150, "the card stands in the lane that is left"


def test_escape_keeps_the_band(canvas: Canvas, hand: Hand, document: Document) -> None:
    canvas.select(["web"])
    before = band(canvas, "web")
    hand.start_drag(band_end(canvas, "web", 1), (LANE_C, FREE_Y + 32))
    hand.key(Qt.Key.Key_Escape)
    hand.release((LANE_C, FREE_Y + 32))
    assert band(canvas, "web") == before and canvas.overlay.caption is None
    assert steps(document) == 0


def test_a_band_gets_no_shorter_than_its_service_allows(canvas: Canvas, hand: Hand, messages: list[str]) -> None:
    hand.drag(grip(canvas, "entry"), (LANE_B, TIER_Y))
    canvas.select(["entry"])
    hand.start_drag(band_end(canvas, "entry", 1), (LANE_A, TIER_Y))
    assert canvas.overlay.caption is not None and canvas.overlay.caption.refused
    assert messages[-1] == "Entry needs 2 zones at least."
    hand.release((LANE_A, TIER_Y))
    assert len(canvas.drawing.labels.resolution.component("entry").zones) >= 2


def test_a_band_reaches_no_further_than_its_subnets(
    canvas: Canvas, hand: Hand, document: Document, messages: list[str]
) -> None:
    hand.drag(grip(canvas, "entry"), (LANE_A, 60))
    assert own_zones(document, "entry") == ()
    before = band(canvas, "entry")
    canvas.select(["entry"])
    hand.drag(band_end(canvas, "entry", 1), (LANE_C, 60))
    assert "no subnet in zone c" in messages[-1]
    assert band(canvas, "entry") == before


def test_the_list_of_zones_does_the_same_from_the_keyboard(canvas: Canvas, document: Document, qtbot: QtBot) -> None:
    canvas.select(["server"])
    canvas.zones.ask()
    menu = canvas.zones.menu
    assert menu is not None
    texts = {action.text().replace("&", ""): action for action in menu.actions() if action.text()}
    assert list(texts) == ["Zone a", "Zone b", "Zone c", "As Around It (Zones a, b, c)"]
    assert texts["Zone a"].isChecked() and not texts["Zone b"].isChecked()
    qtbot.keyClick(menu, Qt.Key.Key_C)
    assert own_zones(document, "server") == ("c",)
    left, _top, right, _bottom = canvas.drawing.rects["server"]
    assert left >= 150 and right <= 450, "the card has moved into its lane"
    canvas.select(["queue"])
    assert canvas.zones.made(canvas) is None
    canvas.select(["web"])
    menu = canvas.zones.made(canvas)
    assert menu is not None
    menu.actions()[2].trigger()
    assert document.history.undo_label == "Extend Web to zone c"


def test_the_context_menu_has_the_list_of_zones(canvas: Canvas) -> None:
    canvas.select(["server"])
    canvas.show_menu(canvas.viewport().rect().center())
    assert canvas.menu is not None
    titles = [action.text() for action in canvas.menu.actions() if action.menu() is not None]
    assert "&Zones" in titles
    canvas.menu.close()


def test_a_card_in_the_lane_of_another_zone_is_led_back_to_its_own(canvas: Canvas, document: Document) -> None:
    def picture() -> QImage:
        return canvas.grab(QRect(canvas.mapFromScene(-100, -120), QSize(500, 60))).toImage()

    before = picture()
    document.do(set_field(document.architecture, Collection.COMPONENTS, ["server"], "zones", ("c",)))
    assert canvas.drawing.rects["server"][0] == LANE_A - 96
    assert picture() != before, "the lane of zone c shows that the server stands there"


@pytest.mark.parametrize("zones", [("a", "b", "c", "d"), ("a", "c"), ("b",)], ids=["one more", "one less", "one alone"])
def test_a_vpc_with_other_zones_keeps_everything_in_its_lane(
    canvas: Canvas, document: Document, zones: tuple[str, ...]
) -> None:
    before = document.architecture.copy()
    document.do(relane(document.architecture, document.catalog, ["vpc"], zones))
    vpc, lanes = document.architecture.boundaries["vpc"], canvas.drawing.bands.lanes("vpc")
    assert lanes is not None and lanes.zones == zones and lanes.width == 300, "lanes are as wide as before"
    tier = document.architecture.boundaries["all"]
    assert tier.x + tier.width == vpc.x + vpc.width - 24
    for key in ("server", "web"):
        left, _top, right, _bottom = canvas.drawing.rects[key]
        has = canvas.drawing.labels.resolution.component(key).zones
        middle = lanes.zone_at((left + right) / 2)
        assert middle in has or not set(has) & set(zones)
    assert steps(document) == 1
    document.undo()
    assert document.architecture == before


def test_an_edit_that_adds_a_zone_brings_its_lane(canvas: Canvas, document: Document) -> None:
    vpc = document.architecture.boundaries["vpc"]
    grown = vpc.with_(zones=("a", "b", "c", "d"))
    assert canvas.commands.do_with_lanes(Batch("Spread", (Put(grown),)))
    assert document.architecture.boundaries["vpc"].width == 1200 and steps(document) == 1
    assert document.history.undo_label == "Spread"
    lost = Put(Component(id="lost", kind="ec2", name="Lost", boundary="nowhere"))
    assert not canvas.commands.do_with_lanes(Batch("Lost", (lost,))), "what cannot be applied changes nothing"


def test_moving_in_from_a_list_goes_into_a_lane_of_the_zone(canvas: Canvas, document: Document) -> None:
    document.do(set_field(document.architecture, Collection.COMPONENTS, ["alone"], "zones", ("b",)))
    canvas.select(["alone"])
    canvas.commands.move_into("all")
    left, top, right, bottom = canvas.drawing.rects["alone"]
    tier = document.architecture.boundaries["all"]
    assert own_zones(document, "alone") == ("b",)
    assert left >= -150 and right <= 150 and tier.y < top and bottom <= tier.y + tier.height
    assert not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for key, other in canvas.drawing.rects.items()
        if key != "alone"
    )


def test_moving_in_from_a_list_is_refused_with_the_reason(
    canvas: Canvas, document: Document, messages: list[str]
) -> None:
    canvas.select(["queue"])
    canvas.commands.move_into("vpc")
    assert "stands in no VPC" in messages[-1] and steps(document) == 0


def test_a_tier_keeps_a_size_in_a_vpc_with_fewer_lanes(canvas: Canvas, document: Document) -> None:
    """However far it kept from the sides, its file can be read again."""
    tier = document.architecture.boundaries["all"].with_(x=-200, width=420)
    document.do(Put(tier))
    canvas.do(relane(document.architecture, document.catalog, ["vpc"], ("a",)))
    assert document.architecture.boundaries["all"].width >= 120
    assert loads(dumps(document.architecture), document.catalog) == document.architecture
