"""Evaluates the rules that are data: conditions over the effective properties of one thing and what is next to it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from designer.analysis.dependency import public_services
from designer.analysis.findings import Finding
from designer.analysis.memory import Memory
from designer.analysis.networks import NONE, Network, networks
from designer.analysis.offers import (
    as_of,
    instance_memory,
    instance_vcpus,
    types_of_other_processors,
    unoffered_types,
)
from designer.analysis.rules import Case, Rule, RuleBook, load_rules
from designer.catalog.entries import InVpc
from designer.catalog.expressions import ExpressionError
from designer.catalog.resolve import IMPLIED_VPC, Resolution, Resolved, ResolvedWire
from designer.language import tr

Functions = Mapping[str, Callable[..., Any]]


def component_findings(
    resolution: Resolution,
    book: RuleBook,
    memory: Memory | None = None,
    *,
    contradictions_only: bool = False,
    poll: Callable[[], None] = lambda: None,
) -> list[Finding]:
    """The findings of all data rules, in the order of what they are about.

    `memory` holds those of components and wires that nothing has touched, contradictions apart from all findings.
    `poll` is called now and then; what it raises ends the work.
    """
    return list(_Evaluation(resolution, book, contradictions_only).findings(memory or Memory(), poll))


def contradictions(resolution: Resolution, memory: Memory | None = None) -> list[Finding]:
    """What AWS refuses or what cannot work, found by data and code; a template of it would not deploy.

    `memory` is as for `component_findings`.
    """
    from designer.analysis.graph_rules import contradiction_findings

    book = load_rules(resolution.catalog)
    found = component_findings(resolution, book, memory, contradictions_only=True)
    return sorted([*found, *contradiction_findings(resolution, book)], key=order_of)


def order_of(finding: Finding) -> tuple[Any, ...]:
    """The fixed order of findings: the worst first, then by rule and by place."""
    place = (finding.components, finding.connections, finding.boundaries)
    return finding.severity.rank, finding.rule, place, finding.flow or "", finding.message


class Facts(dict[str, Any]):
    """What a condition may ask by name: effective values, and further facts that are worked out when asked for."""

    def __init__(self, values: Mapping[str, Any], further: Mapping[str, Callable[[], Any]]) -> None:
        super().__init__(values)
        self._further = further

    def __missing__(self, name: str) -> Any:
        value = self[name] = self._further[name]()
        return value


class _Evaluation:
    """One pass over a drawing. Facts about a component are kept, since its wires ask for them again."""

    def __init__(self, resolution: Resolution, book: RuleBook, contradictions_only: bool) -> None:
        self.resolution, self.book, self.contradictions_only = resolution, book, contradictions_only
        self._facts: dict[str, Facts] = {}
        self._networks: dict[str, Network] | None = None
        region = resolution.architecture.settings.region
        known = resolution.catalog.regions.get(region)
        self.region = region if known is None else f"{known.title} ({region})"
        self.region_zones = known.zones if known is not None else 6
        self.region_lacks = known.lacks if known is not None else ()

    def findings(self, memory: Memory, poll: Callable[[], None]) -> Iterator[Finding]:
        topic = "contradictions" if self.contradictions_only else "findings"
        of_components, of_wires = memory.of_components(topic), memory.of_wires(topic)
        for key in sorted(self.resolution.architecture.components):
            found = of_components.get(key)
            if found is None:
                poll()
                resolved = self.resolution.component(key)
                found = of_components[resolved.id] = tuple(self._of_component(resolved))
            yield from found
        for wire in self.resolution.wires():
            found = of_wires.get(wire.id)
            if found is None:
                poll()
                found = of_wires[wire.id] = tuple(self._of_wire(wire))
            yield from found
        for network in self.networks.values():
            yield from self._of_vpc(network)
        yield from self._ask(self.book.of_architecture, self._architecture_facts(), {})

    @property
    def networks(self) -> dict[str, Network]:
        if self._networks is None:
            self._networks = networks(self.resolution)
        return self._networks

    def _cases(self, cases: Iterable[tuple[Rule, Case]]) -> Iterable[tuple[Rule, Case]]:
        return (pair for pair in cases if pair[1].contradiction) if self.contradictions_only else cases

    def _of_component(self, resolved: Resolved) -> Iterator[Finding]:
        cases = self.book.by_kind.get(resolved.kind.id, ())
        if not cases:
            return
        facts = self._facts_of(resolved)
        functions = resolved.values.functions
        yield from self._ask(cases, facts, functions, components=(resolved.id,))

    def _of_wire(self, wire: ResolvedWire) -> Iterator[Finding]:
        cases = self.book.by_relation.get(wire.relation.id, ())
        # Of a wire that cannot be CPL-15 says so, and its ends lack what other rules ask for.
        if not cases or (wire.source.kind.id, wire.target.kind.id) not in wire.relation.pairs:
            return
        source, target = self._facts_of(wire.source), self._facts_of(wire.target)
        facts = Facts(wire.values, {"source": lambda: wire.source.name, "target": lambda: wire.target.name})
        functions = {"source": partial(_value, source), "target": partial(_value, target)}
        ends = (wire.source.id, wire.target.id)
        yield from self._ask(cases, facts, functions, connections=(wire.id,), components=ends)

    def _of_vpc(self, network: Network) -> Iterator[Finding]:
        facts = self._network_facts(network)
        place = () if network.boundary is None else (network.boundary,)
        yield from self._ask(self.book.of_vpcs, facts, {}, boundaries=place)

    def _ask(
        self,
        cases: Iterable[tuple[Rule, Case]],
        facts: Mapping[str, Any],
        functions: Functions,
        **place: tuple[str, ...],
    ) -> Iterator[Finding]:
        """The findings of cases about one place. A rule of the user's own that fails says so, in its own name."""
        for rule, case in self._cases(cases):
            try:
                if case.when(facts, functions):
                    yield self._finding(rule, case, facts, functions, **place)
            except ExpressionError as error:
                if not rule.own:
                    raise
                message, fix = (
                    tr("The rule could not be worked out here: {error}.", error=error),
                    tr("Mend the rule at {place}.", place=rule.place),
                )
                yield rule.finding(message, severity=case.severity, fix=fix, **place)

    def _finding(
        self, rule: Rule, case: Case, facts: Mapping[str, Any], functions: Functions, **place: tuple[str, ...]
    ) -> Finding:
        message = case.message.filled(facts, functions)
        fix = rule.fix.filled(facts, functions)
        return rule.finding(message, severity=case.severity, fix=fix, property=case.property, **place)

    def _facts_of(self, resolved: Resolved) -> Facts:
        found = self._facts.get(resolved.id)
        if found is None:
            found = self._facts[resolved.id] = Facts(resolved.values, self._further(resolved))
        return found

    def _further(self, resolved: Resolved) -> Mapping[str, Callable[[], Any]]:
        return {
            "tier": lambda: resolved.tier,
            "minimum_zones": lambda: resolved.work_out(resolved.kind.placement.minimum_zones),
            "nat": lambda: self.networks[resolved.vpc].nat if resolved.vpc is not None else NONE,
            "network": lambda: self.networks[resolved.vpc].name if resolved.vpc is not None else "",
            "uses_public_endpoint": lambda: bool(public_services(self.resolution, resolved)),
            "public_services": lambda: public_services(self.resolution, resolved),
            "outside_vpcs": lambda: self._outside_vpcs(resolved),
            "unknown_zones": lambda: self._unknown(resolved.zones),
            "region": lambda: self.region,
            "region_zones": lambda: self.region_zones,
            "region_lacks": lambda: self.region_lacks,
            "unoffered_types": lambda: unoffered_types(resolved, self.resolution.architecture.settings.region),
            "offers_as_of": as_of,
            "types_of_other_processors": lambda: types_of_other_processors(resolved),
            "instance_vcpus": lambda: instance_vcpus(resolved),
            "instance_memory": lambda: instance_memory(resolved),
        }

    def _outside_vpcs(self, resolved: Resolved) -> bool:
        """Whether a component that needs a network stands outside, while several VPCs are drawn."""
        if resolved.vpc != IMPLIED_VPC or resolved.kind.placement.in_vpc is InVpc.NEVER:
            return False
        return any(boundary.kind == "vpc" for boundary in self.resolution.architecture.boundaries.values())

    def _unknown(self, zones: Iterable[str]) -> list[str]:
        """The zones that the Region does not have."""
        letters = "abcdef"[: self.region_zones]
        return [zone for zone in zones if len(zone) != 1 or zone not in letters]

    def _network_facts(self, network: Network) -> Facts:
        drawn = network.boundary is not None
        values = {
            "name": network.name,
            "zones": network.zones,
            "nat": network.nat,
            "cidr": network.cidr,
            "flow_logs": network.flow_logs,
            "members": len(network.members),
            "drawn": drawn,
            "region": self.region,
            "region_zones": self.region_zones,
        }
        architecture = self.resolution.architecture
        # A VPC that names no zones has subnets in those of the drawing.
        own = (architecture.boundaries[network.id].zones if drawn else ()) or architecture.settings.zones
        further = {"valid_cidr": lambda: _is_range(network.cidr), "unknown_zones": lambda: self._unknown(own)}
        return Facts(values, further)

    def _architecture_facts(self) -> Facts:
        architecture = self.resolution.architecture
        values = {
            **self.resolution.settings,
            "name": architecture.settings.name,
            "components": len(architecture.components),
        }
        return Facts(values, {})


def _value(facts: Facts, name: str) -> Any:
    """A fact of a wire's end; nothing where its kind has no such property."""
    try:
        return facts[name]
    except KeyError:
        return None


def _is_range(cidr: str) -> bool:
    try:
        ipaddress.IPv4Network(cidr, strict=False)
    except ValueError:
        return False
    return True
