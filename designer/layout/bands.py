"""The content of a frame with upright lanes: everything in rows, frames across all lanes as bands over one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from designer.layout.boxes import CARD_HEIGHT, GAPS, SIDE, TOP, Direction, Rect
from designer.layout.flat import rows
from designer.layout.lanes import Cell, in_lanes

if TYPE_CHECKING:
    from designer.layout.nested import Nesting, Placed, Tree

APART = 40
"""Between two bands, and between a band and a row."""


@dataclass(slots=True)
class _Row:
    """The things of one row, their cells, and how deep in bands they stand."""

    keys: list[str]
    cells: list[Cell] = field(default_factory=list)
    depth: int = 0


Step = tuple[str, str | None, _Row | None]
"""Down the lanes: "open" or "close" a band, or a "row"."""


def content(nesting: Nesting, holder: str, contents: Mapping[str, Placed]) -> tuple[dict[str, Rect], int, int]:
    """The rectangles of all that stands in the lanes of a frame, from the corner of its content; and their size."""
    lanes = nesting.tree.frames[holder].lanes
    steps = list(_steps(nesting, holder, contents))
    in_rows = [row for _what, _key, row in steps if row is not None]
    cells = {key: cell for row in in_rows for key, cell in zip(row.keys, row.cells, strict=True)}
    _wire_up(nesting, holder, cells)
    width = in_lanes([row.cells for row in in_rows], lanes) * lanes
    rects, height = _stacked(nesting, steps, contents, width)
    return rects, width - 2 * SIDE, height


def _steps(nesting: Nesting, holder: str, contents: Mapping[str, Placed]) -> Iterator[Step]:
    """All bands and rows, from top to bottom."""
    lanes = nesting.tree.frames[holder].lanes
    waiting: list[Step] = [("fill", holder, None)]
    depth = 0
    while waiting:
        what, key, row = waiting.pop()
        if what == "fill":
            assert key is not None
            waiting.extend(reversed(list(_inside(nesting, key, contents, lanes))))
            continue
        if what == "open":
            depth += 1
            waiting.append(("fill", key, None))
        elif what == "close":
            depth -= 1
        elif row is not None:
            row.depth = depth
            for cell in row.cells:
                cell.edge = SIDE * (depth + 1)
        yield what, key, row


def _inside(nesting: Nesting, key: str, contents: Mapping[str, Placed], lanes: int) -> Iterator[Step]:
    """What stands directly in a band: each layer's rows, then its bands."""
    tree = nesting.tree
    chosen = tree.children.get(key, [])
    if not chosen:
        return
    sizes = {inner: nesting.size(inner, contents) for inner in chosen}
    part = nesting.whole_part(key, chosen, sizes, contents, Direction.DOWN)
    for layer in rows(part, nesting.watched(len(chosen))):
        names = [chosen[index] for index in layer]
        loose = [name for name in names if name not in nesting.bands]
        spans = {name: nesting.span(name) or (0, lanes - 1) for name in loose}
        for row in apart(tree, spans):
            row.sort(key=lambda name: sum(spans[name]))
            yield "row", None, _Row(row, [Cell(sizes[name][0], *spans[name]) for name in row])
        for name in sorted(set(names) - spans.keys(), key=lambda name: (tree.frames[name].depth, names.index(name))):
            yield "open", name, None
            yield "close", name, None


def apart(tree: Tree, spans: Mapping[str, tuple[int, int]]) -> list[list[str]]:
    """The things of a layer in as few rows as it needs that nothing stands beside a band in its lanes."""
    found: list[list[str]] = []
    taken: list[tuple[int, int]] = []
    for name, (first, last) in spans.items():
        lanes = (1 << last + 1) - (1 << first)
        band = lanes if name in tree.boxes and tree.boxes[name].band else 0
        free = (at for at, (all_, bands) in enumerate(taken) if not (band & all_ or lanes & bands))
        at = next(free, len(found))
        if at == len(found):
            found.append([])
            taken.append((0, 0))
        found[at].append(name)
        taken[at] = taken[at][0] | lanes, taken[at][1] | band
    return found


def _wire_up(nesting: Nesting, holder: str, cells: Mapping[str, Cell]) -> None:
    """Tells each cell which others its wires lead to."""

    def cell_of(key: str) -> Cell | None:
        if key in cells:
            return cells[key]
        return next((cells[frame] for frame in nesting.tree.around(key) if frame is not None and frame in cells), None)

    for source, target in nesting.wires_in.get(holder, []):
        one, other = cell_of(source), cell_of(target)
        if one is not None and other is not None and one is not other:
            one.near.append(other)
            other.near.append(one)


def _stacked(
    nesting: Nesting, steps: Sequence[Step], contents: Mapping[str, Placed], width: int
) -> tuple[dict[str, Rect], int]:
    """The rectangles by the rows and bands from the top on, and the height of all."""
    rects: dict[str, Rect] = {}
    opened: list[tuple[str, int]] = []
    down, before = 0, "open"
    for what, key, row in steps:
        if what == "close":
            assert key is not None
            name, top = opened.pop()
            down += SIDE + (CARD_HEIGHT if before == "open" else 0)
            indent = SIDE * (len(opened) + 1)
            rects[name] = (indent - SIDE, top, width - 2 * indent, down - top)
        else:
            if before != "open":
                down += GAPS[Direction.DOWN].layers if before == what == "row" else APART
            if row is None:
                assert key is not None
                opened.append((key, down))
                down += TOP
            else:
                heights = [0]
                for name, cell in zip(row.keys, row.cells, strict=True):
                    size = nesting.size(name, contents)
                    rects[name] = (int(cell.left) - SIDE, down, *size)
                    heights.append(size[1])
                down += max(heights)
        before = what
    return rects, down or CARD_HEIGHT
