"""What helps most: every fix of every finding worked through and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from designer.analysis.budget import LIVE, Budget, Cancelled
from designer.analysis.findings import Analysis, Finding
from designer.analysis.fixes.fix import NOISE, Fix, Preview, Ranking
from designer.analysis.fixes.offer import fixes_for, parts_for
from designer.analysis.fixes.trial import preview
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture

MOST_FIXES = 300
"""So many are worked through at most, those of the worst findings first."""
LEAST_FIXES = 12
"""So many are worked through however large the drawing is."""
_MOST_WORK = 60_000
"""Fixes times components: some seconds of work, most of it analysing the mended drawings."""


def propose(
    finding: Finding, architecture: Architecture, catalog: Catalog, before: Analysis, budget: Budget = LIVE
) -> tuple[Preview, ...]:
    """The fixes of one finding that solve it, worked through: the sound ones, then those that lower a figure.

    The best first among each. Raises `Cancelled` when the budget says so.
    """
    candidates = collect([finding], architecture, catalog, budget)[: most_fixes(architecture)]
    found = _worked_through(candidates, architecture, catalog, before, budget)
    return tuple(sorted(ordered(found), key=lambda one: one.falls))


def rank(architecture: Architecture, catalog: Catalog, analysis: Analysis, budget: Budget = LIVE) -> Ranking:
    """All sound fixes of a drawing. `analysis` is that of the drawing. Raises `Cancelled` when the budget says so."""
    candidates = collect(analysis.findings, architecture, catalog, budget)
    most = most_fixes(architecture)
    previews = ordered(_worked_through(candidates[:most], architecture, catalog, analysis, budget))
    return choose(previews, complete=len(candidates) <= most)


def most_fixes(architecture: Architecture) -> int:
    """How many fixes of a drawing are worked through: fewer of a larger one, since each takes an analysis of it."""
    return max(LEAST_FIXES, min(MOST_FIXES, _MOST_WORK // max(1, len(architecture.components))))


@dataclass(slots=True)
class Candidate:
    """A fix, and the rules of all findings that offer it."""

    fix: Fix
    rules: list[str]


def collect(
    findings: Iterable[Finding], architecture: Architecture, catalog: Catalog, budget: Budget = LIVE
) -> list[Candidate]:
    """The fixes of findings, each once, in the order of the findings, until there are too many. Raises `Cancelled`."""
    most = most_fixes(architecture)
    resolution = Resolution(architecture, catalog)
    found: dict[str, Candidate] = {}
    for finding in findings:
        _poll(budget)
        for offer in (fixes_for, parts_for):
            for fix in offer(finding, architecture, catalog, resolution):
                found.setdefault(fix.key, Candidate(fix, [])).rules.append(finding.rule)
        if len(found) > most:
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
    candidates: Iterable[Candidate], architecture: Architecture, catalog: Catalog, before: Analysis, budget: Budget
) -> Iterable[Preview]:
    """The candidates that solve a finding of one of their rules, as a fix for that rule."""
    for candidate in candidates:
        _poll(budget)
        found = preview(candidate.fix, architecture, catalog, before, budget)
        for rule in dict.fromkeys(candidate.rules):
            one = replace(found, fix=replace(candidate.fix, rule=rule))
            if one.solves:
                yield one
                break


def _poll(budget: Budget) -> None:
    if budget.should_stop():
        raise Cancelled("the ranking was cancelled")
