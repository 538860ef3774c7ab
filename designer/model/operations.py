"""What a person does to an architecture, as edits: each function returns one edit, one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, PutSettings, Rekey, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Entity, Flow, Properties, Value
from designer.model.names import slug, unique, unique_name, wire_id

Point = tuple[int, int]


def new_component(
    architecture: Architecture, kind: str, name: str, at: Point, *, boundary: str | None = None
) -> Component:
    """A component that is not yet in the architecture, with a free id and a free name."""
    free = unique_name(name, {component.name for component in architecture.components.values()})
    key = unique(slug(free, kind), architecture.components)
    return Component(id=key, kind=kind, name=free, x=at[0], y=at[1], boundary=boundary)


def add(entity: Entity, label: str) -> Edit:
    """Adds an entity."""
    return Batch(label, (Put(entity),))


def connection_id(architecture: Architecture, source: str, target: str) -> str:
    """A free id for a wire between two components: "source-target", with a number for parallel wires."""
    return unique(wire_id(source, target), architecture.connections)


def connect(
    architecture: Architecture, source: str, target: str, relation: str, properties: Properties | None = None
) -> Batch:
    """A new wire."""
    key = connection_id(architecture, source, target)
    wire = Connection(id=key, source=source, target=target, relation=relation, properties=properties or {})
    names = architecture.components
    return Batch(tr("Connect {source} to {target}", source=names[source].name, target=names[target].name), (Put(wire),))


def reconnect(
    architecture: Architecture, wire_key: str, source: str, target: str, relation: str, properties: Properties
) -> tuple[Batch, str]:
    """Leads a wire to other ends, with the relation and properties it has there.

    Returns the edit and the wire's id after it: an id that names the ends goes with them.
    """
    wire, names = architecture.connections[wire_key], architecture.components
    # Its corners were set for the old ends.
    led = wire.with_(source=source, target=target, relation=relation, properties=properties, via=())
    edits: list[Edit] = [Put(led)]
    key = wire_key
    if wire_key.startswith(wire_id(wire.source, wire.target)):
        key = unique(wire_id(source, target), architecture.connections.keys() - {wire_key})
    if key != wire_key:
        edits.append(Rekey(Collection.CONNECTIONS, wire_key, key))
    return Batch(
        tr("Reconnect {source} to {target}", source=names[source].name, target=names[target].name), tuple(edits)
    ), key


def reverse(architecture: Architecture, wire_key: str, relation: str, properties: Properties) -> tuple[Batch, str]:
    """Lets a wire run the other way along the same corners, with the relation and properties it has there.

    Returns the edit and the wire's id after it, as `reconnect` does.
    """
    wire, names = architecture.connections[wire_key], architecture.components
    batch, key = reconnect(architecture, wire_key, wire.target, wire.source, relation, properties)
    turned = Put(
        wire.with_(source=wire.target, target=wire.source, relation=relation, properties=properties, via=wire.via[::-1])
    )
    label = tr("Reverse {source} to {target}", source=names[wire.source].name, target=names[wire.target].name)
    return Batch(label, (turned, *batch.edits[1:])), key


def bridge(architecture: Architecture, deleted: Batch, wires: Iterable[Connection]) -> Batch:
    """A deletion together with wires over the gap that it leaves; their ids are given here by their ends."""
    going = {
        edit.id for edit in deleted.edits if isinstance(edit, Remove) and edit.collection is Collection.CONNECTIONS
    }
    taken = set(architecture.connections) - going
    edits: list[Edit] = list(deleted.edits)
    for wire in wires:
        key = unique(wire_id(wire.source, wire.target), taken)
        taken.add(key)
        edits.append(Put(wire.with_(id=key)))
    return Batch(tr("{step} and bridge the gap", step=deleted.label), tuple(edits))


def bend(architecture: Architecture, wire_key: str, via: tuple[Point, ...]) -> Batch:
    """Gives a wire other corners; without any it finds its own way."""
    wire, names = architecture.connections[wire_key], architecture.components
    what = tr("Bend") if via else tr("Straighten")
    ends = tr("{source} to {target}", source=names[wire.source].name, target=names[wire.target].name)
    return Batch(f"{what} {ends}", (Put(wire.with_(via=via)),))


def shift_corners(
    architecture: Architecture, before: Mapping[str, Point], after: Mapping[str, Point]
) -> Iterable[Edit]:
    """The corners of wires go along where both ends are moved by the same; components' places by id are given."""
    offsets = {key: (after[key][0] - x, after[key][1] - y) for key, (x, y) in before.items()}
    for key in sorted(offsets):
        for wire in architecture.outgoing(key):
            if wire.via and offsets.get(wire.target) == offsets[key] != (0, 0):
                dx, dy = offsets[key]
                yield Put(wire.with_(via=tuple((x + dx, y + dy) for x, y in wire.via)))


def insert_between(
    architecture: Architecture, component: Component, old: str, halves: tuple[Connection, Connection]
) -> Batch:
    """Adds a component between the ends of a wire, which two halves replace; their ids are given here by their ends.

    What was pinned to the wire stays with the half that is given with it, else it goes to the first.
    """
    taken = set(architecture.connections) - {old}
    edits: list[Edit] = [Put(component), Remove(Collection.CONNECTIONS, old)]
    wire = architecture.connections[old]
    if not any(half.is_annotated for half in halves):
        halves = (halves[0].with_(note=wire.note, decisions=wire.decisions), halves[1])
    for half in halves:
        key = unique(wire_id(half.source, half.target), taken)
        taken.add(key)
        edits.append(Put(half.with_(id=key)))
    names = architecture.components
    ends = names[halves[0].source].name, names[halves[1].target].name
    return Batch(
        tr("Put {name} between {source} and {target}", name=component.name, source=ends[0], target=ends[1]),
        tuple(edits),
    )


def delete(architecture: Architecture, ids: Mapping[Collection, Iterable[str]]) -> Batch:
    """Removes things and what cannot be without them: a component's wires and flows. What stood in a boundary stays."""
    chosen = {collection: set(ids.get(collection, ())) for collection in Collection}
    edits: list[Edit] = []
    for key in chosen[Collection.COMPONENTS]:
        chosen[Collection.CONNECTIONS].update(wire.id for wire in architecture.wires_of(key))
        chosen[Collection.FLOWS].update(flow.id for flow in architecture.flows.values() if flow.entry == key)
    edits += [Remove(Collection.CONNECTIONS, key) for key in sorted(chosen[Collection.CONNECTIONS])]
    edits += [Remove(Collection.FLOWS, key) for key in sorted(chosen[Collection.FLOWS])]
    edits += [Remove(Collection.COMPONENTS, key) for key in sorted(chosen[Collection.COMPONENTS])]
    edits += _dissolve(architecture, chosen[Collection.BOUNDARIES], chosen[Collection.COMPONENTS])
    return Batch(tr("Delete {what}", what=_describe(architecture, chosen)), tuple(edits))


def _dissolve(architecture: Architecture, boundaries: set[str], gone: set[str]) -> Iterable[Edit]:
    """Removes boundaries; what stands in them moves to the nearest boundary that stays."""
    for component in architecture.components.values():
        if component.boundary in boundaries and component.id not in gone:
            yield Put(component.with_(boundary=_surviving(architecture, component.boundary, boundaries)))
    for boundary in architecture.boundaries.values():
        if boundary.parent in boundaries and boundary.id not in boundaries:
            yield Put(boundary.with_(parent=_surviving(architecture, boundary.parent, boundaries)))
    # Innermost first, so that no boundary goes while another still stands in it.
    depth = {key: len(architecture.boundaries_around(key)) for key in boundaries}
    for key in sorted(boundaries, key=lambda key: (-depth[key], key)):
        yield Remove(Collection.BOUNDARIES, key)


def _surviving(architecture: Architecture, start: str | None, gone: set[str]) -> str | None:
    return next((b.id for b in architecture.boundaries_around(start) if b.id not in gone), None)


def rename(architecture: Architecture, component_id: str, name: str) -> Batch:
    """Gives a component another name, and the id that goes with it, so that file and template read like the drawing."""
    component = architecture.components[component_id]
    edits: list[Edit] = [Put(component.with_(name=name))]
    key = component_id
    if component_id.startswith(slug(component.name, component.kind)):
        others = architecture.components.keys() - {component_id}
        key = unique(slug(name, component.kind), others)
    if key != component_id:
        edits.append(Rekey(Collection.COMPONENTS, component_id, key))
        edits += _rekey_wires(architecture, component_id, key)
    return Batch(tr("Rename {old} to {name}", old=component.name, name=name), tuple(edits))


def _rekey_wires(architecture: Architecture, old: str, new: str) -> Iterable[Edit]:
    taken = set(architecture.connections)
    for wire in architecture.wires_of(old):
        if not wire.id.startswith(wire_id(wire.source, wire.target)):
            continue
        source = new if wire.source == old else wire.source
        target = new if wire.target == old else wire.target
        key = unique(wire_id(source, target), taken)
        taken.add(key)
        yield Rekey(Collection.CONNECTIONS, wire.id, key)


def set_property(
    architecture: Architecture, collection: Collection, ids: Iterable[str], name: str, value: Value
) -> Batch:
    """Sets one property of one or many; `None` resets it to its default."""
    table = architecture.table(collection)
    edits = tuple(Put(table[key].with_property(name, value)) for key in ids)
    return Batch(
        tr("Set {property}", property=name.replace("_", " "))
        if value is not None
        else tr("Reset {property}", property=name.replace("_", " ")),
        edits,
    )


def set_field(
    architecture: Architecture, collection: Collection, ids: Iterable[str], field: str, value: Value
) -> Batch:
    """Sets one of the fields every entity of the collection has (zones, note, goal ...)."""
    table = architecture.table(collection)
    return Batch(tr("Set {field}", field=field), tuple(Put(table[key].with_(**{field: value})) for key in ids))


def set_settings(architecture: Architecture, label: str, **changes: Value) -> Batch:
    """Changes settings of the whole architecture."""
    return Batch(label, (PutSettings(architecture.settings.with_(**changes)),))


def set_settings_property(architecture: Architecture, name: str, value: Value) -> Batch:
    """Sets one property of the whole architecture; `None` resets it to its default."""
    settings = architecture.settings
    kept = {key: old for key, old in settings.properties.items() if key != name}
    if value is not None:
        kept[name] = value
    return Batch(tr("Set {property}", property=name.replace("_", " ")), (PutSettings(settings.with_(properties=kept)),))


def move(architecture: Architecture, moves: Mapping[Collection, Mapping[str, Point]]) -> Batch:
    """Puts components and boundaries at new places."""
    edits: list[Edit] = []
    for collection, places in moves.items():
        table = architecture.table(collection)
        edits += [Put(table[key].with_(x=x, y=y)) for key, (x, y) in places.items()]
    count = len(edits)
    places = moves.get(Collection.COMPONENTS, {})
    edits += shift_corners(architecture, _places(architecture, places), places)
    return Batch(tr("Move {count} things", count=count) if count != 1 else tr("Move"), tuple(edits))


def _places(architecture: Architecture, keys: Iterable[str]) -> dict[str, Point]:
    return {key: (architecture.components[key].x, architecture.components[key].y) for key in keys}


def place(architecture: Architecture, component_ids: Iterable[str], boundary: str | None) -> Batch:
    """Puts components into a boundary, or out of all (`None`)."""
    edits = tuple(Put(architecture.components[key].with_(boundary=boundary)) for key in component_ids)
    return Batch(tr("Move into boundary") if boundary else tr("Move out of boundary"), edits)


def fold(architecture: Architecture, boundaries: Iterable[str], collapsed: bool) -> Batch:
    """Collapses boundaries into cards, or expands them; those that are so already do not change."""
    found = [architecture.boundaries[key] for key in boundaries]
    changed = [boundary for boundary in found if boundary.collapsed != collapsed]
    edits = tuple(Put(boundary.with_(collapsed=collapsed)) for boundary in changed)
    if len(changed) == 1:
        name = changed[0].name
        return Batch(tr("Collapse {name}", name=name) if collapsed else tr("Expand {name}", name=name), edits)
    return Batch(tr("Collapse boundaries") if collapsed else tr("Expand boundaries"), edits)


def duplicate(
    architecture: Architecture,
    components: Iterable[Component],
    connections: Iterable[Connection],
    boundaries: Iterable[Boundary] = (),
    offset: Point = (32, 32),
    label: str = "Duplicate",
    flows: Iterable[Flow] = (),
) -> tuple[Batch, dict[str, str]]:
    """Copies of things, here or from another document, with new ids, the wires among them, and flows that enter there.

    Returns the edit and the new id of each copied component.
    """
    boundaries = list(boundaries)
    taken = set(architecture.components)
    names = {component.name for component in architecture.components.values()}
    nests: dict[str, str] = {}
    for boundary in boundaries:
        nests[boundary.id] = unique(boundary.id, {*architecture.boundaries, *nests.values()})
    new_ids: dict[str, str] = {}
    edits: list[Edit] = [
        Put(
            b.with_(
                id=nests[b.id],
                parent=_nest(architecture, nests, b.parent),
                x=b.x + offset[0],
                y=b.y + offset[1],
                locked=False,
            )
        )
        for b in _outermost_first(boundaries)
    ]
    for component in components:
        name = unique_name(component.name, names)
        key = unique(slug(name, component.kind), taken)
        names.add(name)
        taken.add(key)
        new_ids[component.id] = key
        nest = _nest(architecture, nests, component.boundary)
        x, y = component.x + offset[0], component.y + offset[1]
        edits.append(Put(component.with_(id=key, name=name, boundary=nest, x=x, y=y, locked=False)))
    wires = set(architecture.connections)
    for wire in connections:
        if wire.source in new_ids and wire.target in new_ids:
            source, target = new_ids[wire.source], new_ids[wire.target]
            key = unique(wire_id(source, target), wires)
            wires.add(key)
            via = tuple((x + offset[0], y + offset[1]) for x, y in wire.via)
            edits.append(Put(wire.with_(id=key, source=source, target=target, via=via)))
    edits += _copied_flows(architecture, flows, new_ids)
    return Batch(label, tuple(edits)), new_ids


def _copied_flows(architecture: Architecture, flows: Iterable[Flow], new_ids: Mapping[str, str]) -> Iterable[Edit]:
    taken, names = set(architecture.flows), {flow.name for flow in architecture.flows.values()}
    for flow in flows:
        if flow.entry in new_ids:
            name, key = unique_name(flow.name, names), unique(flow.id, taken)
            names.add(name)
            taken.add(key)
            yield Put(flow.with_(id=key, name=name, entry=new_ids[flow.entry]))


def _nest(architecture: Architecture, nests: Mapping[str, str], boundary: str | None) -> str | None:
    if boundary is not None and boundary in nests:
        return nests[boundary]
    return boundary if boundary in architecture.boundaries else None


def _outermost_first(boundaries: Iterable[Boundary]) -> list[Boundary]:
    waiting, ready = {b.id: b for b in boundaries}, []
    while waiting:
        free = [b for b in waiting.values() if b.parent not in waiting]
        ready += free
        for boundary in free:
            del waiting[boundary.id]
    return ready


def _describe(architecture: Architecture, chosen: Mapping[Collection, set[str]]) -> str:
    components = chosen[Collection.COMPONENTS]
    if len(components) == 1:
        return architecture.components[next(iter(components))].name
    if components:
        return tr("{count} components", count=len(components))
    if boundaries := len(chosen[Collection.BOUNDARIES]):
        return plural("boundary", "{count} boundaries", boundaries)
    return tr("connection")


def accept(architecture: Architecture, collection: Collection | None, key: str, rule: str, reason: str | None) -> Batch:
    """Accepts what a rule finds at an entity (or, without a collection, anywhere); `None` takes the acceptance back."""
    label = tr("Accept {rule}", rule=rule) if reason is not None else tr("Take back accepting {rule}", rule=rule)
    if collection is None:
        return Batch(label, (PutSettings(architecture.settings.with_accepted(rule, reason)),))
    return Batch(label, (Put(architecture.table(collection)[key].with_accepted(rule, reason)),))


def new_flow(architecture: Architecture, name: str, entry: str) -> Flow:
    """A flow that is not yet in the architecture."""
    return Flow(id=unique(slug(name, "flow"), architecture.flows), name=name, entry=entry)
