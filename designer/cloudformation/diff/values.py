"""Compares values of a template by what they mean to CloudFormation, down to the properties that differ.

`8`, `"8"` and `8.0` are one value, and so are `!Ref A` and `!Sub ${A}`; lists that are sets (tags, statements of a
policy, rules of a security group, and what the resource schemas call unordered) are compared without their order.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from designer.cloudformation.diff.changes import ChangeKind
from designer.cloudformation.diff.facts import Pointer

Path = tuple[str, ...]

_ONE_VARIABLE = re.compile(r"\$\{([A-Za-z0-9:]+)(?:\.([A-Za-z0-9.]+))?\}")
_NAMES = ("Sid", "Key", "PolicyName", "IndexName", "AttributeName", "Id", "DeviceName", "ContainerName", "Name")
"""Properties that tell the items of a list apart, the surer ones first."""
_SETS = frozenset({
    "Tags", "DependsOn", "SecurityGroupIngress", "SecurityGroupEgress", "SecurityGroups", "SecurityGroupIds",
    "VPCSecurityGroups", "VpcSecurityGroupIds", "Subnets", "SubnetIds", "VpcSubnetIds", "AvailabilityZones",
    "ManagedPolicyArns", "AttributeDefinitions", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "Dimensions",
})  # fmt: skip
"""Lists that are sets wherever they stand, also where a schema forgets to say so."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference inside a value. The path leads to it; an item of a list is "[0]", or "[x]" by its name."""

    kind: ChangeKind
    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: its path in the resource's schema, and whether that is inside of a policy document."""

    unordered: frozenset[Pointer] = frozenset()
    pointer: Pointer = ()
    in_policy: bool = False

    @property
    def is_set(self) -> bool:
        """Whether a list here means the same in any order, and one item the same as a list of it."""
        return self.in_policy or self.pointer in self.unordered or not _SETS.isdisjoint(self.pointer[-1:])

    def below(self, key: str) -> Place:
        """The place of an entry of a mapping, or with "*" of an item of a list."""
        return replace(self, pointer=(*self.pointer, key))

    def around(self, *values: Any) -> Place:
        """The place, with what is known from the values that stand there."""
        return replace(self, in_policy=True) if not self.in_policy and any(map(_is_policy, values)) else self


_ARGUMENTS = Place()
"""The place of an intrinsic function's arguments: there, order counts."""


def differences(before: Any, after: Any, place: Place, path: Path = ()) -> Iterator[Difference]:
    """What differs between two values, in the order of the first."""
    before, after = simplest(before), simplest(after)
    first, second = function_of(before), function_of(after)
    if first is not None or second is not None:
        yield from _functions(before, after, place, path)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from _mappings(before, after, place.around(before, after), path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, place, path)
    elif place.is_set and (isinstance(before, list) or isinstance(after, list)):
        yield from _lists(_as_list(before), _as_list(after), place, path)
    elif canonical(before, place) != canonical(after, place):
        yield Difference(ChangeKind.CHANGED, path, before, after)


def canonical(value: Any, place: Place) -> str:
    """A text that is the same for values that mean the same at this place."""
    value = simplest(value)
    if isinstance(value, dict):
        name = function_of(value)
        if name is not None:
            argument = value[name]
            if name == "Fn::If" and isinstance(argument, list):
                parts = [canonical(item, place if index else _ARGUMENTS) for index, item in enumerate(argument)]
                return f"{{{json.dumps(name)}:[{','.join(parts)}]}}"
            return f"{{{json.dumps(name)}:{canonical(argument, _ARGUMENTS)}}}"
        here = place.around(value)
        entries = [f"{json.dumps(key)}:{canonical(value[key], here.below(key))}" for key in sorted(value)]
        return f"{{{','.join(entries)}}}"
    if isinstance(value, list):
        parts = [canonical(item, place.below("*")) for item in value]
        if not place.is_set:
            return f"[{','.join(parts)}]"
        return parts[0] if len(parts) == 1 else f"[{','.join(sorted(parts))}]"
    return "null" if value is None else json.dumps(scalar_text(value))


def scalar_text(value: Any) -> str:
    """A scalar as the text that CloudFormation makes of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def function_of(value: Any) -> str | None:
    """The name of the intrinsic function that a value is; `None` for other values."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    name, argument = next(iter(value.items()))
    known = name.startswith("Fn::") or (name in ("Ref", "Condition") and isinstance(argument, str))
    return name if known else None


def simplest(value: Any) -> Any:
    """The value in the simplest of the forms that mean the same."""
    name = function_of(value)
    if name == "Fn::GetAtt":
        return {name: _attribute(value[name])}
    if name != "Fn::Sub":
        return value
    argument = value[name]
    if isinstance(argument, list) and len(argument) == 2 and argument[1] == {}:
        argument = argument[0]
    if not isinstance(argument, str):
        return value
    if "${" not in argument:
        return argument
    one = _ONE_VARIABLE.fullmatch(argument)
    if one is None:
        return {name: argument}
    return {"Fn::GetAtt": [one[1], one[2]]} if one[2] else {"Ref": one[1]}


def _attribute(argument: Any) -> Any:
    if isinstance(argument, str):
        return argument.split(".", 1)
    if isinstance(argument, list) and len(argument) > 2 and all(isinstance(part, str) for part in argument):
        return [argument[0], ".".join(argument[1:])]
    return argument


def _is_policy(value: Any) -> bool:
    if not isinstance(value, dict) or "Statement" not in value:
        return False
    return any(isinstance(item, dict) and "Effect" in item for item in _as_list(value["Statement"]))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _functions(before: Any, after: Any, place: Place, path: Path) -> Iterator[Difference]:
    """Two values of which at least one is an intrinsic function."""
    if canonical(before, place) == canonical(after, place):
        return
    name = function_of(before)
    if name is not None and name == function_of(after):
        old, new = before[name], after[name]
        if name == "Fn::If" and _are_lists_of(3, old, new):
            for index in range(3):
                inner = place if index else _ARGUMENTS
                yield from differences(old[index], new[index], inner, (*path, name, f"[{index}]"))
            return
        if name != "Fn::GetAtt" and isinstance(old, (dict, list)) and isinstance(new, (dict, list)):
            yield from differences(old, new, _ARGUMENTS, (*path, name))
            return
    if place.is_set and (isinstance(before, list) or isinstance(after, list)):
        yield from _lists(_as_list(before), _as_list(after), place, path)
        return
    yield Difference(ChangeKind.CHANGED, path, before, after)


def _are_lists_of(length: int, *values: Any) -> bool:
    return all(isinstance(value, list) and len(value) == length for value in values)


def _mappings(before: dict[str, Any], after: dict[str, Any], place: Place, path: Path) -> Iterator[Difference]:
    for key, old in before.items():
        if key in after:
            yield from differences(old, after[key], place.below(key), (*path, key))
        else:
            yield Difference(ChangeKind.REMOVED, (*path, key), old, None)
    for key, new in after.items():
        if key not in before:
            yield Difference(ChangeKind.ADDED, (*path, key), None, new)


def _lists(before: list[Any], after: list[Any], place: Place, path: Path) -> Iterator[Difference]:
    names = _names_of(before, after)
    if names is not None:
        old, new = (dict(zip(known, items, strict=True)) for known, items in zip(names, (before, after), strict=True))
        yield from _named(old, new, place, path)
    elif place.is_set:
        yield from _sets(before, after, place.below("*"), path)
    else:
        yield from _sequences(before, after, place.below("*"), path)


def _names_of(before: Sequence[Any], after: Sequence[Any]) -> tuple[list[str], list[str]] | None:
    """The names of the items, where one property tells those of each list apart."""
    if not before or not after or not all(isinstance(item, dict) for item in (*before, *after)):
        return None
    for name in _NAMES:
        old, new = [item.get(name) for item in before], [item.get(name) for item in after]
        texts = [text for text in (*old, *new) if isinstance(text, str)]
        if len(texts) == len(old) + len(new) and len(set(old)) == len(old) and len(set(new)) == len(new):
            return old, new
    return None


def _named(before: dict[str, Any], after: dict[str, Any], place: Place, path: Path) -> Iterator[Difference]:
    inner = place.below("*")
    for name, old in before.items():
        if name in after:
            yield from differences(old, after[name], inner, (*path, f"[{name}]"))
        else:
            yield Difference(ChangeKind.REMOVED, (*path, f"[{name}]"), old, None)
    for name, new in after.items():
        if name not in before:
            yield Difference(ChangeKind.ADDED, (*path, f"[{name}]"), None, new)
    old_order, new_order = [name for name in before if name in after], [name for name in after if name in before]
    if not place.is_set and old_order != new_order:
        yield Difference(ChangeKind.CHANGED, path, old_order, new_order)


def _sets(before: list[Any], after: list[Any], place: Place, path: Path) -> Iterator[Difference]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(after):
        waiting[canonical(item, place)].append(index)
    gone = []
    for index, item in enumerate(before):
        same = waiting.get(canonical(item, place))
        if same:
            same.pop(0)
        else:
            gone.append(index)
    come = sorted(index for indexes in waiting.values() for index in indexes)
    if len(gone) == len(come) and all(
        map(_is_open, [before[index] for index in gone] + [after[index] for index in come])
    ):
        for old, new in zip(gone, come, strict=True):
            yield from differences(before[old], after[new], place, (*path, f"[{new}]"))
        return
    for index in gone:
        yield Difference(ChangeKind.REMOVED, (*path, f"[{index}]"), before[index], None)
    for index in come:
        yield Difference(ChangeKind.ADDED, (*path, f"[{index}]"), None, after[index])


def _is_open(value: Any) -> bool:
    """Whether one may look for differences inside of a value: a mapping that is no function."""
    return isinstance(value, dict) and function_of(value) is None


def _sequences(before: list[Any], after: list[Any], place: Place, path: Path) -> Iterator[Difference]:
    old, new = [canonical(item, place) for item in before], [canonical(item, place) for item in after]
    top = _common(old, new)
    bottom = _common(old[top:][::-1], new[top:][::-1])
    left, right = before[top : len(before) - bottom], after[top : len(after) - bottom]
    for index in range(max(len(left), len(right))):
        here = (*path, f"[{top + index}]")
        if index >= len(right):
            yield Difference(ChangeKind.REMOVED, here, left[index], None)
        elif index >= len(left):
            yield Difference(ChangeKind.ADDED, here, None, right[index])
        else:
            yield from differences(left[index], right[index], place, here)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items at the start are the same."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
