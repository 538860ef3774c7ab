"""Turns a YAML entry of the catalog into its object, naming file and line of whatever does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from designer.catalog.entries import (
    Failure,
    Figure,
    Finder,
    InVpc,
    Kind,
    Placement,
    Property,
    PropertyType,
    Recognised,
    RecognisedWire,
    Relation,
    Role,
    Scope,
    Strength,
)
from designer.catalog.expressions import ExpressionError, compile_expression
from designer.errors import UserError
from designer.yaml_source import Node, parse, read_text, type_name


class Entry:
    """A mapping of the catalog being read: every key is taken once, and what is left over is an error."""

    def __init__(self, node: Node, file: Path, name: str) -> None:
        if not isinstance(node.value, dict):
            raise UserError(f"expected a mapping, got {node.type_name}", file=file, line=node.line, name=name)
        self.node, self.file, self.name = node, file, name
        self.left = dict(node.value)

    def error(self, message: str, key: str | None = None) -> UserError:
        """An error at a key of this entry."""
        line = self.node.key_lines.get(key, self.node.line) if key else self.node.line
        return UserError(message, file=self.file, line=line, name=self.name)

    def take(self, key: str, types: type | tuple[type, ...], default: Any = ...) -> Any:
        """The plain value of a key. Raises `UserError` when it is missing without a default, or of another type."""
        node = self.left.pop(key, None)
        if node is None:
            if default is ...:
                raise self.error(f"the key {key!r} is missing")
            return default
        value = node.plain()
        fits = isinstance(value, types) and not (isinstance(value, bool) and types in (int, (int, float)))
        if not fits:
            raise self.error(f"{key!r} does not take {type_name(value)}", key)
        return value

    def text(self, key: str, default: Any = ...) -> Any:
        """A text."""
        return self.take(key, str, default)

    def formula(self, key: str, default: Any = ...) -> Any:
        """An expression, checked for being one."""
        text = self.take(key, (str, int, bool), default)
        if text is None or text is default:
            return text
        try:
            compile_expression(str(text))
        except ExpressionError as error:
            raise self.error(str(error), key) from error
        return str(text)

    def member(self, key: str, enum: type, default: Any = ...) -> Any:
        """A member of an enumeration."""
        value = self.text(key, default)
        try:
            return enum(value)
        except ValueError as error:
            allowed = ", ".join(str(member) for member in enum)  # type: ignore[attr-defined]
            raise self.error(f"{key!r} is one of {allowed}; got {value!r}", key) from error

    def nodes(self, key: str) -> Mapping[str, Node]:
        """The nodes below a key that holds a mapping; empty where the key is absent."""
        node = self.left.pop(key, None)
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            raise self.error(f"{key!r} takes a mapping, got {node.type_name}", key)
        return node.value

    def list_of(self, key: str) -> list[Node]:
        """The nodes below a key that holds a list; empty where the key is absent."""
        node = self.left.pop(key, None)
        if node is None:
            return []
        if not isinstance(node.value, list):
            raise self.error(f"{key!r} takes a list, got {node.type_name}", key)
        return node.value

    def done(self) -> None:
        """Says that everything was read. Raises `UserError` for the first key nobody asked for."""
        for key in self.left:
            raise self.error(f"unknown key {key!r}", key)


def entry_of(file: Path) -> Entry:
    """The top-level mapping of a catalog file."""
    node = parse(read_text(file), file)
    if node is None:
        raise UserError("the file is empty", file=file)
    return Entry(node, file, file.stem)


def read_kind(file: Path) -> Kind:
    """A service kind, a boundary kind or the architecture, from its file; its id is the file's name."""
    entry = entry_of(file)
    kind = Kind(
        id=file.stem,
        title=entry.text("title"),
        name=entry.text("name"),
        category=entry.text("category"),
        summary=entry.text("summary"),
        documentation=entry.text("documentation"),
        aliases=tuple(entry.take("aliases", list, [])),
        order=entry.take("order", int, 0),
        role=entry.member("role", Role, "compute"),
        properties=read_properties(entry),
        placement=_read_placement(entry),
        failure=_read_failure(entry),
        traits=entry.take("traits", dict, {}),
        card=entry.formula("card", None),
        costs=tuple(entry.take("costs", list, [])),
        aws_icons=_read_icons(entry, file.stem),
        recognised=_read_recognised(entry),
    )
    entry.done()
    return kind


def _read_icons(entry: Entry, kind: str) -> dict[str, tuple[str, ...]]:
    """A list of names, or where a kind has several icons, one list for each, by what follows the kind's id."""
    raw = entry.take("aws_icons", (list, dict), [])
    named = {f"{kind}-{part}": names for part, names in raw.items()} if isinstance(raw, dict) else {kind: raw}
    return {icon: tuple(names) for icon, names in named.items() if names}


def read_relation(file: Path) -> Relation:
    """A relation from its file; its id is the file's name."""
    entry = entry_of(file)
    relation = Relation(
        id=file.stem,
        title=entry.text("title"),
        verb=entry.text("verb"),
        summary=entry.text("summary"),
        pairs=frozenset(_read_pairs(entry)),
        properties=read_properties(entry),
        style=entry.formula("style"),
        strength=entry.member("strength", Strength, "hard"),
        accepted=entry.take("accepted", bool, True),
        alternatives=entry.formula("alternatives", None),
        failure_path=entry.take("failure_path", bool, False),
        environment=entry.take("environment", dict, {}),
        traits=entry.take("traits", dict, {}),
        order=entry.take("order", int, 0),
        recognised=_read_recognised_wire(entry),
    )
    entry.done()
    return relation


def _read_recognised(entry: Entry) -> Recognised:
    node = entry.left.pop("recognised", None)
    if node is None:
        return Recognised()
    inner = Entry(node, entry.file, f"{entry.name}.recognised")
    tables = {}
    for table in ("resources", "parts"):
        types = inner.nodes(table)
        tables[table] = {key: tuple(_read_finders(Entry(types[key], entry.file, key))) for key in types}
    inner.done()
    return Recognised(**tables)


def _read_finders(entry: Entry) -> Iterable[Finder]:
    for path, node in entry.left.items():
        if isinstance(node.value, str):
            yield Finder(path=path, name=node.value)
            continue
        inner = Entry(node, entry.file, f"{entry.name}.{path}")
        values = {key: value.plain() for key, value in inner.nodes("values").items()}
        absent = inner.take("absent", (str, int, bool), None)
        presence = inner.take("presence", bool, False)
        yield Finder(path=path, name=inner.text("property"), values=values, absent=absent, presence=presence)
        inner.done()


def _read_recognised_wire(entry: Entry) -> RecognisedWire:
    node = entry.left.pop("recognised", None)
    if node is None:
        return RecognisedWire()
    inner = Entry(node, entry.file, f"{entry.name}.recognised")
    wire = RecognisedWire(through=tuple(inner.take("through", list, [])), under=inner.take("under", dict, {}))
    inner.done()
    return wire


def read_properties(entry: Entry) -> dict[str, Property]:
    """The properties below the key `properties`, in their order."""
    found = {}
    for name, node in entry.nodes("properties").items():
        if not name.isidentifier():
            raise entry.error(f"{name!r} cannot name a property: letters, digits and _ only")
        found[name] = _read_property(Entry(node, entry.file, f"{entry.name}.{name}"), name)
    return found


def _read_property(entry: Entry, name: str) -> Property:
    kind = entry.member("type", PropertyType)
    choices = {_choice_key(key, kind, entry): str(node.value) for key, node in entry.nodes("choices").items()}
    read = Property(
        name=name,
        title=entry.text("title"),
        type=kind,
        formula=entry.formula("formula", None),
        default=entry.take("default", (str, int, float, bool, list, type(None)), None),
        choices=choices,
        suggestions=tuple(entry.take("suggestions", list, [])),
        minimum=entry.take("minimum", (int, float), None),
        maximum=entry.take("maximum", (int, float), None),
        pattern=entry.text("pattern", None),
        max_length=entry.take("max_length", int, 4096),
        unit=entry.text("unit", ""),
        help=entry.text("help", ""),
        group=entry.text("group", "General"),
        when=entry.formula("when", None),
        link=entry.text("link", ""),
        sets=entry.text("sets", ""),
        example=entry.text("example", ""),
        multiline=entry.take("multiline", bool, False),
        analysis_only=entry.take("analysis_only", bool, False),
    )
    entry.done()
    return read


def _choice_key(key: str, kind: PropertyType, entry: Entry) -> str | int:
    """A choice's value: a whole number where it is written as one without quotes, else text."""
    if kind is not PropertyType.CHOICE:
        raise entry.error("only a property of type choice has choices", "choices")
    return int(key) if key.isdecimal() else key


def _read_placement(entry: Entry) -> Placement:
    node = entry.left.pop("placement", None)
    if node is None:
        return Placement(scope=Scope.REGIONAL)
    inner = Entry(node, entry.file, f"{entry.name}.placement")
    read = Placement(
        scope=inner.member("scope", Scope),
        in_vpc=inner.member("in_vpc", InVpc, "never"),
        zonal_when=inner.formula("zonal_when", None),
        tier=inner.formula("tier", "'private'"),
        minimum_zones=inner.formula("minimum_zones", "1"),
        members=tuple(inner.take("members", list, [])),
        roles=inner.take("roles", bool, False),
    )
    if read.members and (len(read.members) != 2 or not all(isinstance(word, str) for word in read.members)):
        raise inner.error("members takes two words, such as [task, tasks]", "members")
    inner.done()
    return read


def _read_failure(entry: Entry) -> Failure:
    node = entry.left.pop("failure", None)
    if node is None:
        return Failure()
    inner = Entry(node, entry.file, f"{entry.name}.failure")
    read = Failure(
        replicas=inner.formula("replicas", None),
        needed=inner.formula("needed", "1"),
        hosts=inner.formula("hosts", None),
        host_figures=_read_figures(inner, "host_figures"),
        replica_figures=_read_figures(inner, "replica_figures"),
        service_figures=_read_figures(inner, "service_figures"),
        service_level=inner.formula("service_level", "'region'"),
        contract_figures=_read_figures(inner, "contract_figures"),
        failover=inner.text("failover", ""),
        failover_time=inner.formula("failover_time", None),
        restorable=inner.formula("restorable", None),
        stateful=inner.take("stateful", bool, False),
        stateful_when=inner.formula("stateful_when", None),
        note=inner.text("note", ""),
    )
    inner.done()
    return read


def _read_figures(entry: Entry, key: str) -> tuple[Figure, ...]:
    figures = []
    for node in entry.list_of(key):
        inner = Entry(node, entry.file, f"{entry.name}.{key}")
        figures.append(Figure(fact=inner.text("fact"), when=inner.formula("when", None)))
        inner.done()
    return tuple(figures)


def _read_pairs(entry: Entry) -> Iterable[tuple[str, str]]:
    for node in entry.list_of("pairs"):
        inner = Entry(node, entry.file, f"{entry.name}.pairs")
        sources, targets = inner.take("from", list), inner.take("to", list)
        inner.done()
        for source in sources:
            yield from ((source, target) for target in targets)


@dataclass(frozen=True, slots=True)
class Common:
    """The properties that all components in AWS share, and all connections that flows follow."""

    of_components: Mapping[str, Property]
    of_connections: Mapping[str, Property]

    def with_kind(self, kind: Kind) -> Kind:
        """The kind with the shared properties after its own."""
        if kind.placement.scope is Scope.OUTSIDE:
            return kind
        return replace(kind, properties=_joined(kind.id, kind.properties, self.of_components))

    def with_relation(self, relation: Relation) -> Relation:
        """The relation with the shared properties after its own; on a path of failures there is nothing to judge."""
        if relation.failure_path:
            return relation
        return replace(relation, properties=_joined(relation.id, relation.properties, self.of_connections))


def _joined(owner: str, own: Mapping[str, Property], common: Mapping[str, Property]) -> dict[str, Property]:
    if twice := own.keys() & common.keys():
        raise UserError(f"the property {min(twice)!r} is one that all have", name=owner)
    return {**own, **common}


def read_common(file: Path) -> Common:
    """The properties that are declared once for all."""
    entry = entry_of(file)
    parts = {}
    for part in ("component", "connection"):
        inner = Entry(entry.left.pop(part), file, part) if part in entry.left else None
        if inner is None:
            raise entry.error(f"the key {part!r} is missing")
        parts[part] = read_properties(inner)
        inner.done()
    entry.done()
    return Common(parts["component"], parts["connection"])


def read_all(folder: Path, read: Callable[[Path], Any]) -> dict[str, Any]:
    """Everything in a folder's YAML files, by id, in the order of the entries' `order` and id."""
    entries = [read(file) for file in sorted(folder.glob("*.yaml"))]
    return {entry.id: entry for entry in sorted(entries, key=lambda entry: (entry.order, entry.id))}
