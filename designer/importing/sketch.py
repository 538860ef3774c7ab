"""A drawing of what a template that others have written seems to build: a start, with a list of what it leaves out.

The catalog says which resources are components and which join them (`recognised` of kinds and relations). Properties
are taken where their value is written out and fits; what AWS takes where a template says nothing is taken as well, so
that the drawing is not better than the template. Nothing is guessed without being said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from designer.catalog.catalog import Catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Finder, Kind, Property, PropertyType, Relation
from designer.cloudformation.diff.read import TemplateText
from designer.cloudformation.diff.references import NAMED, references_in
from designer.errors import UserError
from designer.importing.imported import Imported
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.entities import Component, Connection, Entity, Settings, Value
from designer.model.names import slug, unique, unique_name, wire_id

MAX_RESOURCES = 2_000
"""CloudFormation takes 500 in a template."""
_NAMED = 6
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_NOTHING = object()


def sketch(template: TemplateText, catalog: Catalog) -> Imported:
    """The components and wires that a template's resources seem to be, and notes on what was left out.

    Nothing has a place. Raises `UserError` where no resource is one that the catalog knows.
    """
    resources = _resources(template.tree)
    drawn = _Sketch(resources, _parameters(template.tree), catalog)
    if not drawn.components:
        types = sorted({str(resource["Type"]) for resource in resources.values()})
        message = tr("no resource of this template can be drawn; it has {list}", list=_list(types))
        raise UserError(message, hint=tr("the palette has everything that can be drawn"))
    wires = list(drawn.wires())
    entities: list[Entity] = [*drawn.components.values(), *wires]
    return Imported(Architecture.of(Settings(name="Template"), entities), (*template.notes, *drawn.notes(wires)))


def _resources(tree: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found = tree.get("Resources")
    if not isinstance(found, dict):
        # A part of a template: its resources alone.
        found = {key: value for key, value in tree.items() if isinstance(value, dict) and "Type" in value}
    kept = {str(key): value for key, value in found.items() if isinstance(value, dict)}
    resources = {key: value for key, value in kept.items() if isinstance(value.get("Type"), str)}
    if not resources:
        raise UserError(
            tr("there is no resource in this template"), hint=tr("a resource has a name, and in it a 'Type'")
        )
    if len(resources) > MAX_RESOURCES:
        raise UserError(
            tr(
                "the template has {count} resources, and at most {most} are read",
                count=len(resources),
                most=MAX_RESOURCES,
            )
        )
    return resources


def _parameters(tree: Mapping[str, Any]) -> dict[str, Any]:
    found = tree.get("Parameters")
    parameters = found if isinstance(found, dict) else {}
    return {
        key: value["Default"] for key, value in parameters.items() if isinstance(value, dict) and "Default" in value
    }


class _Sketch:
    """The components of a template, and how its resources hang together."""

    def __init__(
        self, resources: Mapping[str, dict[str, Any]], parameters: Mapping[str, Any], catalog: Catalog
    ) -> None:
        self._resources, self._parameters, self._catalog = resources, parameters, catalog
        self._kinds = {type_: kind for kind in catalog.kinds.values() for type_ in kind.recognised.resources}
        self._refers = {key: self._names_in(resource) for key, resource in resources.items()}
        self._used: set[str] = set()
        self._read_of: dict[str, set[str]] = {}
        self.components: dict[str, Component] = {}
        """By the names of their resources."""
        for key, resource in resources.items():
            kind = self._kinds.get(resource["Type"])
            if kind is not None:
                self.components[key] = self._component(key, kind)

    def notes(self, wires: Iterable[Connection]) -> Iterator[str]:
        """What was left out, and what is a guess."""
        left: dict[str, int] = defaultdict(int)
        for key, resource in self._resources.items():
            if key not in self.components and key not in self._used:
                left[resource["Type"]] += 1
        if left:
            types = [f"{count} x {type_}" if count > 1 else type_ for type_, count in sorted(left.items())]
            yield tr("Resources without a place in a drawing were left out: {list}.", list=_list(types))
        for key in self.components:
            if paths := list(self._unread(key)):
                yield tr(
                    "{name}: what these say was left out: {list}.", name=self.components[key].name, list=_list(paths)
                )
        count = sum(1 for _ in wires)
        if count:
            yield tr("Connections were worked out from references. Check what each of them means.")

    def wires(self) -> Iterator[Connection]:
        """The wires that references stand for, each once and in one direction."""
        joined: set[tuple[str, str]] = set()
        ids: set[str] = set()
        for source, target, relation in (*self._under(), *self._through(), *self._direct()):
            if (source, target) in joined or (target, source) in joined or source == target:
                continue
            joined.add((source, target))
            one, other = self.components[source].id, self.components[target].id
            key = unique(wire_id(one, other), ids)
            ids.add(key)
            yield Connection(id=key, source=one, target=other, relation=relation.id)

    def _component(self, key: str, kind: Kind) -> Component:
        names = {component.name for component in self.components.values()}
        name = unique_name(" ".join(_WORDS.findall(key)) or kind.name, names)
        taken = {component.id for component in self.components.values()}
        return Component(
            id=unique(slug(name, kind.id), taken), kind=kind.id, name=name, properties=self._properties(key, kind)
        )

    def _properties(self, key: str, kind: Kind) -> dict[str, Value]:
        resource = self._resources[key]
        finders = kind.recognised.resources[resource["Type"]]
        found, read = self._read(resource, finders, kind)
        self._read_of[key] = read
        for part in self._parts_of(key, kind):
            self._used.add(part)
            of_part = kind.recognised.parts[self._resources[part]["Type"]]
            found = {**self._read(self._resources[part], of_part, kind)[0], **found}
        return found

    def _unread(self, key: str) -> Iterator[str]:
        """The names of a resource's properties that say something that is neither in the component nor in a wire."""
        written = self._resources[key].get("Properties")
        for name, value in written.items() if isinstance(written, dict) else ():
            leads = {reference.name for reference in references_in(value)}
            if name not in self._read_of[key] and not leads & self._used:
                yield str(name)

    def _parts_of(self, key: str, kind: Kind) -> list[str]:
        """The resources that belong to the one of a component: it refers to them, or they to it."""
        types = kind.recognised.parts
        near = [name for name in self._refers[key] if self._resources.get(name, {}).get("Type") in types]
        near += [
            name for name, refers in self._refers.items() if key in refers and self._resources[name]["Type"] in types
        ]
        return list(dict.fromkeys(near))

    def _read(
        self, resource: Mapping[str, Any], finders: Iterable[Finder], kind: Kind
    ) -> tuple[dict[str, Value], set[str]]:
        """The properties that a resource says, and the names of its own properties that were understood."""
        found: dict[str, Value] = {}
        read: set[str] = set()
        for finder in finders:
            value = self._plain(_at(resource.get("Properties"), finder.path))
            if value is _NOTHING and finder.absent is not None:
                found.setdefault(finder.name, finder.absent)
                continue
            fitting = None if finder.presence else _fitted(kind.properties[finder.name], finder, value)
            if fitting is not None:
                found[finder.name] = fitting
            if fitting is not None or (finder.presence and value is not _NOTHING):
                read.add(finder.path.partition(".")[0])
        return found, read

    def _plain(self, value: Any) -> Any:
        """A value; that of a parameter where it refers to one."""
        if isinstance(value, dict) and value.keys() == {"Ref"} and isinstance(value["Ref"], str):
            return self._parameters.get(value["Ref"], value)
        return value

    def _names_in(self, resource: Mapping[str, Any]) -> dict[str, None]:
        """The resources that one refers to, in order."""
        found = (one.name for one in references_in(resource.get("Properties")) if one.namespace == NAMED)
        return dict.fromkeys(name for name in found if name in self._resources)

    def _under(self) -> Iterator[tuple[str, str, Relation]]:
        """Targets that name their sources in a property of theirs."""
        for relation in self._catalog.relations.values():
            for target, component in self.components.items():
                path = relation.recognised.under.get(self._resources[target]["Type"])
                place = _at(self._resources[target].get("Properties"), path) if path else _NOTHING
                for reference in references_in(place) if place is not _NOTHING else ():
                    source = self.components.get(reference.name)
                    if source is not None and (source.kind, component.kind) in relation.pairs:
                        yield reference.name, target, relation

    def _through(self) -> Iterator[tuple[str, str, Relation]]:
        """Components that resources between them join."""
        for relation in self._catalog.relations.values():
            between = {k for k, one in self._resources.items() if one["Type"] in relation.recognised.through}
            self._used |= between
            for group in self._groups(between):
                ends = [
                    key
                    for key in self.components
                    if group & self._refers[key].keys() or any(key in self._refers[name] for name in group)
                ]
                for source in ends:
                    for target in ends:
                        pair = self.components[source].kind, self.components[target].kind
                        if pair in relation.pairs:
                            yield source, target, relation

    def _groups(self, keys: set[str]) -> Iterator[set[str]]:
        """The resources among some that hang together by references."""
        near: dict[str, set[str]] = {key: {name for name in self._refers[key] if name in keys} for key in keys}
        for key in sorted(keys):
            for name in near[key]:
                near[name].add(key)
        waiting = sorted(keys)
        seen: set[str] = set()
        for start in waiting:
            if start in seen:
                continue
            group, edge = {start}, [start]
            while edge:
                fresh = near[edge.pop()] - group
                group |= fresh
                edge += sorted(fresh)
            seen |= group
            yield group

    def _direct(self) -> Iterator[tuple[str, str, Relation]]:
        """Components that refer to others, by themselves or by their parts; the first relation that fits is taken."""
        for source, component in self.components.items():
            kind = self._catalog.kinds[component.kind]
            names = [name for part in self._parts_of(source, kind) for name in self._refers[part]]
            for target in dict.fromkeys((*self._refers[source], *names)):
                if target not in self.components:
                    continue
                fits = self._catalog.relations_between(component.kind, self.components[target].kind)
                if fits:
                    yield source, target, fits[0]


def _at(value: Any, path: str) -> Any:
    """What a path ("Ebs.0.Size") leads to, or `_NOTHING`."""
    for step in path.split("."):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return _NOTHING
    return value


def _fitted(prop: Property, finder: Finder, value: Any) -> Value:
    """A value of a template as a property takes it, or `None` where it does not."""
    if finder.values:
        value = finder.values.get(str(value).lower() if isinstance(value, bool) else str(value))
    elif isinstance(value, str) and prop.type in (PropertyType.INTEGER, PropertyType.CHOICE):
        value = int(value) if re.fullmatch(r"[0-9]{1,9}", value) and value not in prop.choices else value
    elif isinstance(value, str) and prop.type is PropertyType.BOOLEAN:
        value = {"true": True, "false": False}.get(value.lower())
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and prop.type is PropertyType.TEXT:
        value = str(value)
    return value if value is not None and value is not _NOTHING and check_value(prop, value) is None else None


def _list(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (tr(" and {more} more", more=more) if more > 0 else "")
