"""Works out what intrinsic functions give, as far as that is known before a deployment.

Functions: AWS CloudFormation User Guide, "Intrinsic function reference".
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from designer.cloudformation.validation.conditions import Assignment, Conditions
from designer.cloudformation.validation.values import (
    NOTHING,
    Either,
    Joined,
    Nothing,
    Reference,
    Unknown,
    Value,
    Zone,
    Zones,
    number_of,
    text_of,
)

SUBSTITUTED = re.compile(r"\$\{([^}]*)\}")
"""What `Fn::Sub` replaces; a name that starts with `!` stands for itself."""

_PSEUDO: dict[str, Value] = {
    # Other partitions have other names; what is said of one holds for the others too.
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::NoValue": NOTHING,
}
_DYNAMIC = "{{resolve:"

MAX_TEXT = 200_000
"""Longer texts are not put together: a few lines of nested substitutions could ask for gigabytes."""

_MAX_NAME = 300


class Resolver:
    """Resolves values of a template for one assignment of its parameters.

    `faults` are functions that cannot work (by the identity of their node in the tree), with the reason.
    """

    def __init__(self, tree: Mapping[str, Any], conditions: Conditions, assignment: Assignment) -> None:
        self.parameters = section(tree, "Parameters")
        self.mappings = section(tree, "Mappings")
        self.resources = section(tree, "Resources")
        self.conditions = conditions
        self.assignment = assignment
        self.faults: dict[int, str] = {}
        self._functions: dict[str, Callable[[Any, int], Value]] = {
            "Ref": self._ref, "Fn::GetAtt": self._get_att, "Fn::Sub": self._sub, "Fn::Join": self._join,
            "Fn::Select": self._select, "Fn::Split": self._split, "Fn::GetAZs": self._get_azs, "Fn::Cidr": self._cidr,
            "Fn::FindInMap": self._find_in_map, "Fn::If": self._if, "Fn::Length": self._length,
        }  # fmt: skip

    def value(self, node: Any) -> Value:
        """What a node of the tree gives. Properties that are `AWS::NoValue` are left out."""
        if isinstance(node, dict):
            return self._call_or_mapping(node)
        if isinstance(node, list):
            return [value for item in node if not isinstance(value := self.value(item), Nothing)]
        if isinstance(node, str) and _DYNAMIC in node:
            return Unknown(node)
        return node

    def parameter(self, name: str) -> Value:
        """The value that a parameter has here: a list where its type is one."""
        value = self.assignment.get(name, Unknown(f"parameter {name}"))
        definition = self.parameters.get(name)
        kind = definition.get("Type") if isinstance(definition, dict) else None
        if (
            isinstance(value, str)
            and isinstance(kind, str)
            and (kind == "CommaDelimitedList" or kind.startswith("List<"))
        ):
            return [part.strip() for part in value.split(",")]
        return self.value(value)

    def _call_or_mapping(self, node: dict[str, Any]) -> Value:
        if len(node) == 1:
            ((name, argument),) = node.items()
            function = self._functions.get(name)
            if function is not None:
                return function(argument, id(node))
            if name.startswith("Fn::"):
                return Unknown(f"{name[4:]}({_written(self.value(argument))})")
        return {key: value for key, item in node.items() if not isinstance(value := self.value(item), Nothing)}

    def _ref(self, argument: Any, node: int) -> Value:
        if not isinstance(argument, str):
            self.faults[node] = "Ref takes the name of a parameter or resource as text"
            return Unknown(f"Ref({_written(argument)})")
        if argument in _PSEUDO:
            return _PSEUDO[argument]
        if argument in self.parameters:
            return self.parameter(argument)
        return Reference(argument) if argument in self.resources else Unknown(argument)

    def _get_att(self, argument: Any, node: int) -> Value:
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if not isinstance(parts, list) or len(parts) < 2 or not isinstance(parts[0], str):
            self.faults[node] = "Fn::GetAtt takes a resource and one of its attributes"
            return Unknown(f"GetAtt({_written(argument)})")
        attribute = ".".join(text_of(self.value(part)) or "?" for part in parts[1:])
        resource = self.resources.get(parts[0])
        if not isinstance(resource, dict):
            return Unknown(f"{parts[0]}.{attribute}")
        if attribute == "CidrBlock" and resource.get("Type") == "AWS::EC2::VPC":
            return self.value(section(resource, "Properties").get("CidrBlock"))
        return Reference(parts[0], attribute)

    def _sub(self, argument: Any, node: int) -> Value:
        text, variables = argument, {}
        if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
            text = argument[0]
            variables = {name: self.value(value) for name, value in argument[1].items()}
        if not isinstance(text, str):
            self.faults[node] = "Fn::Sub takes a text, or a list of a text and a mapping of variables"
            return Unknown(f"Sub({_written(argument)})")
        parts: list[Value] = []
        end = 0
        for match in SUBSTITUTED.finditer(text):
            parts += (text[end : match.start()], self._variable(match[1].strip(), variables))
            end = match.end()
        return _joined([*parts, text[end:]])

    def _variable(self, name: str, variables: Mapping[str, Value]) -> Value:
        if name.startswith("!"):
            return f"${{{name[1:]}}}"
        if name in variables:
            return variables[name]
        return self._get_att(name, 0) if "." in name and not name.startswith("AWS::") else self._ref(name, 0)

    def _join(self, argument: Any, node: int) -> Value:
        if not isinstance(argument, list) or len(argument) != 2:
            self.faults[node] = "Fn::Join takes a separator and a list"
            return Unknown(f"Join({_written(argument)})")
        separator, values = text_of(self.value(argument[0])), self.value(argument[1])
        if separator is None or not isinstance(values, list):
            return Unknown(f"Join({_written(separator)}, {_written(values)})")
        parts: list[Value] = []
        for value in values:
            parts += (separator, value)
        return _joined(parts[1:])

    def _select(self, argument: Any, node: int) -> Value:
        if not isinstance(argument, list) or len(argument) != 2:
            self.faults[node] = "Fn::Select takes an index and a list"
            return Unknown(f"Select({_written(argument)})")
        index, values = number_of(self.value(argument[0])), self.value(argument[1])
        if index is None or index != int(index) or not isinstance(values, (list, Zones)):
            return Unknown(f"Select({_written(index)}, {_written(values)})")
        place = int(index)
        if isinstance(values, Zones):
            return Zone(place, values.region)
        if any(isinstance(value, Either) for value in values):
            return Unknown(f"Select({place}, {_written(values)})")
        if not 0 <= place < len(values):
            self.faults[node] = f"Fn::Select takes item {place} (counted from 0) of a list of {len(values)}"
            return Unknown(f"Select({place}, {_written(values)})")
        return values[place]

    def _split(self, argument: Any, node: int) -> Value:
        if not isinstance(argument, list) or len(argument) != 2:
            self.faults[node] = "Fn::Split takes a separator and a text"
            return Unknown(f"Split({_written(argument)})")
        separator, text = argument[0], self.value(argument[1])
        if isinstance(separator, str) and separator and isinstance(text, str):
            return text.split(separator)
        return Unknown(f"Split({_written(separator)}, {_written(text)})")

    def _get_azs(self, argument: Any, _node: int) -> Value:
        region = self.value(argument)
        return Zones("" if region in ("", Unknown("AWS::Region")) else _written(region))

    def _cidr(self, argument: Any, node: int) -> Value:
        parts = [self.value(part) for part in argument] if isinstance(argument, list) else []
        if not 2 <= len(parts) <= 3:
            self.faults[node] = "Fn::Cidr takes a block, a count and the number of bits of a subnet's addresses"
            return Unknown(f"Cidr({_written(argument)})")
        block, count, bits = text_of(parts[0]), number_of(parts[1]), number_of(parts[2] if len(parts) > 2 else 8)
        if block is None or count is None or bits is None:
            return Unknown(f"Cidr({_written(parts)})")
        blocks = _blocks(block, int(count), int(bits))
        if isinstance(blocks, str):
            self.faults[node] = blocks
            return Unknown(f"Cidr({_written(parts)})")
        return list(blocks)

    def _find_in_map(self, argument: Any, node: int) -> Value:
        keys = [self.value(part) for part in argument[:3]] if isinstance(argument, list) else []
        if len(keys) < 3:
            self.faults[node] = "Fn::FindInMap takes a mapping and two keys"
            return Unknown(f"FindInMap({_written(argument)})")
        value: Any = self.mappings
        for key, what in zip(keys, ("mapping", "first key", "second key"), strict=True):
            text = text_of(key)
            if text is None or not isinstance(value, dict) or "Fn::Transform" in value:
                return Unknown(f"FindInMap({_written(keys)})")
            if text not in value:
                return self._not_found(argument, node, f"Fn::FindInMap: there is no {what} {text!r}")
            value = value[text]
        return self.value(value)

    def _not_found(self, argument: list[Any], node: int, fault: str) -> Value:
        default = argument[3].get("DefaultValue") if len(argument) > 3 and isinstance(argument[3], dict) else None
        if default is None:
            self.faults[node] = fault
            return Unknown(f"FindInMap({_written(argument)})")
        return self.value(default)

    def _if(self, argument: Any, node: int) -> Value:
        if not isinstance(argument, list) or len(argument) != 3 or not isinstance(argument[0], str):
            self.faults[node] = "Fn::If takes a condition's name and two values"
            return Unknown(f"If({_written(argument)})")
        holds = self.conditions.holds(argument[0], self.assignment)
        if holds is not None:
            return self.value(argument[1 if holds else 2])
        yes, no = self.value(argument[1]), self.value(argument[2])
        return yes if yes == no else Either(argument[0], yes, no)

    def _length(self, argument: Any, _node: int) -> Value:
        value = self.value(argument)
        return len(value) if isinstance(value, list) else Unknown(f"Length({_written(value)})")


def section(tree: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A section of a template, or a part of a resource; empty where it is missing or no mapping."""
    found = tree.get(name)
    return found if isinstance(found, dict) else {}


def _joined(parts: list[Value]) -> Value:
    """Parts of a text put together; text where all of them are known."""
    flat: list[Value] = []
    length = 0
    for part in parts:
        for piece in part.parts if isinstance(part, Joined) else (part,):
            text = text_of(piece)
            length += 1 if text is None else len(text)
            if length > MAX_TEXT:
                return Unknown("a very long text")
            if text is None:
                flat.append(Unknown(_written(piece)) if isinstance(piece, (dict, list)) else piece)
            elif text:
                if flat and isinstance(flat[-1], str):
                    flat[-1] += text
                else:
                    flat.append(text)
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else Joined(tuple(flat))


def _written(value: Any) -> str:
    """A value as part of the name of something unknown; a long one is cut and told apart by its digest."""
    text = ", ".join(_written(item) for item in value) if isinstance(value, list) else str(value)
    if len(text) <= _MAX_NAME:
        return text
    return (
        f"{text[: _MAX_NAME - 40]}...{hashlib.sha1(text.encode(errors='replace'), usedforsecurity=False).hexdigest()}"
    )


@lru_cache(maxsize=256)
def _blocks(block: str, count: int, bits: int) -> tuple[str, ...] | str:
    """The address blocks of `Fn::Cidr`, or why there are none. `bits` are the bits of the addresses in each block."""
    if not 1 <= count <= 256:
        return f"Fn::Cidr gives 1 to 256 blocks, not {count}"
    try:
        network = ipaddress.ip_network(block, strict=False)
    except ValueError:
        return f"Fn::Cidr: {block!r} is no address block"
    prefix = network.max_prefixlen - bits
    if not network.prefixlen <= prefix <= network.max_prefixlen:
        return f"Fn::Cidr: {block} holds no block with {bits} bits of addresses"
    if count > 2 ** (prefix - network.prefixlen):
        return f"Fn::Cidr: {block} holds {2 ** (prefix - network.prefixlen)} blocks of /{prefix}, not {count}"
    first, size = int(network.network_address), 2**bits
    kind = ipaddress.IPv4Address if network.version == 4 else ipaddress.IPv6Address
    return tuple(f"{kind(first + number * size)}/{prefix}" for number in range(count))
