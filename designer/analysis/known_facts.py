"""The availability figures that count for a drawing: those of the catalog, and in their place those of its author."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from designer.catalog.entries import Fact
from designer.catalog.resolve import Resolution, Resolved
from designer.language import later, tr

ZONE_FACT = "assumed.zone"
REGION_FACT = "assumed.region"
YOURS = "yours"
"""The standing of a figure that the drawing's author gave."""

STANDING: Mapping[str, str] = {
    "agreement": later("the agreement's own text"),
    "third-party": later("as others quote it"),
    "assumption": later("not committed to by anyone"),
    YOURS: later("your figure"),
}
"""How far a figure can be relied on, by the standing that the facts give it."""

_FIGURE = "figure:"
_WHOLES = {"zone_availability": ZONE_FACT, "region_availability": REGION_FACT}


def figure_key(component: str) -> str:
    """The key of the fact, and of the event, that stand for a component's own figure."""
    return _FIGURE + component


def facts_of(resolution: Resolution) -> dict[str, Fact]:
    """All facts of a drawing by key: those of the catalog, then the own ones of its components."""
    facts = shared_facts(resolution)
    for key in sorted(resolution.architecture.components):
        fact = own_figure(resolution.component(key))
        if fact is not None:
            facts[fact.key] = fact
    return facts


def shared_facts(resolution: Resolution) -> dict[str, Fact]:
    """The facts of the catalog, with the author's own figures of zones and Region."""
    facts = dict(resolution.catalog.facts)
    settings = resolution.settings
    for name, key in _WHOLES.items():
        if settings.get(name) is not None:
            facts[key] = _yours(key, settings[name], facts[key].condition, settings["figures_source"])
    return facts


def own_figure(resolved: Resolved) -> Fact | None:
    """The author's own figure of a component, a share of 1 with the digits typed; `None` without one."""
    percent = resolved.component.properties.get("availability")
    if percent is None:
        return None
    return _yours(
        figure_key(resolved.id),
        percent,
        tr("{name} by itself", name=resolved.name),
        resolved.values["availability_source"],
    )


def _yours(key: str, percent: float, condition: str, source: str) -> Fact:
    share = float(Decimal(repr(percent)).scaleb(-2))
    return Fact(
        key=key, availability=share, condition=condition, source=source or tr("no source given"), verified=YOURS
    )
