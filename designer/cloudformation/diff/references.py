"""What a value of a template refers to: resources, parameters, conditions and mappings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from designer.cloudformation.diff.values import function_of, simplest

_VARIABLE = re.compile(r"\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}")

NAMED = ""
"""The namespace that resources and parameters share."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to `name` in a namespace (`NAMED`, "Conditions", "Mappings"), or to an attribute of a resource."""

    name: str
    attribute: str | None = None
    namespace: str = NAMED


def references_in(value: Any) -> Iterator[Reference]:
    """All references inside a value."""
    value = simplest(value)
    if isinstance(value, list):
        for item in value:
            yield from references_in(item)
        return
    if not isinstance(value, dict):
        return
    name = function_of(value)
    if name is None:
        for item in value.values():
            yield from references_in(item)
    else:
        yield from _of_function(name, value[name])


def _of_function(name: str, argument: Any) -> Iterator[Reference]:
    first = argument[0] if isinstance(argument, list) and argument else argument
    if name == "Ref" and isinstance(argument, str):
        yield Reference(argument)
    elif name == "Fn::GetAtt":
        if isinstance(first, str) and isinstance(argument, list) and len(argument) == 2:
            yield Reference(first, argument[1] if isinstance(argument[1], str) else "")
    elif name == "Condition":
        yield Reference(argument, namespace="Conditions")
    elif name == "Fn::Sub":
        yield from _of_substitution(argument)
    else:
        if name == "Fn::If" and isinstance(first, str):
            yield Reference(first, namespace="Conditions")
        if name == "Fn::FindInMap" and isinstance(first, str):
            yield Reference(first, namespace="Mappings")
        yield from references_in(argument)


def _of_substitution(argument: Any) -> Iterator[Reference]:
    text, variables = argument, {}
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        text, variables = argument
    if isinstance(text, str):
        for found in _VARIABLE.finditer(text):
            if found[1] not in variables:
                yield Reference(found[1], found[2])
    yield from references_in(list(variables.values()))


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The value with each reference to a resource among `names` leading to the name given for it instead."""
    value = simplest(value)
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    name = function_of(value)
    if name == "Ref" and isinstance(value[name], str):
        return {name: names.get(value[name], value[name])}
    if name == "Fn::GetAtt" and isinstance(value[name], list) and value[name] and isinstance(value[name][0], str):
        first, *rest = value[name]
        return {name: [names.get(first, first), *rest]}
    if name == "Fn::Sub":
        return {name: _renamed_text(value[name], names)}
    return {key: renamed(item, names) for key, item in value.items()}


def _renamed_text(argument: Any, names: dict[str, str]) -> Any:
    if isinstance(argument, list):
        return [_renamed_text(argument[0], names) if argument else "", *[renamed(item, names) for item in argument[1:]]]
    if not isinstance(argument, str):
        return argument

    def name(found: re.Match[str]) -> str:
        attribute = f".{found[2]}" if found[2] else ""
        return f"${{{names.get(found[1], found[1])}{attribute}}}"

    return _VARIABLE.sub(name, argument)
