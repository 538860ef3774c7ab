"""What the analysis says of an architecture, as plain objects for the window, the command line and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.analysis.scale import Severity as Severity
from designer.catalog.entries import Strength, Style
from designer.model.entities import Collection, Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One result of a rule.

    `components`, `connections`, `boundaries` are the ids it is about, the first being the place to mend. `witness` is
    the proof: the ids of components and connections along the path, the cycle or the cut set. `level` tells a single
    point of failure's level (instance, resource, zone, region); `flow` the flow it concerns.
    """

    rule: str
    severity: Severity
    title: str
    message: str
    why: str = ""
    fix: str = ""
    category: str = ""
    link: str = ""
    source: str = ""
    components: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
    witness: tuple[str, ...] = ()
    flow: str | None = None
    level: str | None = None
    property: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A finding that is accepted, and why. `collection` and `id` say where; no collection is the whole architecture."""

    finding: Finding
    reason: str
    collection: Collection | None
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WireCoupling:
    """How tightly one wire binds its ends: 0-1 loose, 2 medium, 3-4 tight; `reasons` say what each point is for.

    `judged` says what a person set by hand, and why.
    """

    style: Style
    strength: Strength
    tightness: int
    reasons: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """loose, medium or tight."""
        return "loose" if self.tightness <= 1 else "medium" if self.tightness == 2 else "tight"


@dataclass(frozen=True, slots=True, kw_only=True)
class SinglePoint:
    """An event that alone stops a flow. `label` reads like "Zone a" or "Database"; `witness` are ids from the entry."""

    event: str
    level: str
    label: str
    component: str | None = None
    zone: str | None = None
    witness: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowAvailability:
    """Availability of one flow in one mode: `structural` from replicas and zones, `contract` from SLA figures alone.

    `exact` is false where `structural` is only a bound (then `lower` and `upper` enclose the true value).
    `unmodelled` are components on the flow for which no figure is known: they are left out, never taken as perfect.
    While `pending`, `structural` is the one of before an edit, or a rough bound, and a better one is being worked out.
    """

    structural: float
    exact: bool
    lower: float
    upper: float
    contract: float
    unmodelled: tuple[str, ...] = ()
    pending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowResult:
    """What is known of one flow. `members` are the ids of components on it, `wires` of the connections.

    `rto` and `rpo` are what is wanted after a failure, in seconds.
    """

    id: str
    name: str
    entry: str
    mode: Mode
    implied: bool
    goal: float | None
    members: tuple[str, ...]
    wires: tuple[str, ...]
    accept: FlowAvailability
    complete: FlowAvailability
    single_points: tuple[SinglePoint, ...]
    rto: int | None = None
    rpo: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCoupling:
    """Coupling of one component in the service graph; `instability` is `None` where it has no neighbour."""

    incoming: int
    outgoing: int
    instability: float | None
    blast_radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CouplingResult:
    """Coupling of the whole: a class per wire, numbers per component, and the figures of the graph."""

    wires: Mapping[str, WireCoupling] = field(default_factory=dict)
    services: Mapping[str, ServiceCoupling] = field(default_factory=dict)
    density: float = 0.0
    average: float = 0.0
    mutual_pairs: int = 0
    sync_ratio: float = 0.0
    sync_depth: int = 0
    cycles: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything the analysis says, in a fixed order: the same architecture gives the same object.

    `accepted` are the findings that somebody accepted, which are not among `findings`. `profile` is the id of the
    profile that weighed them; with `explanation_first` they are told with their reason before the remedy.
    """

    findings: tuple[Finding, ...]
    flows: tuple[FlowResult, ...]
    coupling: CouplingResult
    accepted: tuple[Accepted, ...] = ()
    profile: str = "production"
    explanation_first: bool = False

    @property
    def pending(self) -> bool:
        """Whether the availability of some flow is still being worked out."""
        return any(flow.accept.pending or flow.complete.pending for flow in self.flows)

    def worst(self) -> Severity | None:
        """The worst severity found, or `None` when nothing was."""
        return min((finding.severity for finding in self.findings), key=lambda s: s.rank, default=None)

    def of(self, key: str) -> tuple[Finding, ...]:
        """The findings about one component, connection or boundary."""
        return tuple(f for f in self.findings if key in f.components or key in f.connections or key in f.boundaries)
