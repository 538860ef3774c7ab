"""What weighs most in a flow: each event by how much it costs, and the smallest combinations that stop the flow."""

from __future__ import annotations

import math
from dataclasses import dataclass

from designer.analysis.budget import THOROUGH, Budget, BudgetExceeded
from designer.analysis.cutsets import MOST_ORDER, minimal_cut_sets
from designer.analysis.downtime import SECONDS_PER_YEAR
from designer.analysis.flow_models import FlowModels
from designer.analysis.importance import Importance, importance
from designer.analysis.knock_out.failures import event_label
from designer.analysis.system import System
from designer.catalog.resolve import Resolution
from designer.model.entities import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """One event of a flow. `seconds` is by how much the flow would be down less in a year if it never happened.

    `measures` are the usual importance measures (see `importance`). `component` is the id of the component whose part
    the event is, `None` for zones, gateways and the Region; `source` is the key of the fact behind its figure.
    """

    event: str
    label: str
    component: str | None
    unavailability: float
    seconds: float
    measures: Importance
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Events that stop the flow together, none of which can be left out: a minimal cut set.

    `likelihood` is the probability that all of them are down at once.
    """

    events: tuple[str, ...]
    labels: tuple[str, ...]
    components: tuple[str, ...]
    likelihood: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowWeights:
    """`weights`, the heaviest first, or `None` where the budget did not suffice; `combinations`, the likeliest first.

    All combinations of up to `complete_to` events are there, and no others.
    """

    weights: tuple[Weight, ...] | None
    combinations: tuple[Combination, ...]
    complete_to: int


class Weigher:
    """The weights of one drawing's flows."""

    def __init__(self, resolution: Resolution, budget: Budget = THOROUGH, *, models: FlowModels | None = None) -> None:
        """`models` saves making those of the drawing that are there already."""
        self.resolution, self.budget = resolution, budget
        self._models = models or FlowModels(resolution)
        self.parts = self._models.parts

    def weigh(self, entry: str, mode: Mode, order: int = MOST_ORDER) -> FlowWeights:
        """What weighs in the flow that enters at a component, in one mode. Raises `Cancelled`."""
        model = self._models.model(mode)
        found = minimal_cut_sets(model, entry, order, self.budget)
        combinations = sorted(
            (self._combination(cut) for cut in found.sets), key=lambda one: (-one.likelihood, one.events)
        )
        return FlowWeights(
            weights=self._weights(model, entry), combinations=tuple(combinations), complete_to=found.complete_to
        )

    def _weights(self, model: System, entry: str) -> tuple[Weight, ...] | None:
        try:
            measures = importance(model, entry, self.budget)
        except BudgetExceeded:
            return None
        return tuple(self._weight(each) for each in measures.values() if each.birnbaum > 0.0)

    def _weight(self, measures: Importance) -> Weight:
        event = self.parts.events[measures.event]
        return Weight(
            event=measures.event,
            label=self._label(measures.event),
            component=self.parts.origins[measures.event].component,
            unavailability=event.unavailability,
            seconds=measures.gain * SECONDS_PER_YEAR,
            measures=measures,
            source=event.source,
        )

    def _combination(self, cut: tuple[str, ...]) -> Combination:
        components = (self.parts.origins[event].component for event in cut)
        return Combination(
            events=cut,
            labels=tuple(self._label(event) for event in cut),
            components=tuple(dict.fromkeys(component for component in components if component is not None)),
            likelihood=math.prod(self.parts.events[event].unavailability for event in cut),
        )

    def _label(self, event: str) -> str:
        return event_label(self.resolution, self.parts, event)
