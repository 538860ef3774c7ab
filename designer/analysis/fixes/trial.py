"""What a fix would do, worked out exactly on a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.analysis.analyser import Analyser
from designer.analysis.budget import LIVE, Budget
from designer.analysis.downtime import duration, seconds_down_per_year
from designer.analysis.findings import Analysis, Finding, FlowResult
from designer.analysis.fixes.fix import NOISE, Fix, FlowChange, Preview
from designer.analysis.rules import RuleBook
from designer.analysis.wording import counted, percent
from designer.catalog.catalog import Catalog
from designer.language import later, plural, tr
from designer.model.architecture import Architecture

_Kind = tuple[str, str | None, str | None, str | None]


def preview(
    fix: Fix,
    architecture: Architecture,
    catalog: Catalog,
    before: Analysis,
    budget: Budget = LIVE,
    *,
    rules: RuleBook | None = None,
    analyser: Analyser | None = None,
) -> Preview:
    """The fix worked through; `before` is the analysis of the architecture as it is, by the same rules.

    An `analyser` that has seen the drawing before is quicker: it works out again only what the fix changes.
    Raises `Cancelled` when the budget says so, and `InvalidEdit` where the fix is for another state of the drawing.
    """
    mended = architecture.copy()
    mended.apply(fix.edits)
    after = (analyser or Analyser(catalog)).analyse(mended, budget, rules=rules)
    flows = tuple(_changes(before, after))
    solved, raised = _compared(before.findings, after.findings)
    return Preview(
        fix=fix,
        flows=flows,
        solved=solved,
        raised=raised,
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


def _compared(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are gone, and those that are new.

    One that is about fewer places than before is neither: a part of it is left.
    """
    left: dict[_Kind, list[Finding]] = {}
    for finding in before:
        left.setdefault(_kind(finding), []).append(finding)
    changed = [finding for finding in after if not _taken(left, finding, same=True)]
    raised = tuple(finding for finding in changed if not _taken(left, finding, same=False))
    gone = {id(one) for olds in left.values() for one in olds}
    return tuple(finding for finding in before if id(finding) in gone), raised


def _taken(left: dict[_Kind, list[Finding]], finding: Finding, *, same: bool) -> bool:
    """Whether a finding goes on from an earlier one, which is then accounted for."""
    olds = left.get(_kind(finding), [])
    old = next((one for one in olds if _remains(finding, one, same=same)), None)
    if old is not None:
        olds.remove(old)
    return old is not None


def _kind(finding: Finding) -> _Kind:
    """What is the same before and after, beside the place: not the words, and not the weight."""
    return finding.rule, finding.flow, finding.level, finding.property


def _remains(now: Finding, before: Finding, *, same: bool) -> bool:
    """Whether a finding is what is left of an earlier one: about the same places, or about some of them."""
    pairs = [
        (set(now.components), set(before.components)),
        (set(now.connections), set(before.connections)),
        (set(now.boundaries), set(before.boundaries)),
    ]
    return all(new == old if same else new <= old for new, old in pairs)


def summary_of(fix: Fix, flows: Iterable[FlowChange], catalog: Catalog) -> str:
    """One line: availability and downtime of the flow that gains most, what is added and removed, what it costs."""
    flows = list(flows)
    return "; ".join([*_figures(flows), *_goals(flows), *_parts(fix, catalog), *_cost(fix)])


def _figures(flows: list[FlowChange]) -> Iterable[str]:
    changed = [change for change in flows if abs(change.gain) > NOISE]
    if not changed:
        yield tr("availability as before")
        return
    most = max(changed, key=lambda change: (abs(change.gain), change.flow))
    old, new = most.before.structural, most.after.structural
    words = tr(
        '"{name}" taken in {old} -> {new}' if most.by_acceptance else '"{name}" available {old} -> {new}',
        name=most.name,
        old=percent(old),
        new=percent(new),
    )
    before, after = duration(seconds_down_per_year(old)), duration(seconds_down_per_year(new))
    down = tr("{before} -> {after} a year", before=before, after=after)
    others = len(changed) - 1
    yield tr("{words}, downtime {down}", words=words, down=down) + (
        plural(" (and {count} more flow)", " (and {count} more flows)", others) if others else ""
    )


def _goals(flows: Iterable[FlowChange]) -> Iterable[str]:
    for change in flows:
        if change.goal is not None and change.reaches_goal:
            yield tr('"{name}" then keeps its goal of {goal}', name=change.name, goal=percent(change.goal))
        elif change.goal is not None and change.misses_goal:
            yield tr('"{name}" then misses its goal of {goal}', name=change.name, goal=percent(change.goal))


def _parts(fix: Fix, catalog: Catalog) -> Iterable[str]:
    for words, kinds in ((later("adds {kinds}"), fix.adds), (later("removes {kinds}"), fix.removes)):
        if kinds:
            yield tr(words, kinds=_listed(kinds, catalog))


def _listed(kinds: Mapping[str, int], catalog: Catalog) -> str:
    return ", ".join(_counted(count, catalog.kinds[kind].title) for kind, count in kinds.items())


def _counted(count: int, title: str) -> str:
    """ "2 load balancers"; where another language is spoken, "2 x" and the title."""
    if tr(title) == title:
        return counted(count, _in_a_sentence(title))
    return f"{count} x {tr(title)}" if count > 1 else tr(title)


def _in_a_sentence(title: str) -> str:
    """ "load balancer", and "Auto Scaling group" as AWS calls it."""
    return title if any(letter.isupper() for letter in title[1:]) else title.lower()


def _cost(fix: Fix) -> Iterable[str]:
    if fix.cost is None:
        yield tr("cost not known")
    elif round(fix.cost) != 0:
        yield tr(
            "about {cost:.0f} US dollars a month more" if fix.cost > 0 else "about {cost:.0f} US dollars a month less",
            cost=abs(fix.cost),
        )
