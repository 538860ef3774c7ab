"""What a failure does to each flow: whether requests are taken in, and whether their work is done, now or later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from designer.analysis.dependency import component_of
from designer.analysis.knock_out.outcome import Effect, FlowEffect, State
from designer.analysis.knock_out.wording import Words, time
from designer.analysis.system import System
from designer.analysis.works import failure_steps
from designer.language import tr
from designer.model.entities import Flow, Mode

if TYPE_CHECKING:
    from designer.analysis.knock_out.simulation import Simulation


class FlowJudge:
    """The flows of one knock-out."""

    def __init__(
        self, simulation: Simulation, words: Words, effects: Mapping[str, Effect], down: frozenset[str]
    ) -> None:
        self.simulation, self.words, self.effects, self.down = simulation, words, effects, down
        self._steps: dict[tuple[Mode, bool], dict[str, int]] = {}

    def effect(self, flow: Flow) -> FlowEffect:
        """The effect on one flow."""
        whole = Mode.DEGRADED if flow.mode is Mode.DEGRADED else Mode.COMPLETE
        accepted = self._stands(flow, Mode.ACCEPT)
        completed = self._stands(flow, whole)
        waits = accepted and not completed and self._stands(flow, whole, bridged=True)
        waiting = self._waiting(flow, whole) if waits else ()
        kept = [effect.lost_after for key in waiting if (effect := self.effects[key]).lost_after is not None]
        lacking = Mode.ACCEPT if not accepted else whole
        causes = () if completed else self._causes(flow, lacking)
        lost_after = min(kept, default=None)
        return FlowEffect(
            id=flow.id,
            name=flow.name,
            mode=flow.mode,
            accepted=accepted,
            completed=completed,
            waits=waits,
            works=accepted if flow.mode is Mode.ACCEPT else completed,
            text=self._text(accepted, completed, waiting, lost_after, causes),
            waiting_in=waiting,
            lost_after=lost_after,
            causes=causes,
        )

    def _stands(self, flow: Flow, mode: Mode, *, bridged: bool = False) -> bool:
        return flow.entry not in self._failed(mode, bridged)

    def _failed(self, mode: Mode, bridged: bool) -> dict[str, int]:
        found = self._steps.get((mode, bridged))
        if found is None:
            model = self.simulation.model(mode, bridged=bridged)
            found = self._steps[mode, bridged] = failure_steps(model, self.down)
        return found

    def _waiting(self, flow: Flow, mode: Mode) -> tuple[str, ...]:
        reached = self.simulation.wiring.reach([flow.entry], mode).components
        return tuple(key for key in reached if self.effects[key].state is State.BUFFERING)

    def _causes(self, flow: Flow, mode: Mode) -> tuple[str, ...]:
        found = roots(self.simulation.model(mode), self._failed(mode, False), flow.entry)
        return tuple(dict.fromkeys(component_of(node) for node in found))

    def _text(
        self,
        accepted: bool,
        completed: bool,
        waiting: tuple[str, ...],
        lost_after: int | None,
        causes: tuple[str, ...],
    ) -> str:
        if completed and accepted:
            return tr("completes")
        why = self._why(causes)
        if not accepted:
            return tr("is stopped: {why}", why=why)
        if not waiting or lost_after is None:
            return tr("is accepted, and not completed: {why}", why=why)
        places = self.words.names(waiting)
        if any(self.effects[key].attempts is not None for key in waiting):
            places += tr(" or a queue of failures")
        return tr(
            "is accepted; the rest waits in {places} for {time} at most: {why}",
            places=places,
            time=time(lost_after),
            why=why,
        )

    def _why(self, causes: tuple[str, ...]) -> str:
        short = [key for key in causes if self.effects[key].state is State.CAPACITY_SHORT]
        rest = [key for key in causes if key not in short]
        parts = []
        if rest:
            parts.append(tr("{names} is down" if len(rest) == 1 else "{names} are down", names=self.words.names(rest)))
        if short:
            parts.append(
                tr(
                    "{names} is short of capacity" if len(short) == 1 else "{names} are short of capacity",
                    names=self.words.names(short),
                )
            )
        return ", ".join(parts)


def roots(model: System, steps: Mapping[str, int], entry: str) -> list[str]:
    """The nodes hit directly from which the failure of an entry comes, nearest first.

    Only members that failed earlier, of groups that they break, are followed, so that every step is a cause.
    """
    if entry not in steps:
        return []
    found, seen, queue = [], {entry}, [entry]
    for node in queue:
        if steps[node] == 0:
            found.append(node)
            continue
        for group in model.nodes[node].groups:
            earlier = [member for member in group.members if steps.get(member, steps[node]) < steps[node]]
            if len(earlier) > len(group.members) - group.needed:
                queue.extend(member for member in earlier if member not in seen)
                seen.update(earlier)
    return found
