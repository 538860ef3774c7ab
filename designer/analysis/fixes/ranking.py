"""What helps most: every fix of every finding worked through and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from designer.analysis.analyser import Analyser
from designer.analysis.budget import LIVE, Budget, Cancelled
from designer.analysis.findings import Analysis, Finding
from designer.analysis.fixes.fix import NOISE, Fix, Preview, Ranking
from designer.analysis.fixes.offer import parts_for, unchecked_fixes
from designer.analysis.fixes.trial import preview
from designer.analysis.rules import RuleBook, load_rules
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture

MOST_FIXES = 200
"""So many are worked through at most, those of the worst findings first."""
LEAST_FIXES = 12
"""So many are worked through however large the drawing is."""
_MOST_WORK = 20_000
"""Fixes times components: some seconds of work, most of it analysing the mended drawings."""


def propose(
    finding: Finding,
    architecture: Architecture,
    catalog: Catalog,
    before: Analysis,
    budget: Budget = LIVE,
    *,
    rules: RuleBook | None = None,
) -> tuple[Preview, ...]:
    """The fixes of one finding that solve it, worked through: the sound ones, then those that lower a figure.

    The best first among each. Raises `Cancelled` when the budget says so.
    """
    work = _Work(architecture, catalog, before, budget, rules or load_rules(catalog))
    found = work.through(work.collect([finding])[: most_fixes(architecture)])
    return tuple(sorted(ordered(found), key=lambda one: one.falls))


def rank(
    architecture: Architecture,
    catalog: Catalog,
    analysis: Analysis,
    budget: Budget = LIVE,
    *,
    rules: RuleBook | None = None,
) -> Ranking:
    """All sound fixes of a drawing. `analysis` is that of the drawing, by the same rules.

    Raises `Cancelled` when the budget says so.
    """
    work = _Work(architecture, catalog, analysis, budget, rules or load_rules(catalog))
    candidates = work.collect(analysis.findings)
    most = most_fixes(architecture)
    return choose(ordered(work.through(candidates[:most])), complete=len(candidates) <= most)


def most_fixes(architecture: Architecture) -> int:
    """How many fixes of a drawing are worked through: fewer of a larger one, since each takes an analysis of it."""
    return max(LEAST_FIXES, min(MOST_FIXES, _MOST_WORK // max(1, len(architecture.components))))


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


@dataclass(slots=True)
class _Candidate:
    """A fix, and the rules of all findings that offer it."""

    fix: Fix
    rules: list[str]


class _Work:
    """Fixes of one state of a drawing being collected and worked through."""

    def __init__(
        self, architecture: Architecture, catalog: Catalog, before: Analysis, budget: Budget, rules: RuleBook
    ) -> None:
        self._architecture, self._catalog, self._before = architecture, catalog, before
        self._budget, self._rules = budget, rules

    def collect(self, findings: Iterable[Finding]) -> list[_Candidate]:
        """The fixes of findings, each once, in the order of the findings, until there are too many."""
        most = most_fixes(self._architecture)
        resolution = Resolution(self._architecture, self._catalog)
        found: dict[str, _Candidate] = {}
        titles: dict[str, _Candidate] = {}
        for finding in findings:
            self._poll()
            for offer in (unchecked_fixes, parts_for):
                for fix in offer(finding, resolution, self._rules):
                    # One change that mends several places is offered at each of them, by the same title.
                    same = titles.setdefault(fix.title, _Candidate(fix, []))
                    one = same if same.fix.edits == fix.edits else _Candidate(fix, [])
                    found.setdefault(one.fix.key, one).rules.append(finding.rule)
            if len(found) > most:
                break
        return list(found.values())

    def through(self, candidates: Iterable[_Candidate]) -> Iterable[Preview]:
        """The candidates that solve a finding of one of their rules, as a fix for that rule."""
        analyser = Analyser(self._catalog)
        for candidate in candidates:
            self._poll()
            found = preview(
                candidate.fix,
                self._architecture,
                self._catalog,
                self._before,
                self._budget,
                rules=self._rules,
                analyser=analyser,
            )
            for rule in dict.fromkeys(candidate.rules):
                one = replace(found, fix=replace(candidate.fix, rule=rule))
                if one.solves:
                    yield one
                    break

    def _poll(self) -> None:
        if self._budget.should_stop():
            raise Cancelled("the ranking was cancelled")
