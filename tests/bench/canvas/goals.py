"""What the canvas is to reach beside other programs, as the largest share of their time or memory."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Results = Mapping[tuple[str, int], Mapping[str, float]]
"""The measures by program and size."""
FRAME_MS = 16.0
FRAME_SIZE = 5_000
_IN_A_FRAME = (
    *(
        "near repaint",
        "near redraw",
        "near pan",
        "near zoom",
        "drag 20 wires",
        "hover",
        "undo 100 moves",
        "far repaint",
        "far redraw",
        "far drag",
    ),
    *("mid repaint", "mid redraw", "mid pan", "band"),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """The canvas takes at most `share` of what `program` (at `program_size`, else the same size) takes."""

    measure: str
    size: int
    program: str
    share: float
    program_size: int | None = None

    def told(self, results: Results) -> str | None:
        """The goal, the ratio reached and whether it is met; `None` where one of the two was not measured."""
        own = results.get(("canvas", self.size), {}).get(self.measure, math.nan)
        other_size = self.program_size or self.size
        other = results.get((self.program, other_size), {}).get(self.measure, math.nan)
        if math.isnan(own) or math.isnan(other):
            return None
        ratio = own / max(other, 1e-6)
        name = f"{self.program} at {other_size}" if self.program_size else self.program
        met = "met" if ratio <= self.share else "MISSED"
        return f"{met:7}{self.measure} at {self.size} / {name}: {ratio:.4f}, at most {self.share:.4f}"


def _goals() -> tuple[Goal, ...]:
    peer = "NodeGraphQt"
    goals = [Goal("build s", 1_000, peer, 1 / 20), Goal("build s", 5_000, peer, 1 / 20)]
    goals += [Goal("build s", 10_000, peer, 1 / 50)]
    goals += [Goal("MB", 1_000, peer, 1 / 4), Goal("MB", 5_000, peer, 1 / 4), Goal("MB", 10_000, peer, 1 / 10)]
    goals += [Goal("near repaint", 10_000, "canvas", 1.3, program_size=100)]
    goals += [Goal("far repaint", size, peer, share) for size, share in ((1_000, 1 / 50), (5_000, 1 / 100))]
    for size in (1_000, 5_000):
        goals += [Goal("near repaint", size, peer, 1 / 10), Goal("near pan", size, peer, 1 / 8)]
        goals += [Goal("drag 20 wires", size, peer, 1 / 8), Goal("undo 100 moves", size, peer, 1 / 8)]
        goals += [Goal("near repaint", size, "naive", 1 / 5), Goal("far repaint", size, "naive", 1 / 20)]
        goals += [Goal("far repaint", size, "items", 1 / 5)]
    goals += [Goal("band", 1_000, peer, 1 / 10)]
    goals += [Goal(measure, 10_000, "items", 1.5) for measure in ("near repaint", "mid repaint", "drag 20 wires")]
    goals += [Goal("far repaint", 10_000, "items", 1 / 5)]
    return tuple(goals)


GOALS = _goals()


def verdict(results: Results) -> str:
    """A line for every goal that could be measured, and for everything that has to fit into one frame."""
    lines = [told for goal in GOALS if (told := goal.told(results)) is not None]
    own = results.get(("canvas", FRAME_SIZE), {})
    for measure in _IN_A_FRAME:
        taken = own.get(measure, math.nan)
        if not math.isnan(taken):
            met = "met" if taken < FRAME_MS else "MISSED"
            lines.append(f"{met:7}{measure} at {FRAME_SIZE}: {taken:.1f} ms, less than {FRAME_MS:.0f} ms")
    return "\n".join(lines)
