"""JDG-02: alternatives set by hand that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.resolve import BY_HAND, ResolvedWire
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each group of a source in which something does not fit."""
    for source, wires in sorted(context.wiring.outgoing.items()):
        groups: dict[str, list[ResolvedWire]] = {}
        for wire in wires:
            if wire.group is not None and wire.group[0] == BY_HAND:
                groups.setdefault(wire.group[1], []).append(wire)
        for name, group in sorted(groups.items()):
            message = _contradiction(group)
            if message is not None:
                targets = tuple(dict.fromkeys(wire.target.id for wire in group))
                yield context.rule("JDG-02").finding(
                    tr(
                        'The alternatives "{name}" of {other} {message}',
                        name=name,
                        other=context.name(source),
                        message=message,
                    ),
                    components=(source, *targets),
                    connections=tuple(wire.id for wire in group),
                    property="alternatives_needed",
                )


def _contradiction(group: Sequence[ResolvedWire]) -> str | None:
    """What contradicts itself in a group of wires, as the end of a sentence."""
    needed = sorted({int(wire.values["alternatives_needed"]) for wire in group})
    targets = {wire.target.id for wire in group}
    if len(needed) > 1:
        numbers = " and ".join(map(str, needed))
        return tr(
            "say different numbers of what is needed: {numbers}. Set one number on all of its wires.", numbers=numbers
        )
    if needed[0] > len(targets):
        have = tr("there is only one") if len(targets) == 1 else tr("there are only {count}", count=len(targets))
        return tr(
            "need {needed} of its targets, and {have}. Lower the number, or add a wire to the group.",
            needed=needed[0],
            have=have,
        )
    if len({wire.strength for wire in group}) > 1:
        return tr("are needed on some wires and not on others. Give all of its wires the same need.")
    return None
