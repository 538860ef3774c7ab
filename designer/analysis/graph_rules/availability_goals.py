"""AVL-01 to AVL-03 and FLW-01: what the figures of a flow say of its goal, and what they cannot say."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.downtime import downtime_per_year
from designer.analysis.findings import Finding, FlowResult, Severity
from designer.analysis.flows import FlowStudy
from designer.analysis.graph_rules.context import Context
from designer.analysis.system import Level
from designer.analysis.wording import listed, percent
from designer.model.entities import Mode


def find(context: Context) -> Iterator[Finding]:
    """Flow by flow, then the components without a figure."""
    for flow in context.studies.flows:
        if not flow.result.wires:
            yield _leads_nowhere(context, flow.result)
        elif flow.result.goal is not None:
            yield from _below(context, flow.result, flow.result.goal)
            yield from _not_promised(context, flow, flow.result.goal)
    yield from _unmodelled(context)


def _leads_nowhere(context: Context, flow: FlowResult) -> Finding:
    message = f'"{flow.name}" starts at {context.name(flow.entry)}, and no wire leads on from there.'
    return context.rule("FLW-01").finding(message, components=(flow.entry,), witness=(flow.entry,), flow=flow.id)


def _below(context: Context, flow: FlowResult, goal: float) -> Iterator[Finding]:
    figure = flow.accept if flow.mode is Mode.ACCEPT else flow.complete
    if figure.lower >= goal:
        return
    certain = figure.upper < goal
    value = percent(figure.structural)
    down = downtime_per_year(figure.structural)
    if figure.exact:
        found = f"is available {value} of the time: {down} down"
    elif certain:
        found = f"is available {percent(figure.upper)} of the time at most"
    else:
        found = f"is available at least {value} of the time, and more could not be shown"
    rule = context.rule("AVL-01")
    yield rule.finding(
        f'"{flow.name}" {found}. Its goal is {percent(goal)}.',
        severity=rule.severity if certain else Severity.LOW,
        components=(flow.entry,),
        witness=flow.members,
        flow=flow.id,
    )


def _not_promised(context: Context, flow: FlowStudy, goal: float) -> Iterator[Finding]:
    """What the flow cannot do without, of which AWS commits to less than the goal, and which no rule names yet."""
    contract = context.studies.contract
    alone = {hit.point.component for hit in flow.hits if hit.point.level in (Level.resource, Level.instance)}
    short: dict[str, str] = {}
    for component in sorted(flow.required - alone):
        anatomy = contract.anatomies[component]
        for event in anatomy.events:
            figure = contract.events[event]
            if 0.0 < figure.unavailability < 1.0 and 1.0 - figure.unavailability < goal - 1e-12:
                short[component] = f"{context.name(component)} ({percent(1.0 - figure.unavailability)})"
    if short:
        message = f'The goal of "{flow.result.name}" is {percent(goal)}. AWS commits to less for '
        message += f"{listed(list(short.values()))}, and the flow cannot do without."
        yield context.rule("AVL-02").finding(message, components=tuple(short), flow=flow.result.id)


def _unmodelled(context: Context) -> Iterator[Finding]:
    unmodelled = context.studies.parts.unmodelled
    for component in sorted(unmodelled & context.studies.reached):
        message = f"No availability of {context.name(component)} is known. Figures of flows leave it out."
        yield context.rule("AVL-03").finding(message, components=(component,))
