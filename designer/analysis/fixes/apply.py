"""A recipe at a place: whether it fits, how it is called there, and what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from designer.analysis.component_rules import Facts
from designer.analysis.fixes.draft import Draft
from designer.analysis.fixes.facts import (
    Functions,
    architecture_facts,
    component_facts,
    network_facts,
    network_of,
    wire_facts,
)
from designer.analysis.fixes.structures import STRUCTURES
from designer.analysis.fixes.zones import spread, spread_network
from designer.analysis.recipes import On, Recipe
from designer.catalog.resolve import Resolution
from designer.model.entities import Value


@dataclass(frozen=True, slots=True)
class Place:
    """What a recipe is applied to: a component, wire or VPC by its id, or the architecture (`key` is empty)."""

    on: On
    key: str


def fits(recipe: Recipe, place: Place, resolution: Resolution) -> bool:
    """Whether the recipe is for this kind of thing and its condition holds."""
    if recipe.kinds and _kind(place, resolution) not in recipe.kinds:
        return False
    facts, functions = _facts(place, resolution)
    return recipe.when is None or bool(recipe.when(facts, functions))


def title_of(recipe: Recipe, place: Place, resolution: Resolution) -> str:
    """How the fix is called here."""
    facts, functions = _facts(place, resolution)
    return recipe.title.filled(facts, functions)


def apply_recipe(recipe: Recipe, place: Place, draft: Draft) -> None:
    """Makes the changes on the draft. Raises `Refused` where they cannot be made."""
    facts, functions = _facts(place, draft.resolution)
    values = _values(recipe, facts, functions)
    zones = None if recipe.zones is None else int(recipe.zones(facts, functions))
    if zones is not None:
        (spread_network if place.on is On.NETWORK else spread)(draft, place.key, zones)
    if values:
        _set(place, values, draft)
    if recipe.structure is not None:
        STRUCTURES[recipe.structure](draft, place.key)


def _kind(place: Place, resolution: Resolution) -> str:
    architecture = resolution.architecture
    match place.on:
        case On.WIRE:
            return architecture.connections[place.key].relation
        case On.NETWORK:
            return "vpc"
        case On.ARCHITECTURE:
            return "architecture"
        case _:
            return architecture.components[place.key].kind


def _facts(place: Place, resolution: Resolution) -> tuple[Facts, Functions]:
    match place.on:
        case On.WIRE:
            return wire_facts(resolution, place.key)
        case On.NETWORK:
            return network_facts(resolution, place.key)
        case On.ARCHITECTURE:
            return architecture_facts(resolution)
        case _:
            return component_facts(resolution, place.key)


def _values(recipe: Recipe, facts: Facts, functions: Functions) -> dict[str, Value]:
    """The values to set: not those that hold already, unless the default is asked for."""
    found = {name: assignment.value(facts, functions) for name, assignment in recipe.assignments.items()}
    return {name: value for name, value in found.items() if value is None or not _holds(facts, name, value)}


def _holds(facts: Mapping[str, Any], name: str, value: Value) -> bool:
    try:
        return bool(facts[name] == value and type(facts[name]) is type(value))
    except KeyError:
        return False


def _set(place: Place, values: Mapping[str, Value], draft: Draft) -> None:
    architecture, catalog = draft.architecture, draft.catalog
    match place.on:
        case On.WIRE:
            wire = architecture.connections[place.key]
            draft.set_properties(wire, catalog.relations[wire.relation].properties, values)
        case On.NETWORK:
            boundary = network_of(draft.resolution, place.key).boundary
            if boundary is None:
                draft.set_settings({"vpc_cidr" if name == "cidr" else name: value for name, value in values.items()})
            else:
                draft.set_properties(architecture.boundaries[boundary], catalog.boundaries["vpc"].properties, values)
        case On.ARCHITECTURE:
            draft.set_settings(values)
        case _:
            component = architecture.components[place.key]
            draft.set_properties(component, catalog.kinds[component.kind].properties, values)
