"""What is promised of every arrangement: nothing overlaps, frames hold their content, and doing it twice is once."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from designer.layout.arranging import arrange_all, arrange_some, place_missing
from designer.layout.boxes import (
    CARD_HEIGHT,
    CARD_WIDTH,
    GRID,
    SIDE,
    TOP,
    Box,
    Cancelled,
    Direction,
    Frame,
    Rect,
    never,
)
from designer.layout.nested import Tree
from tests.bench.bench_layout import crossings, drawing
from tests.layout.trees import card, moved_to, trees

DIRECTIONS = st.sampled_from(list(Direction))


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share more than a border."""
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


def check_nesting(tree: Tree, rects: dict[str, Rect]) -> None:
    """Siblings apart, frames around their content, all on the grid."""
    for holder, children in tree.children.items():
        for one, other in combinations(children, 2):
            assert not overlap(rects[one], rects[other]), (one, other)
        for child in children:
            left, top, width, height = rects[child]
            assert left % GRID == top % GRID == width % GRID == height % GRID == 0
            if holder is not None:
                frame = rects[holder]
                assert left >= frame[0] + SIDE and top >= frame[1] + TOP
                assert left + width <= frame[0] + frame[2] - SIDE
                assert top + height <= frame[1] + frame[3] - SIDE


@given(trees(), DIRECTIONS)
@settings(max_examples=300, deadline=None)
def test_everything_arranged_stands_apart_in_its_frame(tree: Tree, direction: Direction) -> None:
    """No card on another, no content beyond its boundary."""
    rects = arrange_all(tree, direction, never)
    assert rects.keys() == tree.boxes.keys() | tree.frames.keys()
    check_nesting(tree, rects)


@given(trees(), DIRECTIONS)
@settings(max_examples=300, deadline=None)
def test_what_belongs_in_a_lane_stands_in_it(tree: Tree, direction: Direction) -> None:
    """A thing of one zone never seems to stand in another."""
    rects = arrange_all(tree, direction, never)
    for key, box in tree.boxes.items():
        if box.lanes is None:
            continue
        frame = next(frame for frame in tree.around(key) if frame is not None and tree.frames[frame].lanes)
        left, _top, width, _height = rects[frame]
        lane = width / tree.frames[frame].lanes
        assert left + box.lanes[0] * lane <= rects[key][0]
        assert rects[key][0] + rects[key][2] <= left + (box.lanes[1] + 1) * lane


@given(trees(), DIRECTIONS)
@settings(max_examples=60, deadline=None)
def test_nothing_stands_beside_a_band_in_its_lanes(tree: Tree, direction: Direction) -> None:
    """What reaches across lanes is alone in them at its height, or it would seem to hold what is beside it."""
    rects = arrange_all(tree, direction, never)
    for holder, frame in tree.frames.items():
        inside = [key for key in tree.children.get(holder, []) if key in tree.boxes] if frame.lanes else []
        for one, other in combinations(inside, 2):
            spans = [tree.boxes[key].lanes or (0, frame.lanes - 1) for key in (one, other)]
            share = spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]
            if share and (tree.boxes[one].band or tree.boxes[other].band):
                assert abs(rects[one][1] - rects[other][1]) >= CARD_HEIGHT


@given(trees(placed=True), DIRECTIONS)
@settings(max_examples=200, deadline=None)
def test_arranging_all_twice_is_arranging_it_once(tree: Tree, direction: Direction) -> None:
    """An arranged drawing does not jump."""
    once = arrange_all(tree, direction, never)
    assert arrange_all(moved_to(tree, once), direction, never) == once


@given(trees(placed=True), DIRECTIONS, st.data())
@settings(max_examples=300, deadline=None)
def test_arranging_some_twice_is_arranging_them_once(tree: Tree, direction: Direction, data: st.DataObject) -> None:
    """An arranged selection does not jump either, and nothing of it lies on anything else."""
    start = moved_to(tree, arrange_all(tree, direction, never))
    chosen = data.draw(st.sets(st.sampled_from([*tree.boxes, *tree.frames]), min_size=1))
    other = data.draw(DIRECTIONS)
    once = arrange_some(start, chosen, other, never)
    after = moved_to(start, once)
    check_nesting(after, {key: thing.rect for key, thing in (*after.boxes.items(), *after.frames.items())})
    assert arrange_some(after, chosen, other, never) == {}


@given(trees(placed=True), DIRECTIONS, st.data())
@settings(max_examples=300, deadline=None)
def test_a_selection_in_lanes_is_arranged_among_what_stays(
    tree: Tree, direction: Direction, data: st.DataObject
) -> None:
    """What is not selected keeps its place; what is keeps its lanes, and no band lies on anything."""
    start = moved_to(tree, arrange_all(tree, direction, never))
    lots = {key: [each for each in inside if each in tree.boxes] for key, inside in tree.children.items() if key}
    laned = {key: _laned(tree, key) for key in lots if lots[key] and _laned(tree, key)}
    assume(laned)
    holder = data.draw(st.sampled_from(sorted(laned)))
    chosen = data.draw(st.sets(st.sampled_from(lots[holder]), min_size=1))
    for key in chosen:
        # Selected things are somewhere in their frame, on one another, too.
        left, top, width, height = start.frames[holder].rect
        dx, dy = data.draw(st.integers(0, 40)), data.draw(st.integers(0, 40))
        rect = (
            left + min(dx * 8, width - CARD_WIDTH),
            top + min(dy * 8, height - CARD_HEIGHT),
            *start.boxes[key].rect[2:],
        )
        start = moved_to(start, {key: rect})
    once = arrange_some(start, chosen, direction, never)
    after = moved_to(start, once)
    assert arrange_some(after, chosen, direction, never) == {}
    lanes = after.frames[str(laned[holder])]
    for key, box in start.boxes.items():
        now = after.boxes[key].rect
        if key not in chosen and box.frame == holder:
            assert now == box.rect
        elif key not in chosen and laned[holder] in tree.around(key):
            assert now[0] == box.rect[0], "what is further down makes room"
        elif key in chosen and box.lanes is not None:
            lane = lanes.rect[2] / lanes.lanes
            assert lanes.rect[0] + box.lanes[0] * lane <= now[0]
            assert now[0] + now[2] <= lanes.rect[0] + (box.lanes[1] + 1) * lane
    for one, other in combinations([*tree.children[holder]], 2):
        if {one, other} & chosen:
            rects = [(after.boxes.get(key) or after.frames[key]).rect for key in (one, other)]
            assert not overlap(*rects)
            assert not overlap(*(_covered(after, lanes, key) for key in (one, other)))


def _covered(tree: Tree, lanes: Frame, key: str) -> Rect:
    """A band covers its lanes, but for a margin at their sides; all else its rectangle."""
    box = tree.boxes.get(key)
    if box is None or not box.band:
        return (box or tree.frames[key]).rect
    first, last = box.lanes or (0, lanes.lanes - 1)
    width = lanes.rect[2] // lanes.lanes
    return lanes.rect[0] + first * width + 12, box.rect[1], (last + 1 - first) * width - 24, box.rect[3]


def _laned(tree: Tree, key: str) -> str | None:
    around = (key, *tree.around(key))
    return next((frame for frame in around if frame is not None and tree.frames[frame].lanes), None)


@given(trees(), DIRECTIONS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_input_is_of_no_account(tree: Tree, direction: Direction, random: object) -> None:
    """Only ids, nesting and wires count."""
    boxes, frames, wires = list(tree.boxes.values()), list(tree.frames.values()), list(tree.wires)
    for items in (boxes, frames, wires):
        random.shuffle(items)  # type: ignore[attr-defined]
    assert arrange_all(Tree.of(boxes, frames, wires), direction, never) == arrange_all(tree, direction, never)


@given(trees(placed=True), DIRECTIONS, st.data())
@settings(max_examples=80, deadline=None)
def test_what_has_no_place_gets_one_and_all_else_stays(tree: Tree, direction: Direction, data: st.DataObject) -> None:
    """Boxes at the origin are laid out; once placed, they have a place."""
    start = moved_to(
        tree, {k: (r[0] + 4000, r[1] + 4000, *r[2:]) for k, r in arrange_all(tree, direction, never).items()}
    )
    lost = data.draw(st.sets(st.sampled_from(list(tree.boxes)), min_size=2 if len(tree.boxes) > 1 else 0))
    opened = moved_to(start, {key: (0, 0, *start.boxes[key].rect[2:]) for key in lost})
    placed = place_missing(opened, direction, never)
    after = moved_to(opened, placed)
    if not tree.frames and len(lost) < len(tree.boxes):
        assert placed.keys() <= lost
    check_nesting(after, {key: thing.rect for key, thing in (*after.boxes.items(), *after.frames.items())})
    assert place_missing(after, direction, never) == {}


def test_wires_run_the_way_that_was_asked_for() -> None:
    """From left to right, or from top to bottom."""
    tree = Tree.of([card("a"), card("b"), card("c")], [], [("a", "b"), ("b", "c")])
    right, down = (arrange_all(tree, direction, never) for direction in (Direction.RIGHT, Direction.DOWN))
    assert right["a"][0] < right["b"][0] < right["c"][0] and right["a"][1] == right["b"][1] == right["c"][1]
    assert down["a"][1] < down["b"][1] < down["c"][1] and down["a"][0] == down["b"][0] == down["c"][0]


def test_a_hub_stands_in_the_middle_of_what_it_feeds() -> None:
    """Three targets: the second is level with the source."""
    tree = Tree.of([card(key) for key in "hxyz"], [], [("h", "x"), ("h", "y"), ("h", "z")])
    rects = arrange_all(tree, Direction.RIGHT, never)
    heights = sorted(rects[key][1] for key in "xyz")
    assert rects["h"][1] == heights[1] and heights[2] - heights[1] == heights[1] - heights[0]


def test_a_wire_into_a_frame_is_straight() -> None:
    """What leads to one card of a boundary is level with that card, not with the boundary's middle."""
    boxes = [card("out"), card("one", "g"), card("two", "g"), card("three", "g")]
    tree = Tree.of(boxes, [Frame(id="g", rect=(0, 0, 320, 240))], [("out", "one"), ("one", "two"), ("one", "three")])
    rects = arrange_all(tree, Direction.RIGHT, never)
    assert rects["out"][1] == rects["one"][1]


def test_bands_of_the_same_layer_come_from_the_outside_in() -> None:
    """Two tiers that one server uses: the shallower comes first, both as wide as the network has room."""
    frames = [
        Frame(id="net", rect=(0, 0, 720, 440), lanes=2),
        Frame(id="deep", rect=(0, 0, 280, 200), frame="net", depth=2),
        Frame(id="near", rect=(0, 0, 280, 200), frame="net", depth=1),
    ]
    boxes = [card("web", "net", lanes=(0, 0)), card("data", "deep", lanes=(0, 0)), card("other", "near", lanes=(1, 1))]
    rects = arrange_all(Tree.of(boxes, frames, [("web", "data"), ("web", "other")]), Direction.RIGHT, never)
    assert rects["web"][1] < rects["near"][1] < rects["deep"][1]
    assert rects["near"][2] == rects["deep"][2] == rects["net"][2] - 2 * SIDE


def test_an_empty_frame_keeps_its_size() -> None:
    """A boundary without content is a box like others."""
    rects = arrange_all(Tree.of([], [Frame(id="g", rect=(10, 10, 300, 100))], []), Direction.DOWN, never)
    assert rects["g"] == (8, 8, 304, 104)


def test_what_is_in_the_way_of_a_selection_makes_room() -> None:
    """A row that becomes a column pushes what stands below it."""
    boxes = [card("a", at=(0, 0)), card("b", at=(0, 80)), card("c", at=(240, 0)), card("below", at=(0, 168))]
    tree = Tree.of(boxes, [], [("a", "b"), ("b", "c")])
    rects = arrange_some(tree, ["a", "b", "c"], Direction.DOWN, never)
    after = moved_to(tree, rects)
    assert after.boxes["below"].rect[1] > after.boxes["c"].rect[1]
    check_nesting(after, {key: box.rect for key, box in after.boxes.items()})


def test_one_thing_at_the_origin_has_its_place_there() -> None:
    """Whoever draws a card at the origin means it; only several on one another have no place."""
    alone = Tree.of([card("a"), card("b", at=(400, 0))], [], [])
    assert place_missing(alone, Direction.RIGHT, never) == {}
    rects = place_missing(Tree.of([card("a"), card("b")], [], []), Direction.RIGHT, never)
    assert rects["a"] != rects["b"]


def test_deep_nesting_is_no_obstacle() -> None:
    """A thousand boundaries in one another, deeper than Python calls."""
    frames = [Frame(id=f"f{n}", rect=(0, 0, 320, 240), frame=f"f{n - 1}" if n else None) for n in range(1200)]
    rects = arrange_all(Tree.of([card("a", "f1199")], frames, []), Direction.RIGHT, never)
    assert rects["f0"][2] > rects["f1"][2] > rects["a"][2]


def test_circles_of_frames_end() -> None:
    """Frames that stand in one another, as no checked file has them, are neither lost nor walked for ever."""
    frames = [Frame(id="f", rect=(0, 0, 320, 240), frame="g"), Frame(id="g", rect=(0, 0, 320, 240), frame="f")]
    with pytest.raises(ValueError, match="stand in one another"):
        Tree.of([Box(id="a", rect=(0, 0, 192, 64), frame="f")], frames, [])


@given(trees(), DIRECTIONS, st.data())
@settings(max_examples=60, deadline=None)
def test_it_is_told_how_far_the_layout_is(tree: Tree, direction: Direction, data: st.DataObject) -> None:
    """From nothing to all, never back, and never done before the end of the last part."""
    told: list[float] = []
    chosen = data.draw(st.sets(st.sampled_from([*tree.boxes, *tree.frames]), min_size=1))
    if data.draw(st.booleans()):
        arrange_all(tree, direction, never, told.append)
    else:
        arrange_some(tree, chosen, direction, never, told.append)
    assert told == sorted(set(told)) and all(0 < share <= 1 for share in told)


def test_a_large_layout_tells_often_how_far_it_is() -> None:
    """A drawing of one piece too."""
    keys = [f"k{number}" for number in range(400)]
    wires = [(keys[number // 3], keys[number]) for number in range(1, 400)] + [
        (keys[n], keys[n + 7]) for n in range(390)
    ]
    told: list[float] = []
    arrange_all(Tree.of([card(key) for key in keys], [], wires), Direction.RIGHT, never, told.append)
    assert len(told) > 5 and told[0] < 0.1


def test_a_small_drawing_is_searched_from_several_sides() -> None:
    """A hundred components in a mesh: one search ends at 111 crossings, Graphviz dot at 87."""
    boxes, _frames, wires = drawing("mesh", 100)
    rects = arrange_all(Tree.of(boxes, [], wires), Direction.RIGHT, never)
    assert crossings({key: (x + w / 2, y + h / 2) for key, (x, y, w, h) in rects.items()}, wires) <= 87


def test_layout_stops_when_asked() -> None:
    """The question is put while the order is looked for."""
    boxes = [card(f"b{number}") for number in range(40)]
    wires = [(f"b{a}", f"b{b}") for a in range(20) for b in range(20, 40) if (a * b) % 3]
    with pytest.raises(Cancelled):
        arrange_all(Tree.of(boxes, [], wires), Direction.RIGHT, lambda: True)
