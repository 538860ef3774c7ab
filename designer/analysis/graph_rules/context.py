"""What rules about the graph look at: the drawing, its flows, its graph of services, all worked out when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from designer.analysis.budget import LIVE, Budget, Cancelled
from designer.analysis.coupling import ServiceGraph, couple, service_graph, shared_stores
from designer.analysis.findings import CouplingResult, Finding
from designer.analysis.flows import Studies, study_flows
from designer.analysis.memory import Memory
from designer.analysis.networks import Network, networks
from designer.analysis.profiles import USUAL, Profile, profile_named
from designer.analysis.rules import Rule, RuleBook
from designer.analysis.severity import Exposures
from designer.analysis.wiring import Wiring
from designer.analysis.wording import listed
from designer.catalog.resolve import Resolution


class Context:
    """One drawing as the rules see it. `memory` and `hasty` are those of :func:`study_flows`."""

    def __init__(
        self,
        resolution: Resolution,
        book: RuleBook,
        budget: Budget = LIVE,
        memory: Memory | None = None,
        *,
        hasty: bool = False,
        profile: Profile | None = None,
    ) -> None:
        self.resolution, self.book, self._budget = resolution, book, budget
        self.memory, self._hasty = memory or Memory(), hasty
        self._profile = profile

    @property
    def budget(self) -> Budget:
        """What the analysis may take."""
        return self._budget

    def poll(self) -> None:
        """Raises `Cancelled` when the result is not wanted any more."""
        if self._budget.should_stop():
            raise Cancelled("the analysis was cancelled")

    def rule(self, key: str) -> Rule:
        """A rule of the catalogue."""
        return self.book[key]

    def name(self, component: str) -> str:
        """A component's name."""
        return self.resolution.architecture.components[component].name

    def names(self, components: Iterable[str]) -> str:
        """The names of components as a sentence has them."""
        return listed([self.name(component) for component in components])

    @cached_property
    def profile(self) -> Profile:
        """How findings are weighed: as asked for, or as the architecture says."""
        return self._profile or profile_named(self.resolution.settings.get("profile", USUAL))

    @cached_property
    def wiring(self) -> Wiring:
        """The wires that flows follow."""
        return Wiring(self.resolution)

    @cached_property
    def studies(self) -> Studies:
        """The flows."""
        return study_flows(self.resolution, self.wiring, self._budget, self.memory, hasty=self._hasty)

    @cached_property
    def exposures(self) -> Exposures:
        """What each place means to the flows."""
        return Exposures.of(self.studies, self.profile)

    @cached_property
    def graph(self) -> ServiceGraph:
        """The graph of services."""
        return service_graph(self.wiring)

    @cached_property
    def coupling(self) -> CouplingResult:
        """The coupling of the drawing."""
        required = [flow.required for flow in self.studies.flows]
        return couple(self.wiring, self.graph, required, self.shared_stores, self.memory)

    @cached_property
    def shared_stores(self) -> dict[str, tuple[str, ...]]:
        """The stores with several writers."""
        return shared_stores(self.wiring)

    @cached_property
    def networks(self) -> dict[str, Network]:
        """The VPCs, drawn or implied."""
        return networks(self.resolution)


GraphRule = Callable[[Context], Iterable[Finding]]
