"""Random architectures and editing sessions, with the names and values that break careless programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from designer.catalog.catalog import Catalog, load_catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Property, PropertyType
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.decisions import Decision, Status
from designer.model.edits import Edit
from designer.model.entities import (
    MOST_LAYERS,
    Boundary,
    Collection,
    Component,
    Connection,
    Entity,
    Flow,
    Mode,
    Settings,
)
from designer.model.names import is_id

HOSTILE = [
    "", " ", "yes", "null", "~", "012", "1e3", "12:30", "2024-01-01", "=", "<<", "---", "...", "# no comment", "- item",
    "a: b", '"', "'", "\\", "\\ud83d", "{", "}", "[x", "{{ 7*7 }}", "${AWS::Region}", "!Ref x", "!!int 3",
    "&anchor", "*alias", "%YAML 1.1", "line\nbreak", "cr\rlf\r\n", "tab\there", "bell\x07", "\x00", "\x1b[31mred",
    "\x7f",
    "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff", "Größe", "注文", "עברית", "👩\u200d👧 family", "🦊" * 20,
    "x" * 1500,
    '}, "evil": {', "</script>",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20))
IDS = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True).filter(is_id) | st.sampled_from(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "e1", "x" * 64]
)
SHORT = TEXT.filter(lambda key: len(key) < 200)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.floats(-1e300, 1e300, allow_nan=False) | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXT.filter(lambda key: len(key) < 200), inner, max_size=3)
    ),
    max_leaves=6,
)
ZONES = st.lists(st.sampled_from("abcdef"), max_size=3, unique=True).map(tuple)
PLACES = st.integers(-100_000, 100_000)
LAYERS = st.just(0) | st.integers(-MOST_LAYERS, MOST_LAYERS)
COMMENTS = st.lists(st.sampled_from(["# one", "#", "# two: {3}", "# größer"]), max_size=2).map(tuple)
KNOWN_KEYS = {
    "designer", "name", "description", "region", "zones", "properties", "boundaries", "components", "connections",
    "flows", "kind", "in", "at", "size", "note", "from", "to", "relation", "entry", "mode", "goal",
    "rto", "rpo", "accepted", "via", "decisions", "layer", "locked", "collapsed",
}  # fmt: skip
EXTRA = st.dictionaries(SHORT.filter(lambda key: key not in KNOWN_KEYS), JSON, max_size=2)
ACCEPTED = st.dictionaries(
    st.from_regex(r"[A-Z0-9]{2,4}-[0-9]{2}", fullmatch=True).filter(str.isascii),
    TEXT.filter(lambda reason: bool(reason.strip()) and len(reason) <= 1000),
    max_size=2,
)

DECISION_KEYS = {"title", "status", "why", "date"}
DECISIONS = st.lists(
    st.builds(
        Decision,
        title=TEXT.filter(lambda title: bool(title.strip()) and len(title) <= 200),
        status=st.sampled_from(Status),
        why=TEXT,
        date=st.just("") | st.dates().map(str),
        extra=st.dictionaries(SHORT.filter(lambda key: key not in DECISION_KEYS), JSON, max_size=1),
    ),
    max_size=2,
).map(tuple)


def values_of(prop: Property) -> st.SearchStrategy[Any]:
    """Values that fit a property."""
    match prop.type:
        case PropertyType.BOOLEAN:
            return st.booleans()
        case PropertyType.INTEGER:
            return st.integers(_whole(prop.minimum, 0), _whole(prop.maximum, 10**6))
        case PropertyType.NUMBER:
            return st.floats(prop.minimum or 0, prop.maximum or 1e6, allow_nan=False)
        case PropertyType.CHOICE:
            return st.sampled_from(list(prop.choices))
        case PropertyType.LIST:
            return st.lists(_text_of(prop), max_size=3)
        case PropertyType.TEXT:
            return _text_of(prop)


def _whole(limit: float | None, usual: int) -> int:
    return usual if limit is None else int(limit)


def _text_of(prop: Property) -> st.SearchStrategy[Any]:
    if prop.pattern is not None:
        return st.from_regex(f"(?a:{prop.pattern})", fullmatch=True).filter(lambda text: _fits(prop, text))
    return TEXT.filter(lambda text: _fits(prop, text))


def _fits(prop: Property, text: str) -> bool:
    probe = [text] if prop.type is PropertyType.LIST else text
    return check_value(prop, probe) is None


def properties_of(draw: st.DrawFn, properties: dict[str, Property]) -> dict[str, Any]:
    """Some properties of a kind with fitting values."""
    if not properties:
        return {}
    chosen = draw(st.lists(st.sampled_from(sorted(properties)), max_size=3, unique=True))
    return {name: draw(values_of(properties[name])) for name in chosen}


@st.composite
def architectures(draw: st.DrawFn) -> Architecture:
    """An architecture with a few of everything."""
    catalog = load_catalog()
    boundaries = draw(st.lists(IDS, max_size=3, unique=True))
    components = draw(st.lists(IDS, max_size=6, unique=True))
    entities: list[Entity] = []
    for place, key in enumerate(boundaries):
        entities.append(_boundary(draw, catalog, key, boundaries[:place]))
    kinds = {key: draw(st.sampled_from(sorted(catalog.kinds))) for key in components}
    entities += [_component(draw, catalog, key, kind, boundaries) for key, kind in kinds.items()]
    entities += _connections(draw, catalog, kinds)
    if components:
        entities += [_flow(draw, key, components) for key in draw(st.lists(IDS, max_size=2, unique=True))]
    return Architecture.of(_settings(draw, catalog), entities)


def _settings(draw: st.DrawFn, catalog: Catalog) -> Settings:
    return Settings(
        name=draw(TEXT),
        description=draw(TEXT),
        region=draw(st.sampled_from(["us-east-1", "eu-central-1", "us-gov-west-1", "eusc-de-east-1"])),
        zones=draw(ZONES.filter(bool)),
        properties=properties_of(draw, dict(catalog.architecture.properties)),
        note=draw(TEXT),
        decisions=draw(DECISIONS),
        accepted=draw(ACCEPTED),
        extra=draw(EXTRA),
        comments=draw(COMMENTS),
        closing_comments=draw(COMMENTS),
    )


def _boundary(draw: st.DrawFn, catalog: Catalog, key: str, parents: list[str]) -> Boundary:
    kind = draw(st.sampled_from(sorted(catalog.boundaries)))
    return Boundary(
        id=key,
        kind=kind,
        name=draw(TEXT),
        parent=draw(st.sampled_from([None, *parents])),
        zones=draw(ZONES),
        x=draw(PLACES),
        y=draw(PLACES),
        width=draw(st.integers(1, 10_000)),
        height=draw(st.integers(1, 10_000)),
        collapsed=draw(st.booleans()),
        layer=draw(LAYERS),
        locked=draw(st.booleans()),
        note=draw(TEXT),
        decisions=draw(DECISIONS),
        properties=properties_of(draw, dict(catalog.boundaries[kind].properties)),
        accepted=draw(ACCEPTED),
        extra=draw(EXTRA),
        comments=draw(COMMENTS),
    )


def _component(draw: st.DrawFn, catalog: Catalog, key: str, kind: str, boundaries: list[str]) -> Component:
    return Component(
        id=key,
        kind=kind,
        name=draw(TEXT),
        zones=draw(ZONES),
        boundary=draw(st.sampled_from([None, *boundaries])),
        x=draw(PLACES),
        y=draw(PLACES),
        layer=draw(LAYERS),
        locked=draw(st.booleans()),
        note=draw(TEXT),
        decisions=draw(DECISIONS),
        properties=properties_of(draw, dict(catalog.kinds[kind].properties)),
        accepted=draw(ACCEPTED),
        extra=draw(EXTRA),
        comments=draw(COMMENTS),
    )


def _connections(draw: st.DrawFn, catalog: Catalog, kinds: dict[str, str]) -> list[Entity]:
    possible = [
        (source, relation.id, target)
        for source, from_kind in kinds.items()
        for target, to_kind in kinds.items()
        for relation in catalog.relations_between(from_kind, to_kind)
    ]
    if not possible:
        return []
    chosen = draw(st.lists(st.sampled_from(possible), max_size=6))
    return [
        Connection(
            id=f"w{place}",
            source=source,
            relation=relation,
            target=target,
            via=tuple(draw(st.lists(st.tuples(PLACES, PLACES), max_size=4))),
            note=draw(TEXT),
            decisions=draw(DECISIONS),
            properties=properties_of(draw, dict(catalog.relations[relation].properties)),
            accepted=draw(ACCEPTED),
            extra=draw(EXTRA),
            comments=draw(COMMENTS),
        )
        for place, (source, relation, target) in enumerate(chosen)
    ]


def _flow(draw: st.DrawFn, key: str, components: list[str]) -> Flow:
    return Flow(
        id=key,
        name=draw(TEXT),
        entry=draw(st.sampled_from(components)),
        mode=draw(st.sampled_from(Mode)),
        goal=draw(st.none() | st.integers(1, 10**8).map(lambda digits: digits / 10**8)),
        rto=draw(st.none() | st.integers(0, 365 * 86_400)),
        rpo=draw(st.none() | st.integers(0, 365 * 86_400)),
        accepted=draw(ACCEPTED),
        extra=draw(EXTRA),
        comments=draw(COMMENTS),
    )


def edits_on(draw: st.DrawFn, architecture: Architecture) -> Edit:
    """Something that a person may do to an architecture as it is now."""
    possible: list[Callable[[], Edit]] = [
        lambda: _add(draw, architecture),
        lambda: operations.set_settings(architecture, "Name it", name=draw(TEXT)),
        lambda: operations.set_settings_property(architecture, "nat", draw(st.sampled_from(["single", None]))),
    ]
    if components := sorted(architecture.components):
        possible += [
            lambda: _connect(draw, architecture, components),
            lambda: operations.rename(architecture, draw(st.sampled_from(components)), draw(TEXT)),
            lambda: _move(draw, components, architecture),
            lambda: _duplicate(draw, architecture, components),
            lambda: operations.place(
                architecture, _some(draw, components), draw(st.sampled_from([None, *sorted(architecture.boundaries)]))
            ),
            lambda: operations.add(
                operations.new_flow(architecture, draw(TEXT), draw(st.sampled_from(components))), "Add flow"
            ),
            lambda: operations.set_property(
                architecture, Collection.COMPONENTS, _some(draw, components), "min", draw(st.none() | st.integers())
            ),
        ]
    if any(architecture.table(collection) for collection in Collection):
        possible.append(lambda: _delete(draw, architecture))
    return draw(st.sampled_from(possible))()


def _some(draw: st.DrawFn, keys: list[str]) -> list[str]:
    return draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))


def _add(draw: st.DrawFn, architecture: Architecture) -> Edit:
    boundary = draw(st.sampled_from([None, *sorted(architecture.boundaries)]))
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["asg", "sqs", "lambda", "users"]))
        new = operations.new_component(architecture, kind, draw(TEXT), (draw(PLACES), draw(PLACES)), boundary=boundary)
        return operations.add(new, "Add")
    key = operations.unique("group", architecture.boundaries)
    return operations.add(Boundary(id=key, kind="group", name=draw(TEXT), parent=boundary), "Add a group")


def _connect(draw: st.DrawFn, architecture: Architecture, components: list[str]) -> Edit:
    ends = st.sampled_from(components)
    return operations.connect(architecture, draw(ends), draw(ends), "sends")


def _move(draw: st.DrawFn, components: list[str], architecture: Architecture) -> Edit:
    return operations.move(
        architecture, {Collection.COMPONENTS: {key: (draw(PLACES), draw(PLACES)) for key in _some(draw, components)}}
    )


def _duplicate(draw: st.DrawFn, architecture: Architecture, components: list[str]) -> Edit:
    chosen = [architecture.components[key] for key in _some(draw, components)]
    boundaries = list(architecture.boundaries.values()) if draw(st.booleans()) else []
    edit, _ids = operations.duplicate(architecture, chosen, list(architecture.connections.values()), boundaries)
    return edit


def _delete(draw: st.DrawFn, architecture: Architecture) -> Edit:
    everything = [(collection, key) for collection in Collection for key in sorted(architecture.table(collection))]
    chosen = draw(st.lists(st.sampled_from(everything), min_size=1, max_size=4, unique=True))
    ids: dict[Collection, list[str]] = {}
    for collection, key in chosen:
        ids.setdefault(collection, []).append(key)
    return operations.delete(architecture, ids)
