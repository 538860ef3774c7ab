"""What a knock-out does, as plain objects for the window, the command line and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from designer.analysis.knock_out.failures import Failure
from designer.analysis.scale import State as State
from designer.model.entities import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the failure does to one component.

    `reasons` say why, each a part of a sentence. `causes` are the ids of the components that it comes from, `wires`
    those of the connections it comes along; both are empty where the component is hit directly. `step` counts the
    connections it crossed to get here, and is `None` for a component that is fine. `lost_after` is how many seconds
    the work that waits in it is kept; after `attempts` failed ones it goes to a queue of failures even before that.
    """

    id: str
    state: State
    step: int | None = None
    reasons: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    wires: tuple[str, ...] = ()
    lost_after: int | None = None
    attempts: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowEffect:
    """What the failure does to one flow.

    `accepted`: requests are still taken in. `completed`: all their work is still done (for a flow that has to be
    complete, also what it could do without). `waits`: what is missing waits in `waiting_in`, is done when the failure
    is over, and is lost from `lost_after` seconds on. `works`: what counts as working for this flow, by its mode.
    `causes` are the ids of the components at the root of what is missing, `text` says all of it in a sentence.
    """

    id: str
    name: str
    mode: Mode
    accepted: bool
    completed: bool
    waits: bool
    works: bool
    text: str
    waiting_in: tuple[str, ...] = ()
    lost_after: int | None = None
    causes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnockOut:
    """What an architecture does while `failures` are down: every component by id, every flow.

    `order` are the ids of the components that are not fine in the order in which the failure reaches them, those of
    one step together: what an animation shows.
    """

    failures: tuple[Failure, ...]
    components: Mapping[str, Effect]
    flows: tuple[FlowEffect, ...]
    order: tuple[tuple[str, ...], ...]

    @property
    def stopped(self) -> tuple[FlowEffect, ...]:
        """The flows that do not work."""
        return tuple(flow for flow in self.flows if not flow.works)
