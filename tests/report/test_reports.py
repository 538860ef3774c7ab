"""Reports: complete, safe whatever the names are, the same for the same file, and true to the analysis."""

from __future__ import annotations

import copy
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from designer.analysis.analyse import analyse
from designer.analysis.budget import THOROUGH
from designer.analysis.knock_out import knock_out
from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.model.decisions import Decision, Status
from designer.model.entities import Boundary, Component, Connection, Settings
from designer.report.build import build_report
from designer.report.content import Report
from designer.report.drawing import MAX_SIZE, inline_svg
from designer.report.render import Pictures, to_html, to_json, to_markdown
from designer.report.text import clean, markdown, one_line, valid_xml
from designer.storage.files import loads
from designer.storage.samples import open_sample, samples
from designer.storage.schema import output_schema
from tests.analysis.drawings import draw
from tests.model.architectures import HOSTILE, architectures

CATALOG = load_catalog()
DAY = "2026-03-01"
SAMPLES = [sample.name for sample in samples()]
VOID = {"meta", "br"}
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "article", "div", "h1", "h2",
    "h3", "h4", "p", "ul", "li", "a", "strong", "span", "bdi", "abbr", "table", "caption", "thead", "tbody", "tr", "th",
    "td", "dl", "dt", "dd",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "rel", "role", "aria-label",
    "aria-labelledby", "tabindex", "scope", "title",
}  # fmt: skip


def closed(schema: Any) -> Any:
    """The schema with every object limited to the keys that it names, so that it cannot lag behind the output."""
    schema = copy.deepcopy(schema)
    stack = [schema]
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if "properties" in part and "additionalProperties" not in part:
                part["additionalProperties"] = False
                assert sorted(part.get("required", [])) == sorted(part["properties"])
            stack.extend(part.values())
        elif isinstance(part, list):
            stack.extend(part)
    return schema


FITS = Draft202012Validator(closed(output_schema("report")))


class Page(HTMLParser):
    """A page taken apart: tags in order, attributes, visible text; fails where tags do not close."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.cells: list[int] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, key, value or "") for key, value in attrs]
        if tag not in VOID:
            self._open.append(tag)
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text.append(data)

    @property
    def words(self) -> str:
        """The visible text with single spaces."""
        return " ".join(" ".join(self.text).split())


def report_of(architecture: Architecture | str) -> Report:
    """The report of a drawing or a sample."""
    drawn = open_sample(architecture, CATALOG) if isinstance(architecture, str) else architecture
    return build_report(drawn, CATALOG, "drawing.arch.yaml")


def page_of(report: Report, pictures: Pictures | None = None) -> Page:
    """Its page."""
    return Page(to_html(report, pictures or Pictures(note="left out")))


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_sample_in_every_format(sample: str) -> None:
    """Everything that the analysis found is told; links and ids agree; nothing is fetched or run."""
    report = report_of(sample)
    data = json.loads(to_json(report))
    assert not list(FITS.iter_errors(data))
    page, text = page_of(report), to_markdown(report)
    for name in (report.summary.name, *(finding.title for finding in report.findings)):
        assert name in page.words
        assert markdown(name) in text
    for cost in report.costs:
        assert cost.notes[0] in page.words
    for note in report.notes:
        assert one_line(note.note) in page.words
    ids = {value for _, key, value in page.attributes if key == "id"}
    links = [value for tag, key, value in page.attributes if (tag, key) == ("a", "href")]
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    assert all(link.startswith(("#", "https://docs.aws.amazon.com/", "https://")) for link in links)
    assert {value for _, key, value in page.attributes if key == "aria-labelledby"} <= ids
    assert "script" not in page.tags
    assert not [one for one in page.attributes if one[1].startswith("on") or one[1] in ("src", "style")]


@pytest.mark.parametrize("sample", SAMPLES)
def test_tables_are_whole(sample: str) -> None:
    """Every row of a table has as many cells as its head, on the page and in Markdown; headers have a scope."""
    report = report_of(sample)
    html = to_html(report, Pictures(note="left out"))
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert len(set(Page(table).cells)) == 1
        assert "<caption>" in table
        assert not re.findall(r"<th(?! scope=)[ >]", table)
    blocks = re.findall(r"(?:^\|.*\n)+", to_markdown(report), re.MULTILINE)
    assert len(blocks) > 5
    for block in blocks:
        rows = block.splitlines()
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
        assert re.fullmatch(r"\|(-+:?\|)+", rows[1])


def test_the_figures_are_those_of_the_analysis() -> None:
    architecture = open_sample("three-tier-fragile", CATALOG)
    report, analysis = report_of(architecture), analyse(architecture, CATALOG, budget=THOROUGH)
    (flow,), (found,) = report.flows, analysis.flows
    assert flow.complete.structural == found.complete.structural == flow.formula[0].value
    assert flow.complete.contract == found.complete.contract
    assert (flow.goal, flow.goal_met) == (0.999, False)
    assert flow.complete.down_per_year == "5 days 12 hours a year"
    assert [point.label for point in flow.single_points] == [point.label for point in found.single_points]
    assert flow.single_points[0].path == ("Customers", "Shop server", "Invoice server")
    assert [finding.rule for finding in report.findings] == [finding.rule for finding in analysis.findings]
    assert (report.summary.goals, report.summary.met, report.summary.missed) == (1, 0, 1)
    words = page_of(report).words
    assert "98.4868 %" in words
    assert "Its goal is 99.9 %: missed ." in words
    numbers = {row.number: row for row in report.figures}
    assert {number for line in flow.formula for number in line.sources} <= set(numbers)
    assert numbers[1].source == "Amazon Compute SLA, instance level"


def test_the_knock_outs_are_those_of_the_simulation() -> None:
    architecture = open_sample("worker-fleet", CATALOG)
    report = report_of(architecture)
    assert [row.failure for row in report.knock_outs.places] == ["zone:a", "zone:b", "nat:a", "nat:b"]
    assert "users" not in [row.failure for row in report.knock_outs.components]
    for row in (*report.knock_outs.places, *report.knock_outs.components):
        found = knock_out(architecture, CATALOG, [row.failure])
        assert [cell.text for cell in row.flows] == [flow.text for flow in found.flows]
        assert [cell.works for cell in row.flows] == [flow.works for flow in found.flows]
        assert {cell.id for cell in row.components} == {key for wave in found.order for key in wave}
    workers = next(row for row in report.knock_outs.components if row.failure == "workers")
    assert [cell.outcome for cell in workers.flows] == ["waits", "waits"]
    words = page_of(report).words
    assert "accepted, rest waits" in words
    assert "(works)" in words


def test_who_calls_whom() -> None:
    calls = report_of("orders-coupled").coupling.calls
    assert calls is not None
    assert calls.services == ("Inventory", "Orders", "Payments")
    assert calls.rows == (("", "sync", ""), ("", "", "sync"), ("sync", "", ""))
    many = draw(";".join(f"f{n:02}: lambda" for n in range(30)) + ";" + ";".join(
        f"f{n:02} invokes f{n + 1:02}" for n in range(29)))  # fmt: skip
    report = report_of(many)
    assert report.coupling.calls is None
    assert "too many services for a table" in page_of(report).words
    assert "too many services for a table" in to_markdown(report)


@given(architectures())
@settings(max_examples=15)
def test_names_cannot_change_a_page(architecture: Architecture) -> None:
    """No name brings a tag, an attribute, or a cell of its own."""
    report = report_of(architecture)
    assert not list(FITS.iter_errors(json.loads(to_json(report))))
    page = page_of(report)
    assert set(page.tags) <= TAGS
    assert {key for _, key, _ in page.attributes} <= ATTRIBUTES
    text = to_markdown(report)
    assert not re.search(r"<(?!br>)", text)
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()}) == 1
    assert set(re.findall(r"[\x00-\x09\x0b-\x1f\x7f]", to_html(report, Pictures()) + text)) <= {"\t"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_as_text(name: str) -> None:
    """On the page the characters are there, as they are."""
    architecture = Architecture.of(Settings(name=name), [Component(id="q", kind="sqs", name=name, note=name)])
    page = page_of(report_of(architecture))
    wanted = " ".join(clean(name).split()) or "Architecture"
    assert wanted in page.words


def test_notes_and_decisions_of_everything_are_told() -> None:
    """Of the whole, of components, wires and boundaries; each with its place, its status and its day."""
    made = Decision(
        title="Queue <first>", status=Status.ACCEPTED, why="Mail may wait.\nOrders may not.", date="2026-03-01"
    )
    old = Decision(title="One zone", status=Status.SUPERSEDED)
    drawn = Architecture.of(
        Settings(name="Shop", note="Read me | first.", decisions=(old,)),
        [
            Component(id="web", kind="lambda", name="Web", note="Of the web team.", decisions=(made, old)),
            Component(id="jobs", kind="sqs", name="Jobs"),
            Connection(id="web-jobs", source="web", relation="sends", target="jobs", note="By hand.", decisions=(old,)),
            Boundary(id="net", kind="vpc", name="Net", note="Shared.", decisions=(made,)),
        ],
    )
    report = report_of(drawn)
    data = json.loads(to_json(report))
    assert not list(FITS.iter_errors(data))
    told = [(row["id"], row["decision"], row["status"], row["date"]) for row in data["decisions"]]
    assert told == [
        ("", "One zone", "superseded", ""),
        ("web", "Queue <first>", "accepted", "2026-03-01"),
        ("web", "One zone", "superseded", ""),
        ("web-jobs", "One zone", "superseded", ""),
        ("net", "Queue <first>", "accepted", "2026-03-01"),
    ]
    assert [(row["name"], row["note"]) for row in data["notes"]] == [
        ("Shop", "Read me | first."),
        ("Web", "Of the web team."),
        ("Web to Jobs", "By hand."),
        ("Net", "Shared."),
    ]
    words, text = page_of(report).words, to_markdown(report)
    assert "Queue <first> accepted 2026-03-01 Web (Lambda function) Mail may wait. Orders may not." in words
    assert "Web to Jobs" in words and "Of the web team." in words
    assert r"| Queue &lt;first&gt; | accepted | 2026-03-01 | Net (VPC) | Mail may wait. Orders may not. |" in text
    assert r"| Shop | Architecture | Read me \| first. |" in text


def test_the_same_file_gives_the_same_bytes() -> None:
    for write in (to_json, to_markdown, lambda report: to_html(report, Pictures(note="no"))):
        assert write(report_of("fan-out")) == write(report_of("fan-out"))


def test_an_empty_drawing() -> None:
    report = report_of(Architecture())
    assert not list(FITS.iter_errors(json.loads(to_json(report))))
    words = page_of(report).words
    assert "Nothing was found." in words
    assert "No flow is drawn" in words
    assert "None worst finding" in words
    assert "No flow is drawn" in to_markdown(report)


def test_many_flows_are_condensed() -> None:
    drawn = "web: ecs; lb: elb; lb routes web;" + ";".join(f"flow: entry=lb id=f{n} name=F{n}" for n in range(9))
    report = report_of(draw(drawn))
    page = page_of(report)
    assert "completes: 9" in page.words
    assert "stopped: 9" in to_markdown(report)


SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20"
 width="9mm" onload="alert(1)"><title>T</title><defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
<script>alert(1)</script><style>*{}</style><g><rect x="1" fill="url(#g)" onclick="x()" style="a:b"/></g><g></g>
<text font-family="Sans Serif">a &lt;b&gt; &amp;\u202e c</text><a href="https://x"><rect/></a>
<image xlink:href="data:image/png;base64,AAAA"/><image xlink:href="https://x/y.png"/><rect fill="url(https://x)"/>
<foreignObject><p>hi</p></foreignObject></svg>"""


def test_a_picture_keeps_shapes_and_nothing_else() -> None:
    made = inline_svg(SVG, 'A "label"', "one")
    assert made is not None
    page = Page(made)
    assert page.tags == [
        "svg", "defs", "lineargradient", "stop", "g", "rect", "text", "image", "image", "rect",
    ]  # fmt: skip
    found = {(tag, key): value for tag, key, value in page.attributes}
    assert found["svg", "aria-label"] == 'A "label"'
    assert found["svg", "viewbox"] == "0 0 10 20"
    assert found["lineargradient", "id"] == "one-g"
    assert ("rect", "fill", "url(#one-g)") in page.attributes
    assert [value for tag, key, value in page.attributes if key == "href"] == ["data:image/png;base64,AAAA"]
    assert not [one for one in page.attributes if one[1].startswith("on") or one[1] == "style" or "https" in one[2]]
    assert "a <b> &\N{REPLACEMENT CHARACTER} c" in "".join(page.text)


@pytest.mark.parametrize(
    "text", ["", "<svg", "<html/>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "x" * (MAX_SIZE + 1)]
)
def test_what_is_no_picture_is_left_out(text: str) -> None:
    assert inline_svg(text, "label", "one") is None
    page = page_of(report_of("fan-out"), Pictures(light=text))
    assert "svg" not in page.tags
    assert "render draws it into a file" in page.words


def test_pictures_for_light_and_dark() -> None:
    page = page_of(report_of("fan-out"), Pictures(light=SVG, dark=SVG))
    assert page.tags.count("svg") == 2
    assert ("div", "class", "drawing both") in page.attributes
    ids = [value for _, key, value in page.attributes if key == "id"]
    assert len(set(ids)) == len(ids)
    alone = page_of(report_of("fan-out"), Pictures(light=SVG))
    assert ("div", "class", "drawing") in alone.attributes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a|b", "a\\|b"),
        ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
        ("<script>&", "&lt;script&gt;&amp;"),
        ("[x](y)", "\\[x\\](y)"),
        ("# head", "\\# head"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("99.5 %", "99.5 %"),
        ("two\n\nlines", "two lines"),
        ("$x$ ~y~", "\\$x\\$ \\~y\\~"),
        ("a\x00b\u202e", "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_text_in_markdown(text: str, shown: str) -> None:
    assert markdown(text) == shown


def test_text_that_may_stand_in_xml() -> None:
    assert valid_xml("a\x00\x0b\ud800\uffff\n\t") == "a\ufffd\ufffd\ufffd\ufffd\n\t"
    assert clean("👩\u200d👧 Größe\r\n") == "👩\u200d👧 Größe\n"


def test_the_style_is_in_the_page_and_prints() -> None:
    html = to_html(report_of("fan-out"), Pictures(note="no"))
    for part in ("prefers-color-scheme: dark", "@media print", "break-inside: avoid", "@page"):
        assert part in html
    assert not re.findall(r"url\(|@import|<link", html)
    assert Path(__file__).parents[2].joinpath("templates", "report", "style.css").read_text(encoding="utf-8") in html


JUDGED = """designer: 1
name: Judged
properties: {profile: learning}
components:
  web: {kind: ecs, name: Web}
  db:
    kind: rds
    name: Data <b>
    properties: {deployment: single, availability: 99.97, availability_source: "Probe <i>, 2025"}
    accepted: {RDS-01: "Good & enough | until <March>"}
connections:
  w: {from: web, relation: queries, to: db, properties: {strength: soft, reason: "a [cache](x)"}}
flows:
  buy: {name: Buy, entry: web, rto: 3600, rpo: 300}
"""


def test_judgements_and_acceptances_are_told_in_every_format() -> None:
    """With their reasons, encoded; and the figure among the sources as the author's."""
    catalog = load_catalog()
    report = build_report(loads(JUDGED, catalog), catalog, "judged.arch.yaml")
    assert [(one.name, one.what, one.reason) for one in report.overrides] == [
        ("Data <b>", "Availability by itself: 99.97 %", "Probe <i>, 2025"),
        ("Web to Data <b>", "Web can do without Data <b>", "a [cache](x)"),
    ]
    assert [(one.finding.rule, one.reason, one.place) for one in report.accepted] == [
        ("RDS-01", "Good & enough | until <March>", "Data <b>")
    ]
    assert ("Probe <i>, 2025", "your figure") in [(one.source, one.standing) for one in report.figures]
    assert (report.summary.profile, report.flows[0].rto, report.flows[0].rpo) == ("learning", 3600, 300)
    html, text = to_html(report, Pictures()), to_markdown(report)
    assert "Good &amp; enough | until &lt;March&gt;" in html and "a [cache](x)" in html
    for told in ("back within 1 hour (RTO)", "lose the data of 5 minutes (RPO)", "Overrides", "Accepted findings"):
        assert told in html and told in text
    assert "<March>" not in html and "[cache](x)" not in text
    plain = json.loads(to_json(report))
    assert not list(Draft202012Validator(output_schema("report")).iter_errors(plain))
    # Learning: the reason stands before what was found, and not again under a heading of its own.
    assert "Why it matters" not in html
    first = next(one for one in report.findings if one.why)
    assert text.index(markdown(first.why)) < text.index(markdown(first.message))
