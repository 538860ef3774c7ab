"""Some things of a frame in lanes, arranged among what stays there: rows as elsewhere, each in the lanes it has now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from designer.layout.band_shape import INSET
from designer.layout.bands import APART, apart
from designer.layout.boxes import GAPS, SIDE, TOP, Direction, Rect, snapped, up_to_grid
from designer.layout.flat import rows
from designer.layout.lanes import BESIDE, Cell, settle
from designer.layout.nested import Nesting, Tree

_SWEEPS = 3
_CLEAR = 24
"""What is arranged keeps at least this far from what stays."""
_GAP = GAPS[Direction.DOWN].neighbours


@dataclass(slots=True)
class _Part:
    """What is arranged: the frame that it stands in, that with the lanes, and where everything is now."""

    nesting: Nesting
    rects: Mapping[str, Rect]
    holder: str
    keys: list[str]
    laned: str
    stays: set[str]
    """The boxes in the frame with lanes that are not arranged: what is wired to them comes near them."""
    cells: dict[str, Cell] = field(default_factory=dict)
    bounds: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        """All that there is."""
        return self.nesting.tree


def place_in_lanes(
    nesting: Nesting, rects: Mapping[str, Rect], holder: str, keys: Sequence[str], chosen: Collection[str]
) -> dict[str, tuple[int, int]]:
    """New corners of some things of a frame that is or stands in one with lanes; `rects` is where everything is.

    They come in rows from the highest of them on, below whatever of the others is in the way. `chosen` is all that is
    arranged, here and elsewhere: where that will be is of no account. Raises `Cancelled`.
    """
    tree, laned = nesting.tree, _laned(nesting.tree, holder)
    inside = (key for key in tree.boxes if laned in tree.around(key))
    stays = {key for key in inside if key not in chosen and not any(around in chosen for around in tree.around(key))}
    part = _Part(nesting, rects, holder, list(keys), laned, stays)
    nesting.spots = {key: _middle(rects[key]) for key in stays}
    for key in part.keys:
        first, last = _span(part, key)
        part.cells[key] = Cell(rects[key][2], first, last)
        part.bounds[key] = _bounds(part, key)
    in_rows = list(_rows(part))
    _across(part, in_rows)
    return _down(part, in_rows)


def _laned(tree: Tree, holder: str) -> str:
    """The frame with lanes that a frame is or stands in."""
    inside = (key for key in (holder, *tree.around(holder)) if key is not None and tree.frames[key].lanes)
    return next(inside)


def _span(part: _Part, key: str) -> tuple[int, int]:
    """The first and the last lane of a thing."""
    return part.nesting.span(key) or (0, part.tree.frames[part.laned].lanes - 1)


def _strip(part: _Part, key: str) -> tuple[float, float]:
    """The left and the right side of a thing's lanes."""
    left, _top, width, _height = part.rects[part.laned]
    lane, (first, last) = width / part.tree.frames[part.laned].lanes, _span(part, key)
    return left + first * lane, left + (last + 1) * lane


def _bounds(part: _Part, key: str) -> tuple[float, float]:
    """Between which sides a thing may stand: those of its lanes, within its frame."""
    left, right = _strip(part, key)
    frame, width = part.rects[part.holder], part.rects[key][2]
    inner, outer = frame[0] + SIDE, frame[0] + frame[2] - SIDE
    low, high = max(left + BESIDE, inner), min(right - BESIDE, outer)
    if high - low >= width:
        return low, high
    # Where there is no room for margins, it stands in the middle of what its lanes and its frame have in common.
    low, high = max(left, frame[0]), min(right, frame[0] + frame[2])
    low, high = (low, high) if high - low >= width else (left, right)
    return (low + high - width) / 2, (low + high + width) / 2


def _rows(part: _Part) -> Iterator[list[str]]:
    """The things of each row, from the left to the right."""
    sizes = {key: (part.rects[key][2], part.rects[key][3]) for key in part.keys}
    whole = part.nesting.whole_part(part.holder, part.keys, sizes, {}, Direction.DOWN)
    for layer in rows(whole, part.nesting.watched(len(part.keys))):
        spans = {part.keys[index]: _span(part, part.keys[index]) for index in layer}
        for row in apart(part.tree, spans):
            left = sorted(row, key=lambda key: sum(_span(part, key)))
            while left:
                fits = _fitting(part, left)
                yield fits
                left = [key for key in left if key not in fits]


def _fitting(part: _Part, keys: Sequence[str]) -> list[str]:
    """As many of some things as have room beside one another; at least the first."""
    found: list[str] = []
    end = float("-inf")
    for key in keys:
        low, high = part.bounds[key]
        left, width = max(low, end + _GAP), part.rects[key][2]
        if not found or left + width <= high:
            found.append(key)
            end = left + width
    return found


def _across(part: _Part, in_rows: Sequence[Sequence[str]]) -> None:
    """Gives each cell its left side: near what it is wired to, in the middle of its lanes where that is nothing."""
    for key, cell in part.cells.items():
        cell.left = sum(part.bounds[key]) / 2 - cell.width / 2
    for sweep in range(_SWEEPS + 1):
        for row in in_rows:
            cells = [part.cells[key] for key in row]
            near = [_near(part, key) if sweep else [] for key in row]
            wanted = [
                sum(middles) / len(middles) - cell.width / 2 if middles else cell.left
                for cell, middles in zip(cells, near, strict=True)
            ]
            weights = [float(len(middles)) or 0.1 for middles in near]
            settle(cells, wanted, weights, *_limits(part, row))
    for cell in part.cells.values():
        cell.left = snapped(cell.left)


def _near(part: _Part, key: str) -> list[float]:
    """The middles of all that a thing, or what stands in it, is wired to."""
    tree, found = part.tree, []
    for wire in part.nesting.wires_in.get(part.holder, []):
        for one, other in (wire, wire[::-1]):
            if tree.item_in(one, part.holder) == key:
                item = tree.item_in(other, part.holder)
                cell = part.cells.get(item or "")
                if cell is not None and item != key:
                    found.append(cell.middle)
                elif other in part.stays:
                    found.append(_middle(part.rects[other])[0])
    return found


def _limits(part: _Part, row: Sequence[str]) -> tuple[list[float], list[float]]:
    """How far left and how far right each thing of a row can stand."""
    earliest: list[float] = []
    for key in row:
        before = earliest[-1] + part.rects[row[len(earliest) - 1]][2] + _GAP if earliest else float("-inf")
        earliest.append(max(part.bounds[key][0], before))
    latest: list[float] = []
    end = float("inf")
    for key in reversed(row):
        end = min(part.bounds[key][1], end) - part.rects[key][2]
        latest.append(end)
        end -= _GAP
    return earliest, latest[::-1]


def _down(part: _Part, in_rows: Sequence[Sequence[str]]) -> dict[str, tuple[int, int]]:
    """The corner of each thing, row below row, clear of what stays."""
    frame = part.rects[part.holder]
    stays = [key for key in part.tree.children.get(part.holder, []) if key not in part.cells]
    taken = [_covered(part, key, part.rects[key]) for key in stays]
    top = max(snapped(min(part.rects[key][1] for key in part.keys)), up_to_grid(frame[1] + TOP))
    corners: dict[str, tuple[int, int]] = {}
    for row in in_rows:
        wanted = [_covered(part, key, (int(part.cells[key].left), 0, *part.rects[key][2:])) for key in row]
        while crossed := [one for one in taken for each in wanted if _crosses(each, one, top)]:
            top = up_to_grid(max(one[1] + one[3] for one in crossed) + _CLEAR)
        corners |= {key: (int(part.cells[key].left), top) for key in row}
        frames = any(key in part.tree.frames for key in row)
        top += max(part.rects[key][3] for key in row) + (APART if frames else GAPS[Direction.DOWN].layers)
    return corners


def _covered(part: _Part, key: str, rect: Rect) -> Rect:
    """What a thing covers: a band all of its lanes."""
    box = part.tree.boxes.get(key)
    if box is None or not box.band:
        return rect
    left, right = _strip(part, key)
    return round(left) + INSET, rect[1], round(right - left) - 2 * INSET, rect[3]


def _crosses(one: Rect, other: Rect, top: int) -> bool:
    """Whether something is too near to another when its upper side is moved to `top`."""
    across = one[0] < other[0] + other[2] + _CLEAR and other[0] < one[0] + one[2] + _CLEAR
    return across and top < other[1] + other[3] + _CLEAR and other[1] < top + one[3] + _CLEAR


def _middle(rect: Rect) -> tuple[int, int]:
    return rect[0] + rect[2] // 2, rect[1] + rect[3] // 2
