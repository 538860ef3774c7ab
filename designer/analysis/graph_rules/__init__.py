"""Rules about the graph, one idea each: every module has a function that finds the findings of its rules."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules import (
    answers_by_queue,
    availability_goals,
    background_concurrency,
    chains,
    competing_consumers,
    cross_zone_calls,
    cut_pairs,
    cycles,
    direct_fan_out,
    equal_instances,
    fan_out,
    feedback_loops,
    filters,
    hubs,
    impossible_wires,
    judged_groups,
    many_entrances,
    monolith,
    mutual_needs,
    nat_gateways,
    objectives,
    one_broker,
    private_data,
    quotas,
    shared_domains,
    shared_stores,
    single_points,
    single_targets,
    small_subnets,
    static_stability,
    target_zones,
    unconnected,
    unstable,
)
from designer.analysis.graph_rules.context import Context, GraphRule
from designer.analysis.rules import RuleBook
from designer.catalog.resolve import Resolution

RULES: dict[GraphRule, tuple[str, ...]] = {
    single_points.find: ("SPOF-01", "SPOF-02", "SPOF-03"),
    shared_domains.find: ("SPOF-04",),
    cut_pairs.find: ("SPOF-05",),
    static_stability.find: ("SPOF-07",),
    availability_goals.find: ("AVL-01", "AVL-02", "AVL-03", "FLW-01"),
    chains.find: ("CPL-01",),
    cycles.find: ("CPL-02",),
    shared_stores.find: ("CPL-03",),
    hubs.find: ("CPL-04",),
    unstable.find: ("CPL-05",),
    mutual_needs.find: ("CPL-06",),
    monolith.find: ("CPL-08",),
    fan_out.find: ("CPL-09",),
    answers_by_queue.find: ("CPL-12",),
    cross_zone_calls.find: ("CPL-13",),
    unconnected.find: ("CPL-14",),
    impossible_wires.find: ("CPL-15",),
    private_data.find: ("CPL-16",),
    many_entrances.find: ("CPL-17",),
    one_broker.find: ("CPL-18",),
    equal_instances.find: ("EC2-02",),
    target_zones.find: ("ELB-02", "ELB-03", "ELB-09"),
    single_targets.find: ("ELB-04",),
    small_subnets.find: ("ASG-10",),
    background_concurrency.find: ("LAM-06",),
    feedback_loops.find: ("LAM-13",),
    judged_groups.find: ("JDG-02",),
    nat_gateways.find: ("NET-01",),
    objectives.find: ("OBJ-01", "OBJ-02", "OBJ-03"),
    direct_fan_out.find: ("SNS-03",),
    filters.find: ("SNS-04", "LAM-15"),
    competing_consumers.find: ("SQS-07",),
    quotas.find: ("QTA-01", "QTA-02", "QTA-03"),
}
"""Every function with the rules whose findings it finds."""

CONTRADICTIONS: tuple[GraphRule, ...] = (impossible_wires.find, filters.find)
"""Those that find what AWS refuses; they look at the drawing alone, not at its flows."""


def graph_findings(context: Context) -> Iterator[Finding]:
    """The findings of all rules about the graph."""
    for find in RULES:
        context.poll()
        yield from find(context)


def contradiction_findings(resolution: Resolution, book: RuleBook) -> Iterator[Finding]:
    """What AWS refuses, as far as code finds it."""
    context = Context(resolution, book)
    for find in CONTRADICTIONS:
        yield from find(context)
