"""What an analysis takes over from the one before it, for the parts of a drawing that an edit left alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Remembered:
    """A result about a flow, and the components that it may depend on."""

    members: frozenset[str]
    result: Any


@dataclass(slots=True)
class Memory:
    """Results by what they are about. Each module keeps its own under a topic of its own.

    Nothing is stored before it is complete, so that an analysis may be cancelled at any point. `figures` are kept
    through all edits that leave their flow there: they stand beside what they were worked out from. Their keys name
    what they are, and then the flow or its entry.
    """

    flows: dict[str, Remembered] = field(default_factory=dict)
    figures: dict[tuple[str, ...], Any] = field(default_factory=dict)
    _components: dict[str, dict[str, Any]] = field(default_factory=dict)
    _wires: dict[str, dict[str, Any]] = field(default_factory=dict)

    def of_components(self, topic: str) -> dict[str, Any]:
        """Results by the id of their component. They may depend on its neighbours, and on nothing further away."""
        return self._components.setdefault(topic, {})

    def of_wires(self, topic: str) -> dict[str, Any]:
        """Results by the id of their wire. They may depend on its ends and their neighbours."""
        return self._wires.setdefault(topic, {})

    def forget(self, components: Collection[str], wires: Collection[str]) -> None:
        """Drops what is known of these, and of the flows that they are on."""
        for known, keys in ((self._components, components), (self._wires, wires)):
            for results in known.values():
                for key in keys:
                    results.pop(key, None)
        for flow in [key for key, one in self.flows.items() if not one.members.isdisjoint(components)]:
            del self.flows[flow]

    def keep_flows(self, flows: Collection[str], entries: Collection[str]) -> None:
        """Drops what is known of all other flows, and the figures of all other flows and entries."""
        for key in [key for key in self.flows if key not in flows]:
            del self.flows[key]
        for figure in [figure for figure in self.figures if figure[1] not in flows and figure[1] not in entries]:
            del self.figures[figure]
