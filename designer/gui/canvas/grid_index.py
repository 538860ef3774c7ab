"""Which things may touch a rectangle: a uniform grid from cells to ids."""

from __future__ import annotations

from designer.gui.canvas.metrics import Rect

_MOST_CELLS = 64
"""A thing over more cells than this is kept in a list that every query looks at."""


class GridIndex:
    """Ids by the grid cells that their bounding rectangles touch. A query may name a neighbour, but misses nothing."""

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self._ids: dict[tuple[int, int], set[str]] = {}
        self._spans: dict[str, tuple[int, int, int, int]] = {}
        self._large: set[str] = set()

    def __len__(self) -> int:
        return len(self._spans)

    def put(self, key: str, rect: Rect) -> None:
        """Enters an id with its bounding rectangle, or gives it another one."""
        cell = self._cell
        span = (int(rect[0] // cell), int(rect[1] // cell), int(rect[2] // cell), int(rect[3] // cell))
        if self._spans.get(key) == span:
            return
        self.discard(key)
        self._spans[key] = span
        left, top, right, bottom = span
        if (right - left + 1) * (bottom - top + 1) > _MOST_CELLS:
            self._large.add(key)
            return
        ids = self._ids
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                found = ids.get((column, row))
                if found is None:
                    ids[column, row] = {key}
                else:
                    found.add(key)

    def discard(self, key: str) -> None:
        """Takes an id out, if it is there."""
        span = self._spans.pop(key, None)
        if span is None:
            return
        if key in self._large:
            self._large.discard(key)
            return
        for column in range(span[0], span[2] + 1):
            for row in range(span[1], span[3] + 1):
                found = self._ids[column, row]
                found.discard(key)
                if not found:
                    del self._ids[column, row]

    def touching(self, rect: Rect) -> set[str]:
        """The ids whose rectangles may touch the given one: those of its cells."""
        cell = self._cell
        left, top, right, bottom = (
            int(rect[0] // cell),
            int(rect[1] // cell),
            int(rect[2] // cell),
            int(rect[3] // cell),
        )
        out = set(self._large)
        ids = self._ids
        if (right - left + 1) * (bottom - top + 1) >= len(ids):
            for (column, row), found in ids.items():
                if left <= column <= right and top <= row <= bottom:
                    out |= found
            return out
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                cell_ids = ids.get((column, row))
                if cell_ids:
                    out |= cell_ids
        return out
