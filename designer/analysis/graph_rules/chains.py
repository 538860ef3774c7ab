"""CPL-01: the longest chain of services that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding about a longest chain, where it has more than four services."""
    rule = context.rule("CPL-01")
    path = context.graph.metrics.sync_path
    services = [member for step in path for member in step]
    if len(path) <= rule.figure("most"):
        return
    chain = [step[0] for step in path]
    message = tr(
        "{count} services wait for one another: {names}.",
        count=len(path),
        names=" > ".join(context.name(key) for key in chain),
    )
    yield rule.finding(message, components=tuple(services), connections=(), witness=tuple(along(context, chain)))


def along(context: Context, services: Sequence[str]) -> Iterator[str]:
    """The ids of services with what is between them, in order; a break where one step of a chain is a circle."""
    yield services[0]
    for consumer, provider in pairwise(services):
        yield from context.graph.wires(consumer, provider)
        yield provider
