"""Arranging all or a part of what is drawn: new rectangles for what moves, grows or makes room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from designer.layout.boxes import SIDE, TOP, Box, Direction, Frame, Rect, Stop, Tell, snapped, up_to_grid
from designer.layout.lane_part import place_in_lanes
from designer.layout.nested import Key, Nesting, Tree

_APART = 24
"""What is arranged keeps at least this far from what is not."""


def arrange_all(tree: Tree, direction: Direction, stop: Stop, tell: Tell | None = None) -> dict[str, Rect]:
    """The rectangles of everything, from the upper left corner that the drawing has now. Raises `Cancelled`."""
    rects = Nesting(tree, direction, stop, tell).lay_out(None)
    left, top = _corner(_rects(tree).values())
    return {key: _moved(rect, left, top) for key, rect in rects.items()}


def arrange_some(
    tree: Tree, chosen: Iterable[str], direction: Direction, stop: Stop, tell: Tell | None = None
) -> dict[str, Rect]:
    """The rectangles of all that changes when some things are arranged, each lot where it is now.

    A frame is arranged with all that is in it. What stands in lanes keeps to them and goes around what stays there. The
    frames around grow, and what is in their way makes room. Raises `Cancelled`.
    """
    sheet = _Sheet(tree)
    nesting = Nesting(tree, direction, stop, tell)
    chosen = set(chosen)
    laned = {key for key in chosen if any(frame in nesting.in_lanes for frame in tree.around(key) if frame is not None)}
    loose = chosen - laned
    laned = {key for key in laned if loose.isdisjoint(frame or "" for frame in tree.around(key))}
    nesting.expect(chosen)
    for frame, inside in _lots_in_lanes(tree, nesting, laned):
        sheet.put_each(frame, place_in_lanes(nesting, sheet.rects, frame, inside, chosen))
    nesting.spots = {}
    for holder, keys in _lots(tree, loose):
        placed = nesting.lay_out(holder, keys)
        old = _around(sheet.rects[key] for key in keys)
        sheet.put(holder, keys, placed, old)
    return sheet.changed()


def place_missing(tree: Tree, direction: Direction, stop: Stop, tell: Tell | None = None) -> dict[str, Rect]:
    """The rectangles of all that changes when what has no place yet is given one; empty where everything has.

    What has a place keeps it, unless nothing has. Raises `Cancelled`.
    """
    missing = _unplaced(tree)
    if missing and len(missing) == len(tree.boxes):
        return Nesting(tree, direction, stop, tell).lay_out(None)
    sheet = _Sheet(tree)
    if missing:
        lost = _with_whole_frames(tree, missing)
        nesting = Nesting(tree, direction, stop, tell)
        nesting.expect(lost)
        for holder, keys in _lots(tree, lost):
            placed = nesting.lay_out(holder, keys)
            sheet.put(holder, keys, placed, sheet.below(holder, lost))
    _fit_loose_frames(tree, sheet)
    return sheet.changed()


def grown(
    boxes: Iterable[Box], frames: Iterable[Frame], tight: Iterable[str], margin: int, before: Mapping[str, Rect]
) -> dict[str, Rect]:
    """The rectangles of all that changes when some frames grow, to the right and below, around what stands in them.

    They keep a margin around their content; the frames around grow along, and what is in their way makes room. A frame
    with lanes keeps its width, and nothing in it grows beyond it. Frames that have grown already had other rectangles
    `before`: what is in their way makes room too.
    """
    tree = Tree.unranked(boxes, frames)
    sheet = _Sheet(tree)
    for key, rect in before.items():
        sheet.push(key, rect)
    for holder in tight:
        sheet.grow(holder, margin)
    return sheet.changed()


class _Sheet:
    """All rectangles while some of them change."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.rects = _rects(tree)

    def changed(self) -> dict[str, Rect]:
        """What is not where it was."""
        before = _rects(self.tree)
        return {key: rect for key, rect in self.rects.items() if rect != before[key]}

    def put(self, holder: Key, keys: Sequence[str], placed: dict[str, Rect], old: Rect) -> None:
        """Puts what was laid out from (0, 0) to where it stood, or below what is in the way."""
        left, top = snapped(old[0]), snapped(old[1])
        if holder is not None:
            frame = self.rects[holder]
            left, top = max(left, up_to_grid(frame[0] + SIDE)), max(top, up_to_grid(frame[1] + TOP))
        block = _around(placed[key] for key in keys)
        others = [key for key in self.tree.children.get(holder, []) if key not in set(keys)]
        self._make_room(holder, others, old, (left, top, block[2], block[3]))
        in_the_way = [self.rects[key] for key in others]
        while crossed := [rect for rect in in_the_way if _overlap((left, top, block[2], block[3]), rect)]:
            top = up_to_grid(max(rect[1] + rect[3] for rect in crossed) + _APART)
        for key, rect in placed.items():
            self.rects[key] = _moved(rect, left, top)
        self.grow(holder)

    def put_each(self, holder: str, corners: Mapping[str, tuple[int, int]]) -> None:
        """Moves things of a frame in lanes to where they were placed; the frame grows down around them."""
        for key, (left, top) in corners.items():
            self.move(key, left - self.rects[key][0], top - self.rects[key][1])
        self.grow(holder, SIDE)

    def below(self, holder: Key, missing: set[str]) -> Rect:
        """A place for new things in a frame or on the sheet: under everything that stands there."""
        there = [self.rects[key] for key in self.tree.children.get(holder, []) if key not in missing]
        if there:
            around = _around(there)
            return around[0], around[1] + around[3] + 2 * _APART, 0, 0
        frame = self.rects[holder] if holder is not None else (-SIDE, -TOP, 0, 0)
        return frame[0] + SIDE, frame[1] + TOP, 0, 0

    def grow(self, holder: Key, margin: int | None = None) -> None:
        """Makes a frame and those around it as large as their content needs; what is beside them makes room.

        With a margin of its own around the content, frames with lanes keep their width.
        """
        side = SIDE if margin is None else margin
        while holder is not None:
            old = self.rects[holder]
            right, bottom = old[0] + old[2], old[1] + old[3]
            most = float("inf") if margin is None else self._most_right(holder, side)
            for key in self.tree.children.get(holder, []):
                left, top, width, height = self.rects[key]
                right, bottom = max(right, left + width + side), max(bottom, top + height + side)
            right = max(old[0] + old[2], int(min(right, most)))
            new = (old[0], old[1], right - old[0], bottom - old[1])
            if new == old:
                return
            self.rects[holder] = new
            around = self.tree.holder(holder)
            self._make_room(around, [key for key in self.tree.children.get(around, []) if key != holder], old, new)
            holder = around

    def push(self, key: str, old: Rect) -> None:
        """Makes room for a frame that had another rectangle before."""
        holder = self.tree.holder(key)
        others = [other for other in self.tree.children.get(holder, []) if other != key]
        self._make_room(holder, others, old, self.rects[key])

    def _most_right(self, holder: str, side: int) -> float:
        """How far to the right a frame may grow: one with lanes not at all, one within such a frame inside of it."""
        if self.tree.frames[holder].lanes:
            return 0.0
        for depth, around in enumerate(self.tree.around(holder), 1):
            if around is not None and self.tree.frames[around].lanes:
                rect = self.rects[around]
                return rect[0] + rect[2] - side * depth
        return float("inf")

    def move(self, key: str, dx: int, dy: int) -> None:
        """Moves a thing with all that stands in it."""
        waiting = [key]
        while waiting:
            inner = waiting.pop()
            self.rects[inner] = _moved(self.rects[inner], dx, dy)
            waiting += self.tree.children.get(inner, [])

    def _make_room(self, holder: Key, others: Sequence[str], old: Rect, new: Rect) -> None:
        """Moves all that stands right of something that has grown, and all below it, where any of it is in the way.

        What stands beyond a line moves as one, so that nothing comes to lie on anything. In lanes nothing moves aside.
        """
        if holder is not None and any(
            self.tree.frames[key].lanes for key in (holder, *self.tree.around(holder)) if key
        ):
            self._make_room_below(others, old, new)
            return
        for axis in (0, 1):
            line = old[axis] + old[axis + 2]
            by = up_to_grid(new[axis] + new[axis + 2] - line)
            beyond = [key for key in others if self.rects[key][axis] >= line]
            if by > 0 and any(_overlap(new, self.rects[key]) for key in beyond):
                for key in beyond:
                    self.move(key, *((by, 0) if axis == 0 else (0, by)))

    def _make_room_below(self, others: Sequence[str], old: Rect, new: Rect) -> None:
        """Moves what stands below something that has grown, and what stood beside it where it is now, further down."""
        line = old[1] + old[3]
        by = up_to_grid(new[1] + new[3] - line)
        beside = [
            key
            for key in others
            if self.rects[key][1] < line and _overlap(new, self.rects[key]) and not _overlap(old, self.rects[key])
        ]
        if beside:
            line = min(self.rects[key][1] for key in beside)
            by = max(by, up_to_grid(new[1] + new[3] + _APART - line))
        beyond = [key for key in others if self.rects[key][1] >= line]
        if by > 0 and any(_overlap(new, self.rects[key]) for key in beyond):
            for key in beyond:
                self.move(key, 0, by)


def _lots(tree: Tree, chosen: set[str]) -> list[tuple[Key, list[str]]]:
    """The chosen things by the frame that they stand in, innermost frames first; not what is in a chosen frame."""
    found: dict[Key, list[str]] = {}
    for key in sorted(chosen):
        around = list(tree.around(key))
        if not any(frame in chosen for frame in around):
            found.setdefault(around[0], []).append(key)
    depth = {holder: 0 if holder is None else 1 + sum(1 for _ in tree.around(holder)) for holder in found}
    return sorted(found.items(), key=lambda lot: (-depth[lot[0]], lot[0] or ""))


def _lots_in_lanes(tree: Tree, nesting: Nesting, chosen: set[str]) -> list[tuple[str, list[str]]]:
    """What stands in lanes by the frame that it stands in, the innermost first; frames with all that is in them.

    Frames across all lanes stay where they are, and their content is arranged.
    """
    within = tree.frames_within(sorted(chosen))
    keys = chosen | {key for frame in within for key in tree.children.get(frame, [])}
    found: dict[str, list[str]] = {}
    for key in sorted(keys - nesting.bands):
        holder = tree.holder(key)
        assert holder is not None, "what stands in lanes stands in a frame"
        found.setdefault(holder, []).append(key)
    depth = {holder: sum(1 for _ in tree.around(holder)) for holder in found}
    return sorted(found.items(), key=lambda lot: (-depth[lot[0]], lot[0]))


def _unplaced(tree: Tree) -> set[str]:
    """The boxes that were given no place: they lie on one another at the origin, or there and not in their frame."""
    at_origin = [box for box in tree.boxes.values() if box.rect[:2] == (0, 0)]
    if len(at_origin) > 1:
        return {box.id for box in at_origin}
    return {
        box.id
        for box in at_origin
        if (holder := tree.holder(box.id)) is not None and not _holds(tree.frames[holder].rect, box.rect)
    }


def _with_whole_frames(tree: Tree, missing: set[str]) -> set[str]:
    """The missing boxes, and the frames at the origin in which nothing has a place."""
    lost = set(missing)
    for frame in reversed(tree.frames_within(tree.children.get(None, []))):
        inside = tree.children.get(frame, [])
        if inside and tree.frames[frame].rect[:2] == (0, 0) and all(key in lost for key in inside):
            lost.add(frame)
    return lost


def _fit_loose_frames(tree: Tree, sheet: _Sheet) -> None:
    """Puts frames at the origin that hold nothing of what stands in them around it."""
    for frame in reversed(tree.frames_within(tree.children.get(None, []))):
        inside = [sheet.rects[key] for key in tree.children.get(frame, [])]
        rect = sheet.rects[frame]
        if inside and rect[:2] == (0, 0) and not any(_holds(rect, one) for one in inside):
            left, top, width, height = _around(inside)
            sheet.rects[frame] = (left - SIDE, top - TOP, width + 2 * SIDE, height + TOP + SIDE)


def _rects(tree: Tree) -> dict[str, Rect]:
    """Where everything is now."""
    return {box.id: box.rect for box in tree.boxes.values()} | {frame.id: frame.rect for frame in tree.frames.values()}


def _corner(rects: Iterable[Rect]) -> tuple[int, int]:
    corners = [(rect[0], rect[1]) for rect in rects]
    if not corners:
        return 0, 0
    return snapped(min(left for left, _top in corners)), snapped(min(top for _left, top in corners))


def _around(rects: Iterable[Rect]) -> Rect:
    """The rectangle around some, at least one."""
    known = list(rects)
    left, top = min(rect[0] for rect in known), min(rect[1] for rect in known)
    right, bottom = max(rect[0] + rect[2] for rect in known), max(rect[1] + rect[3] for rect in known)
    return left, top, right - left, bottom - top


def _moved(rect: Rect, dx: int, dy: int) -> Rect:
    return rect[0] + dx, rect[1] + dy, rect[2], rect[3]


def _overlap(one: Rect, other: Rect) -> bool:
    """Whether two rectangles are nearer to one another than they should be."""
    return (
        one[0] < other[0] + other[2] + _APART
        and other[0] < one[0] + one[2] + _APART
        and one[1] < other[1] + other[3] + _APART
        and other[1] < one[1] + one[3] + _APART
    )


def _holds(outer: Rect, inner: Rect) -> bool:
    right, bottom = inner[0] + inner[2], inner[1] + inner[3]
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1] and right <= outer[0] + outer[2] and bottom <= outer[1] + outer[3]
    )
