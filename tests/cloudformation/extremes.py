"""Drawings whose properties all stand at one end of their range, as far as the ends go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Property, PropertyType
from designer.model.edits import Put, PutSettings
from designer.model.entities import Component, Connection, Value
from tests.cloudformation.drawings import Drawing, everything, pair_drawing, pairs, refusals, values_to_try

ENDS = {"default": None, "lowest": False, "highest": True}
"""Names for drawings as they come from the palette, and with all properties at one end."""

NOT_EVERYWHERE = {"db.m6gd.large", "db.r6gd.large"}
"""What is offered in some Regions only, and no end of anything where a template is judged for several."""


def end_of(prop: Property, high: bool) -> Value:
    """One end of a property: false or true, the first or last choice or suggestion, the least or greatest number.

    `None` for a text without suggestions.
    """
    tried = [False, True] if prop.type is PropertyType.BOOLEAN else values_to_try(prop)
    values = [value for value in tried if isinstance(value, list) or value not in NOT_EVERYWHERE]
    if not values:
        return None
    return values[-1 if high else 0]


def stretch(drawing: Drawing, high: bool) -> tuple[int, int]:
    """Puts every property of everything drawn at one end, but those that would make a contradiction with the others.

    Gives how many stand there, and how many there are.
    """
    before = refusals(drawing)
    assert before == [], before
    kept, there = _stretch_settings(drawing, high)
    architecture, catalog = drawing.architecture, drawing.catalog
    for component in list(architecture.components.values()):
        done, all_of_them = _stretch(drawing, component, catalog.kinds[component.kind].properties, high)
        kept, there = kept + done, there + all_of_them
    for wire in list(architecture.connections.values()):
        done, all_of_them = _stretch(drawing, wire, catalog.relations[wire.relation].properties, high)
        kept, there = kept + done, there + all_of_them
    return kept, there


def _ends(properties: Mapping[str, Property], high: bool) -> dict[str, Value]:
    found = {name: end_of(prop, high) for name, prop in properties.items()}
    return {name: value for name, value in found.items() if value is not None}


def _stretch_settings(drawing: Drawing, high: bool) -> tuple[int, int]:
    architecture = drawing.architecture
    ends = _ends(drawing.catalog.architecture.properties, high)
    kept: dict[str, Any] = {}
    for name, value in ends.items():
        settings = architecture.settings
        architecture.apply(PutSettings(settings.with_(properties={**settings.properties, name: value})))
        if refusals(drawing):
            architecture.apply(PutSettings(settings))
        else:
            kept[name] = value
    return len(kept), len(ends)


def _stretch(
    drawing: Drawing, entity: Component | Connection, properties: Mapping[str, Property], high: bool
) -> tuple[int, int]:
    ends = _ends(properties, high)
    drawing.architecture.apply(Put(entity.with_(properties={**entity.properties, **ends})))
    if not refusals(drawing):
        return len(ends), len(ends)
    drawing.architecture.apply(Put(entity))
    kept: dict[str, Value] = dict(entity.properties)
    for name, value in ends.items():
        drawing.architecture.apply(Put(entity.with_(properties={**kept, name: value})))
        if not refusals(drawing):
            kept[name] = value
    drawing.architecture.apply(Put(entity.with_(properties=kept)))
    return len(set(kept) & set(ends)), len(ends)


def matrix(catalog: Catalog, end: str) -> Iterator[tuple[str, Drawing]]:
    """Every wire that can be drawn, alone with its two ends, by a name for it."""
    for source, target, relation in pairs(catalog):
        drawing = pair_drawing(catalog, source, target, relation)
        if (high := ENDS[end]) is not None:
            stretch(drawing, high)
        yield f"{source} {relation} {target}", drawing


def whole(catalog: Catalog, end: str) -> Drawing:
    """Every wire that can be drawn, in one drawing."""
    drawing = everything(catalog)
    if (high := ENDS[end]) is not None:
        stretch(drawing, high)
    return drawing
