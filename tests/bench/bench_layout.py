"""The layout beside Graphviz dot: times and crossings on drawings of 100 to 3 000 components.

    python -m tests.bench.bench_layout [components ...]

*cells*, *fan-out* and *mesh* are the drawings of the other benchmarks, with their boundaries left out; *tangle* joins
components at random, half as many wires again as components; *nested* is cells with their boundaries, which dot knows
as clusters. Both lay out from left to right, cards of the same size with the same distances. Times are the least of
three runs in milliseconds of processor time: for dot of its whole process (`dot -Tplain`, which routes the wires as
well), for ours of everything from ids to places. Crossings are counted by one function for both, of straight lines
between the middles of cards. Without dot only our own figures are printed.

Goals at 1 000 flat components: at most 1.0 of dot's time, at most 1.5 of its crossings; at 100 no more crossings than
dot but in the tangle.
"""

from __future__ import annotations

import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence

from designer.layout.arranging import arrange_all
from designer.layout.boxes import CARD_HEIGHT, CARD_WIDTH, GAPS, Box, Direction, Frame, Wire, never
from designer.layout.nested import Tree
from designer.model.architecture import Architecture
from tests.bench.large_drawings import SHAPES

SIZES = (100, 300, 1_000, 3_000)
MOST_TIME, MOST_CROSSINGS = 1.0, 1.5
Spots = dict[str, tuple[float, float]]
_RUNS = 3
_INCH = 72


def crossings(spots: Spots, wires: Sequence[Wire]) -> int:
    """How many pairs of straight wires cross; those that share an end do not."""
    lines = sorted((*sorted((spots[a], spots[b])), a, b) for a, b in set(wires))
    count = 0
    for number, (one, two, a, b) in enumerate(lines):
        for at in range(number + 1, len(lines)):
            three, four, c, d = lines[at]
            if three[0] > two[0]:
                break
            if c not in (a, b) and d not in (a, b):
                count += (
                    _turn(one, two, three) * _turn(one, two, four)
                    < 0
                    > (_turn(three, four, one) * _turn(three, four, two))
                )
    return count


def _turn(one: tuple[float, float], two: tuple[float, float], three: tuple[float, float]) -> float:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def ours(boxes: Sequence[Box], frames: Sequence[Frame], wires: Sequence[Wire]) -> tuple[float, Spots]:
    """Milliseconds and the middles of all cards."""
    started = time.process_time()
    rects = arrange_all(Tree.of(boxes, frames, wires), Direction.RIGHT, never)
    spent = (time.process_time() - started) * 1000
    middles = {box.id: rects[box.id] for box in boxes}
    return spent, {key: (x + w / 2, y + h / 2) for key, (x, y, w, h) in middles.items()}


def dots(boxes: Sequence[Box], frames: Sequence[Frame], wires: Sequence[Wire]) -> tuple[float, Spots]:
    """The same by dot."""
    text = "\n".join(_as_dot(boxes, frames, wires))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000
    rows = (line.split() for line in found.stdout.splitlines())
    return spent, {row[1]: (float(row[2]), float(row[3])) for row in rows if row[0] == "node"}


def _as_dot(boxes: Sequence[Box], frames: Sequence[Frame], wires: Sequence[Wire]) -> Iterable[str]:
    gaps = GAPS[Direction.RIGHT]
    yield f"digraph {{ rankdir=LR; ranksep={gaps.layers / _INCH}; nodesep={gaps.neighbours / _INCH};"
    yield f"node [shape=box, fixedsize=true, width={CARD_WIDTH / _INCH}, height={CARD_HEIGHT / _INCH}];"
    yield from _cluster(None, boxes, frames)
    yield from (f"{source} -> {target};" for source, target in wires)
    yield "}"


def _cluster(holder: str | None, boxes: Sequence[Box], frames: Sequence[Frame]) -> Iterable[str]:
    yield from (f"{box.id};" for box in boxes if box.frame == holder)
    for frame in frames:
        if frame.frame == holder:
            yield f"subgraph cluster_{frame.id} {{"
            yield from _cluster(frame.id, boxes, frames)
            yield "}"


def drawing(shape: str, size: int) -> tuple[list[Box], list[Frame], list[Wire]]:
    """Boxes, frames and wires of a drawing."""
    if shape == "tangle":
        rng = random.Random(size)
        ids = [f"c{number}" for number in range(size)]
        pairs = (sorted(rng.sample(range(size), 2)) for _ in range(size * 3 // 2))
        return [_card(key) for key in ids], [], [(f"c{low}", f"c{high}") for low, high in pairs]
    made: Architecture = SHAPES["cells" if shape == "nested" else shape](size)
    nested = shape == "nested"
    boxes = [_card(one.id, one.boundary if nested else None) for one in made.components.values()]
    frames = [Frame(id=one.id, rect=(0, 0, 320, 240), frame=one.parent) for one in made.boundaries.values()]
    wires = [(one.source, one.target) for one in made.connections.values()]
    return boxes, frames if nested else [], wires


def _card(key: str, frame: str | None = None) -> Box:
    return Box(id=key, rect=(0, 0, CARD_WIDTH, CARD_HEIGHT), frame=frame)


def main(sizes: Sequence[int]) -> None:
    """Prints one line for each drawing."""
    peer = shutil.which("dot") is not None
    print(f"{'':>17}  {'ours':>18}   {'dot':>18}   {'ours / dot':>14}")
    print(f"{'':>17}  {'ms':>8} {'crossings':>9}   {'ms':>8} {'crossings':>9}   {'time':>5} {'cross.':>8}")
    for size in sizes:
        for shape in (*SHAPES, "tangle", "nested"):
            parts = drawing(shape, size)
            spent, spots = min((ours(*parts) for _ in range(_RUNS)), key=lambda run: run[0])
            count = crossings(spots, parts[2])
            line = f"{size:>6,} {shape:>10}  {spent:>8,.0f} {count:>9,}"
            if peer:
                theirs, places = min((dots(*parts) for _ in range(_RUNS)), key=lambda run: run[0])
                others = crossings(places, parts[2])
                share = count / others if others else float(count > 0)
                line += f"   {theirs:>8,.0f} {others:>9,}   {spent / theirs:>5.2f} {share:>8.2f}"
                if size == 1_000 and shape != "nested" and (spent > theirs * MOST_TIME or share > MOST_CROSSINGS):
                    line += "  misses its goal"
            print(line, flush=True)


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]] or SIZES)
