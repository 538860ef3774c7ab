"""The whole analysis of a drawing: flows, coupling and findings, in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from designer.analysis.acceptance import set_aside
from designer.analysis.budget import LIVE, Budget
from designer.analysis.component_rules import component_findings, order_of
from designer.analysis.findings import Analysis, Finding, Severity
from designer.analysis.graph_rules import graph_findings
from designer.analysis.graph_rules.context import Context
from designer.analysis.profiles import profile_named
from designer.analysis.rules import RuleBook, load_rules
from designer.analysis.severity import adjusted
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture


def analyse(
    architecture: Architecture,
    catalog: Catalog,
    *,
    resolution: Resolution | None = None,
    budget: Budget = LIVE,
    rules: RuleBook | None = None,
    profile: str | None = None,
) -> Analysis:
    """Everything the analysis says of an architecture.

    A pure function: the same architecture gives the same result, but for availabilities that exceed the time in
    `budget`, which are then bounds. `resolution` saves working out effective properties that are known already;
    `rules` are the built-in ones where none are given; `profile` weighs the findings in the place of the one that the
    architecture names. Raises `UserError` for a profile that there is not, `Cancelled` when `budget.should_stop` says
    so, and nothing else for an architecture that can be drawn.
    """
    book = rules or load_rules(catalog)
    named = None if profile is None else profile_named(profile)
    return conclude(Context(resolution or Resolution(architecture, catalog), book, budget, profile=named))


def conclude(context: Context) -> Analysis:
    """The analysis of a drawing seen in some context. Raises `Cancelled`."""
    book = context.book
    found = [*component_findings(context.resolution, book, context.memory, poll=context.poll), *graph_findings(context)]
    weighed = [adjusted(finding, book[finding.rule], context.exposures) for finding in found]
    stay, accepted = set_aside(without_repetitions(weighed, book), context.resolution.architecture, book)
    return Analysis(
        findings=tuple(sorted(stay, key=order_of)),
        accepted=tuple(sorted(accepted, key=lambda one: order_of(one.finding))),
        profile=context.profile.id,
        explanation_first=context.profile.explanation_first,
        flows=tuple(flow.result for flow in context.studies.flows),
        coupling=context.coupling,
    )


def without_repetitions(findings: Iterable[Finding], book: RuleBook) -> list[Finding]:
    """The findings without those that another one says of the same place with its proof.

    The one that stays takes over what to do and which property to look at, since the other one knows the kind.
    """
    found = list(findings)
    by_rule: dict[str, list[int]] = {}
    for position, finding in enumerate(found):
        by_rule.setdefault(finding.rule, []).append(position)
    kept = list(found)
    dropped: set[int] = set()
    taken_over: set[int] = set()
    for position, finding in enumerate(found):
        if finding.severity is Severity.ERROR:
            continue  # what is refused is said in its own words
        for covering in _covering(finding, position, found, by_rule, book):
            dropped.add(position)
            one = kept[covering]
            better = one.property is None and (covering not in taken_over or finding.property is not None)
            if better and book[finding.rule].cases and one.components == finding.components:
                kept[covering] = replace(one, fix=finding.fix, property=finding.property)
                taken_over.add(covering)
    return [finding for position, finding in enumerate(kept) if position not in dropped]


def _covering(
    finding: Finding, position: int, found: list[Finding], by_rule: dict[str, list[int]], book: RuleBook
) -> list[int]:
    """The positions of the findings that say the same as this one."""
    candidates = (one for rule in sorted(book[finding.rule].covered_by) for one in by_rule.get(rule, ()))
    return [one for one in candidates if one != position and _overlap(finding, found[one])]


def _overlap(finding: Finding, other: Finding) -> bool:
    places = {*finding.components, *finding.boundaries}
    return not places.isdisjoint(other.components) or not places.isdisjoint(other.boundaries)
