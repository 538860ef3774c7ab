"""What helps most: every fix of every finding worked through and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.analysis.budget import LIVE, Budget, Cancelled
from designer.analysis.findings import Analysis, Finding
from designer.analysis.fixes.fix import NOISE, Fix, Preview, Ranking
from designer.analysis.fixes.offer import fixes_for
from designer.analysis.fixes.preview import preview
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture

MOST_FIXES = 300
"""So many are worked through at most, those of the worst findings first."""


def propose(
    finding: Finding, architecture: Architecture, catalog: Catalog, before: Analysis, budget: Budget = LIVE
) -> tuple[Preview, ...]:
    """The fixes of one finding that solve it, worked through: the sound ones, then those that lower a figure.

    The best first among each. Raises `Cancelled` when the budget says so.
    """
    found = _worked_through(fixes_for(finding, architecture, catalog), architecture, catalog, before, budget)
    return tuple(sorted(ordered(found), key=lambda one: one.falls))


def rank(architecture: Architecture, catalog: Catalog, analysis: Analysis, budget: Budget = LIVE) -> Ranking:
    """All sound fixes of a drawing. `analysis` is that of the drawing. Raises `Cancelled` when the budget says so."""
    fixes = collect(architecture, catalog, analysis, budget)
    previews = ordered(_worked_through(fixes[:MOST_FIXES], architecture, catalog, analysis, budget))
    return choose(previews, complete=len(fixes) <= MOST_FIXES)


def collect(architecture: Architecture, catalog: Catalog, analysis: Analysis, budget: Budget = LIVE) -> list[Fix]:
    """Every fix of every finding once, those of the worst findings first. Raises `Cancelled`."""
    resolution = Resolution(architecture, catalog)
    found: dict[str, Fix] = {}
    for finding in analysis.findings:
        _poll(budget)
        for fix in fixes_for(finding, architecture, catalog, resolution):
            found.setdefault(fix.key, fix)
        if len(found) > MOST_FIXES:
            break
    return list(found.values())


def choose(previews: Sequence[Preview], *, complete: bool = True) -> Ranking:
    """The ranking of previews that are in order already."""
    sound = [one for one in previews if one.sound]
    helping = [one for one in sound if one.gain > NOISE]
    reaching = [one for one in helping if one.reaches > 0] or helping
    priced = [one for one in reaching if one.fix.cost is not None]
    return Ranking(
        previews=tuple(sound),
        trades=tuple(one for one in previews if not one.sound),
        best=helping[0] if helping else None,
        cheapest=min(priced, key=lambda one: (one.fix.cost, -one.gain, one.fix.key), default=None),
        smallest=min(reaching, key=lambda one: (one.fix.size, -one.gain, one.fix.key), default=None),
        complete=complete,
    )


def ordered(previews: Iterable[Preview]) -> list[Preview]:
    """The best first: most goals reached, most gained, the worst finding solved, then the cheapest and smallest."""
    return sorted(previews, key=_order)


def _order(one: Preview) -> tuple[object, ...]:
    worst = min((finding.severity.rank for finding in one.solved), default=99)
    cost = one.fix.cost
    # A gain that is smaller than rounding must not decide between equals.
    gain = round(one.gain, 11)
    return -one.reaches, -gain, worst, -len(one.solved), cost is None, cost or 0.0, one.fix.size, one.fix.key


def _worked_through(
    fixes: Iterable[Fix], architecture: Architecture, catalog: Catalog, before: Analysis, budget: Budget
) -> Iterable[Preview]:
    for fix in fixes:
        _poll(budget)
        found = preview(fix, architecture, catalog, before, budget)
        if found.solves:
            yield found


def _poll(budget: Budget) -> None:
    if budget.should_stop():
        raise Cancelled("the ranking was cancelled")
