"""How severe a finding is where it is found: a rule knows the worst case, the flows know what depends on the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from designer.analysis.findings import Finding, Severity
from designer.analysis.flows import Studies
from designer.analysis.profiles import Profile
from designer.analysis.rules import Category, Rule

_STEPS = [Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH]


class Exposure(IntEnum):
    """How much of the flows depends on a place."""

    NONE = 0
    ASYNC = 1
    SYNC = 2


@dataclass(frozen=True, slots=True)
class Exposures:
    """What each component and wire means to the flows, and the profile that weighs it."""

    profile: Profile
    waited_for: frozenset[str]
    needed: frozenset[str]
    demanding: frozenset[str]
    single: frozenset[str]
    members: frozenset[str]

    @classmethod
    def of(cls, studies: Studies, profile: Profile) -> Exposures:
        """The exposures that follow from the flows."""
        demanding: set[str] = set()
        single: set[str] = set()
        members: set[str] = set()
        for flow in studies.flows:
            members.update(flow.result.members)
            if flow.result.goal is not None and flow.result.goal >= profile.demanding_goal:
                demanding.update(flow.result.members, flow.result.wires)
            for hit in flow.hits:
                if hit.point.level != "region":
                    single.update(hit.components)
        return cls(
            profile=profile,
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
    """The finding with the severity that its place and the profile give it.

    For what is said of a flow or of the whole, the place counts nothing.
    """
    keys = (*finding.components, *finding.connections)
    severity = finding.severity
    if finding.flow is None and keys:
        severity = severity_at(rule, severity, keys, exposures)
    severity = exposures.profile.limited(severity, rule)
    return replace(finding, severity=severity) if severity is not finding.severity else finding


def severity_at(rule: Rule, severity: Severity, keys: Iterable[str], exposures: Exposures) -> Severity:
    """How severe it is at these components and wires.

    By the profile: on no flow it is low at most; behind a queue it is one step less, except for losses of data; on a
    flow with a demanding goal single points that stop it and losses of data are one step more. A `proven` rule of
    redundancy is low where a flow survives the failure. Contradictions, remarks and matters of security are the same
    everywhere.
    """
    keys = list(keys)
    if severity in (Severity.ERROR, Severity.INFO) or rule.category is Category.SECURITY:
        return severity
    profile = exposures.profile
    step, low = _STEPS.index(severity), _STEPS.index(Severity.LOW)
    exposure = exposures.exposure(keys)
    if exposure is Exposure.ASYNC and rule.category not in profile.async_same:
        step -= profile.async_steps
    survived = exposures.single.isdisjoint(keys) and not exposures.members.isdisjoint(keys)
    harmless = survived and rule.category is Category.SPOF
    if rule.category in profile.demanding_categories and not exposures.demanding.isdisjoint(keys) and not harmless:
        step += profile.demanding_steps
    if exposure is Exposure.NONE:
        step = min(step, _STEPS.index(profile.nowhere))
    if survived and rule.proven:
        step = min(step, _STEPS.index(profile.survived))
    return _STEPS[max(low, min(step, len(_STEPS) - 1))]
