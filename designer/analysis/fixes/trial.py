"""What a fix would do, worked out exactly on a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.analysis.analyse import analyse
from designer.analysis.budget import LIVE, Budget
from designer.analysis.downtime import duration, seconds_down_per_year
from designer.analysis.findings import Analysis, Finding, FlowResult
from designer.analysis.fixes.fix import NOISE, Fix, FlowChange, Preview
from designer.analysis.wording import counted, percent
from designer.catalog.catalog import Catalog
from designer.model.architecture import Architecture

_Place = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str | None, str | None, str | None]


def preview(fix: Fix, architecture: Architecture, catalog: Catalog, before: Analysis, budget: Budget = LIVE) -> Preview:
    """The fix worked through; `before` is the analysis of the architecture as it is.

    Raises `Cancelled` when the budget says so, and `InvalidEdit` where the fix is for another state of the drawing.
    """
    mended = architecture.copy()
    mended.apply(fix.edits)
    after = analyse(mended, catalog, budget=budget)
    flows = tuple(_changes(before, after))
    return Preview(
        fix=fix,
        flows=flows,
        solved=_without(before.findings, after.findings),
        raised=_without(after.findings, before.findings),
        summary=summary_of(fix, flows, catalog),
    )


def _changes(before: Analysis, after: Analysis) -> Iterable[FlowChange]:
    """The flows that there are before and after; one that a fix makes or ends has nothing to be compared with."""
    results = {flow.id: flow for flow in after.flows}
    for flow in before.flows:
        if flow.id in results:
            yield _change(flow, results[flow.id])


def _change(before: FlowResult, after: FlowResult) -> FlowChange:
    return FlowChange(
        flow=before.id,
        name=before.name,
        mode=before.mode,
        goal=before.goal,
        accepted=(before.accept, after.accept),
        completed=(before.complete, after.complete),
    )


def _without(findings: Iterable[Finding], others: Iterable[Finding]) -> tuple[Finding, ...]:
    places = {_place(finding) for finding in others}
    return tuple(finding for finding in findings if _place(finding) not in places)


def _place(finding: Finding) -> _Place:
    """What makes a finding the same before and after: its rule and place, not its words or its weight."""
    return (
        finding.rule,
        finding.components,
        finding.connections,
        finding.boundaries,
        finding.flow,
        finding.level,
        finding.property,
    )


def summary_of(fix: Fix, flows: Iterable[FlowChange], catalog: Catalog) -> str:
    """One line: availability and downtime of the flow that gains most, what is added and removed, what it costs."""
    flows = list(flows)
    return "; ".join([*_figures(flows), *_goals(flows), *_parts(fix, catalog), *_cost(fix)])


def _figures(flows: list[FlowChange]) -> Iterable[str]:
    changed = [change for change in flows if abs(change.gain) > NOISE]
    if not changed:
        yield "availability as before"
        return
    most = max(changed, key=lambda change: (abs(change.gain), change.flow))
    old, new = most.before.structural, most.after.structural
    what = "taken in" if most.by_acceptance else "available"
    words = f'"{most.name}" {what} {percent(old)} -> {percent(new)}'
    down = f"{duration(seconds_down_per_year(old))} -> {duration(seconds_down_per_year(new))} a year"
    others = len(changed) - 1
    yield f"{words}, downtime {down}" + (f" (and {counted(others, 'more flow')})" if others else "")


def _goals(flows: Iterable[FlowChange]) -> Iterable[str]:
    for change in flows:
        if change.goal is not None and change.reaches_goal:
            yield f'"{change.name}" then keeps its goal of {percent(change.goal)}'
        elif change.goal is not None and change.misses_goal:
            yield f'"{change.name}" then misses its goal of {percent(change.goal)}'


def _parts(fix: Fix, catalog: Catalog) -> Iterable[str]:
    for word, kinds in (("adds", fix.adds), ("removes", fix.removes)):
        if kinds:
            yield f"{word} {_listed(kinds, catalog)}"


def _listed(kinds: Mapping[str, int], catalog: Catalog) -> str:
    return ", ".join(counted(count, _in_a_sentence(catalog.kinds[kind].title)) for kind, count in kinds.items())


def _in_a_sentence(title: str) -> str:
    """ "load balancer", and "Auto Scaling group" as AWS calls it."""
    return title if any(letter.isupper() for letter in title[1:]) else title.lower()


def _cost(fix: Fix) -> Iterable[str]:
    if fix.cost is None:
        yield "cost not known"
    elif round(fix.cost) != 0:
        yield f"about {abs(fix.cost):.0f} US dollars a month {'more' if fix.cost > 0 else 'less'}"
