"""The layout of boxes in nested frames: innermost frames first, each then a box in the frame around it.

A second round knows where everything was after the first, so that inside of a frame things come in the order of what
they are wired to outside of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from designer.layout import bands
from designer.layout.boxes import GAPS, SIDE, TOP, Box, Direction, Frame, Meter, Rect, Stop, Tell, Wire, up_to_grid
from designer.layout.flat import Part, lay_out
from designer.layout.layering import forward, layers, roots
from designer.layout.packing import pack

Key = str | None
"""The id of a frame; `None` for the sheet that everything is on."""
_ROUNDS = 3


@dataclass(slots=True)
class Tree:
    """Frames and boxes with what stands directly in each, and the rank of everything in the whole drawing."""

    boxes: Mapping[str, Box]
    frames: Mapping[str, Frame]
    wires: Sequence[Wire]
    children: dict[Key, list[str]] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, boxes: Iterable[Box], frames: Iterable[Frame], wires: Iterable[Wire]) -> Tree:
        """The tree of things with ids; wires of a box with itself, and with what is not there, count for nothing.

        Raises `ValueError` where frames stand in one another in a circle.
        """
        known = {box.id: box for box in sorted(boxes, key=lambda box: box.id)}
        holders = {frame.id: frame for frame in sorted(frames, key=lambda frame: frame.id)}
        joined = sorted((a, b) for a, b in wires if a != b and a in known and b in known)
        tree = cls(known, holders, joined)
        for key in (*holders, *known):
            tree.children.setdefault(tree.holder(key), []).append(key)
        if len(tree.frames_within(tree.children.get(None, []))) < len(holders):
            raise ValueError("frames stand in one another")
        tree._rank()
        for inside in tree.children.values():
            inside.sort(key=lambda key: (tree.ranks[key], key))
        return tree

    @classmethod
    def unranked(cls, boxes: Iterable[Box], frames: Iterable[Frame]) -> Tree:
        """A tree without wires and ranks, for what only asks what stands in what."""
        tree = cls({box.id: box for box in boxes}, {frame.id: frame for frame in frames}, ())
        for key in (*tree.frames, *tree.boxes):
            tree.children.setdefault(tree.holder(key), []).append(key)
        return tree

    def holder(self, key: str) -> Key:
        """The frame that a box or frame stands in directly."""
        thing = self.boxes.get(key) or self.frames[key]
        return thing.frame if thing.frame in self.frames else None

    def around(self, key: str) -> Iterator[Key]:
        """The frames around a thing, innermost first, and the sheet."""
        inner: Key = key
        while inner is not None:
            inner = self.holder(inner)
            yield inner

    def item_in(self, key: str, holder: Key) -> str | None:
        """Which child of a frame a thing is or stands in; `None` where it stands elsewhere."""
        inner = key
        for frame in self.around(key):
            if frame == holder:
                return inner
            inner = frame or inner
        return None

    def frames_within(self, keys: Iterable[str]) -> list[str]:
        """The frames among some things and within them, each before those that stand in it."""
        found = [key for key in keys if key in self.frames]
        for frame in found:
            found += [key for key in self.children.get(frame, []) if key in self.frames]
        return found

    def _rank(self) -> None:
        """How early each box comes along the wires, nesting left aside; a frame comes with its earliest box."""
        keys = list(self.boxes)
        number = {key: index for index, key in enumerate(keys)}
        edges = [(number[a], number[b]) for a, b in self.wires]
        keeps = forward(len(keys), edges)
        ahead = [edge if keep else (edge[1], edge[0]) for edge, keep in zip(edges, keeps, strict=True)]
        self.ranks = dict(zip(keys, layers(len(keys), ahead), strict=True))
        for key in keys:
            rank = self.ranks[key]
            for frame in self.around(key):
                if frame is not None:
                    self.ranks[frame] = min(rank, self.ranks.get(frame, rank))
        for frame in self.frames:
            self.ranks.setdefault(frame, 0)


@dataclass(slots=True)
class Placed:
    """The content of a frame, from (0, 0): the rectangles of its children, and the size around them."""

    rects: dict[str, Rect]
    width: int
    height: int


class Nesting:
    """One layout of a tree in one direction; below a frame with lanes wires run down."""

    def __init__(self, tree: Tree, direction: Direction, stop: Stop, tell: Tell | None = None) -> None:
        self.tree = tree
        self.direction = direction
        self._meter = Meter(stop, tell)
        self.spots: dict[str, tuple[int, int]] = {}
        """The middles of all boxes on the sheet after the last round; empty in the first."""
        self.wires_in: dict[Key, list[Wire]] = {}
        """The wires with an end in each frame."""
        for wire in tree.wires:
            for frame in dict.fromkeys((*tree.around(wire[0]), *tree.around(wire[1]))):
                self.wires_in.setdefault(frame, []).append(wire)
        self.in_lanes: set[Key] = set()
        """The frames that have lanes, or stand in some."""
        self.bands: set[str] = set()
        """The frames that run across all lanes of what they stand in."""
        for key in tree.frames_within(tree.children.get(None, [])):
            if tree.frames[key].lanes or tree.holder(key) in self.in_lanes:
                self.in_lanes.add(key)
            around = tree.holder(key)
            across = tree.frames[key].span is None and not tree.frames[key].lanes
            if across and around is not None and (tree.frames[around].lanes or around in self.bands):
                self.bands.add(key)

    def lay_out(self, holder: Key, only: Iterable[str] | None = None) -> dict[str, Rect]:
        """The rectangles of all that stands in a frame at any depth, from (0, 0); of its children `only` some."""
        wanted = None if only is None else set(only)
        chosen = [key for key in self.tree.children.get(holder, []) if wanted is None or key in wanted]
        if not self._meter.total:
            self.expect(chosen)
        placed: dict[str, Rect] = {}
        for _ in range(self._rounds(chosen)):
            self.spots = {key: _middle(rect) for key, rect in placed.items() if key in self.tree.boxes}
            before, placed = placed, self._round(holder, chosen)
            if placed == before:
                break
        return placed

    def expect(self, chosen: Iterable[str]) -> None:
        """These, and what stands in them, will be laid out, in one lot or in several: all that there is to do."""
        chosen = list(chosen)
        inside = sum(len(self.tree.children.get(frame, [])) for frame in self.tree.frames_within(chosen))
        self._meter.total = (len(chosen) + inside) * self._rounds(chosen)

    def _rounds(self, chosen: Iterable[str]) -> int:
        return _ROUNDS if any(key in self.tree.frames for key in chosen) else 1

    def watched(self, things: int) -> Stop:
        """What a part of so many things asks whether it is still wanted."""
        self._meter.begin(things)
        return self._meter

    def size(self, key: str, contents: Mapping[str, Placed]) -> tuple[int, int]:
        """The size of a box, or of a frame around its content."""
        if (content := contents.get(key)) is not None:
            return content.width + 2 * SIDE, content.height + TOP + SIDE
        thing = self.tree.boxes.get(key) or self.tree.frames[key]
        return up_to_grid(thing.rect[2]), up_to_grid(thing.rect[3])

    def span(self, key: str) -> tuple[int, int] | None:
        """The lanes that something in a frame with lanes belongs in; `None` for all of them."""
        box = self.tree.boxes.get(key)
        return box.lanes if box is not None else self.tree.frames[key].span

    def whole_part(
        self,
        holder: Key,
        chosen: Sequence[str],
        sizes: Mapping[str, tuple[int, int]],
        contents: Mapping[str, Placed],
        direction: Direction,
    ) -> Part:
        """The children of a frame as one part, with what they are wired to inside and outside of it."""
        side = 1 if direction is Direction.RIGHT else 0
        middles = self._middles(chosen, sizes, contents)
        number = {key: index for index, key in enumerate(chosen)}
        part = Part(
            lengths=[sizes[key][1 - side] for key in chosen],
            widths=[sizes[key][side] for key in chosen],
            links=[],
            ranks=[self.tree.ranks[key] for key in chosen],
        )

        def end(key: str) -> tuple[int, float] | None:
            item = self.tree.item_in(key, holder)
            if item is None or item not in number:
                return None
            return number[item], middles[key][side] - sizes[item][side] / 2 if key in middles else 0.0

        for source, target in self.wires_in.get(holder, []):
            out, into = end(source), end(target)
            if out is not None and into is not None:
                part.links.append((out[0], into[0], out[1], into[1]))
            elif into is not None:
                part.entering.append((*into, float(self.spots.get(source, (0, 0))[side])))
            elif out is not None:
                part.leaving.append((*out, float(self.spots.get(target, (0, 0))[side])))
        return part

    def _round(self, holder: Key, chosen: Sequence[str]) -> dict[str, Rect]:
        """The chosen children of a frame laid out with all that is in them."""
        contents: dict[str, Placed] = {}
        for frame in reversed(self.tree.frames_within(chosen)):
            if self.tree.frames[frame].lanes:
                contents[frame] = Placed(*bands.content(self, frame, contents))
            elif frame in self.bands:
                continue  # laid out with the frame that has the lanes
            elif inside := self.tree.children.get(frame, []):
                way = Direction.DOWN if frame in self.in_lanes else self.direction
                contents[frame] = self._content(frame, inside, contents, way)
        rects: dict[str, Rect] = {}
        way = Direction.DOWN if holder in self.in_lanes else self.direction
        waiting: list[tuple[Placed, int, int]] = [(self._content(holder, chosen, contents, way), 0, 0)]
        while waiting:
            content, dx, dy = waiting.pop()
            for key, (left, top, width, height) in content.rects.items():
                rects[key] = (left + dx, top + dy, width, height)
                if key in contents:
                    waiting.append((contents[key], left + dx + SIDE, top + dy + TOP))
        return rects

    def _content(
        self, holder: Key, chosen: Sequence[str], contents: Mapping[str, Placed], direction: Direction
    ) -> Placed:
        """The content of one frame, its unconnected parts side by side; that of the frames in it is known."""
        sizes = {key: self.size(key, contents) for key in chosen}
        whole = self.whole_part(holder, chosen, sizes, contents, direction)
        gaps = GAPS[direction]
        blocks: list[list[tuple[str, Rect]]] = []
        extents: list[tuple[int, int]] = []
        for group in _groups(whole):
            block = [
                (
                    chosen[index],
                    (*((along, across) if direction is Direction.RIGHT else (across, along)), *sizes[chosen[index]]),
                )
                for index, (along, across) in zip(
                    group, lay_out(_only(whole, group), gaps, self.watched(len(group))), strict=True
                )
            ]
            blocks.append(block)
            extents.append(_extent(rect for _key, rect in block))
        rects: dict[str, Rect] = {}
        for block, (left, top) in zip(blocks, pack(extents, gaps.parts), strict=True):
            for key, rect in block:
                rects[key] = (rect[0] + left, rect[1] + top, rect[2], rect[3])
        return Placed(rects, *_extent(rects.values()))

    def _middles(
        self, chosen: Sequence[str], sizes: Mapping[str, tuple[int, int]], contents: Mapping[str, Placed]
    ) -> dict[str, tuple[int, int]]:
        """Where the boxes in each child are, from the child's upper left corner."""
        middles = {key: (sizes[key][0] // 2, sizes[key][1] // 2) for key in chosen if key in self.tree.boxes}
        waiting = [(key, 0, 0) for key in chosen if key in contents]
        while waiting:
            frame, dx, dy = waiting.pop()
            for inner, rect in contents[frame].rects.items():
                left, top = rect[0] + dx + SIDE, rect[1] + dy + TOP
                if inner in self.tree.boxes:
                    middles[inner] = left + rect[2] // 2, top + rect[3] // 2
                elif inner in contents:
                    waiting.append((inner, left, top))
        return middles


def _middle(rect: Rect) -> tuple[int, int]:
    return rect[0] + rect[2] // 2, rect[1] + rect[3] // 2


def _extent(rects: Iterable[Rect]) -> tuple[int, int]:
    width = height = 0
    for left, top, wide, high in rects:
        width, height = max(width, left + wide), max(height, top + high)
    return width, height


def _only(whole: Part, group: Sequence[int]) -> Part:
    """Some nodes of a part that no link joins to the others."""
    if len(group) == len(whole.widths):
        return whole
    at = {index: place for place, index in enumerate(group)}
    return Part(
        lengths=[whole.lengths[index] for index in group],
        widths=[whole.widths[index] for index in group],
        links=[(at[a], at[b], start, end) for a, b, start, end in whole.links if a in at],
        ranks=[whole.ranks[index] for index in group],
        entering=[(at[node], port, spot) for node, port, spot in whole.entering if node in at],
        leaving=[(at[node], port, spot) for node, port, spot in whole.leaving if node in at],
    )


def _groups(part: Part) -> list[list[int]]:
    """What hangs together, the largest first; all that is wired to the outside hangs together there."""
    count = len(part.widths)
    outer = [node for node, _port, _spot in (*part.entering, *part.leaving)]
    pairs = [(link[0], link[1]) for link in part.links] + [(outer[0], node) for node in outer[1:]]
    root = roots(count, pairs)
    found: dict[int, list[int]] = {}
    for node in range(count):
        found.setdefault(root[node], []).append(node)
    return sorted(found.values(), key=lambda nodes: (-len(nodes), nodes[0]))
