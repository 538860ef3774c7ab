"""Many equal replicas without one event for each: their own failures are one event, computed by the binomial law.

A decision diagram over hundreds of interchangeable instances gains nothing over the formula. What stays in the
diagram is what they share: zones, hosts and gateways, as units that carry a number of replicas each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

LARGE = 24
"""From more replicas than this on they are treated as a crowd."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many of `units` (zones or hosts) have to be up, and the chance that the replicas fall short by themselves.

    `short` is never less than the true chance, and exceeds it by at most `slack`.
    """

    needed_units: int
    short: float
    slack: float


def crowd(loads: tuple[int, ...], needed: int, down: float, unit_down: float, common: float = 0.0) -> Crowd:
    """Spare capacity of replicas spread over units that carry `loads` of them.

    Each replica is down with the probability `down` by itself, each unit with `unit_down`, independently but for what
    takes several units at once, which happens with at most the probability `common`. Units are tolerated to be lost,
    the most loaded first, while `needed` replicas remain.
    """
    total, largest = sum(loads), sorted(loads, reverse=True)
    tolerated = 0
    while tolerated < len(loads) - 1 and total - sum(largest[: tolerated + 1]) >= needed:
        tolerated += 1
    # With k units gone (the most loaded ones, which is the worst) the rest has to do.
    least = fewer_than(needed, total, down)
    most = common * fewer_than(needed, total - sum(largest[:tolerated]), down)
    for lost in range(tolerated + 1):
        likelihood = math.comb(len(loads), lost) * unit_down**lost
        most += likelihood * fewer_than(needed, total - sum(largest[:lost]), down)
    most = min(1.0, most)
    return Crowd(len(loads) - tolerated, most, most - least)


def fewer_than(needed: int, total: int, down: float) -> float:
    """The probability that fewer than `needed` of `total` independent replicas are up."""
    if needed > total:
        return 1.0
    if down <= 0.0:
        return 0.0
    if down >= 1.0:
        return 1.0 if needed > 0 else 0.0
    return min(1.0, math.fsum(_exactly(up, total, down) for up in range(needed)))


def _exactly(up: int, total: int, down: float) -> float:
    """The binomial probability, by logarithms: the coefficients of a thousand replicas have 300 digits."""
    ways = math.lgamma(total + 1) - math.lgamma(up + 1) - math.lgamma(total - up + 1)
    return math.exp(ways + up * math.log1p(-down) + (total - up) * math.log(down))
