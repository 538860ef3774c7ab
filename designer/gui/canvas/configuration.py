"""The settings of one thing, copied onto others: what fits is taken, what does not is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QMimeData

from designer.catalog.catalog import Catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Kind, Property, Relation
from designer.errors import UserError
from designer.gui.canvas.clipboard import CONFIGURATION_MIME
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import COLLECTION_OF, Collection, Entity, Properties, Value

_LARGEST = 1_000_000
_KEYS = {"of", "kind", "properties"}
"""What the text of a configuration holds: a collection, a kind or relation in it, and the properties that are set."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The properties that were set on a component or boundary of a kind, or on a wire of a relation (`kind`)."""

    collection: Collection
    kind: str
    properties: Properties


def configuration_of(entity: Entity) -> Configuration:
    """What is set on a component, boundary or wire."""
    return Configuration(COLLECTION_OF[type(entity)], _kind_of(entity), entity.properties)


def to_mime(configuration: Configuration) -> QMimeData:
    """A configuration for the clipboard, in a type of its own and as the text of an entry's properties."""
    properties = dict(configuration.properties)
    mime = QMimeData()
    mime.setText(json.dumps(properties, ensure_ascii=False))
    held = {"of": configuration.collection.value, "kind": configuration.kind, "properties": properties}
    mime.setData(CONFIGURATION_MIME, QByteArray(json.dumps(held).encode()))
    return mime


def from_mime(mime: QMimeData | None, catalog: Catalog) -> Configuration | None:
    """The configuration on the clipboard, or `None`. Raises `UserError` for one that this program has not written."""
    if mime is None or not mime.hasFormat(CONFIGURATION_MIME):
        return None
    raw = bytes(mime.data(CONFIGURATION_MIME).data())
    refused = UserError(tr("the clipboard does not hold a configuration that can be read"))
    if len(raw) > _LARGEST:
        raise refused
    try:
        held = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise refused from error
    if not isinstance(held, dict) or held.keys() != _KEYS or held["of"] not in list(Collection):
        raise refused
    collection, properties = Collection(held["of"]), held["properties"]
    if not isinstance(held["kind"], str) or not isinstance(properties, dict):
        raise refused
    known = properties_of(catalog, collection, held["kind"])
    if known is None or not all(name in known for name in properties):
        raise refused
    return Configuration(collection, held["kind"], properties)


def properties_of(catalog: Catalog, collection: Collection, kind: str) -> Mapping[str, Property] | None:
    """The properties that a kind, or a relation, has; `None` where there is no such thing."""
    tables: dict[Collection, Mapping[str, Kind] | Mapping[str, Relation]] = {
        Collection.COMPONENTS: catalog.kinds,
        Collection.BOUNDARIES: catalog.boundaries,
        Collection.CONNECTIONS: catalog.relations,
    }
    table = tables.get(collection, {})
    return table[kind].properties if kind in table else None


@dataclass(frozen=True, slots=True)
class Application:
    """One step that gives things a configuration; `unfit` are the titles of what not all of them could take."""

    edit: Batch
    unfit: tuple[str, ...]


def apply_configuration(
    architecture: Architecture, catalog: Catalog, configuration: Configuration, keys: Iterable[str]
) -> Application:
    """Sets things of the configuration's collection as it says.

    One of the same kind is set exactly so, and everything else in it to its default; one of another kind takes what it
    has too, and keeps the rest.
    """
    table = architecture.table(configuration.collection)
    own = properties_of(catalog, configuration.collection, configuration.kind) or {}
    edits: list[Edit] = []
    unfit: dict[str, None] = {}
    for key in keys:
        entity = table[key]
        kind = _kind_of(entity)
        theirs = properties_of(catalog, configuration.collection, kind) or {}
        fitting = {name: v for name, v in configuration.properties.items() if _fits(own.get(name), theirs.get(name), v)}
        unfit.update(dict.fromkeys(own[name].title for name in configuration.properties if name not in fitting))
        new = fitting if kind == configuration.kind else {**entity.properties, **fitting}
        if new != dict(entity.properties):
            edits.append(Put(entity.with_(properties=new)))
    label = plural("Paste configuration", "Paste configuration to {count} things", len(edits))
    return Application(Batch(label, tuple(edits)), tuple(unfit))


def _kind_of(entity: Entity) -> str:
    return str(getattr(entity, "relation", None) or getattr(entity, "kind", ""))


def _fits(own: Property | None, other: Property | None, value: Value) -> bool:
    return (
        own is not None
        and other is not None
        and (own.type, own.unit) == (other.type, other.unit)
        and check_value(other, value) is None
    )
