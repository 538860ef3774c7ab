"""Wires among wires: lanes, jumps, bundles and labels, and that all of it follows from the drawing alone."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from designer.gui.canvas.metrics import TITLE_HEIGHT, Point, Rect, card_rect, grown, overlaps
from designer.gui.canvas.wire import Wire, WireStyle
from designer.gui.canvas.wire_path import hopped
from designer.gui.canvas.wires import Wires

PLAIN, DASHED = WireStyle("wire", 1, False), WireStyle("wire-async", 1, True)


class Board:
    """Wires over cards, without a window."""

    def __init__(self, places: dict[str, Point], frames: tuple[Rect, ...] = ()) -> None:
        self.rects = {key: card_rect(*place) for key, place in places.items()}
        self.frames = frames
        self.wires = self.new()

    def new(self) -> Wires:
        return Wires(
            self.rects, self.components_in, lambda rect: [(f, TITLE_HEIGHT) for f in self.frames if overlaps(f, rect)]
        )

    def components_in(self, rect: Rect) -> list[str]:
        return [key for key, other in self.rects.items() if overlaps(other, rect)]

    def wire(self, key: str, style: WireStyle = PLAIN, kind: str = "calls") -> Wire:
        """A wire by a key such as "a-b"."""
        source, target = key.partition("-")[::2]
        made = Wire(key, source, target.rstrip("0123456789"), style, "calls", kind=kind)
        self.wires.add(made)
        return made

    def points(self, key: str) -> list[Point]:
        wire = self.wires.all[key]
        for other in self.wires.all.values():
            self.wires.complete(other)
        return self.wires.points(wire)

    def move(self, key: str, place: Point, live: bool = False) -> None:
        old = self.rects[key]
        self.rects[key] = card_rect(*place)
        self.wires.moved({key: old}, live)


def runs(points: list[Point]) -> list[tuple[bool, float, float, float]]:
    """Whether level, where, from and to."""
    found = []
    for (x1, y1), (x2, y2) in pairwise(points):
        level = y1 == y2
        found.append((level, y1 if level else x1, *sorted((x1, x2) if level else (y1, y2))))
    return found


def on_one_another(one: list[Point], other: list[Point]) -> bool:
    """Whether two wires share more than a touch."""
    return any(
        a[0] == b[0] and abs(a[1] - b[1]) < 3 and min(a[3], b[3]) - max(a[2], b[2]) > 4
        for a in runs(one)
        for b in runs(other)
    )


def test_wires_that_would_lie_on_one_another_run_side_by_side() -> None:
    board = Board({"a": (0, 0), "b": (400, 400), "c": (0, 200), "d": (400, 600)})
    board.wire("a-b"), board.wire("c-d")
    one, other = board.points("a-b"), board.points("c-d")
    assert not on_one_another(one, other)
    assert abs(one[1][0] - other[1][0]) == 7, "one lane apart"
    assert one[0] == (192, 32) and one[-1] == (400, 432), "ports stay"
    # The upper wire turns off to the right where the lower one comes in from the left: they need not cross.
    assert one[1][0] > other[1][0]


def test_a_wire_gives_way_no_further_than_components_let_it() -> None:
    board = Board({"a": (0, 0), "b": (400, 400), "c": (0, 200), "d": (400, 600), "x": (300, 250)})
    board.wire("a-b"), board.wire("c-d")
    for key in ("a-b", "c-d"):
        points = board.points(key)
        for level, at, low, high in runs(points):
            rect = (low, at, high, at) if level else (at, low, at, high)
            assert not overlaps(rect, grown(board.rects["x"], -1))
    assert not on_one_another(board.points("a-b"), board.points("c-d"))


def test_a_run_that_a_person_has_set_stays_and_the_other_wire_gives_way() -> None:
    board = Board({"a": (0, 0), "b": (400, 400), "c": (0, 200), "d": (400, 600)})
    board.wire("a-b"), board.wire("c-d")
    board.wires.bend("c-d", ((296, 232), (296, 632)))
    assert board.points("c-d")[1][0] == 296
    assert abs(board.points("a-b")[1][0] - 296) == 7


def test_wires_of_one_kind_from_one_component_share_port_and_trunk() -> None:
    board = Board({"a": (0, 200), "b": (400, 0), "c": (400, 200), "d": (600, 400)})
    for key in ("a-b", "a-c", "a-d"):
        board.wire(key)
    up, straight, down = (board.points(key) for key in ("a-b", "a-c", "a-d"))
    assert up[0] == straight[0] == down[0] == (192, 232)
    assert up[1][0] == down[1][0] == 296, "half-way to the nearest"
    assert len(straight) == 2
    board.wire("a-d2", DASHED, "sends")
    assert board.points("a-d2")[0] != board.points("a-d")[0], "another kind has a port of its own"


def test_a_second_wire_to_the_same_component_is_not_bundled() -> None:
    board = Board({"a": (0, 0), "b": (400, 200), "c": (400, 0)})
    for key in ("a-b", "a-b2", "a-c"):
        board.wire(key)
    assert not on_one_another(board.points("a-b"), board.points("a-b2"))


def test_wires_that_differ_in_style_leave_the_bundle() -> None:
    board = Board({"a": (0, 200), "b": (400, 0), "c": (400, 400)})
    board.wire("a-b"), board.wire("a-c")
    assert board.points("a-b")[0] == board.points("a-c")[0]
    board.wires.restyle({"a-c": DASHED})
    assert board.points("a-b")[0] != board.points("a-c")[0]


def crossing() -> Board:
    board = Board({"a": (0, 200), "b": (800, 200), "c": (400, -200), "d": (400, 600)})
    board.wire("a-b"), board.wire("c-d")
    return board


def test_the_level_wire_jumps_over_the_upright_one() -> None:
    board = crossing()
    level, upright = board.points("a-b"), board.points("c-d")
    wires = board.wires
    assert wires.hops("a-b") == {"c-d": [(upright[0][0], level[0][1])]} and not wires.hops("c-d")
    strokes = wires.strokes(wires.all["a-b"])
    assert min(strokes[1::2]) == pytest.approx(232 - 5), "an arc above the run"
    assert len(set(wires.strokes(wires.all["c-d"])[0::2])) == 1, "the upright one stays straight"


def test_arcs_follow_what_they_jump_over() -> None:
    board = crossing()
    board.points("a-b")
    before = board.wires.strokes(board.wires.all["a-b"])
    board.move("c", (520, -200)), board.move("d", (520, 600))
    board.points("a-b")
    after = board.wires.strokes(board.wires.all["a-b"])
    assert [x for x, y in zip(after[0::2], after[1::2], strict=True) if y < 231] == [
        pytest.approx(x + 120) for x, y in zip(before[0::2], before[1::2], strict=True) if y < 231
    ]
    board.wires.remove("c-d")
    board.points("a-b")
    assert set(board.wires.strokes(board.wires.all["a-b"])[1::2]) == {232.0}


def test_wires_of_one_bundle_do_not_jump_over_one_another() -> None:
    board = Board({"a": (0, 200), "b": (400, 0), "c": (400, 200), "d": (400, 400)})
    for key in ("a-b", "a-c", "a-d"):
        board.wire(key)
    board.points("a-b")
    assert not any(map(board.wires.hops, board.wires.all))


def test_arcs_that_would_touch_are_one() -> None:
    path = hopped([(0, 0), (100, 0)], [(40, 0), (46, 0), (80, 0), (2, 0)])
    tops = sorted(x for x, y in path if y == -5)
    assert tops == [40, 46, 80, 80], "one over 40 to 46, one over 80, none where there is no room"
    back = hopped([(100, 0), (0, 0)], [(40, 0), (46, 0), (80, 0)])
    assert back == path[::-1], "either way"
    assert hopped([(0, 0), (0, 90)], [(0, 45)]) == [(0, 0), (0, 90)], "upright runs have none"


def mark(board: Board, key: str, width: float = 60, height: float = 15) -> Point | None:
    board.points(key)
    return board.wires.mark(board.wires.all[key], width, height)


def test_a_label_stands_where_no_card_title_or_other_label_is() -> None:
    board = Board({"a": (0, 0), "b": (0, 300)}, frames=((-50, 150, 300, 500),))
    board.wire("a-b")
    assert mark(board, "a-b") is not None
    x, y = mark(board, "a-b") or (0, 0)
    assert x == 96 and (y + 7.5 < 150 or y - 7.5 > 150 + TITLE_HEIGHT), "not on the title bar"
    board.wire("b-a")
    one, other = mark(board, "a-b"), mark(board, "b-a")
    assert one is not None and other is not None and not overlaps(around(one), around(other))


def around(at: Point, width: float = 60, height: float = 15) -> Rect:
    return at[0] - width / 2, at[1] - height / 2, at[0] + width / 2, at[1] + height / 2


def test_a_label_without_room_is_not_shown_until_there_is_some() -> None:
    board = Board({"a": (0, 0), "b": (240, 0), "c": (0, -68), "d": (240, -68), "e": (0, 68), "f": (240, 68)})
    board.wire("a-b")
    assert mark(board, "a-b") is None
    board.move("b", (400, 0))
    assert mark(board, "a-b") is not None


def test_a_label_makes_room_when_a_card_is_put_on_it() -> None:
    board = Board({"a": (0, 0), "b": (800, 0), "c": (0, 500)})
    board.wire("a-b")
    before = mark(board, "a-b")
    assert before == (496, 32)
    board.move("c", (400, 48))
    after = mark(board, "a-b")
    assert after is not None and not overlaps(around(after), board.rects["c"])
    board.move("c", (0, 500))
    assert mark(board, "a-b") == before


@pytest.mark.parametrize("seed", range(12))
def test_every_way_follows_from_the_drawing_alone(seed: int) -> None:
    """Whatever was moved, bent, added and looked at before, in whatever order: all is as if it were new."""
    rng = Random(seed)
    board = Board({f"c{n}": (n % 5 * 280 + rng.randrange(5) * 8, n // 5 * 136) for n in range(25)})
    keys = sorted(board.rects)
    for step in range(60):
        act(board, keys, rng)
        if step % 6 == 5:
            compare(board, rng)


def act(board: Board, keys: list[str], rng: Random) -> None:
    """Something that a user does."""
    wires = board.wires
    chosen = rng.choice(sorted(wires.all)) if wires.all else ""
    match rng.randrange(9) if len(wires.all) > 20 else 0:
        case 0 | 1:
            source, target = rng.sample(keys, 2)
            if f"{source}-{target}" not in wires.all:
                made = Wire(f"{source}-{target}", source, target, PLAIN, "calls", kind=rng.choice(("calls", "sends")))
                wires.add(made)
        case 2:
            wires.remove(chosen)
        case 3:
            wires.restyle({chosen: rng.choice((PLAIN, DASHED))})
        case 4:
            x, y = rng.randrange(0, 1300, 8), rng.randrange(0, 700, 8)
            wires.bend(chosen, rng.choice(((), ((x, y), (x, y + 160)))))
        case 5 | 6:
            key = rng.choice(keys)
            home = board.rects[key]
            for _ in range(3):
                board.move(key, (rng.randrange(0, 1300, 8), rng.randrange(0, 700, 8)), live=True)
                wires.points(wires.all[chosen])
            wires.moved({key: home})
        case 7:
            some = rng.sample(keys, 10)
            before = {key: board.rects[key] for key in some}
            for key in some:
                x, y = board.rects[key][:2]
                board.rects[key] = card_rect(x + 8, y + 16)
            wires.moved(before)
        case _:
            for wire in rng.sample(sorted(wires.all.values(), key=lambda wire: wire.key), 10):
                wires.complete(wire)
                wires.mark(wire, 50, 15)


def compare(board: Board, rng: Random) -> None:
    fresh = board.new()
    for wire in board.wires.all.values():
        fresh.add(Wire(wire.key, wire.source, wire.target, wire.style, wire.label, wire.via, wire.kind))
    order = sorted(fresh.all)
    rng.shuffle(order)
    for wires in (fresh, board.wires):
        # What is learnt late of one wire may lead another one elsewhere, once.
        for key in order * 2:
            wires.complete(wires.all[key])
    for key, wire in fresh.all.items():
        known = board.wires.all[key]
        assert known.points == wire.points, key
        assert board.wires.hops(key) == fresh.hops(key), key


@pytest.mark.parametrize("down", [False, True])
def test_wires_from_one_height_do_not_cross_before_their_ports(down: bool) -> None:
    board = Board({"far": (0, 0), "near": (300, 0), "here": (600, 120 if down else -120)})
    board.wire("near-here", kind="")
    board.wire("far-here", kind="")
    board.points("far-here")
    assert not board.wires.hops("far-here") and not board.wires.hops("near-here")
    near, far = board.points("near-here")[-1][1], board.points("far-here")[-1][1]
    assert (near < far) == down
