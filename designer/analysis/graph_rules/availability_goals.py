"""AVL-01 to AVL-03 and FLW-01: what the figures of a flow say of its goal, and what they cannot say."""

from __future__ import annotations

import math
from collections.abc import Iterator

from designer.analysis.dependency import What
from designer.analysis.downtime import downtime_per_year
from designer.analysis.findings import Finding, FlowAvailability, FlowResult, Severity
from designer.analysis.flows import FlowStudy
from designer.analysis.graph_rules.context import Context
from designer.analysis.system import Level
from designer.analysis.wording import listed, percent
from designer.language import tr
from designer.model.entities import Mode


def find(context: Context) -> Iterator[Finding]:
    """Flow by flow, then the components without a figure."""
    for flow in context.studies.flows:
        if not flow.result.wires:
            yield _leads_nowhere(context, flow.result)
        elif flow.result.goal is not None:
            yield from _below(context, flow, flow.result.goal)
            yield from _not_promised(context, flow, flow.result.goal)
    yield from _unmodelled(context)


def _leads_nowhere(context: Context, flow: FlowResult) -> Finding:
    message = tr(
        '"{name}" starts at {other}, and no wire leads on from there.', name=flow.name, other=context.name(flow.entry)
    )
    return context.rule("FLW-01").finding(message, components=(flow.entry,), witness=(flow.entry,), flow=flow.id)


def _below(context: Context, study: FlowStudy, goal: float) -> Iterator[Finding]:
    flow = study.result
    figure = flow.accept if flow.mode is Mode.ACCEPT else flow.complete
    if figure.lower >= goal:
        return
    rule, certain = context.rule("AVL-01"), figure.upper < goal
    services, promised = _promised(context, study)
    # Whoever draws can do nothing about what AWS commits to for a service that is there for the whole Region.
    by_contract = certain and figure.exact and figure.structural >= goal * promised
    message = tr(
        '"{name}" {found}. Its goal is {goal}.',
        name=flow.name,
        found=_found(figure, goal, certain=certain),
        goal=percent(goal),
    )
    if by_contract:
        message += tr(
            " What AWS commits to for {services} is all that is missing; the rest meets the goal.",
            services=listed(services),
        )
    yield rule.finding(
        message,
        severity=rule.severity if certain and not by_contract else Severity.LOW,
        components=(flow.entry,),
        witness=flow.members,
        flow=flow.id,
    )


def _found(figure: FlowAvailability, goal: float, *, certain: bool) -> str:
    value = percent(figure.structural, goal)
    if figure.exact:
        return tr(
            "is available {value} of the time: {time} down",
            value=value,
            time=downtime_per_year(figure.structural),
        )
    if certain:
        return tr("is available {value} of the time at most", value=percent(figure.upper, goal))
    return tr("is available at least {value} of the time, and more could not be shown", value=value)


def _promised(context: Context, study: FlowStudy) -> tuple[list[str], float]:
    """The managed services that alone stop a flow, by name, and how available the contracts make all of them."""
    hits = [hit for hit in study.hits if hit.origin.what is What.SERVICE and hit.point.level == Level.region]
    events = context.studies.parts.events
    names = [hit.point.label.removesuffix(tr("{service} in this Region", service="")) for hit in hits]
    return names, math.prod(1.0 - events[hit.point.event].unavailability for hit in hits)


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
        message = tr(
            'The goal of "{name}" is {goal}. AWS commits to less for {services}, and the flow cannot do without.',
            name=flow.result.name,
            goal=percent(goal),
            services=listed(list(short.values())),
        )
        yield context.rule("AVL-02").finding(message, components=tuple(short), flow=flow.result.id)


def _unmodelled(context: Context) -> Iterator[Finding]:
    unmodelled = context.studies.parts.unmodelled
    for component in sorted(unmodelled & context.studies.reached):
        message = tr("No availability of {name} is known. Figures of flows leave it out.", name=context.name(component))
        yield context.rule("AVL-03").finding(message, components=(component,))
