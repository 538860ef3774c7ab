"""One wire with what was worked out for it, and how it is drawn."""

from __future__ import annotations

from designer.gui.canvas.blocks import Doubles
from designer.gui.canvas.metrics import Point, Rect, united
from designer.gui.canvas.waypoints import Corners
from designer.gui.canvas.wire_path import LEFT, RIGHT
from designer.records import record

Place = tuple[float, int, float]
"""Where an end of a wire is: the offset on its side, how many share the side, how far from the middle of them it is."""
_NOT_ALLOTTED: tuple[Place, Place] = ((0, 0, 0), (0, 0, 0))


@record
class WireStyle:
    """How a wire is drawn.

    `role` is its colour, `weight` how tightly it couples (0 loose, 1 medium, 2 tight). It is dashed where nobody waits,
    and its head is hollow where the target is not needed (not `hard`): nothing is told by colour alone.
    """

    role: str
    weight: int
    dashed: bool
    hard: bool = True


@record
class Bundle:
    """Wires of one kind that leave a side of a component together: they share the port, and a trunk across the way.

    `trunk` is how far the trunk is from the side, `members` are the wires' keys in order.
    """

    trunk: float
    members: tuple[str, ...]


class Wire:
    """One wire with what was worked out for it; `None` where that is stale. Its `kind` bundles it with its likes."""

    __slots__ = (
        *("base", "bounds", "bundle", "draft", "drawn", "ends", "key", "kind", "label", "led", "line", "live", "mark"),
        *("points", "runs", "sides", "source", "strokes", "style", "target", "tip", "via"),
    )

    def __init__(
        self, key: str, source: str, target: str, style: WireStyle, label: str, via: Corners = (), kind: str = ""
    ) -> None:
        self.key = key
        self.source = source
        self.target = target
        self.style = style
        self.label = label
        self.via = via
        self.kind = kind
        self.bounds: Rect = (0, 0, 0, 0)
        self.live = False
        self.draft = False
        """Whether its points are only a first draft, shown until there is time for the true ones."""
        self.sides = (RIGHT, LEFT)
        self.ends: tuple[Place, Place] = _NOT_ALLOTTED
        self.bundle: Bundle | None = None
        self.led = False
        """Whether it is led around something."""
        self.forget()

    @property
    def owner(self) -> str:
        """The wires with one owner belong together: they may lie on one another, and cross without a jump."""
        return self.key if self.bundle is None else self.bundle.members[0]

    @property
    def passing(self) -> bool:
        """Whether it will soon run otherwise: while its ends are dragged, and as a draft."""
        return self.live or self.draft

    @property
    def reach(self) -> Rect:
        """All that it may take, with what was drawn of it: its label may stand out."""
        return united(self.bounds, self.drawn) or self.bounds

    def forget(self) -> None:
        """Drops what depends on where the ends are."""
        self.base: list[Point] | None = None
        self.points: list[Point] | None = None
        self.drawn: Rect | None = None
        self.strokes: Doubles | None = None
        self.line: Doubles | None = None
        self.runs: Doubles | None = None
        self.tip: tuple[Point, Point, Point] | None = None
        self.mark: tuple[Point | None] | None = None
        self.draft = False
