"""What the author of a drawing judges otherwise than the catalog, told with the reason given for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.analysis.wiring import Wiring
from designer.catalog.entries import Strength, Style
from designer.catalog.resolve import Resolution, ResolvedWire
from designer.language import later, tr

BY_HAND = later("set by hand: ")
"""Begins what is said of a wire that somebody judged otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One judgement: the id and name of what it is about, its sort in words ("Calls", "RDS database"), what is
    different, and why. `collection` is "connections", "components", or empty for the whole architecture."""

    collection: str
    id: str
    name: str
    title: str
    what: str
    reason: str


def overrides(resolution: Resolution, wiring: Wiring) -> tuple[Override, ...]:
    """Every judgement of a drawing: of the whole, of components, of wires, each ordered by id."""
    return (*_of_the_whole(resolution), *_of_components(resolution), *_of_wires(wiring))


def wire_words(wire: ResolvedWire, wiring: Wiring) -> tuple[str, ...]:
    """What is set by hand on a wire, with the reason; empty where nothing is."""
    reason = str(wire.values.get("reason", "")).strip()
    why = f" ({reason})" if reason else tr(" (no reason given)")
    return tuple(f"{tr(BY_HAND)}{text}{why}" for text in _judgements(wire, wiring))


def _judgements(wire: ResolvedWire, wiring: Wiring) -> Iterator[str]:
    source, target = wire.source.name, wire.target.name
    if "style" in wire.judged:
        yield (
            tr("{source} waits for the answer", source=source)
            if wire.style is Style.SYNC
            else tr("{source} does not wait", source=source)
        )
    if "strength" in wire.judged:
        hard = wire.strength is Strength.HARD
        yield (
            tr("{source} cannot do its work without {target}", source=source, target=target)
            if hard
            else tr("{source} can do without {target}", source=source, target=target)
        )
    if wire.group is not None and "alternatives" in wire.judged:
        choice = wiring.alternatives(wire.source.id)[wire.group]
        counts = tr("{needed} of {count}", needed=choice.needed, count=len(choice.members))
        yield tr(
            'one of the alternatives "{group}", of which {counts} have to work', group=wire.group[1], counts=counts
        )


def _of_the_whole(resolution: Resolution) -> Iterator[Override]:
    settings, properties = resolution.settings, resolution.catalog.architecture.properties
    for name in ("zone_availability", "region_availability"):
        if settings.get(name) is not None:
            yield Override(
                collection="",
                id="",
                name=resolution.architecture.settings.name,
                title=resolution.catalog.architecture.title,
                what=f"{properties[name].title}: {settings[name]:.10g} %",
                reason=str(settings["figures_source"]).strip(),
            )


def _of_components(resolution: Resolution) -> Iterator[Override]:
    for key, component in sorted(resolution.architecture.components.items()):
        percent = component.properties.get("availability")
        if percent is not None:
            resolved = resolution.component(key)
            yield Override(
                collection="components",
                id=key,
                name=component.name,
                title=resolved.kind.title,
                what=tr("Availability by itself: {percent:.10g} %", percent=percent),
                reason=str(resolved.values["availability_source"]).strip(),
            )


def _of_wires(wiring: Wiring) -> Iterator[Override]:
    for wire in wiring.resolution.wires():
        for text in _judgements(wire, wiring) if wire.judged else ():
            yield Override(
                collection="connections",
                id=wire.id,
                name=wire.label,
                title=wire.relation.title,
                what=text[0].upper() + text[1:],
                reason=str(wire.values["reason"]).strip(),
            )
