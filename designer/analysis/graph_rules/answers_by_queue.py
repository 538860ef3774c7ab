"""CPL-12: somebody waits for an answer that comes back through a queue."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.catalog.entries import Style
from designer.language import tr

_REPLIES = "feeds"


def find(context: Context) -> Iterator[Finding]:
    """One finding for each program that is waited for, hands work to a queue, and takes messages back that come of it.

    A function is started anew by each message, so that the run which answers cannot be the one that waited.
    """
    onward: dict[str, list[str]] = {}
    for consumer, provider, sync in sorted(context.graph.paths):
        if not sync and consumer != provider:
            onward.setdefault(consumer, []).append(provider)
    for key in sorted(onward):
        if key in context.studies.accepted and _is_waited_for(context, key):
            circle = _circle(onward, key)
            if circle:
                yield _finding(context, circle)


def _is_waited_for(context: Context, key: str) -> bool:
    wires = context.wiring.incoming[key]
    return any(wire.style is Style.SYNC for wire in wires) and any(wire.relation.id == _REPLIES for wire in wires)


def _circle(onward: dict[str, list[str]], start: str) -> list[str]:
    """A shortest way by messages from a service back to itself; empty where there is none."""
    before: dict[str, str] = {}
    queue = [start]
    for place in queue:
        for following in onward.get(place, ()):
            if following == start:
                way = [start, place]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if following not in before:
                before[following] = place
                queue.append(following)
    return []


def _finding(context: Context, circle: list[str]) -> Finding:
    way = [circle[0]]
    for one, other in zip(circle, [*circle[1:], circle[0]], strict=False):
        if one != other:
            way += [*context.graph.paths[one, other, False], other]
    wires = tuple(key for key in way if key in context.resolution.architecture.connections)
    others = context.names(circle[1:-1])
    message = tr(
        "{name} answers callers who wait, sends work to {others}, and gets messages back.",
        name=context.name(circle[0]),
        others=others,
    )
    components = tuple(dict.fromkeys(circle))
    return context.rule("CPL-12").finding(message, components=components, connections=wires, witness=tuple(way))
