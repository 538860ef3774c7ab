"""Where a new subnet tier comes to lie: across all lanes of the VPC that it is put into, on no other boundary there."""

from __future__ import annotations

from dataclasses import dataclass

from designer.gui.canvas.hit_test import innermost
from designer.gui.canvas.metrics import DOT_SPACING, TITLE_HEIGHT, Rect, boundary_rect, overlaps, snap
from designer.gui.canvas.placement import Frames
from designer.model.architecture import Architecture
from designer.model.entities import Boundary

_GRIP_X = 40
"""How far from its left side a boundary hangs from the pointer that brings it."""
_BELOW_TOP = 2 * DOT_SPACING
"""Room for the title of a VPC and the names of its zones."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A rectangle, and the VPC that it was made for."""

    rect: Rect
    vpc: str


def grip_of(rect: Rect) -> tuple[float, float]:
    """The point of a boundary by which the pointer holds it: in its title bar."""
    return rect[0] + _GRIP_X, rect[1] + TITLE_HEIGHT / 2


def fit_tier(architecture: Architecture, frames: Frames, rect: Rect) -> Fit | None:
    """The place of a new tier that is let go with a rectangle; `None` where no VPC is below its title.

    A tier has a subnet in each zone of its VPC, so it reaches from side to side. Where other boundaries of the VPC lie,
    it goes below them.
    """
    open_vpcs = (
        (key, frames.rects[key], 0.0)
        for key, each in architecture.boundaries.items()
        if each.kind == "vpc" and frames.may_hold(key, "tier")
    )
    vpc = innermost(grip_of(rect), open_vpcs)
    if vpc is None:
        return None
    left, top, right, _bottom = frames.rects[vpc]
    height, upper = rect[3] - rect[1], max(snap(rect[1]), top + _BELOW_TOP)
    beside = [frames.rects[key] for key, each in architecture.boundaries.items() if each.parent == vpc]
    while True:
        fitted = (left + DOT_SPACING, upper, right - DOT_SPACING, upper + height)
        lowest = max((other[3] for other in beside if overlaps(fitted, other)), default=None)
        if lowest is None:
            return Fit(fitted, vpc)
        upper = lowest + DOT_SPACING


def fitted_tier(architecture: Architecture, tier: Boundary) -> Boundary:
    """A new tier as it lies, with its VPC as its parent; unchanged where no VPC is below its title."""
    fit = fit_tier(architecture, Frames(architecture), boundary_rect(tier))
    if fit is None:
        return tier
    left, top, right, bottom = map(round, fit.rect)
    return tier.with_(parent=fit.vpc, x=left, y=top, width=right - left, height=bottom - top)
