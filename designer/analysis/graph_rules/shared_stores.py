"""CPL-03: a store that several owners write."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.coupling import group_of, writes
from designer.analysis.findings import Finding, Severity
from designer.analysis.graph_rules.context import Context
from designer.analysis.wording import everyone
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each store. Functions that nobody has grouped may well be one service: that weighs less."""
    rule = context.rule("CPL-03")
    for store, writers in sorted(context.shared_stores.items()):
        wires = [wire.id for wire in context.wiring.incoming[store] if writes(wire)]
        message = tr(
            "{names} {all} write {name}.",
            names=context.names(writers),
            all=everyone(writers),
            name=context.name(store),
        )
        severity = Severity.LOW if _may_be_one_service(context, writers) else rule.severity
        yield rule.finding(
            message, severity=severity, components=(store, *writers), connections=tuple(wires), witness=(store, *wires)
        )


def _may_be_one_service(context: Context, writers: tuple[str, ...]) -> bool:
    functions = all(context.resolution.component(key).kind.id == "lambda" for key in writers)
    return functions and all(group_of(context.resolution, key) is None for key in writers)
