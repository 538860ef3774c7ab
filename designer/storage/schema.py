"""JSON Schemas (draft 2020-12): of the file format, made from the catalog, and of the commands' JSON output."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from designer.assets import data
from designer.catalog.catalog import Catalog
from designer.catalog.check import MAX_LIST
from designer.catalog.entries import Kind, Property, PropertyType, Relation

FILE_FORMAT = "architecture"
NAMES = (
    FILE_FORMAT,
    *("check", "fix", "simulate", "report", "diff", "validate"),
    *("samples", "services", "relations", "rules"),
)

_TYPES = {
    PropertyType.BOOLEAN: "boolean",
    PropertyType.INTEGER: "integer",
    PropertyType.NUMBER: "number",
    PropertyType.TEXT: "string",
    PropertyType.LIST: "array",
}


def output_schema(name: str) -> dict[str, Any]:
    """A schema as it lies in `resources/schema`; that of the file format is the part that no catalog changes."""
    schema: dict[str, Any] = json.loads((data("resources") / "schema" / f"{name}.json").read_text(encoding="utf-8"))
    return schema


def file_schema(catalog: Catalog) -> dict[str, Any]:
    """The schema of an architecture file with the kinds, relations and properties of this catalog.

    Editors use it to complete and check hand-written files. It says less than the reader, which also knows which wires
    lead somewhere.
    """
    schema = output_schema(FILE_FORMAT)
    parts = schema["$defs"]
    schema["properties"]["properties"] = _properties(catalog.architecture.properties)
    _distinguish(parts["component"], "kind", catalog.kinds.values())
    _distinguish(parts["boundary"], "kind", catalog.boundaries.values())
    _distinguish(parts["connection"], "relation", catalog.relations.values())
    return schema


def _distinguish(part: dict[str, Any], key: str, entries: Iterable[Kind | Relation]) -> None:
    """Names the known entries, and makes the properties follow from the chosen one."""
    known = list(entries)
    part["properties"][key] = {"enum": [entry.id for entry in known]}
    part["allOf"] = [
        {
            "if": {"properties": {key: {"const": entry.id}}, "required": [key]},
            "then": {"properties": {"properties": _properties(entry.properties)}},
        }
        for entry in known
    ]


def _properties(properties: Mapping[str, Property]) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {name: _property(prop) for name, prop in properties.items()},
    }


def _property(prop: Property) -> dict[str, Any]:
    schema: dict[str, Any] = {"title": prop.title, "description": prop.help}
    if prop.type is PropertyType.CHOICE:
        return {**schema, "enum": [*prop.choices, None]}
    schema["type"] = [_TYPES[prop.type], "null"]
    limits = {"minimum": prop.minimum, "maximum": prop.maximum}
    schema.update((keyword, limit) for keyword, limit in limits.items() if limit is not None)
    text: dict[str, Any] = {"maxLength": prop.max_length}
    if prop.pattern is not None:
        text["pattern"] = f"^({prop.pattern})$"
    if prop.type is PropertyType.TEXT:
        schema.update(text)
    elif prop.type is PropertyType.LIST:
        schema.update(maxItems=MAX_LIST, items={"type": "string", **text})
    return schema
