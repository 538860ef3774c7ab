"""Findings as SARIF 2.1.0 (OASIS standard), which code hosts and editors show beside the lines of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from designer import __version__
from designer.analysis.findings import Accepted, Analysis, Finding, Severity
from designer.analysis.rules import Rule, RuleBook
from designer.model.architecture import Architecture
from designer.report.names import Names
from designer.report.places import Place, Places
from designer.report.text import clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
"""SARIF knows three levels; the severity itself is among the properties of each result."""

_KINDS = {"components": "resource", "connections": "connection", "boundaries": "boundary", "flows": "flow"}


def sarif(architecture: Architecture, analysis: Analysis, book: RuleBook, places: Places) -> dict[str, Any]:
    """A SARIF log of one run, with the rules that found something and a result for each finding.

    Accepted findings are results too, with the acceptance as their suppression.
    """
    found = [*analysis.findings, *(accepted.finding for accepted in analysis.accepted)]
    rules = sorted({finding.rule for finding in found})
    writer = _Writer(Names(architecture), places, {rule: number for number, rule in enumerate(rules)})
    driver: dict[str, Any] = {
        "name": "aws-designer",
        "semanticVersion": __version__,
        "rules": [_rule(book.rules.get(rule), rule, found) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": places.uri}, "sourceLanguage": "yaml"}],
        "results": _results(writer, analysis),
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(writer: _Writer, analysis: Analysis) -> list[dict[str, Any]]:
    """All results. The standard wants suppressions on all of them or on none (SARIF 2.1.0, 3.27.23)."""
    plain = writer.results(analysis.findings)
    if not analysis.accepted:
        return plain
    return [*({**result, "suppressions": []} for result in plain), *writer.suppressed(analysis.accepted)]


def _rule(rule: Rule | None, key: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """What is said of a rule once; of one that the book does not know, what its first finding says."""
    first = next(finding for finding in findings if finding.rule == key)
    title, severity = (first.title, first.severity) if rule is None else (rule.title, rule.severity)
    why, fix = (first.why, first.fix) if rule is None else (rule.why, rule.fix.plain)
    made: dict[str, Any] = {
        "id": key,
        "shortDescription": {"text": clean(title) or key},
        "fullDescription": {"text": clean(why or title) or key},
        "help": {"text": clean("\n\n".join(part for part in (why, fix) if part)) or key},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": {"tags": [str(first.category) or "architecture"]},
    }
    if first.link.startswith("https://"):
        made["helpUri"] = first.link
    return made


class _Writer:
    def __init__(self, names: Names, places: Places, index: Mapping[str, int]) -> None:
        self.names, self.places, self.index = names, places, index
        self._seen: dict[str, int] = {}

    def results(self, findings: Iterable[Finding]) -> list[dict[str, Any]]:
        """One result for each finding, in their order."""
        return [self._result(finding) for finding in findings]

    def suppressed(self, accepted: Iterable[Accepted]) -> list[dict[str, Any]]:
        """One result for each accepted finding; the acceptance stands in the file itself ("in source")."""
        results = []
        for one in accepted:
            place = None
            if one.collection is not None:
                line = self.places.line(str(one.collection), one.id)
                place = Place(collection=str(one.collection), id=one.id, line=line)
            suppression = {
                "kind": "inSource",
                "status": "accepted",
                "justification": clean(one.reason),
                "location": self._location(place),
            }
            results.append({**self._result(one.finding), "suppressions": [suppression]})
        return results

    def _result(self, finding: Finding) -> dict[str, Any]:
        found = self.places.of_finding(finding)
        text = clean(finding.message) or clean(finding.title) or finding.rule
        if finding.fix:
            text += f" {clean(finding.fix)}"
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": self.index[finding.rule],
            "level": LEVELS[finding.severity],
            "message": {"text": text},
            "locations": [self._location(found[0] if found else None)],
            "partialFingerprints": {"finding/v1": self._fingerprint(finding)},
            "properties": {"severity": str(finding.severity), "title": clean(finding.title)},
        }
        if finding.flow is not None:
            result["properties"]["flow"] = finding.flow
        if len(found) > 1:
            result["relatedLocations"] = [{"id": n, **self._location(place)} for n, place in enumerate(found[1:], 1)]
        if len(finding.witness) > 1:
            result["codeFlows"] = [{"threadFlows": [{"locations": self._way(finding.witness)}]}]
        return result

    def _way(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """The proof, step by step."""
        return [{"location": self._location(self._place(key), message=self.names.of(key))} for key in keys]

    def _place(self, key: str) -> Place | None:
        collection = self.places.collection_of(key)
        if collection is None:
            return None
        return Place(collection=collection, id=key, line=self.places.line(collection, key))

    def _location(self, place: Place | None, *, message: str = "") -> dict[str, Any]:
        """A line of the file, with the name of what stands there; the file's first line for what stands nowhere."""
        made: dict[str, Any] = {
            "physicalLocation": {
                "artifactLocation": {"uri": self.places.uri, "index": 0},
                "region": {"startLine": 1 if place is None else place.line},
            }
        }
        if place is not None:
            made["logicalLocations"] = [
                {
                    "name": clean(self.names.of(place.id)) or place.id,
                    "fullyQualifiedName": f"{place.collection}.{place.id}",
                    "kind": _KINDS[place.collection],
                }
            ]
        if message:
            made["message"] = {"text": clean(message) or "step"}
        return made

    def _fingerprint(self, finding: Finding) -> str:
        """What makes a finding the same one in the next run: its rule and what it is about, not line or wording."""
        about = (finding.components, finding.connections, finding.boundaries, (finding.flow or "", finding.level or ""))
        text = "\n".join([finding.rule, *(" ".join(keys) for keys in about)])
        number = self._seen[text] = self._seen.get(text, 0) + 1
        return f"{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()[:32]}:{number}"
