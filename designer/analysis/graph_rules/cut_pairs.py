"""SPOF-05: two events that together stop a flow, likely enough to use up a good part of what its goal allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from designer.analysis.budget import Budget
from designer.analysis.cutsets import minimal_cut_sets
from designer.analysis.dependency import system
from designer.analysis.findings import Finding
from designer.analysis.flows import FlowStudy
from designer.analysis.graph_rules.context import Context
from designer.analysis.system import Level
from designer.analysis.wording import percent
from designer.language import tr

MOST_NODES = 5_000
"""What the search may take for one flow, without a look at the clock: what is found depends on the drawing alone.
Beyond that the rule keeps silent."""


def find(context: Context) -> Iterator[Finding]:
    """One finding for each flow with a goal and without single points, about its likeliest pair."""
    for flow in context.studies.flows:
        goal = flow.result.goal
        alone = any(hit.point.level not in (Level.region, Level.global_) for hit in flow.hits)
        if goal is not None and goal < 1.0 and not alone and flow.result.wires:
            yield from _known(context, flow, 1.0 - goal)


def _known(context: Context, flow: FlowStudy, allowed: float) -> Iterable[Finding]:
    """What was found of a flow that no edit has touched since, or what is found of it now."""
    key = ("pairs", flow.result.id)
    before = context.memory.figures.get(key)
    if before is None or before[0] is not flow:
        before = context.memory.figures[key] = (flow, tuple(_likeliest(context, flow, allowed)))
    findings: tuple[Finding, ...] = before[1]
    return findings


def _likeliest(context: Context, flow: FlowStudy, allowed: float) -> Iterator[Finding]:
    rule, parts, entry = context.rule("SPOF-05"), context.studies.parts, flow.result.entry
    model = system(parts, context.wiring, flow.result.mode, [entry])
    found = minimal_cut_sets(model, entry, 2, Budget(MOST_NODES, None, context.budget.should_stop))
    pairs = [cut for cut in found.sets if len(cut) == 2]
    both = {cut: parts.events[cut[0]].unavailability * parts.events[cut[1]].unavailability for cut in pairs}
    likely = [cut for cut in pairs if both[cut] > rule.figure("share") * allowed]
    if not likely:
        return
    worst = max(likely, key=lambda cut: (both[cut], cut))
    one, other = (parts.events[event].label for event in worst)
    origins = (parts.origins[event].component for event in worst)
    components = tuple(dict.fromkeys(origin for origin in origins if origin is not None))
    share = percent(both[worst] / allowed)
    message = tr(
        '{one} and {other} failing together stop "{name}", and take {share} of its allowed downtime',
        one=one,
        other=other,
        name=flow.result.name,
        share=share,
    )
    message += tr(". There are {count} such pairs.", count=len(likely)) if len(likely) > 1 else "."
    yield rule.finding(
        message,
        components=components or (flow.result.entry,),
        witness=(flow.result.entry, *components),
        flow=flow.result.id,
    )
