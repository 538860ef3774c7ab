"""CPL-02: services that wait for each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.chains import along
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each set of services that all wait for one another, with a shortest circle as proof."""
    for members in context.graph.metrics.sync_cycles:
        circle = _shortest_circle(context, members)
        message = tr(
            "{names} wait for each other: {others}.",
            names=context.names(members),
            others=" > ".join(context.name(key) for key in circle),
        )
        witness = tuple(along(context, circle))
        connections = tuple(key for key in witness if key in context.resolution.architecture.connections)
        yield context.rule("CPL-02").finding(message, components=members, connections=connections, witness=witness)


def _shortest_circle(context: Context, members: tuple[str, ...]) -> list[str]:
    """A shortest way from the first member back to itself."""
    inside, start = set(members), members[0]
    next_ones: dict[str, list[str]] = {key: [] for key in members}
    for consumer, provider, sync in sorted(context.graph.paths):
        if sync and consumer in inside and provider in inside and consumer != provider:
            next_ones[consumer].append(provider)
    before: dict[str, str] = {}
    queue = [start]
    for place in queue:
        for following in next_ones[place]:
            if following == start:
                return _back([place], before, start)
            if following not in before:
                before[following] = place
                queue.append(following)
    return [*members, start]


def _back(path: list[str], before: dict[str, str], start: str) -> list[str]:
    while path[-1] != start:
        path.append(before[path[-1]])
    return [*reversed(path), start]
