"""Wire paths, detours, the grid index, blocks and hit tests: pure functions, stated as properties."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.gui.canvas.auto_scroll import speed
from designer.gui.canvas.blocks import Block, doubles
from designer.gui.canvas.grid_index import GridIndex
from designer.gui.canvas.hit_test import (
    in_band,
    innermost,
    nearest_wire,
    on_frame,
    resize_handle,
    resized,
    topmost,
    wire_in_band,
)
from designer.gui.canvas.metrics import Rect, card_rect, contains, grown, overlaps, snap, united
from designer.gui.canvas.wire_detour import detour
from designer.gui.canvas.wire_path import (
    BOTTOM,
    LEAST_GAP,
    LEFT,
    OUTWARD,
    REACH,
    RIGHT,
    STUB,
    TOP,
    arrow_head,
    choose_sides,
    dashed,
    label_place,
    port,
    rounded,
    route,
    shortened,
    solid,
    spread,
)

coordinate = st.integers(-1500, 1500)
cards = st.builds(card_rect, coordinate, coordinate)
shifts = st.floats(-60, 60)


def ends(source: Rect, target: Rect) -> tuple[tuple[float, float], int, tuple[float, float], int]:
    sides = choose_sides(source, target)
    halves = [
        (r[3] - r[1]) / 2 if side % 2 == 0 else (r[2] - r[0]) / 2
        for r, side in zip((source, target), sides, strict=True)
    ]
    return port(source, sides[0], halves[0]), sides[0], port(target, sides[1], halves[1]), sides[1]


def length(points: list[tuple[float, float]]) -> float:
    return sum(hypot(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))


@given(cards, cards, shifts)
def test_a_route_has_right_angles_and_stays_near_its_ends(source: Rect, target: Rect, shift: float) -> None:
    start, start_side, end, end_side = ends(source, target)
    points = route(start, start_side, end, end_side, shift)
    assert points[0] == start
    assert points[-1] == end or abs(points[-1][1] - end[1]) < 0.5 or abs(points[-1][0] - end[0]) < 0.5
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points))
    around = united(source, target)
    assert around is not None
    assert all(contains(grown(around, REACH), (x, y, x, y)) for x, y in points)


@given(cards, cards, shifts)
def test_a_route_leaves_and_enters_straight(source: Rect, target: Rect, shift: float) -> None:
    start, start_side, end, end_side = ends(source, target)
    points = route(start, start_side, end, end_side, shift)
    out, into = OUTWARD[start_side], OUTWARD[end_side]
    gap = (end[0] - start[0]) * out[0] + (end[1] - start[1]) * out[1]
    # Where the gap between both is narrow, each end has half of it.
    least = min(STUB, gap / 2) if (out[0], out[1]) == (-into[0], -into[1]) and gap >= LEAST_GAP else STUB
    (x1, y1), (x2, y2) = points[0], points[1]
    assert (x2 - x1) * out[0] + (y2 - y1) * out[1] >= least - 1e-6
    (x1, y1), (x2, y2) = points[-1], points[-2]
    assert (x2 - x1) * into[0] + (y2 - y1) * into[1] >= least - 1e-6


def test_sides_face_one_another() -> None:
    middle = card_rect(0, 0)
    assert choose_sides(middle, card_rect(400, 20)) == (RIGHT, LEFT)
    assert choose_sides(middle, card_rect(-400, 20)) == (LEFT, RIGHT)
    assert choose_sides(middle, card_rect(20, 300)) == (BOTTOM, TOP)
    assert choose_sides(middle, card_rect(20, -300)) == (TOP, BOTTOM)
    assert choose_sides(middle, card_rect(260, 1200)) == (BOTTOM, TOP), "far below and a little aside is below"
    assert choose_sides(middle, card_rect(20, 40)) == (RIGHT, RIGHT), "overlapping cards leave no room between"
    assert choose_sides(middle, card_rect(208, 8)) == (RIGHT, LEFT), "through a narrow gap rather than around"
    assert choose_sides(middle, card_rect(8, 80)) == (BOTTOM, TOP)


def test_a_wire_to_itself_goes_around_a_corner() -> None:
    rect = card_rect(0, 0)
    points = route(port(rect, RIGHT, 32), RIGHT, port(rect, TOP, 96), TOP)
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points))
    assert not any(rect[0] < x < rect[2] and rect[1] < y < rect[3] for x, y in points)


@given(st.floats(40, 300), st.integers(1, 40))
def test_ports_are_spread_evenly_within_the_side(side: float, count: int) -> None:
    places = spread(side, count)
    assert len(places) == count
    assert places == sorted(places) and places[0] >= 8.9 and places[-1] <= side - 8.9
    assert sum(places) / count == pytest.approx(side / 2)


@given(cards, cards, st.lists(cards, max_size=12), shifts)
def test_a_detour_never_hits_more_than_the_plain_way(
    source: Rect, target: Rect, others: list[Rect], shift: float
) -> None:
    start, start_side, end, end_side = ends(source, target)
    around = united(source, target)
    assert around is not None
    within = grown(around, REACH)
    obstacles = [other for other in others if not overlaps(other, source) and not overlaps(other, target)]
    plain = route(start, start_side, end, end_side, shift)
    led = detour(start, start_side, end, end_side, shift, obstacles, within)
    assert (led[0] == plain[0] and led[-1] == plain[-1]) or length(plain) != length(led)
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(led))
    assert all(contains(within, (x, y, x, y)) for x, y in led)
    assert hits(led, obstacles) <= hits(plain, [grown(o, 7) for o in obstacles])


def hits(points: list[tuple[float, float]], obstacles: list[Rect]) -> int:
    runs = [(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in pairwise(points)]
    return sum(
        run[0] < rect[2] and run[2] > rect[0] and run[1] < rect[3] and run[3] > rect[1]
        for run in runs
        for rect in obstacles
    )


@pytest.mark.parametrize("turned", [False, True])
def test_a_wire_is_led_around_a_card_in_its_way(turned: bool) -> None:
    source, target, between = (0, 0, 100, 60), (600, 0, 700, 60), (300, -10, 400, 70)
    sides = (RIGHT, LEFT)
    if turned:
        source, target, between = ((r[1], r[0], r[3], r[2]) for r in (source, target, between))
        sides = (BOTTOM, TOP)
    start, end = port(source, sides[0], 30), port(target, sides[1], 30)
    around = united(source, target)
    assert around is not None
    assert hits(route(start, sides[0], end, sides[1]), [between]) == 1
    assert hits(detour(start, sides[0], end, sides[1], 0, [between], grown(around, REACH)), [between]) == 0


@given(cards, cards)
def test_rounding_keeps_ends_and_shortens_little(source: Rect, target: Rect) -> None:
    points = route(*ends(source, target))
    curved = rounded(points)
    assert curved[0] == points[0] and curved[-1] == points[-1]
    cut = length(points) - length(curved)
    assert -1e-6 <= cut <= 6 * (len(points) - 2)


def test_solid_and_shortened() -> None:
    points = [(0.0, 0.0), (10.0, 0.0), (10.0, 20.0)]
    assert solid(points) == [0, 0, 10, 0, 10, 0, 10, 20]
    assert shortened(points, 5) == [(0, 0), (10, 0), (10, 15)]
    assert shortened([(0, 0), (3, 0)], 5) == [(0, 0), (3, 0)]


@pytest.mark.parametrize("side", [RIGHT, BOTTOM, LEFT, TOP])
def test_an_arrow_head_lies_outside_of_the_side(side: int) -> None:
    tip, one, other = arrow_head((50, 50), side)
    dx, dy = OUTWARD[side]
    assert tip == (50, 50)
    for x, y in (one, other):
        assert (x - 50) * dx + (y - 50) * dy == 9


def test_labels_stand_on_the_longest_level_run_with_room() -> None:
    assert label_place([(0, 0), (100, 0), (100, 50), (160, 50)], 40) == (50, 0)
    assert label_place([(0, 0), (20, 0), (20, 90), (40, 90)], 40) == (20, 45)
    assert label_place([(0, 0), (20, 0), (20, 10)], 40) is None


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=3), st.tuples(coordinate, coordinate, st.integers(0, 9000)), max_size=20
    ),
    st.tuples(coordinate, coordinate, st.integers(0, 3000), st.integers(0, 3000)),
    st.data(),
)
def test_the_index_misses_nothing(
    things: dict[str, tuple[int, int, int]], query: tuple[int, int, int, int], data: st.DataObject
) -> None:
    index = GridIndex(256)
    rects = {key: (x, y, x + size, y + size / 2) for key, (x, y, size) in things.items()}
    for key, rect in rects.items():
        index.put(key, (0, 0, 10, 10))
        index.put(key, rect)
    for key in data.draw(st.sets(st.sampled_from(sorted(rects)))) if rects else ():
        index.discard(key)
        del rects[key]
    asked = (query[0], query[1], query[0] + query[2], query[1] + query[3])
    found = index.touching(asked)
    assert found <= rects.keys()
    assert {key for key, rect in rects.items() if overlaps(rect, asked)} <= found
    assert len(index) == len(rects)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.one_of(st.none(), st.floats(-9, 9)))))
def test_a_block_is_a_dictionary_of_records(steps: list[tuple[str, float | None]]) -> None:
    block, expected = Block(4), {}
    for key, value in steps:
        if value is None:
            block.discard(key)
            expected.pop(key, None)
        else:
            record = doubles((value, value + 1, 2, 3))
            block.put(key, record)
            expected[key] = record
    assert len(block) == len(expected) and len(block.data) == 4 * len(expected)
    assert all(key in block and block.record(key) == record for key, record in expected.items())


@given(st.floats(-1e6, 1e6))
def test_snapping_goes_to_the_nearest_multiple(value: float) -> None:
    assert snap(value) % 8 == 0 and abs(snap(value) - value) <= 4
    assert snap(value + 8) == snap(value) + 8 or abs((value + 4) % 8) < 1e-6 or abs((value + 4) % 8 - 8) < 1e-6


def test_hits() -> None:
    things = [("low", (0, 0, 100, 100), 1), ("high", (50, 50, 150, 150), 2)]
    assert topmost((60, 60), things) == "high"
    assert topmost((10, 10), things) == "low"
    assert topmost((200, 200), things) is None
    assert topmost((153, 100), things, slack=4) == "high"
    assert innermost((60, 60), things) == "high"
    assert nearest_wire((5, 3), [("far", [(0, 10), (50, 10)]), ("near", [(0, 0), (50, 0)])], 6) == "near"
    assert nearest_wire((5, 5), [("a", [(0, 30), (50, 30)])], 6) is None


def test_only_title_and_border_of_a_boundary_are_hit() -> None:
    frame = (0, 0, 300, 200)
    assert on_frame((150, 20), frame, 4) and on_frame((-3, 100), frame, 4) and on_frame((298, 100), frame, 4)
    assert not on_frame((150, 100), frame, 4) and not on_frame((-9, 100), frame, 4)
    assert resize_handle((301, 199), frame, 5) == (1, 1)
    assert resize_handle((150, 2), frame, 5) == (0, -1)
    assert resize_handle((150, 100), frame, 5) is None


@given(st.tuples(st.sampled_from([-1, 0, 1]), st.sampled_from([-1, 0, 1])), st.tuples(coordinate, coordinate))
def test_a_resized_boundary_keeps_its_content_and_the_other_sides(corner: tuple[int, int], to: tuple[int, int]) -> None:
    rect, content = (0.0, 0.0, 400.0, 300.0), (100.0, 100.0, 250.0, 200.0)
    new = resized(rect, corner, to, content, (120, 80))
    assert contains(new, content)
    assert new[2] - new[0] >= 120 and new[3] - new[1] >= 80
    for side, moved in enumerate((corner[0] < 0, corner[1] < 0, corner[0] > 0, corner[1] > 0)):
        assert moved or new[side] == rect[side]


def test_bands() -> None:
    card, band = (10, 10, 30, 20), (0, 0, 25, 40)
    assert not in_band(card, band, enclosing=True) and in_band(card, band, enclosing=False)
    wire = [(20.0, 5.0), (60.0, 5.0), (60.0, 30.0)]
    assert wire_in_band(wire, band, enclosing=False) and not wire_in_band(wire, band, enclosing=True)
    assert wire_in_band(wire, (0, 0, 70, 40), enclosing=True)


def test_scrolling_is_the_faster_the_nearer_to_the_edge() -> None:
    from PySide6.QtCore import QPoint, QRect

    area = QRect(0, 0, 800, 600)
    assert speed(QPoint(400, 300), area) == (0, 0)
    assert speed(QPoint(798, 300), area)[0] > speed(QPoint(780, 300), area)[0] > 0
    assert speed(QPoint(-500, 300), area) == (-22, 0)
    assert speed(QPoint(400, 2), area)[1] < 0


SIDES = st.integers(-1, 1)


@given(
    st.tuples(SIDES, SIDES).filter(any),
    st.tuples(st.integers(-500, 900), st.integers(-500, 900)),
    st.booleans(),
)
def test_a_ratio_is_kept_and_so_is_the_content(corner: tuple[int, int], to: tuple[int, int], centred: bool) -> None:
    rect, content = (0.0, 0.0, 400.0, 200.0), (100.0, 80.0, 260.0, 180.0)
    left, top, right, bottom = resized(rect, corner, to, content, (120, 80), ratio=True, centred=centred)
    assert abs((right - left) - 2 * (bottom - top)) <= 2, "twice as wide as high, to whole units"
    assert left <= content[0] + 1 and top <= content[1] + 1 and right >= content[2] - 1 and bottom >= content[3] - 1
    if centred:
        assert abs(left + right - 400) <= 2 and abs(top + bottom - 200) <= 2


@given(st.tuples(SIDES, SIDES).filter(any), st.tuples(st.integers(-500, 900), st.integers(-500, 900)))
def test_a_centred_resize_keeps_the_middle(corner: tuple[int, int], to: tuple[int, int]) -> None:
    rect, content = (0.0, 0.0, 400.0, 200.0), (100.0, 80.0, 260.0, 180.0)
    left, top, right, bottom = resized(rect, corner, to, content, (120, 80), centred=True)
    assert abs(left + right - 400) <= 1 and abs(top + bottom - 200) <= 1
    assert left <= content[0] and top <= content[1] and right >= content[2] and bottom >= content[3]
    if not corner[0]:
        assert (left, right) == (0, 400)


_STEPS = st.lists(st.tuples(st.sampled_from([(1, 0), (0, 1), (-1, 0), (0.6, 0.8)]), st.floats(0, 90)), min_size=1)


@given(_STEPS, st.floats(3, 12), st.floats(2, 8))
def test_dashes_go_on_around_corners(steps: list[tuple[tuple[float, float], float]], dash: float, gap: float) -> None:
    points = [(5.0, -3.0)]
    for (dx, dy), by in steps:
        points.append((points[-1][0] + dx * by, points[-1][1] + dy * by))
    data = dashed(points, dash, gap)
    lines = [tuple(data[at : at + 4]) for at in range(0, len(data), 4)]
    expected, before = [], 0.0
    for (x1, y1), (x2, y2) in pairwise(points):
        length = hypot(x2 - x1, y2 - y1)
        for number in range(int((before + length) / (dash + gap)) + 1):
            one = max(number * (dash + gap) - before, 0.0)
            other = min(number * (dash + gap) + dash - before, length)
            if other > one + 1e-6:
                ends = [(x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length) for at in (one, other)]
                expected.append((*ends[0], *ends[1]))
        before += length
    lines = [line for line in lines if hypot(line[2] - line[0], line[3] - line[1]) > 1e-6]
    assert len(lines) == len(expected)
    for line, wanted in zip(lines, expected, strict=True):
        assert line == pytest.approx(wanted, abs=1e-5)
