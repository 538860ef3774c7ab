"""Makes resources/facts/replacement.json from the resource schemas in cfn-lint.

    python -m tests.cloudformation.diff.replacement_facts > replacement.json

The part `stateful` is written by hand; it is taken over from the file that is there.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from designer.assets import data

FILE = data("resources") / "facts" / "replacement.json"
_TYPE = re.compile(r"\bAWS::[A-Za-z0-9]+::[A-Za-z0-9]+\b(?!>)")
_NO_RESOURCES = {"AWS::EC2::Image", "AWS::SSM::Parameter::Value"}


def exported_types() -> set[str]:
    """The resource types that the templates write: those after `Type:`, also where an expression chooses among them."""
    found: set[str] = set()
    for file in sorted((data("templates") / "cloudformation").rglob("*.yaml.j2")):
        for line in file.read_text(encoding="utf-8").splitlines():
            key, _, value = line.strip().partition(":")
            if key == "Type" and "::Value<" not in value:
                found.update(_TYPE.findall(value))
    return found - _NO_RESOURCES


def schema_of(resource_type: str) -> dict[str, Any]:
    """A resource type's schema in the Region with most of them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER

        schema: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    return schema


def facts_of(schema: dict[str, Any]) -> dict[str, list[str]]:
    """What the file says about a type; parts with nothing to say are left out."""
    found = {
        "create_only": _pointers(schema, "createOnlyProperties"),
        "conditional": _pointers(schema, "conditionalCreateOnlyProperties"),
        "unordered": sorted(set(_unordered(schema))),
    }
    return {name: pointers for name, pointers in found.items() if pointers}


def _pointers(schema: dict[str, Any], key: str) -> list[str]:
    return sorted(pointer.removeprefix("/properties/") for pointer in schema.get(key) or ())


def _unordered(schema: dict[str, Any]) -> Iterator[str]:
    for name, part in schema["properties"].items():
        yield from _lists(part, schema.get("definitions", {}), (name,), frozenset())


def _lists(part: Any, definitions: dict[str, Any], path: tuple[str, ...], seen: frozenset[str]) -> Iterator[str]:
    """The lists of which `insertionOrder` says that their order has no meaning."""
    if not isinstance(part, dict):
        return
    name = str(part.get("$ref", "")).removeprefix("#/definitions/")
    if name and name not in seen:
        yield from _lists(definitions.get(name), definitions, path, seen | {name})
    if "items" in part:
        if part.get("insertionOrder") is False:
            yield "/".join(path)
        yield from _lists(part["items"], definitions, (*path, "*"), seen)
    for key, inner in (part.get("properties") or {}).items():
        yield from _lists(inner, definitions, (*path, key), seen)


def stateful_types() -> set[str]:
    """The types of which cfn-lint holds that they keep data."""
    import cfnlint

    file = Path(str(cfnlint.__file__)).parent / "data" / "AdditionalSpecs" / "StatefulResources.json"
    text = file.read_text(encoding="utf-8")
    return set(json.loads(text)["ResourceTypes"])


def content() -> str:
    """The text of the file."""
    stateful: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))["stateful"] if FILE.exists() else {}
    types = {name: facts_of(schema_of(name)) for name in sorted(exported_types() | set(stateful))}
    about = [
        "What resource schemas say about updates, for the types that are exported and those that keep data.",
        "create_only: a change replaces the resource; conditional: some changes do; unordered: lists without an order.",
        "stateful: what a resource keeps, by hand; the starting point was cfn-lint's list of stateful resources.",
        "Made by tests/cloudformation/diff/replacement_facts.py from cfn-lint's schemas of us-east-1, which come from",
        "the CloudFormation registry (createOnlyProperties, conditionalCreateOnlyProperties, insertionOrder).",
    ]
    version = importlib.metadata.version("cfn-lint")
    parts = {
        "about": _below("[", [json.dumps(line) for line in about], "]"),
        "cfn_lint": json.dumps(version),
        "types": _below("{", [f"{json.dumps(name)}: {json.dumps(entry)}" for name, entry in types.items()], "}"),
        "stateful": _below("{", [f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(stateful.items())], "}"),
    }
    return "{\n" + ",\n".join(f'  "{name}": {part}' for name, part in parts.items()) + "\n}\n"


def _below(opening: str, entries: list[str], closing: str) -> str:
    """A collection with one entry a line."""
    return f"{opening}\n    " + ",\n    ".join(entries) + f"\n  {closing}"


if __name__ == "__main__":
    print(content(), end="")
