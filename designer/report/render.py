"""Reports as text: HTML in one file, Markdown for a code host, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from designer.analysis.downtime import duration
from designer.analysis.flow_formula import figure
from designer.analysis.profiles import load_profiles
from designer.analysis.wording import counted
from designer.assets import data
from designer.report.content import Report
from designer.report.drawing import inline_svg
from designer.report.text import clean, markdown

if TYPE_CHECKING:
    from jinja2 import Environment

SEVERITIES = ("error", "high", "medium", "low", "info")
LEVELS: Mapping[str, str] = {
    "instance": "one instance",
    "resource": "one component",
    "zone": "one zone",
    "region": "the whole Region",
    "global": "everything",
}
"""How far a single point of failure reaches."""

MODES: Mapping[str, str] = {
    "accept": "the request is taken in",
    "complete": "all its work is done",
    "degraded": "all its work is done, with nothing missing",
}
"""What counts as working for a flow."""

OUTCOMES: Mapping[str, str] = {
    "completes": "completes",
    "waits": "accepted, rest waits",
    "incomplete": "accepted, not completed",
    "stopped": "stopped",
}
"""What a failure does to a flow, as a cell of a table has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The drawing as SVG, for light and for dark surroundings; `note` says why there is none."""

    light: str | None = None
    dark: str | None = None
    note: str = ""


class Raw(str):
    """Text that is Markdown already."""

    __slots__ = ()


def to_json(report: Report) -> str:
    """The report in the form of `resources/schema/report.json`."""
    return json.dumps(report.plain(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_html(report: Report, pictures: Pictures) -> str:
    """The report as one page that needs nothing else: no script, no network."""
    from markupsafe import Markup

    environment = _environment(html=True)
    label = f"Drawing of {clean(report.summary.name)}; the tables below say the same in words."
    drawn = {}
    for name, svg in (("light", pictures.light), ("dark", pictures.dark)):
        made = None if svg is None else inline_svg(svg, label, f"picture-{name}")
        if made is not None:
            drawn[name] = Markup(made)  # made element by element from a list of what is allowed
    note = pictures.note or ("" if drawn else "The drawing is too large for a page; render draws it into a file.")
    style = Markup((data("templates") / "report" / "style.css").read_text(encoding="utf-8"))
    return environment.get_template("report.html.j2").render(
        **_common(report), pictures=drawn, picture_note=note, style=style
    )


def to_markdown(report: Report) -> str:
    """The report as Markdown, with tables as code hosts show them."""
    text = _environment(html=False).get_template("report.md.j2").render(**_common(report))
    return text.rstrip("\n") + "\n"


def _common(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "summary": report.summary,
        "by_severity": {one: [f for f in report.findings if f.severity == one] for one in SEVERITIES},
        "why_first": load_profiles()[report.summary.profile].explanation_first,
        "duration": duration,
        "percent": percentage,
        "figure": figure,
        "counted": counted,
        "levels": LEVELS,
        "modes": MODES,
        "outcomes": OUTCOMES,
    }


def percentage(share: float) -> str:
    """An availability with up to four digits behind the point, and with more where only they tell it from 100 %."""
    digits = f"{round(share * 100, 4):.10g}"
    return figure(share) if digits == "100" else f"{digits} %"


def _environment(*, html: bool) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(data("templates") / "report"),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_for_html if html else _for_markdown,
    )
    if not html:
        environment.filters.update(marked=Raw, link=_link)
    return environment


def _link(address: str) -> Raw:
    """An address of the rules' own, made unable to end the brackets that it stands in."""
    return Raw(quote(address, safe=":/?&=#%+,;@~."))


def _for_html(value: Any) -> Any:
    return clean(value) if type(value) is str else value


def _for_markdown(value: Any) -> Any:
    return value if isinstance(value, Raw) else markdown(str(value))
