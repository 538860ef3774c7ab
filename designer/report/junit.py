"""Findings as a JUnit report, the form in which build servers show tests."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from designer.analysis.findings import Accepted, Analysis, Finding, Severity
from designer.analysis.rules import RuleBook
from designer.model.architecture import Architecture
from designer.report.names import Names
from designer.report.places import Places
from designer.report.text import clean, one_line, valid_xml


def junit(
    architecture: Architecture, analysis: Analysis, book: RuleBook, places: Places, fail_on: Severity | None
) -> str:
    """One test case for each rule that found nothing, and one for each finding.

    A finding at `fail_on` or above is a failure, one below passes and says what it is in its output. With `None` none
    fails. Accepted findings are skipped tests, with the reason.
    """
    names = Names(architecture)
    found: dict[str, list[Finding]] = {rule: [] for rule in book.rules}
    for finding in analysis.findings:
        found.setdefault(finding.rule, []).append(finding)
    accepted: dict[str, list[Accepted]] = {}
    for one in analysis.accepted:
        accepted.setdefault(one.finding.rule, []).append(one)
    suite = ElementTree.Element("testsuite", {"name": _text(architecture.settings.name) or "Architecture"})
    failures = 0
    for rule, findings in sorted(found.items()):
        if not findings and rule not in accepted:
            ElementTree.SubElement(suite, "testcase", {"classname": rule, "name": book.rules[rule].title})
        for finding in findings:
            failed = fail_on is not None and finding.severity.rank <= fail_on.rank
            failures += failed
            _case(suite, finding, names, places, "failure" if failed else "system-out")
        for one in accepted.pop(rule, ()):
            _case(suite, one.finding, names, places, "skipped", one.reason)
    skipped = str(len(analysis.accepted))
    counts = {"tests": str(len(suite)), "failures": str(failures), "errors": "0", "skipped": skipped}
    suite.attrib.update(counts)
    root = ElementTree.Element("testsuites", {"name": "aws-designer", **counts})
    root.append(suite)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _case(
    suite: ElementTree.Element, finding: Finding, names: Names, places: Places, outcome: str, reason: str = ""
) -> None:
    """One test case; `outcome` is the element that tells how it went, `reason` why it was skipped."""
    where = places.of_finding(finding)
    line = where[0].line if where else 1
    about = ", ".join(dict.fromkeys(names.of(place.id) for place in where))
    attributes = {"classname": finding.rule, "name": _text(f"{finding.title}: {about}" if about else finding.title)}
    if places.items:
        attributes.update(file=_text(places.file), line=str(line))
    case = ElementTree.SubElement(suite, "testcase", attributes)
    text = "\n".join(_paragraphs(finding, f"{places.file}:{line}" if places.items else places.file))
    told = {
        "failure": {"type": str(finding.severity), "message": _text(finding.message)},
        "skipped": {"message": _text(f"accepted: {reason}")},
    }
    problem = ElementTree.SubElement(case, outcome, told.get(outcome, {}))
    problem.text = valid_xml(clean(text))


def _paragraphs(finding: Finding, place: str) -> Iterable[str]:
    yield f"{finding.severity}: {finding.message}"
    if finding.why:
        yield finding.why
    if finding.fix:
        yield f"Fix: {finding.fix}"
    if finding.link:
        yield finding.link
    yield place


def _text(text: str) -> str:
    return valid_xml(one_line(text)).strip()
