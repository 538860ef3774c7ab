"""Which lines of a template's text are new since the last edit, fast enough to be asked after each one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import eq

from designer.cloudformation.emit import Line, Path

MAX_EDITS = 40
"""Lines that may come and go within an entry until the cheaper way of comparing it is taken."""

Key = tuple[str, ...]
"""An entry by its section and name; heads of sections, comments and blank lines by their text, after an empty text."""

Hunk = tuple[int, int, int, int]
"""Old lines from first to end (excluded) in whose place new lines from first to end stand."""


@dataclass(frozen=True, slots=True)
class LineMarks:
    """Lines of the new text, counted from 0.

    `changed` are those that the old text does not have at their place; blank lines are never among them. After those in
    `removed`, lines of the old text have vanished without another in their place; -1 stands for before the first.
    """

    changed: frozenset[int]
    removed: frozenset[int]


def changed_lines(old: Sequence[Line], new: Sequence[Line]) -> set[int]:
    """The lines of the new text, counted from 0, that differ from the old one."""
    return set(line_marks(old, new).changed)


def line_marks(old: Sequence[Line], new: Sequence[Line]) -> LineMarks:
    """Compares two texts of a template, entry by entry: an entry that only moved has not changed.

    Linear in the number of lines, where difflib is quadratic.
    """
    before, after = [line.text for line in old], [line.text for line in new]
    top = _common_start(before, after)
    bottom = _common_end(before, after, top)
    top, bottom = _at_entries(before, after, top, bottom)
    old_entries = _entries(old, before, top, len(before) - bottom)
    new_entries = _entries(new, after, top, len(after) - bottom)
    changed: set[int] = set()
    removed: set[int] = set()
    for key, (start, end) in new_entries.items():
        if key not in old_entries:
            changed.update(line for line in range(start, end) if after[line])
            continue
        first, last = old_entries[key]
        if before[first:last] != after[start:end]:
            for gone, gone_end, come, come_end in _hunks(old, new, (first, last, start, end)):
                fresh = [line for line in range(come, come_end) if after[line]]
                changed.update(fresh)
                if not fresh and any(before[gone:gone_end]):
                    removed.add(come - 1)
    place = top - 1
    for key in old_entries:
        if key in new_entries:
            place = new_entries[key][1] - 1
        elif key[0]:
            removed.add(place)
    return LineMarks(frozenset(changed), frozenset(removed))


def _common_start(before: Sequence[str], after: Sequence[str]) -> int:
    """How many lines at the start are the same, by comparing ever smaller parts: lists compare fast."""
    low, high = 0, min(len(before), len(after))
    while low < high:
        middle = (low + high + 1) // 2
        if before[low:middle] == after[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_end(before: Sequence[str], after: Sequence[str], top: int) -> int:
    """The same for the end, without the lines that the start has taken."""
    low, high = 0, min(len(before), len(after)) - top
    while low < high:
        middle = (low + high + 1) // 2
        if before[len(before) - middle : len(before) - low] == after[len(after) - middle : len(after) - low]:
            low = middle
        else:
            high = middle - 1
    return low


def _at_entries(before: Sequence[str], after: Sequence[str], top: int, bottom: int) -> tuple[int, int]:
    """The common parts without the entries that they cut through."""
    while top > 0 and not (_starts(before, top) and _starts(after, top)):
        top -= 1
    while bottom > 0 and not _starts(after, len(after) - bottom):
        bottom -= 1
    return top, bottom


def _starts(texts: Sequence[str], index: int) -> bool:
    """Whether something of its own starts with a line: a section, an entry of it, a comment over it."""
    return index >= len(texts) or (texts[index] != "" and texts[index][2:3] != " ")


def _entries(lines: Sequence[Line], texts: Sequence[str], start: int, end: int) -> dict[Key, tuple[int, int]]:
    """Where each entry of the template stands, first line and end."""
    entries: dict[Key, tuple[int, int]] = {}
    # Text in a block may hold blank lines and nothing else that is indented by less than three.
    starts = [index for index, text in enumerate(texts[start:end], start) if text[2:3] != " "]
    starts.append(end)
    if starts[0] != start:
        starts.insert(0, start)
    last: Key | None = None
    for first, following in pairwise(starts):
        key = _key(lines[first], texts[first])
        if key == last and key in entries:
            entries[key] = entries[key][0], following
        elif key not in entries:
            entries[key] = first, following
        last = key
    return entries


def _key(line: Line, text: str) -> Key:
    path: Path = line.path
    if len(path) > 1:
        return str(path[0]), str(path[1])
    return "", str(path[0]) if path else "", text


def _hunks(old: Sequence[Line], new: Sequence[Line], where: Hunk) -> Iterator[Hunk]:
    """How one entry became the other."""
    first, last, start, end = where
    before, after = [line.text for line in old[first:last]], [line.text for line in new[start:end]]
    if len(before) == len(after):
        places = [index for index, text in enumerate(after) if before[index] != text]
        paths = [new[start + index].path for index in places]
        if paths == [old[first + index].path for index in places] and not any(map(eq, paths, paths[1:])):
            # Only values have changed: line stands against line. (The lines of a text in a block share their path.)
            for one, other in _runs(places):
                yield first + one, first + other, start + one, start + other
            return
    top = _common_start(before, after)
    bottom = _common_end(before, after, top)
    left, right = before[top : len(before) - bottom], after[top : len(after) - bottom]
    pairs = _pairs(left, right) if left and right else []
    gone, come = 0, 0
    for one, other in (*pairs, (len(left), len(right))):
        if one > gone or other > come:
            yield first + top + gone, first + top + one, start + top + come, start + top + other
        gone, come = one + 1, other + 1


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers in rising order as ranges, first and end."""
    if not places:
        return
    start = before = places[0]
    for place in places[1:]:
        if place != before + 1:
            yield start, before + 1
            start = place
        before = place
    yield start, before + 1


def _pairs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The lines that two texts have in common, in order: most of them where few lines came and went."""
    return _shortest(left, right) or _by_count(left, right)


def _shortest(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common part after Myers, "An O(ND) Difference Algorithm and Its Variations" (1986); or nothing."""
    farthest = {1: 0}
    steps: list[dict[int, int]] = []
    for edits in range(MAX_EDITS + 1):
        steps.append(dict(farthest))
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and farthest[diagonal - 1] < farthest[diagonal + 1])
            x = farthest[diagonal + 1] if down else farthest[diagonal - 1] + 1
            y = x - diagonal
            while x < len(left) and y < len(right) and left[x] == right[y]:
                x, y = x + 1, y + 1
            farthest[diagonal] = x
            if x >= len(left) and y >= len(right):
                return _walk_back(steps, len(left), len(right))
    return []


def _walk_back(steps: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    pairs = []
    for edits in range(len(steps) - 1, -1, -1):
        farthest, diagonal = steps[edits], x - y
        down = diagonal == -edits or (diagonal != edits and farthest[diagonal - 1] < farthest[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        old_x = farthest[before] if edits else 0
        old_y = old_x - before if edits else 0
        while x > old_x and y > old_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = old_x, old_y
    return pairs[::-1]


def _by_count(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Common lines by the next place of their text: quick, and right wherever lines are seldom alike."""
    left_over = Counter(left)
    pairs: list[tuple[int, int]] = []
    place = 0
    for other, text in enumerate(right):
        if not left_over[text]:
            continue
        found = place
        while left[found] != text:
            left_over[left[found]] -= 1
            found += 1
        left_over[text] -= 1
        pairs.append((found, other))
        place = found + 1
    return pairs
