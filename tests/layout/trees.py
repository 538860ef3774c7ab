"""Random trees of boxes and frames with wires."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from designer.layout.boxes import CARD_HEIGHT, CARD_WIDTH, Box, Frame
from designer.layout.nested import Tree


def card(
    key: str,
    frame: str | None = None,
    at: tuple[int, int] = (0, 0),
    lanes: tuple[int, int] | None = None,
    *,
    band: bool = False,
) -> Box:
    """A box of a card's size."""
    return Box(id=key, rect=(*at, CARD_WIDTH, CARD_HEIGHT), frame=frame, lanes=lanes, band=band)


@st.composite
def trees(draw: st.DrawFn, *, most: int = 14, frames: bool = True, placed: bool = False) -> Tree:
    """Boxes in up to five frames, some with lanes, and wires between any of them; `placed` ones far apart."""
    names = [f"f{number}" for number in range(draw(st.integers(0, 5)))] if frames else []
    holders = []
    for number, name in enumerate(names):
        outer = draw(st.sampled_from([None, *names[:number]]))
        lanes = draw(st.sampled_from((0, 0, 1, 2, 3)))
        at = (draw(st.integers(-900, 900)), draw(st.integers(-900, 900)))
        span = draw(st.sampled_from((None, None, (0, 0))))
        inside = outer is not None and any(holder.lanes for holder in holders)
        holders.append(Frame(id=name, rect=(*at, 320, 240), frame=outer, lanes=lanes, span=span if inside else None))
    boxes = []
    for number in range(draw(st.integers(1, most))):
        frame = draw(st.sampled_from([None, *names]))
        lane = _lanes_around(holders, frame)
        first = draw(st.integers(0, lane - 1)) if lane else 0
        at = (number * 400, draw(st.integers(-9, 9)) * 100) if placed else (0, 0)
        wanted = (first, draw(st.integers(first, lane - 1))) if lane and draw(st.booleans()) else None
        boxes.append(card(f"b{number}", frame, at, wanted, band=draw(st.booleans())))
    ends = st.sampled_from([box.id for box in boxes])
    wires = draw(st.lists(st.tuples(ends, ends), max_size=2 * len(boxes)))
    return Tree.of(boxes, holders, wires)


def _lanes_around(frames: list[Frame], inner: str | None) -> int:
    """The lanes of the innermost frame with some around a place, unless a frame between stands in some of them only."""
    known = {frame.id: frame for frame in frames}
    while inner is not None:
        frame = known[inner]
        if frame.lanes:
            return frame.lanes
        if frame.span is not None:
            return 0
        inner = frame.frame
    return 0


def moved_to(tree: Tree, rects: dict[str, tuple[int, int, int, int]]) -> Tree:
    """The same tree with things at other places."""
    boxes = [replace(box, rect=rects.get(box.id, box.rect)) for box in tree.boxes.values()]
    frames = [
        Frame(id=f.id, rect=rects.get(f.id, f.rect), frame=f.frame, lanes=f.lanes, span=f.span, depth=f.depth)
        for f in tree.frames.values()
    ]
    return Tree.of(boxes, frames, tree.wires)
