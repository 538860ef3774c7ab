"""Architectures for the tests of the exporter: drawn by hand in a few words, one for each pair, and at random."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Kind, Property, PropertyType, Relation
from designer.catalog.resolve import Resolution
from designer.cloudformation.assemble import assemble
from designer.cloudformation.export import Export, export
from designer.cloudformation.fragments import Template
from designer.model.architecture import Architecture
from designer.model.edits import Put, PutSettings, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Settings, Value

HOSTILE_NAMES = (
    'Orders"\n  Evil:\n    Type: AWS::IAM::User',
    "!Ref Key",
    "!!python/object/apply:os.system [id]",
    "&anchor *alias",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "{{resolve:secretsmanager:prod:SecretString:password}}",
    "{{{resolve:ssm:/prod/key}}} $${AWS::Region} {${AWS::Region}",
    "${AWS::AccountId}",
    "${!Literal} $(id) `id`",
    "before\x85after\u2028line\u2029paragraph\ufeffmark",
    "Bestellungen 📦 größer",
    "---",
    "%YAML 1.1",
    "yes",
    "null",
    "012",
    "1e3",
    "12:30",
    "2024-01-01",
    "=",
    "<<",
    "x" * 5000,
    "one\r\ntwo\ttab",
    "# comment",
    "key: value",
    "[a, b]",
    "' OR ''='",
    "' ; rm -rf / #",
)


class Drawing:
    """An architecture under the pen. `add`, `wire` and `frame` give back the id of what they drew."""

    def __init__(self, catalog: Catalog, zones: Iterable[str] = ("a", "b"), **settings: Value) -> None:
        self.catalog = catalog
        self.architecture = Architecture(Settings(zones=tuple(zones), properties=settings))

    def add(
        self,
        kind: str,
        key: str = "",
        name: str = "",
        boundary: str | None = None,
        zones: str = "",
        **properties: Value,
    ) -> str:
        """A component; its id is its kind unless said otherwise."""
        key = key or kind
        name = name or self.catalog.kinds[kind].name
        self.architecture.apply(
            Put(Component(id=key, kind=kind, name=name, boundary=boundary, zones=tuple(zones), properties=properties))
        )
        return key

    def wire(self, source: str, target: str, relation: str, key: str = "", **properties: Value) -> str:
        """A connection; its id is made of both ends unless said otherwise."""
        key = key or f"{source}-{target}"
        self.architecture.apply(
            Put(Connection(id=key, source=source, target=target, relation=relation, properties=properties))
        )
        return key

    def frame(self, kind: str, key: str, parent: str | None = None, zones: str = "", **properties: Value) -> str:
        """A boundary."""
        self.architecture.apply(
            Put(Boundary(id=key, kind=kind, name=key, parent=parent, zones=tuple(zones), properties=properties))
        )
        return key

    def resolution(self) -> Resolution:
        """The effective properties."""
        return Resolution(self.architecture, self.catalog)

    def export(self) -> Export:
        """The template."""
        return export(self.architecture, self.catalog)

    def template(self) -> Template:
        """The template of what the rules may advise against."""
        return assemble(self.resolution())


def resources_of(made: Export | Template, kind: str) -> dict[str, Any]:
    """The resources of one CloudFormation type, by logical id."""
    template = made.template if isinstance(made, Export) else made
    found: dict[str, Any] = template.tree.get("Resources", {})
    return {name: resource for name, resource in found.items() if resource["Type"] == kind}


def pairs(catalog: Catalog) -> list[tuple[str, str, str]]:
    """All (source kind, target kind, relation) that may be drawn."""
    return [
        (source, target, relation.id)
        for source in catalog.kinds
        for target in catalog.kinds
        for relation in catalog.relations_between(source, target)
    ]


def pair_drawing(catalog: Catalog, source: str, target: str, relation: str, **properties: Value) -> Drawing:
    """Two components and the wire between them, with whatever else that needs to make sense."""
    drawing = Drawing(catalog)
    start = drawing.add(source)
    end = drawing.add(target, key=f"{target}-2" if target == source else target)
    drawing.wire(start, end, relation, **properties)
    return drawing


def values_to_try(prop: Property) -> list[Value]:
    """Each choice of a property, or its ends, or what it suggests."""
    match prop.type:
        case PropertyType.BOOLEAN:
            return [True, False]
        case PropertyType.CHOICE:
            return list(prop.choices)
        case PropertyType.INTEGER | PropertyType.NUMBER:
            return [value for value in (prop.minimum, prop.maximum) if value is not None]
        case PropertyType.LIST:
            return [["m7g.medium", "c7g.medium"]] if prop.name == "more_instance_types" else []
        case PropertyType.TEXT:
            return list(prop.suggestions)


def property_drawings(catalog: Catalog) -> Iterator[tuple[str, Drawing]]:
    """One drawing for each property of each kind and relation at each value worth trying, by a name for it."""
    for kind in catalog.kinds.values():
        for prop in kind.properties.values():
            for value in values_to_try(prop):
                drawing = _alone(catalog, kind, prop)
                key = next(k for k, c in drawing.architecture.components.items() if c.kind == kind.id)
                component = drawing.architecture.components[key]
                drawing.architecture.apply(Put(component.with_property(prop.name, value)))
                yield f"{kind.id}.{prop.name}={value}", drawing
    for relation in catalog.relations.values():
        yield from _relation_drawings(catalog, relation)


def _alone(catalog: Catalog, kind: Kind, prop: Property) -> Drawing:
    """The component, with the wire that gives the property its meaning where it needs one."""
    drawing = Drawing(catalog, zones=("a", "b", "c"))
    drawing.add(kind.id)
    when = prop.when or ""
    if "sources('users')" in when:
        drawing.add("users")
        drawing.wire("users", kind.id, "requests")
    elif "sources('elb')" in when:
        drawing.add("elb")
        drawing.wire("elb", kind.id, "routes")
    elif "wires_in('delivers')" in when:
        drawing.add("sns")
        drawing.wire("sns", kind.id, "delivers")
    return drawing


def _relation_drawings(catalog: Catalog, relation: Relation) -> Iterator[tuple[str, Drawing]]:
    for source, target in sorted(relation.pairs):
        for prop in relation.properties.values():
            for value in values_to_try(prop):
                drawing = pair_drawing(catalog, source, target, relation.id, **{prop.name: value})
                wire = next(iter(drawing.architecture.connections))
                visible = prop.when is None or drawing.resolution().wire(wire).values.work_out(prop.when)
                if visible:
                    yield f"{source} {relation.id} {target}.{prop.name}={value}", drawing


def everything(catalog: Catalog) -> Drawing:
    """One component of each kind, and a wire for each pair."""
    drawing = Drawing(catalog, zones=("a", "b", "c"))
    for kind in catalog.kinds:
        drawing.add(kind)
    for source, target, relation in pairs(catalog):
        if source != target:
            drawing.wire(source, target, relation, key=f"{source}-{target}-{relation}")
    return drawing


def random_drawing(catalog: Catalog, seed: int, size: int | None = None) -> Drawing:
    """Components of all kinds at random places, wired at random, with random properties and names that mean harm.

    What contradicts itself is taken back, so that the drawing can be exported.
    """
    chance = random.Random(seed)
    zones = "abcdef"[: chance.choice((1, 2, 2, 3, 3, 6))]
    drawing = Drawing(catalog, zones=zones, nat=chance.choice(("per-zone", "single", "none")))
    frames = _random_frames(drawing, chance)
    kinds = list(catalog.kinds)
    for number in range(size or chance.randint(1, chance.choice((6, 15, 30, 50)))):
        kind = chance.choice(kinds)
        name = chance.choice(HOSTILE_NAMES) if chance.random() < 0.2 else f"{catalog.kinds[kind].name} {number}"
        properties = _random_values(catalog.kinds[kind].properties, chance)
        # What stands outside all boundaries joins the only VPC; with two of them it could be refused.
        inside = chance.choice(frames) if frames and (chance.random() < 0.7 or "second" in frames) else None
        own_zones = zones[: chance.randint(1, len(zones))] if chance.random() < 0.2 else ""
        drawing.add(kind, f"{kind}-{number}", name, inside, own_zones, **properties)
    _random_wires(drawing, chance)
    take_back_contradictions(drawing)
    return drawing


def _random_frames(drawing: Drawing, chance: random.Random) -> list[str]:
    frames: list[str] = []
    for vpc in ("main", "second")[: chance.choice((0, 0, 0, 1, 1, 1, 2))]:
        frames.append(drawing.frame("vpc", vpc, nat=chance.choice(("per-zone", "single", "none"))))
        accesses = chance.sample(("public", "private", "isolated", "private"), chance.randint(0, 4))
        frames += [drawing.frame("tier", f"{vpc}-{n}", vpc, access=access) for n, access in enumerate(accesses)]
    if chance.random() < 0.3:
        frames.append(drawing.frame("group", "team", chance.choice([None, *frames[:1]])))
        frames.append(drawing.frame("group", "squad", "team"))
    return frames


def _random_wires(drawing: Drawing, chance: random.Random) -> None:
    components = drawing.architecture.components
    for source in list(components):
        for number in range(chance.randint(0, 3)):
            target = chance.choice(list(components))
            between = drawing.catalog.relations_between(components[source].kind, components[target].kind)
            # One in five has a second wire beside it.
            for parallel in range(1 + (chance.random() < 0.2)):
                if between and source != target:
                    relation = chance.choice(between)
                    values = _random_values(relation.properties, chance)
                    drawing.wire(source, target, relation.id, f"{source}-{target}-{number}-{parallel}", **values)


def _random_values(properties: Any, chance: random.Random) -> dict[str, Value]:
    found = {}
    for name, prop in properties.items():
        values = values_to_try(prop)
        if prop.type in (PropertyType.INTEGER, PropertyType.NUMBER) and prop.minimum is not None:
            top = prop.maximum if prop.maximum is not None else prop.minimum + 10
            usual = chance.randint(int(prop.minimum), int(min(top, prop.minimum + 100)))
            values = [usual, usual, int(prop.minimum), int(top)]
        if values and chance.random() < 0.15:
            found[name] = chance.choice(values)
    return found


def take_back_contradictions(drawing: Drawing) -> None:
    """Takes away properties, and then things, until nothing contradicts itself."""
    while found := refusals(drawing):
        for key in dict.fromkeys(found):
            _take_back(drawing, key)


def _take_back(drawing: Drawing, key: str) -> None:
    architecture = drawing.architecture
    if key in architecture.connections:
        wire = architecture.connections[key]
        architecture.apply(Put(wire.with_(properties={})) if wire.properties else Remove(Collection.CONNECTIONS, key))
    elif key in architecture.components:
        _soften(drawing, key)
    else:
        architecture.apply(PutSettings(architecture.settings.with_(zones=("a", "b", "c"), properties={})))


def _soften(drawing: Drawing, key: str) -> None:
    architecture = drawing.architecture
    component = architecture.components[key]
    if component.properties or component.zones:
        architecture.apply(Put(component.with_(properties={}, zones=())))
    elif component.boundary is not None:
        architecture.apply(Put(component.with_(boundary=None)))
    else:
        for wire in architecture.wires_of(key):
            architecture.apply(Remove(Collection.CONNECTIONS, wire.id))
        architecture.apply(Remove(Collection.COMPONENTS, key))


def refusals(drawing: Drawing) -> list[str]:
    """The ids of what the exporter would refuse."""
    from designer.cloudformation.export import refuse_what_cannot_deploy
    from designer.errors import UserErrors

    try:
        refuse_what_cannot_deploy(drawing.resolution())
    except UserErrors as errors:
        return [error.name or "" for error in errors.errors]
    return []
