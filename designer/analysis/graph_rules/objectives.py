"""OBJ-01 to OBJ-03: whether a flow's objectives for recovery are within reach, as far as facts say so.

Only the failures that a design survives within its Region are looked at: instances, zones, deleted or damaged data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.analysis.downtime import duration
from designer.analysis.findings import Finding
from designer.analysis.flows import FlowStudy
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import Resolved, ResolvedWire
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """Flow by flow: the data it may lose, then the time it is down."""
    for study in context.studies.flows:
        flow = context.resolution.architecture.flows.get(study.result.id)
        if flow is None:
            continue
        if flow.rpo is not None:
            for key in sorted(study.result.members):
                yield from _data(context, study, context.resolution.component(key), flow.rpo)
        if flow.rto is not None:
            yield from _recovery(context, study, flow.rto)


def _data(context: Context, study: FlowStudy, store: Resolved, rpo: int) -> Iterator[Finding]:
    formula = store.kind.failure.restorable
    if formula is None:
        return
    wanted = tr('"{name}" may lose the data of {time} (RPO).', name=study.result.name, time=_time(rpo))
    place: dict[str, Any] = {"components": (store.id,), "flow": study.result.id}
    behind = store.work_out(formula)
    if behind is None:
        message = tr(
            "{wanted} What is deleted or damaged in {name} cannot be brought back: there is no backup of it.",
            wanted=wanted,
            name=store.name,
        )
        yield context.rule("OBJ-01").finding(message, **place)
    elif behind > rpo:
        message = tr(
            "{wanted} What is deleted or damaged in {name} comes back as it was about {time} before.",
            wanted=wanted,
            name=store.name,
            time=_time(behind),
        )
        yield context.rule("OBJ-02").finding(message, **place)


def _recovery(context: Context, study: FlowStudy, rto: int) -> Iterator[Finding]:
    rule, wanted = (
        context.rule("OBJ-03"),
        tr('"{name}" may be down for {time} (RTO).', name=study.result.name, time=_time(rto)),
    )
    for key in sorted(study.required):
        resolved = context.resolution.component(key)
        formula = resolved.kind.failure.failover_time
        takes = None if formula is None else resolved.work_out(formula)
        if takes is not None and takes > rto:
            message = tr(
                "{wanted} Failover of {name} typically takes up to {time}.",
                wanted=wanted,
                name=resolved.name,
                time=_time(takes),
            )
            yield rule.finding(message, components=(key,), flow=study.result.id)
    for key in study.result.wires:
        wire = context.resolution.wire(key)
        takes = _detection(context, wire)
        if takes is not None and takes > rto:
            message = tr(
                "{wanted} {name} takes up to {time} to notice that {other} has failed.",
                wanted=wanted,
                name=wire.source.name,
                time=_time(takes),
                other=wire.target.name,
            )
            yield rule.finding(
                message, connections=(key,), components=(wire.source.id, wire.target.id), flow=study.result.id
            )


def _detection(context: Context, wire: ResolvedWire) -> int | None:
    """How many seconds a failed target still gets requests, where another one could take them."""
    formula = wire.relation.traits.get("detection")
    if formula is None or wire.group is None:
        return None
    replicas = context.studies.parts.anatomies[wire.target.id].replicas
    if len(replicas) < 2 and len(context.wiring.alternatives(wire.source.id)[wire.group].members) < 2:
        return None
    found = wire.values.work_out(str(formula))
    return None if found is None else int(found)


def _time(seconds: int) -> str:
    return tr("no time") if seconds == 0 else duration(seconds)
