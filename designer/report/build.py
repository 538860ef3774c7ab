"""From an architecture to what a report says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import isfinite

from designer import __version__
from designer.analysis.analyse import analyse
from designer.analysis.budget import THOROUGH, Budget
from designer.analysis.dependency import contract_parts
from designer.analysis.downtime import SECONDS_PER_YEAR, downtime_per_30_days, downtime_per_year, duration
from designer.analysis.findings import Accepted, Analysis, Finding, FlowAvailability, FlowResult, Severity
from designer.analysis.flow_formula import FlowFormulas
from designer.analysis.flow_models import FlowModels
from designer.analysis.flow_weights import Combination, FlowWeights, Weigher, Weight
from designer.analysis.knock_out import Simulation
from designer.analysis.known_facts import STANDING
from designer.analysis.networks import networks
from designer.analysis.overrides import overrides
from designer.analysis.rules import RuleBook
from designer.analysis.wiring import Wiring
from designer.catalog.catalog import Catalog
from designer.catalog.entries import Fact
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.model.entities import Collection, Mode
from designer.report.content import (
    AcceptedRow,
    CombinationLine,
    CostRow,
    Count,
    FigureRow,
    Figures,
    FindingSection,
    FlowSection,
    FormulaLine,
    OverrideRow,
    Point,
    Report,
    Summary,
    WeightLine,
)
from designer.report.coupling import coupling_section
from designer.report.knock_outs import knock_out_section
from designer.report.names import Names
from designer.report.pinned import decision_rows, note_rows

MOST_FORMULAS = 40
"""So many flows are told with their formula; a report with hundreds of them is read for its tables."""

MOST_WEIGHTS = 12
"""So many of the heaviest events, and of the likeliest combinations, are told of a flow."""


def build_report(
    architecture: Architecture,
    catalog: Catalog,
    file: str,
    *,
    budget: Budget = THOROUGH,
    rules: RuleBook | None = None,
) -> Report:
    """What a report says of an architecture; `file` is how the user calls it. Raises `Cancelled`.

    `rules` are the built-in ones where none are given.
    """
    resolution = Resolution(architecture, catalog)
    analysis = analyse(architecture, catalog, resolution=resolution, budget=budget, rules=rules)
    builder = _Builder(resolution, analysis, file, budget)
    return builder.report()


_NOT_WEIGHED = FlowWeights(weights=None, combinations=(), complete_to=0)


class _Builder:
    def __init__(self, resolution: Resolution, analysis: Analysis, file: str, budget: Budget) -> None:
        self.resolution, self.analysis, self.file = resolution, analysis, file
        self.architecture, self.catalog = resolution.architecture, resolution.catalog
        self.names = Names(self.architecture)
        models = FlowModels(resolution)
        self.formulas = FlowFormulas(resolution, budget, models=models)
        self.weigher = Weigher(resolution, budget, models=models)
        self.facts = self._facts()
        self.numbers = {fact.key: number for number, fact in enumerate(self.facts, 1)}

    def report(self) -> Report:
        flows = tuple(self._flow(flow, place) for place, flow in enumerate(self.analysis.flows))
        return Report(
            summary=self._summary(flows),
            flows=flows,
            findings=tuple(self._finding(finding) for finding in self.analysis.findings),
            accepted=tuple(self._accepted(one) for one in self.analysis.accepted),
            overrides=tuple(self._overrides()),
            coupling=coupling_section(self.resolution, self.analysis.coupling, self.names),
            knock_outs=knock_out_section(Simulation(self.resolution), self.names),
            costs=tuple(self._costs()),
            decisions=tuple(decision_rows(self.architecture, self.catalog, self.names)),
            notes=tuple(note_rows(self.architecture, self.catalog, self.names)),
            figures=tuple(self._figure(number, fact) for number, fact in enumerate(self.facts, 1)),
        )

    def _summary(self, flows: Iterable[FlowSection]) -> Summary:
        settings = self.architecture.settings
        region = self.catalog.regions.get(settings.region)
        severities = Counter(finding.severity for finding in self.analysis.findings)
        kinds = Counter(component.kind for component in self.architecture.components.values())
        worst = self.analysis.worst()
        goals = [flow for flow in flows if flow.goal is not None]
        return Summary(
            name=settings.name.strip() or "Architecture",
            description=settings.description,
            file=self.file,
            region=settings.region,
            region_title="" if region is None else region.title,
            zones=tuple(sorted({*settings.zones}.union(*(n.zones for n in networks(self.resolution).values())))),
            program=__version__,
            profile=self.analysis.profile,
            worst=None if worst is None else str(worst),
            counts={str(severity): severities[severity] for severity in Severity},
            kinds=tuple(
                Count(kind=key, title=kind.title, count=kinds[key])
                for key, kind in self.catalog.kinds.items()
                if kinds[key]
            ),
            components=len(self.architecture.components),
            connections=len(self.architecture.connections),
            boundaries=len(self.architecture.boundaries),
            flows=len(self.analysis.flows),
            goals=len(goals),
            met=sum(flow.goal_met is True for flow in goals),
            missed=sum(flow.goal_met is False for flow in goals),
        )

    def _flow(self, flow: FlowResult, place: int) -> FlowSection:
        counts = flow.accept if flow.mode is Mode.ACCEPT else flow.complete
        weighed = self.weigher.weigh(flow.entry, flow.mode) if place < MOST_FORMULAS else _NOT_WEIGHED
        together = [one for one in weighed.combinations if len(one.events) > 1]
        return FlowSection(
            id=flow.id,
            name=flow.name.strip() or self.names.of(flow.entry),
            entry=flow.entry,
            entry_name=self.names.of(flow.entry),
            mode=str(flow.mode),
            implied=flow.implied,
            goal=flow.goal,
            goal_met=_goal_met(flow.goal, counts),
            rto=flow.rto,
            rpo=flow.rpo,
            accept=self._figures(flow.accept),
            complete=self._figures(flow.complete),
            single_points=tuple(
                Point(
                    label=point.label,
                    level=str(point.level),
                    component=point.component,
                    path=self.names.path(point.witness),
                )
                for point in flow.single_points
            ),
            formula=tuple(self._formula(flow)) if place < MOST_FORMULAS else (),
            weights=tuple(map(_weight_line, (weighed.weights or ())[:MOST_WEIGHTS])),
            combinations=tuple(_combination_line(one) for one in together[:MOST_WEIGHTS]),
            combinations_to=weighed.complete_to,
        )

    def _formula(self, flow: FlowResult) -> Iterable[FormulaLine]:
        found = self.formulas.formula(flow.entry, flow.mode)
        for row in self.formulas.rows(found, flow.name.strip() or self.names.of(flow.entry)):
            yield FormulaLine(
                depth=row.depth,
                value=row.value,
                label=row.label,
                note=row.note,
                sources=tuple(sorted(self.numbers[key] for key in row.sources)),
                component=row.component,
            )

    def _figures(self, found: FlowAvailability) -> Figures:
        return Figures(
            structural=found.structural,
            exact=found.exact,
            lower=found.lower,
            upper=found.upper,
            down_per_year=downtime_per_year(found.structural),
            down_per_30_days=downtime_per_30_days(found.structural),
            contract=found.contract,
            contract_down_per_year=downtime_per_year(found.contract),
            unmodelled=tuple(self.names.of(key) for key in found.unmodelled),
        )

    def _finding(self, finding: Finding) -> FindingSection:
        places = (*finding.components, *finding.connections, *finding.boundaries)
        return FindingSection(
            rule=finding.rule,
            severity=str(finding.severity),
            title=finding.title,
            message=finding.message,
            why=finding.why,
            fix=finding.fix,
            category=str(finding.category),
            link=finding.link if finding.link.startswith("https://") else "",
            source=finding.source,
            components=finding.components,
            connections=finding.connections,
            boundaries=finding.boundaries,
            places=tuple(dict.fromkeys(self.names.of(key) for key in places)),
            path=self.names.path(finding.witness),
            flow=finding.flow,
            level=finding.level,
            property=finding.property,
        )

    def _accepted(self, accepted: Accepted) -> AcceptedRow:
        place = "the whole architecture"
        if accepted.collection is Collection.FLOWS:
            place = self.architecture.flows[accepted.id].name or accepted.id
        elif accepted.collection is not None:
            place = self.names.of(accepted.id)
        return AcceptedRow(finding=self._finding(accepted.finding), reason=accepted.reason, place=place)

    def _overrides(self) -> Iterable[OverrideRow]:
        for one in overrides(self.resolution, Wiring(self.resolution)):
            name = one.name.strip() or one.id
            yield OverrideRow(id=one.id, name=name, title=one.title, what=one.what, reason=one.reason)

    def _costs(self) -> Iterable[CostRow]:
        for key, kind in self.catalog.kinds.items():
            members = [c for c in self.resolution.components() if c.kind.id == key]
            if members and kind.costs:
                names = tuple(self.names.of(member.id) for member in members)
                yield CostRow(kind=key, title=kind.title, components=names, notes=kind.costs)

    def _facts(self) -> list[Fact]:
        """Every fact that a figure of this drawing comes from, structural or of a contract."""
        parts = (self.formulas.parts, contract_parts(self.resolution))
        keys = {event.source for some in parts for event in some.events.values()}
        return [fact for key, fact in self.formulas.known_facts.items() if key in keys]

    def _figure(self, number: int, fact: Fact) -> FigureRow:
        return FigureRow(
            number=number,
            key=fact.key,
            availability=fact.availability,
            condition=fact.condition,
            source=fact.source,
            standing=STANDING.get(fact.verified, fact.verified),
        )


def _weight_line(weight: Weight) -> WeightLine:
    measures = weight.measures
    reduction = measures.risk_reduction
    return WeightLine(
        label=weight.label,
        component=weight.component,
        seconds_per_year=weight.seconds,
        costs=duration(weight.seconds),
        birnbaum=measures.birnbaum,
        criticality=measures.criticality,
        fussell_vesely=measures.fussell_vesely,
        risk_achievement=measures.risk_achievement,
        risk_reduction=reduction if reduction is not None and isfinite(reduction) else None,
    )


def _combination_line(found: Combination) -> CombinationLine:
    return CombinationLine(
        labels=found.labels,
        components=found.components,
        likelihood=found.likelihood,
        costs=duration(found.likelihood * SECONDS_PER_YEAR),
    )


def _goal_met(goal: float | None, found: FlowAvailability) -> bool | None:
    if goal is None:
        return None
    if found.lower >= goal:
        return True
    return False if found.upper < goal else None
