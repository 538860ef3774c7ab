"""How severe a finding is where it is found: a rule knows the worst case, the flows know what depends on the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from designer.analysis.findings import Finding, Severity
from designer.analysis.flows import Studies
from designer.analysis.rules import Category, Rule

DEMANDING = 0.9999
"""From this goal on, single points of failure and losses of data weigh one step more."""

_STEPS = [Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH]
_WORSE_WITH_THE_GOAL = {Category.SPOF, Category.DATA}
# What is lost is lost, however the request came; who may get in does not depend on flows at all.
_THE_SAME_BEHIND_A_QUEUE = {Category.DATA, Category.SECURITY}


class Exposure(IntEnum):
    """How much of the flows depends on a place."""

    NONE = 0
    ASYNC = 1
    SYNC = 2


@dataclass(frozen=True, slots=True)
class Exposures:
    """What each component and wire means to the flows."""

    waited_for: frozenset[str]
    needed: frozenset[str]
    demanding: frozenset[str]
    single: frozenset[str]
    members: frozenset[str]

    @classmethod
    def of(cls, studies: Studies) -> Exposures:
        """The exposures that follow from the flows."""
        demanding: set[str] = set()
        single: set[str] = set()
        members: set[str] = set()
        for flow in studies.flows:
            members.update(flow.result.members)
            if flow.result.goal is not None and flow.result.goal >= DEMANDING:
                demanding.update(flow.result.members, flow.result.wires)
            for hit in flow.hits:
                if hit.point.level != "region":
                    single.update(hit.components)
        return cls(
            waited_for=studies.accepted | studies.accepted_wires,
            needed=studies.reached | studies.reached_wires,
            demanding=frozenset(demanding),
            single=frozenset(single),
            members=frozenset(members),
        )

    def exposure(self, keys: Iterable[str]) -> Exposure:
        """The strongest exposure of some components and wires."""
        found = Exposure.NONE
        for key in keys:
            if key in self.waited_for:
                return Exposure.SYNC
            if key in self.needed:
                found = Exposure.ASYNC
        return found


def adjusted(finding: Finding, rule: Rule, exposures: Exposures) -> Finding:
    """The finding with the severity that its place gives it; what is said of a flow or of the whole stays as it is."""
    keys = (*finding.components, *finding.connections)
    if finding.flow is not None or not keys:
        return finding
    severity = severity_at(rule, finding.severity, keys, exposures)
    return replace(finding, severity=severity) if severity is not finding.severity else finding


def severity_at(rule: Rule, severity: Severity, keys: Iterable[str], exposures: Exposures) -> Severity:
    """How severe it is at these components and wires.

    On no flow it is low at most; behind a queue it is one step less, except for losses of data; on a flow with a
    demanding goal single points and losses of data are one step more. A `proven` rule of redundancy is low where a
    flow survives the failure. Contradictions, remarks and matters of security are the same everywhere.
    """
    keys = list(keys)
    if severity in (Severity.ERROR, Severity.INFO) or rule.category is Category.SECURITY:
        return severity
    step, low = _STEPS.index(severity), _STEPS.index(Severity.LOW)
    exposure = exposures.exposure(keys)
    if exposure is Exposure.ASYNC and rule.category not in _THE_SAME_BEHIND_A_QUEUE:
        step -= 1
    if rule.category in _WORSE_WITH_THE_GOAL and not exposures.demanding.isdisjoint(keys):
        step += 1
    survived = rule.proven and exposures.single.isdisjoint(keys) and not exposures.members.isdisjoint(keys)
    if exposure is Exposure.NONE or survived:
        step = min(step, low)
    return _STEPS[max(low, min(step, len(_STEPS) - 1))]
