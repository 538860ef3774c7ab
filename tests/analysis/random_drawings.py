"""Random drawings for properties that hold for all of them: any kinds, any values that a property takes, any wires."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from designer.catalog.entries import Property, PropertyType
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component, Connection, Entity, Flow, Mode, Settings
from tests.analysis.drawings import CATALOG

_ZONES = st.lists(st.sampled_from("abcdefgz"), max_size=3, unique=True).map(tuple)
_NUMBERS = st.integers(min_value=0, max_value=60)


def _value(prop: Property) -> st.SearchStrategy[Any]:
    """Values that the file format lets through, the default among them; large numbers are rare in life and here."""
    match prop.type:
        case PropertyType.BOOLEAN:
            found: st.SearchStrategy[Any] = st.booleans()
        case PropertyType.CHOICE:
            found = st.sampled_from(list(prop.choices))
        case PropertyType.INTEGER:
            least, most = int(prop.minimum or 0), int(prop.maximum or 10_000)
            found = st.one_of(_NUMBERS.map(lambda n: max(least, min(n, most))), st.sampled_from([least, most]))
        case PropertyType.NUMBER:
            found = st.floats(min_value=1, max_value=100)
        case _:
            found = st.nothing()
    return st.one_of(st.none(), st.none(), found)


@st.composite
def property_values(draw: st.DrawFn, properties: dict[str, Property]) -> dict[str, Any]:
    """Values for up to three of some properties."""
    chosen = draw(st.lists(st.sampled_from(sorted(properties)), max_size=3, unique=True)) if properties else []
    drawn = {name: draw(_value(properties[name])) for name in chosen}
    return {name: value for name, value in drawn.items() if value is not None}


@st.composite
def architectures(draw: st.DrawFn, most: int = 9) -> Architecture:
    """Up to `most` components with about as many wires, some of them impossible, in boundaries of all kinds."""
    entities: list[Entity] = []
    places: list[str | None] = [None]
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(sorted(CATALOG.boundaries)))
        entities.append(
            Boundary(
                id=f"b{number}",
                kind=kind,
                name=f"B{number}",
                parent=draw(st.sampled_from(places)),
                zones=draw(_ZONES),
                properties=draw(property_values(dict(CATALOG.boundaries[kind].properties))),
            )
        )
        places.append(f"b{number}")
    count = draw(st.integers(0, most))
    kinds = [draw(st.sampled_from(sorted(CATALOG.kinds))) for _ in range(count)]
    for number, kind in enumerate(kinds):
        entities.append(
            Component(
                id=f"c{number}",
                kind=kind,
                name=f"C{number}",
                boundary=draw(st.sampled_from(places)),
                zones=draw(st.one_of(st.just(()), _ZONES)),
                properties=draw(property_values(dict(CATALOG.kinds[kind].properties))),
            )
        )
    if count:
        entities += draw(_wires(kinds))
        entities += draw(_flows(count))
    properties = draw(property_values(dict(CATALOG.architecture.properties)))
    region = draw(st.sampled_from([*sorted(CATALOG.regions), "mars-1"]))
    return Architecture.of(Settings(zones=draw(_ZONES), region=region, properties=properties), entities)


@st.composite
def _wires(draw: st.DrawFn, kinds: list[str]) -> list[Entity]:
    found: list[Entity] = []
    ends = st.integers(0, len(kinds) - 1)
    for number in range(draw(st.integers(0, 2 * len(kinds)))):
        source, target = draw(ends), draw(ends)
        fitting = CATALOG.relations_between(kinds[source], kinds[target])
        if not fitting and draw(st.integers(0, 9)):
            continue
        # A queue asks what it triggers for a timeout; neither a file nor the canvas lets it trigger anything else.
        impossible = [relation for relation in CATALOG.relations.values() if relation.id != "triggers"]
        relation = draw(st.sampled_from(fitting or impossible))
        found.append(
            Connection(
                id=f"w{number}",
                source=f"c{source}",
                target=f"c{target}",
                relation=relation.id,
                properties=draw(property_values(dict(relation.properties))),
            )
        )
    return found


@st.composite
def _flows(draw: st.DrawFn, count: int) -> list[Entity]:
    return [
        Flow(
            id=f"f{number}",
            name=f"F{number}",
            entry=f"c{draw(st.integers(0, count - 1))}",
            mode=draw(st.sampled_from(list(Mode))),
            goal=draw(st.sampled_from([None, 0.0, 0.99, 0.9995, 0.99999, 1.0])),
        )
        for number in range(draw(st.integers(0, 2)))
    ]
