"""SPOF-01 to SPOF-03: the events that alone stop a flow, proved by the failure engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from designer.analysis.dependency import What
from designer.analysis.findings import Finding, Severity
from designer.analysis.flows import FlowStudy, Hit
from designer.analysis.graph_rules.context import Context
from designer.analysis.severity import severity_at
from designer.analysis.wording import listed
from designer.language import tr


@dataclass(slots=True)
class _Stopped:
    """One event with the flows that it stops; `components` are those that it hits directly in any of them."""

    hit: Hit
    flows: list[FlowStudy] = field(default_factory=list)
    components: dict[str, None] = field(default_factory=dict)


def find(context: Context) -> Iterator[Finding]:
    """One finding for each event below the Region, over all flows, and one for the Region in each flow."""
    for stopped in _by_event(context.studies.flows).values():
        point = stopped.hit.point
        if point.level == "zone":
            causes = [key for key in stopped.components if not falls_short(context, key, point.zone or "")]
            if causes:
                yield _of_zone(context, stopped, causes)
        elif stopped.hit.origin.what is not What.NOTHING_RUNS:
            yield _of_component(context, stopped)
    for flow in context.studies.flows:
        yield from _of_region(context, flow)


def falls_short(context: Context, component: str, zone: str) -> bool:
    """Whether a component that a zone stops keeps some replicas, only too few: a lack of capacity, not of spread."""
    anatomy = context.studies.parts.anatomies[component]
    event = f"zone:{zone}"
    left = sum(event not in replica for replica in anatomy.replicas)
    return 0 < left < anatomy.needed


def _by_event(flows: Iterable[FlowStudy]) -> dict[str, _Stopped]:
    found: dict[str, _Stopped] = {}
    for flow in flows:
        for hit in flow.hits:
            if hit.point.level != "region":
                stopped = found.setdefault(hit.point.event, _Stopped(hit))
                stopped.flows.append(flow)
                stopped.components.update(dict.fromkeys(hit.components))
    return found


def _of_component(context: Context, stopped: _Stopped) -> Finding:
    rule, point = context.rule("SPOF-01"), stopped.hit.point
    own = [point.component] if point.component is not None else list(stopped.components)
    keys = tuple(own)
    fix: str | None = None
    looked_at: str | None = None
    boundaries: tuple[str, ...] = ()
    if stopped.hit.origin.what is What.GATEWAY:
        fix, looked_at = context.rule("NET-01").fix.spoken, "nat"
        network = context.networks[stopped.hit.origin.vpc or ""]
        boundaries = () if network.boundary is None else (network.boundary,)
    return rule.finding(
        f"{_what_fails(context, stopped)} {_stops(stopped)}",
        fix=fix,
        severity=severity_at(rule, rule.severity, keys, context.exposures),
        title=f"{tr(rule.title)}: {point.label}",
        components=keys,
        boundaries=boundaries,
        witness=point.witness,
        flow=stopped.flows[0].result.id,
        level=point.level,
        property=looked_at,
    )


def _what_fails(context: Context, stopped: _Stopped) -> str:
    point, origin = stopped.hit.point, stopped.hit.origin
    if origin.component is None:
        users = context.names(stopped.components)
        return tr("The {label} is the only way out for {users}.", label=point.label, users=users)
    name = context.name(origin.component)
    zones = context.resolution.component(origin.component).zones
    if origin.what is What.HOST and origin.of == 1:
        return tr("All of {name} runs on one host.", name=name)
    if origin.of > 1:
        return tr("All {of} of {name} are needed, and each of them may fail.", of=origin.of, name=name)
    place = tr(" in zone {zones}", zones=zones[0]) if len(zones) == 1 else ""
    return tr("{name} is there once{place}, and nothing stands in for it.", name=name, place=place)


def _stops(stopped: _Stopped) -> str:
    flows = [f'"{flow.result.name}"' for flow in stopped.flows]
    return tr("Its failure stops {flows}.", flows=listed(flows))


def _of_zone(context: Context, stopped: _Stopped, causes: list[str]) -> Finding:
    rule, point = context.rule("SPOF-02"), stopped.hit.point
    flows = [f'"{flow.result.name}"' for flow in stopped.flows]
    return rule.finding(
        tr(
            "{names} needs zone {zone}. Its loss stops {flows}."
            if len(causes) == 1
            else "{names} need zone {zone}. Its loss stops {flows}.",
            names=context.names(causes),
            zone=point.zone,
            flows=listed(flows),
        ),
        severity=severity_at(rule, rule.severity, causes, context.exposures),
        title=tr("The loss of zone {zone} stops {count} flows", zone=point.zone, count=len(flows))
        if len(flows) > 1
        else tr(rule.title),
        components=tuple(causes),
        boundaries=tuple(_networks_in_one_zone(context, causes)),
        witness=point.witness,
        flow=stopped.flows[0].result.id,
        level=point.level,
    )


def _networks_in_one_zone(context: Context, components: Iterable[str]) -> Iterator[str]:
    """The drawn VPCs of these components that have one zone only: there is nothing to spread over."""
    vpcs = {context.resolution.component(key).vpc for key in components}
    for network in context.networks.values():
        if network.id in vpcs and network.boundary is not None and len(network.zones) == 1:
            yield network.boundary


def _of_region(context: Context, flow: FlowStudy) -> Iterator[Finding]:
    hits = [hit for hit in flow.hits if hit.point.level == "region"]
    if not hits:
        return
    rule, goal = context.rule("SPOF-03"), flow.result.goal
    services = [
        hit.point.label.removesuffix(tr("{service} in this Region", service=""))
        for hit in hits
        if hit.origin.what is What.SERVICE
    ]
    region = context.resolution.architecture.settings.region
    demanding = context.profile.demanding_goal
    message = tr(
        '"{name}" needs the Region {region}, and in it {services}.'
        if services
        else '"{name}" needs the Region {region}.',
        name=flow.result.name,
        region=region,
        services=listed(services),
    )
    severity = Severity.INFO if goal is None else Severity.MEDIUM if goal >= demanding else Severity.LOW
    first = next((hit for hit in hits if hit.origin.what is What.REGION), hits[0])
    yield rule.finding(
        message,
        severity=severity,
        components=(flow.result.entry,),
        witness=first.point.witness,
        flow=flow.result.id,
        level="region",
    )
