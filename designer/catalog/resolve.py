"""The effective properties of a drawing: the user's values over the catalog's defaults, and the placement that follows.

Analysis, exporter, inspector and reports all read a component here and nowhere else, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from designer.catalog.catalog import Catalog
from designer.catalog.entries import InVpc, Kind, Property, Relation, Scope, Strength, Style
from designer.catalog.expressions import compile_expression
from designer.catalog.surroundings import AROUND_COMPONENT, AT_ENDS, Bound
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.entities import Boundary, Collection, Component, Connection, Properties
from designer.records import record

IMPLIED_VPC = "(network)"
"""What stands for the VPC that the exporter makes where none is drawn."""

ABOUT_WIRES = frozenset(
    {"sources", "targets", "wires_in", "wires_out", "wires_in_where", "target_max", "source", "target"}
)
"""The functions by which a formula asks for the wires around a thing, or for what is at a wire's ends."""

BY_HAND = "by hand"
"""Begins the key of a group of alternatives that a person named; no relation has it as its id."""

_NONE: Mapping[str, Callable[..., Any]] = {}


class Values(dict[str, Any]):
    """Effective values by name; a formula is worked out when its property is first asked for."""

    # A large drawing has tens of thousands of these: each holds what it needs and no more.
    __slots__ = ("_open", "_properties", "functions")

    def __init__(self, properties: Mapping[str, Property], given: Properties, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self._properties = properties
        self._open: tuple[str, ...] = ()
        self.functions: Mapping[str, Callable[..., Any]] = _NONE
        for name, prop in properties.items():
            value = given.get(name)
            if value is not None:
                self[name] = value
            elif prop.formula is None:
                self[name] = prop.default

    def __missing__(self, name: str) -> Any:
        prop = self._properties.get(name)
        if prop is None or prop.formula is None:
            raise KeyError(name)
        if name in self._open:
            raise NameError(f"{name} is defined by itself")
        before = self._open
        self._open = (*before, name)
        try:
            self[name] = self.work_out(prop.formula)
        finally:
            self._open = before
        return self[name]

    def work_out(self, expression: str) -> Any:
        """The value of an expression over these values."""
        return compile_expression(expression)(self, self.functions)

    def complete(self) -> Values:
        """The same, with every formula worked out, so that it can be read like a plain dictionary."""
        for name in self._properties:
            self[name]
        return self


@record(frozen=False)
class Resolved:
    """A component as every reader sees it.

    `zones` are the zones it really uses: one for a zonal thing, none for a regional one outside a VPC. `vpc` is the
    id of the drawn VPC, `IMPLIED_VPC`, or `None` when it has no network interface; `tier` is its subnets' access.
    """

    component: Component
    kind: Kind
    values: Values
    zones: tuple[str, ...]
    vpc: str | None
    tier: str | None

    @property
    def id(self) -> str:
        """The component's id."""
        return self.component.id

    @property
    def name(self) -> str:
        """The component's name, or its id where it has none to be called by."""
        return self.component.name if self.component.name.strip() else self.component.id

    def work_out(self, expression: str) -> Any:
        """The value of one of the kind's expressions for this component."""
        return self.values.work_out(expression)


@record(frozen=False)
class ResolvedWire:
    """A connection as every reader sees it.

    `style` and `strength` are the relation's, unless a person judged otherwise; `judged` names what was. `alternatives`
    is the key of its group of alternatives in AWS (a target group), or `None`.
    """

    connection: Connection
    relation: Relation
    source: Resolved
    target: Resolved
    values: Values
    style: Style
    strength: Strength
    alternatives: str | None
    judged: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The connection's id."""
        return self.connection.id

    @property
    def verb(self) -> str:
        """What the wire says on the canvas."""
        verb = self.relation.verb
        if not verb.startswith("{"):
            return verb
        prop = self.relation.properties[verb.strip("{}")]
        return prop.choices[self.values[prop.name]].lower()

    @property
    def group(self) -> tuple[str, str] | None:
        """What makes wires of one source alternatives for the analysis: the name of a person's group, or AWS's key."""
        if "alternatives" in self.judged:
            return BY_HAND, str(self.values["alternatives"])
        return None if self.alternatives is None else (self.relation.id, self.alternatives)

    @property
    def label(self) -> str:
        """How the wire is called in lists and messages: "Orders to Worker"."""
        return tr("{source} to {target}", source=self.source.name, target=self.target.name)


class Resolution:
    """All components and wires of an architecture with their effective properties, worked out when asked for."""

    def __init__(self, architecture: Architecture, catalog: Catalog) -> None:
        self.architecture = architecture
        self.catalog = catalog
        self._components: dict[str, Resolved] = {}
        self._wires: dict[str, ResolvedWire] = {}
        self._settings: Values | None = None
        self.noted: set[tuple[str, ...]] | None = None
        """Where a reader keeps its readings, notes of what is asked for: ("component", id), ("connection", id)."""

    def note(self, *thing: str) -> None:
        """Notes that a thing was asked for, where readings are kept."""
        if self.noted is not None:
            self.noted.add(thing)

    def component(self, key: str) -> Resolved:
        """One component."""
        if self.noted is not None:
            self.noted.add(("component", key))
        found = self._components.get(key)
        if found is None:
            found = self._resolve(self.architecture.components[key])
        return found

    def wire(self, key: str) -> ResolvedWire:
        """One connection."""
        if self.noted is not None:
            self.noted.add(("connection", key))
        found = self._wires.get(key)
        if found is None:
            found = self._wires[key] = self._resolve_wire(self.architecture.connections[key])
        return found

    def components(self) -> list[Resolved]:
        """All components, ordered by id."""
        return [self.component(key) for key in sorted(self.architecture.components)]

    def wires(self) -> list[ResolvedWire]:
        """All connections, ordered by id."""
        return [self.wire(key) for key in sorted(self.architecture.connections)]

    @property
    def settings(self) -> Values:
        """The effective properties of the architecture itself."""
        if self._settings is None:
            properties = self.catalog.architecture.properties
            self._settings = Values(properties, self.architecture.settings.properties, {}).complete()
        return self._settings

    def boundary(self, key: str) -> Values:
        """The effective properties of a boundary."""
        boundary = self.architecture.boundaries[key]
        kind = self.catalog.boundaries[boundary.kind]
        return Values(kind.properties, boundary.properties, {"zones": boundary.zones}).complete()

    def vpc_of(self, boundary_id: str | None) -> Boundary | None:
        """The drawn VPC around a boundary."""
        chain = self.architecture.boundaries_around(boundary_id)
        return next((boundary for boundary in chain if boundary.kind == "vpc"), None)

    def again(self, keys: Iterable[str]) -> set[str]:
        """Works out components and the wires around them anew; returns the ids of those that are different now."""
        known = {key: self._components.pop(key, None) for key in keys}
        for key in known:
            for wire in self.architecture.wires_of(key):
                self._wires.pop(wire.id, None)
        there = [key for key in known if key in self.architecture.components]
        different = {key for key in there if not _same(known[key], self.component(key))}
        return different | (known.keys() - set(there))

    def forget(self, wires: Iterable[str]) -> None:
        """Forgets connections that are there no more, or are others now."""
        for key in wires:
            self._wires.pop(key, None)

    def changed(self, changes: Changes) -> None:
        """Forgets what an edit may have made wrong."""
        self._settings = None
        far = changes.settings or any(changes.entities[c] for c in (Collection.CONNECTIONS, Collection.BOUNDARIES))
        if far:
            self._components.clear()
            self._wires.clear()
            return
        for key, _before, after in changes.of(Collection.COMPONENTS):
            for wire in self.architecture.wires_of(key) if after is not None else ():
                # A queue's timeout follows its function's, and a wire follows both: forget one step around.
                for end in (wire.source, wire.target):
                    self._components.pop(end, None)
                    for near in self.architecture.wires_of(end):
                        self._wires.pop(near.id, None)
            self._components.pop(key, None)

    def _resolve(self, component: Component) -> Resolved:
        kind = self.catalog.kinds[component.kind]
        vpc = self.vpc(component.id)
        inherited = component.zones or self._zones_around(component.boundary)
        known = {"zones": (), "in_vpc": vpc is not None, "kind": kind.id, "name": component.name}
        values = Values(kind.properties, component.properties, known)
        self._components[component.id] = resolved = Resolved(component, kind, values, (), vpc, None)
        values.functions = Bound(AROUND_COMPONENT, self, component.id)
        resolved.zones = values["zones"] = self._zones(kind, values, inherited, vpc)
        values.complete()
        resolved.tier = self._tier(component, resolved) if vpc is not None else None
        return resolved

    def _zones(self, kind: Kind, values: Values, inherited: tuple[str, ...], vpc: str | None) -> tuple[str, ...]:
        placement = kind.placement
        if placement.scope is Scope.ZONAL:
            return inherited[:1]
        if placement.scope is Scope.ZONES:
            narrow = placement.zonal_when is not None and values.work_out(placement.zonal_when)
            return inherited[:1] if narrow else inherited
        return inherited if vpc is not None else ()

    def _zones_around(self, boundary_id: str | None) -> tuple[str, ...]:
        chain = self.architecture.boundaries_around(boundary_id)
        return next((boundary.zones for boundary in chain if boundary.zones), self.architecture.settings.zones)

    def vpc(self, key: str) -> str | None:
        """The VPC that a component has a network interface in (`Resolved.vpc`), without working out the component."""
        component = self.architecture.components[key]
        in_vpc = self.catalog.kinds[component.kind].placement.in_vpc
        if in_vpc is InVpc.NEVER:
            return None
        drawn = self.vpc_of(component.boundary)
        if in_vpc is InVpc.NEEDED and drawn is None and not self._reaches_into_vpc(key):
            return None
        if drawn is not None:
            return drawn.id
        vpcs = sorted(b.id for b in self.architecture.boundaries.values() if b.kind == "vpc")
        # What stands outside joins the VPC that is drawn; only a drawing without one gets a network of its own.
        return vpcs[0] if len(vpcs) == 1 else IMPLIED_VPC

    def _reaches_into_vpc(self, key: str) -> bool:
        for wire in self.architecture.outgoing(key):
            kind = self.catalog.kinds[self.architecture.components[wire.target].kind]
            if kind.placement.in_vpc is InVpc.ALWAYS:
                return True
        return False

    def _tier(self, component: Component, resolved: Resolved) -> str:
        chain = self.architecture.boundaries_around(component.boundary)
        drawn = next((boundary for boundary in chain if boundary.kind == "tier"), None)
        if drawn is not None:
            return str(self.boundary(drawn.id)["access"])
        return str(resolved.work_out(resolved.kind.placement.tier))

    def _resolve_wire(self, wire: Connection) -> ResolvedWire:
        relation = self.catalog.relations[wire.relation]
        source, target = self.component(wire.source), self.component(wire.target)
        known = {"source_kind": source.kind.id, "target_kind": target.kind.id, "target_id": target.id, "reason": ""}
        values = Values(relation.properties, wire.properties, known)
        values.functions = Bound(AT_ENDS, self, source, target)
        values["usual_style"], values["usual_strength"] = values.work_out(relation.style), str(relation.strength)
        judged = values["judged"] = _judged(relation, values) if wire.properties else ()
        values.complete()
        key = None if relation.alternatives is None else str(values.work_out(relation.alternatives))
        style = Style(values.get("style", values["usual_style"]))
        strength = Strength(values.get("strength", values["usual_strength"]))
        return ResolvedWire(wire, relation, source, target, values, style, strength, key, judged)


def _judged(relation: Relation, values: Values) -> tuple[str, ...]:
    """What of a wire a person judged otherwise than the catalog."""
    usual = {"style": values["usual_style"], "strength": values["usual_strength"], "alternatives": ""}
    return tuple(name for name, value in usual.items() if name in relation.properties and values[name] != value)


def _same(one: Resolved | None, other: Resolved) -> bool:
    """Whether every reader sees the same."""
    if one is None or one.component is not other.component:
        return False
    return (one.zones, one.vpc, one.tier) == (other.zones, other.vpc, other.tier) and one.values == other.values


def visible(properties: Mapping[str, Property], values: Values) -> list[Property]:
    """The properties that have a meaning with these values, in the catalog's order."""
    return [prop for prop in properties.values() if prop.when is None or values.work_out(prop.when)]


def exported(properties: Mapping[str, Property], values: Mapping[str, Any]) -> dict[str, Any]:
    """The effective values that a template may depend on: without what a person judges for the analysis only."""
    hidden = {prop.name for prop in properties.values() if prop.analysis_only}
    return {name: value for name, value in values.items() if name not in hidden}


def card_text(resolved: Resolved) -> str:
    """The line of key facts on a component's card, in the language spoken now; empty where the kind has none."""
    return str(resolved.work_out(tr(resolved.kind.card))) if resolved.kind.card else ""
