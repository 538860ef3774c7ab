"""What a fix is, and what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.analysis.findings import Finding, FlowAvailability, Severity
from designer.model.edits import Batch
from designer.model.entities import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A change that takes a finding away, as one undo step.

    `key` names it among all fixes of a drawing, and stays the same while what it touches does. `components` are the
    ids it touches, `size` is how many things (components, wires, boundaries, flows, settings) are put or removed.
    `adds` and `removes` count components by kind. `cost` is in US dollars a month more than now (less, where negative),
    at the dated prices of `resources/facts/prices.yaml`; `None` where a price is not known.
    """

    key: str
    title: str
    rule: str
    edits: Batch
    components: tuple[str, ...] = ()
    size: int = 0
    adds: Mapping[str, int] = field(default_factory=dict)
    removes: Mapping[str, int] = field(default_factory=dict)
    cost: float | None = None


GOAL = "AVL-01"
"""The rule that says that a flow misses its goal."""
NOISE = 1e-12
"""Differences of availability below this are rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowChange:
    """What a fix does to one flow; `accepted` and `completed` are its figures before and after, by mode.

    A queue put in between is one more thing that all the work needs, and takes requests in while what stands behind it
    is down: acceptance rises and completion falls a little. Such a change is judged by acceptance (`by_acceptance`).
    """

    flow: str
    name: str
    mode: Mode
    goal: float | None
    accepted: tuple[FlowAvailability, FlowAvailability]
    completed: tuple[FlowAvailability, FlowAvailability]

    @property
    def by_acceptance(self) -> bool:
        """Whether the flow is judged by taking requests in: its mode, or what a decoupling fix is about."""
        if self.mode is Mode.ACCEPT:
            return True
        return _gain(self.completed) < -NOISE and _gain(self.accepted) > NOISE

    @property
    def before(self) -> FlowAvailability:
        """The figure before, of the mode that the change is judged by."""
        return (self.accepted if self.by_acceptance else self.completed)[0]

    @property
    def after(self) -> FlowAvailability:
        """The figure after, of the mode that the change is judged by."""
        return (self.accepted if self.by_acceptance else self.completed)[1]

    @property
    def gain(self) -> float:
        """The probability by which the flow is up more often; negative where it falls."""
        return self.after.structural - self.before.structural

    @property
    def falls(self) -> bool:
        """Whether the flow is up less often than before; of bounds, whether that cannot be excluded."""
        if self.before.exact and self.after.exact:
            return self.gain < -NOISE
        return self.after.lower < self.before.lower - NOISE

    @property
    def misses_goal(self) -> bool:
        """Whether the fix takes the flow from its goal to below it, or leaves that uncertain."""
        before, after = self.accepted if self.mode is Mode.ACCEPT else self.completed
        return self.goal is not None and after.lower < self.goal <= before.lower

    @property
    def reaches_goal(self) -> bool:
        """Whether the fix takes the flow from below its goal to it, for certain and by the mode of the flow."""
        before, after = self.accepted if self.mode is Mode.ACCEPT else self.completed
        return self.goal is not None and before.lower < self.goal <= after.lower


def _gain(pair: tuple[FlowAvailability, FlowAvailability]) -> float:
    return pair[1].structural - pair[0].structural


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A fix worked through: the flows it changes, the findings it takes away, and those it brings."""

    fix: Fix
    flows: tuple[FlowChange, ...]
    solved: tuple[Finding, ...]
    raised: tuple[Finding, ...]
    summary: str

    @property
    def solves(self) -> bool:
        """Whether the finding goes, no other of its rule comes, and no error does."""
        rule = self.fix.rule
        gone = any(finding.rule == rule for finding in self.solved)
        return gone and not any(f.severity is Severity.ERROR or f.rule == rule for f in self.raised)

    @property
    def falls(self) -> bool:
        """Whether a flow is up less often, or misses a goal that it kept.

        Of a drawing that AWS refused nothing was up at all.
        """
        refused = any(finding.severity is Severity.ERROR for finding in self.solved)
        missed = any(finding.rule == GOAL for finding in self.raised)
        return missed or (not refused and any(change.falls for change in self.flows))

    @property
    def sound(self) -> bool:
        """Whether it solves what it is for and lets no flow fall."""
        return self.solves and not self.falls

    @property
    def reaches(self) -> int:
        """How many flows it takes from below their goal to it."""
        return sum(change.reaches_goal for change in self.flows)

    @property
    def gain(self) -> float:
        """The gain over all flows: the sum of the probabilities by which each is up more often."""
        return sum(change.gain for change in self.flows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """All sound fixes, the best first.

    `best` gains the most, `cheapest` costs the least and `smallest` changes the least, each among those that bring a
    gain. Where flows have goals that they miss, fixes that reach one come before those that do not. `trades` solve
    their finding and lower a figure: a queue takes waiting away, and is itself one more thing that may fail.
    `complete` is false where there were more fixes than are worked through.
    """

    previews: tuple[Preview, ...] = ()
    trades: tuple[Preview, ...] = ()
    best: Preview | None = None
    cheapest: Preview | None = None
    smallest: Preview | None = None
    complete: bool = True
