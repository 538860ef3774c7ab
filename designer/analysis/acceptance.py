"""Findings that the author of a drawing accepts, with a reason: set aside, not lost; and acceptances without effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designer.analysis.findings import Accepted, Finding, Severity
from designer.analysis.rules import RuleBook
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.entities import Acceptances, Collection

STALE = "JDG-03"
"""The rule that finds acceptances without effect; it cannot be accepted itself."""

Place = tuple[Collection | None, str]
"""Where an acceptance stands: a collection and an id, or no collection for the whole architecture."""

_WHOLE: Place = (None, "")


def set_aside(
    findings: Iterable[Finding], architecture: Architecture, book: RuleBook
) -> tuple[list[Finding], list[Accepted]]:
    """The findings that stay, with one for each acceptance without effect, and those that are accepted."""
    given = dict(_acceptances(architecture))
    stay: list[Finding] = []
    accepted: list[Accepted] = []
    errors: set[tuple[Place, str]] = set()
    unused = {(place, rule) for place, reasons in given.items() for rule in reasons}
    for finding in findings:
        places = [place for place in places_of(finding, architecture) if finding.rule in given.get(place, ())]
        if finding.severity is Severity.ERROR:
            errors.update((place, finding.rule) for place in places)
        if not places or finding.severity is Severity.ERROR or finding.rule == STALE:
            stay.append(finding)
            continue
        unused.difference_update((place, finding.rule) for place in places)
        collection, key = places[0]
        reason = given[places[0]][finding.rule]
        accepted.append(Accepted(finding=finding, reason=reason, collection=collection, id=key))
    order = {key: number for number, key in enumerate(given)}
    for place, rule in sorted(unused, key=lambda one: (order[one[0]], one[1])):
        why = _why(rule, book, error=(place, rule) in errors)
        stay.append(_stale(place, why, architecture, book))
    return stay, accepted


def places_of(finding: Finding, architecture: Architecture) -> list[Place]:
    """Where a finding can be accepted, the closest place first; the whole architecture is the last."""
    places: list[Place] = [(Collection.CONNECTIONS, key) for key in finding.connections]
    if finding.flow is not None and finding.flow in architecture.flows:
        places.append((Collection.FLOWS, finding.flow))
    places += [(Collection.COMPONENTS, key) for key in finding.components]
    places += [(Collection.BOUNDARIES, key) for key in finding.boundaries]
    return [*places, _WHOLE]


def _acceptances(architecture: Architecture) -> Iterator[tuple[Place, Acceptances]]:
    if architecture.settings.accepted:
        yield _WHOLE, architecture.settings.accepted
    for collection in Collection:
        for key, entity in sorted(architecture.table(collection).items()):
            if entity.accepted:
                yield (collection, key), entity.accepted


def _why(rule: str, book: RuleBook, *, error: bool) -> str:
    if rule not in book.rules:
        return tr("{rule} is accepted, and there is no rule of this id.", rule=rule)
    if error:
        return tr("{rule} is accepted, but what it finds here is an error, and errors cannot be accepted.", rule=rule)
    if rule == STALE:
        return tr("{rule} is accepted, and remarks on acceptances cannot be accepted themselves.", rule=rule)
    return tr("{rule} is accepted, and finds nothing here.", rule=rule)


def _stale(place: Place, why: str, architecture: Architecture, book: RuleBook) -> Finding:
    collection, key = place
    where: dict[str, Any] = {}
    name = tr("the whole architecture")
    match collection:
        case Collection.COMPONENTS:
            where, name = {"components": (key,)}, architecture.components[key].name
        case Collection.BOUNDARIES:
            where, name = {"boundaries": (key,)}, architecture.boundaries[key].name
        case Collection.CONNECTIONS:
            wire = architecture.connections[key]
            ends: Mapping[str, str] = {end: architecture.components[end].name for end in (wire.source, wire.target)}
            where = {"connections": (key,), "components": (wire.source, wire.target)}
            name = tr("{source} to {target}", source=ends[wire.source], target=ends[wire.target])
        case Collection.FLOWS:
            flow = architecture.flows[key]
            where, name = {"flow": key, "components": (flow.entry,)}, flow.name
    return book[STALE].finding(tr("{key}: {why}", key=name or key, why=why), **where)
