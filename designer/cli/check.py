"""Say what is wrong with an architecture: single points of failure, coupling, mistakes."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from designer.analysis.findings import Accepted, Analysis, Finding, FlowResult, Severity
from designer.catalog.catalog import load_catalog
from designer.cli import console
from designer.cli.own_rules import chosen_rules, declare_rules
from designer.cli.plain import plain
from designer.model.architecture import Architecture
from designer.model.entities import Mode
from designer.storage.samples import Opened, open_source

if TYPE_CHECKING:
    from designer.analysis.rules import RuleBook

NEVER = "never"
PROFILES = ["production", "learning", "dev"]
"""Those of `resources/profiles`, which are not read before they are needed."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    levels = [*Severity, NEVER]
    parser.add_argument("file", metavar="FILE", help="an architecture file, or sample:NAME")
    formats = ["text", "json", "sarif", "junit"]
    parser.add_argument("--format", choices=formats, default="text", help="text (default), json, sarif or junit")
    parser.add_argument(
        "--profile",
        choices=PROFILES,
        help="weigh findings for production, learning or dev, whatever the architecture says",
    )
    parser.add_argument(
        "--fail-on",
        choices=[str(level) for level in levels],
        default=str(Severity.ERROR),
        metavar="SEVERITY",
        help=f"exit with 1 from this severity on: {', '.join(levels)} (default: {Severity.ERROR})",
    )
    declare_rules(parser)


def run(options: argparse.Namespace) -> int:
    """Analyses the file and prints what was found."""
    catalog = load_catalog()
    opened = open_source(options.file, catalog)
    architecture = opened.architecture
    from designer.analysis.analyse import analyse

    book = chosen_rules(options.rules, catalog)
    analysis = analyse(architecture, catalog, rules=book, profile=options.profile)
    if options.format in ("sarif", "junit"):
        _print_for_programs(options, book, opened, analysis)
    elif options.format == "json":
        console.say_json(as_json(options.file, architecture, analysis))
    else:
        _print(options.file, architecture, analysis)
    return console.FOUND if _fails(analysis, options.fail_on) else console.FINE


def as_json(file: str, architecture: Architecture, analysis: Analysis) -> dict[str, object]:
    """The result in the form of `resources/schema/check.json`."""
    counts = Counter(finding.severity for finding in analysis.findings)
    return {
        "file": file,
        "name": architecture.settings.name,
        "profile": analysis.profile,
        "worst": plain(analysis.worst()),
        "counts": {str(severity): counts[severity] for severity in Severity},
        "findings": plain(analysis.findings),
        "accepted": plain(analysis.accepted),
        "flows": plain(analysis.flows),
        "coupling": plain(analysis.coupling),
    }


def _print_for_programs(options: argparse.Namespace, book: RuleBook, opened: Opened, analysis: Analysis) -> None:
    from designer.report.junit import junit
    from designer.report.places import Places
    from designer.report.sarif import sarif

    places = Places.of(options.file, opened.path)
    if options.format == "sarif":
        console.say_json(sarif(opened.architecture, analysis, book, places))
        return
    fail_on = None if options.fail_on == NEVER else Severity(options.fail_on)
    console.say(junit(opened.architecture, analysis, book, places, fail_on).removesuffix("\n"))


def _fails(analysis: Analysis, fail_on: str) -> bool:
    worst = analysis.worst()
    return fail_on != NEVER and worst is not None and worst.rank <= Severity(fail_on).rank


def _print(file: str, architecture: Architecture, analysis: Analysis) -> None:
    counts = Counter(finding.severity for finding in analysis.findings)
    summary = ", ".join(f"{counts[severity]} {severity}" for severity in Severity if counts[severity])
    if analysis.accepted:
        summary = f"{summary or 'nothing found'}, {len(analysis.accepted)} accepted"
    if analysis.profile != PROFILES[0]:
        summary = f"{summary or 'nothing found'} (profile {analysis.profile})"
    console.say(console.printable(f"{architecture.settings.name} ({file}): {summary or 'nothing found'}"))
    for finding in analysis.findings:
        _print_finding(finding, architecture, why_first=analysis.explanation_first)
    if analysis.accepted:
        console.say()
        console.say(f"Accepted ({len(analysis.accepted)})")
    for accepted in analysis.accepted:
        _print_accepted(accepted, architecture)
    if analysis.flows:
        console.say()
        console.say("Flows")
    for flow in analysis.flows:
        _print_flow(flow)


def _print_accepted(accepted: Accepted, architecture: Architecture) -> None:
    finding = accepted.finding
    names = [architecture.components[key].name for key in finding.components if key in architecture.components]
    at = f" At: {', '.join(names)}." if names else ""
    text = f"{finding.severity.upper()} {finding.title} [{finding.rule}].{at} Reason: {accepted.reason}"
    console.say(console.paragraph(text, 2))


def _print_finding(finding: Finding, architecture: Architecture, *, why_first: bool) -> None:
    console.say()
    console.say(f"{finding.severity.upper():<7} {console.printable(finding.title)}  [{finding.rule}]")
    names = [architecture.components[key].name for key in finding.components if key in architecture.components]
    if names:
        console.say(console.paragraph(f"At: {', '.join(names)}", 8))
    told = (finding.why, finding.message) if why_first else (finding.message, finding.why)
    for text in (*told, finding.fix and f"Fix: {finding.fix}"):
        if text:
            console.say(console.paragraph(text, 8))


def _print_flow(flow: FlowResult) -> None:
    found = flow.accept if flow.mode is Mode.ACCEPT else flow.complete
    about = "" if found.exact else f" (a bound; between {_percent(found.lower)} and {_percent(found.upper)})"
    parts = [f"{flow.name}: available {_percent(found.structural)}{about}"]
    if flow.goal is not None:
        parts.append(f"goal {_percent(flow.goal)}")
    points = ", ".join(point.label for point in flow.single_points)
    parts.append(f"single points of failure: {points or 'none'}")
    console.say(console.paragraph("; ".join(parts), 2))


def _percent(share: float) -> str:
    """Four digits at most: 99.95 %, not 99.9500 %."""
    return f"{round(share * 100, 4):.10g} %"
