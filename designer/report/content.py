"""What a report says, as plain objects: the same for every format, and the JSON format itself.

Texts are as the user wrote them; each format encodes them. Availabilities are between 0 and 1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many components there are of one kind."""

    kind: str
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The whole on one screen. `worst` is the worst severity found.

    `profile` weighed the findings. `goals` counts the flows with a goal, `met` and `missed` those of which it is
    certain.
    """

    name: str
    description: str
    file: str
    region: str
    region_title: str
    zones: tuple[str, ...]
    program: str
    profile: str
    worst: str | None
    counts: dict[str, int]
    kinds: tuple[Count, ...]
    components: int
    connections: int
    boundaries: int
    flows: int
    goals: int
    met: int
    missed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One availability of a flow: by its structure, and by agreements alone, with the downtime that follows.

    Where `exact` is false the true value lies between `lower` and `upper`, and `structural` is `lower`. `unmodelled`
    are the names of components without any figure, which are left out.
    """

    structural: float
    exact: bool
    lower: float
    upper: float
    down_per_year: str
    down_per_30_days: str
    contract: float
    contract_down_per_year: str
    unmodelled: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A single point of failure of a flow. `path` are the names from the entry to what fails."""

    label: str
    level: str
    component: str | None
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormulaLine:
    """One line of a flow's formula; see `Row` of the analysis. `sources` are numbers of the table of figures."""

    depth: int
    value: float | None
    label: str
    note: str
    sources: tuple[int, ...]
    component: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightLine:
    """One event of a flow and what it costs: by how much less the flow would be down if it never happened.

    The measures are those of `Importance`; a risk reduction without end, where nothing else stops the flow, is `None`.
    """

    label: str
    component: str | None
    seconds_per_year: float
    costs: str
    birnbaum: float
    criticality: float | None
    fussell_vesely: float | None
    risk_achievement: float | None
    risk_reduction: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationLine:
    """Events that stop a flow together and not one fewer. `likelihood` is that of all being down at once."""

    labels: tuple[str, ...]
    components: tuple[str, ...]
    likelihood: float
    costs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSection:
    """One flow; one without a name has that of its entry.

    `goal_met` is `None` where there is no goal, and where bounds leave it open. `rto` and `rpo` are objectives for
    recovery, in seconds. `weights` are the heaviest events, `combinations` the likeliest of two or three events;
    `combinations_to` says up to which size they were looked for.
    """

    id: str
    name: str
    entry: str
    entry_name: str
    mode: str
    implied: bool
    goal: float | None
    goal_met: bool | None
    rto: int | None
    rpo: int | None
    accept: Figures
    complete: Figures
    single_points: tuple[Point, ...]
    formula: tuple[FormulaLine, ...]
    weights: tuple[WeightLine, ...]
    combinations: tuple[CombinationLine, ...]
    combinations_to: int

    @property
    def counts(self) -> Figures:
        """The figures of what counts as working for this flow."""
        return self.accept if self.mode == "accept" else self.complete


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSection:
    """One finding. `places` are the names of what it is about, `path` those along its proof."""

    rule: str
    severity: str
    title: str
    message: str
    why: str
    fix: str
    category: str
    link: str
    source: str
    components: tuple[str, ...]
    connections: tuple[str, ...]
    boundaries: tuple[str, ...]
    places: tuple[str, ...]
    path: tuple[str, ...]
    flow: str | None
    level: str | None
    property: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow:
    """An accepted finding, why, and the name of the place that accepts it."""

    finding: FindingSection
    reason: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRow:
    """What the author judges otherwise than the catalog: at what, of which sort, what, and why."""

    id: str
    name: str
    title: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WireRow:
    """One wire: who is bound to whom, how, and how tightly (0 to 4)."""

    id: str
    source: str
    target: str
    verb: str
    style: str
    strength: str
    tightness: int
    word: str
    reasons: tuple[str, ...]
    judged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRow:
    """Coupling of one component; `instability` is `None` where it has no neighbour."""

    id: str
    name: str
    incoming: int
    outgoing: int
    instability: float | None
    blast_radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Who calls whom, over brokers: `rows[i][j]` is "sync", "async" or empty for services i and j, by name."""

    services: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouplingSection:
    """Coupling of the whole. `calls` is `None` where there are too many services for a table."""

    wires: tuple[WireRow, ...]
    services: tuple[ServiceRow, ...]
    calls: Calls | None
    density: float
    average: float
    mutual_pairs: int
    sync_ratio: float
    sync_depth: int
    cycles: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowCell:
    """What a failure does to one flow: in one word, and in a sentence. `works`: what counts for the flow is done."""

    flow: str
    outcome: str
    works: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentCell:
    """What a failure does to a component that is not fine."""

    id: str
    name: str
    state: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockOutRow:
    """One failure: what it does to every flow (in their order), and to the components that are not fine."""

    failure: str
    label: str
    flows: tuple[FlowCell, ...]
    components: tuple[ComponentCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockOutSection:
    """The failures of zones and gateways, and those of components; `left_out` components are not told."""

    places: tuple[KnockOutRow, ...]
    components: tuple[KnockOutRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRow:
    """What one kind of component is paid by."""

    kind: str
    title: str
    components: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What somebody wrote at something drawn, or (with an empty id) of the whole; `title` says what sort of thing."""

    id: str
    name: str
    title: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision, and what it is pinned to as for a note. `date` is `YYYY-MM-DD`, or empty where none was given."""

    id: str
    name: str
    title: str
    decision: str
    status: str
    why: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure that the analysis uses, with its source and how far it can be relied on."""

    number: int
    key: str
    availability: float
    condition: str
    source: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a report says, in the order in which it says it."""

    summary: Summary
    flows: tuple[FlowSection, ...]
    findings: tuple[FindingSection, ...]
    accepted: tuple[AcceptedRow, ...]
    overrides: tuple[OverrideRow, ...]
    coupling: CouplingSection
    knock_outs: KnockOutSection
    costs: tuple[CostRow, ...]
    decisions: tuple[DecisionRow, ...]
    notes: tuple[NoteRow, ...]
    figures: tuple[FigureRow, ...]

    def plain(self) -> dict[str, Any]:
        """The report in JSON's types, in the form of `resources/schema/report.json`."""
        return asdict(self)
