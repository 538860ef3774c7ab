"""What a value of a template is before anything is deployed: plain, a reference, or something not known yet.

Plain values are text, numbers, true/false, lists and dictionaries. All others are one of the classes here; they are
equal exactly when CloudFormation would put the same value in both places.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""A plain value or one of the classes of this module."""

REGION = "AWS::Region"
ACCOUNT = "AWS::AccountId"
STACK_NAME = "AWS::StackName"


@dataclass(frozen=True, slots=True)
class Reference:
    """What `Ref` (with an empty attribute) or `Fn::GetAtt` of a resource gives."""

    resource: str
    attribute: str = ""

    def __str__(self) -> str:
        return f"{self.resource}.{self.attribute}" if self.attribute else self.resource


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that only the deployment knows. `name` tells one from another: a parameter, an import, a function.

    `differs` are texts that it is known not to be.
    """

    name: str
    differs: frozenset[str] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Zone:
    """The Availability Zone at a place (from 0) in the list of a Region's zones."""

    index: int
    region: str = ""

    def __str__(self) -> str:
        return f"zone {self.index + 1} of the Region"


@dataclass(frozen=True, slots=True)
class Zones:
    """The list of a Region's zones, as `Fn::GetAZs` gives it; an empty region is the stack's own."""

    region: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Text in which some parts are known and others are references or unknown."""

    parts: tuple[Value, ...]

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else f"${{{part}}}" for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either:
    """One of two values, by a condition that is not decided. `NOTHING` stands for `AWS::NoValue`."""

    condition: str
    yes: Value
    no: Value


@dataclass(frozen=True, slots=True)
class Nothing:
    """`AWS::NoValue`: the property is not there."""


NOTHING = Nothing()
SYMBOLS = (Reference, Unknown, Zone, Zones, Joined, Either, Nothing)


def is_plain(value: Value) -> bool:
    """Whether the value is known and has no parts."""
    return isinstance(value, (str, int, float, bool))


def text_of(value: Value) -> str | None:
    """A known value as CloudFormation writes it into text; `None` for all others."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) else str(value)
    return None


def number_of(value: Value) -> float | None:
    """A known value as a number; `None` where it is not known or not a number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str) and len(value) < 30:
        try:
            return float(value)
        except ValueError:
            return None
    return None


def true(value: Value) -> bool:
    """Whether a value is known to be true."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def false(value: Value) -> bool:
    """Whether a value is known to be false."""
    return value is False or (isinstance(value, str) and value.lower() == "false")


def alternatives(value: Value) -> Iterator[Value]:
    """All that a value may be: both sides of an undecided condition, never `NOTHING`."""
    if isinstance(value, Either):
        yield from alternatives(value.yes)
        yield from alternatives(value.no)
    elif value is not None and not isinstance(value, Nothing):
        yield value


def items(value: Value) -> list[Value]:
    """The items of a list; a single value counts as a list of one, an unknown list as one unknown item."""
    if value is None or isinstance(value, Nothing):
        return []
    return value if isinstance(value, list) else [value]


def possible_items(value: Value) -> list[Value]:
    """All items that a list may have, whatever the conditions turn out to be."""
    return [each for side in alternatives(value) for item in items(side) for each in alternatives(item)]


def known_items(value: Value) -> list[Value] | None:
    """The items of a list that is known as a list; `None` where parts of it depend on something unknown."""
    if not isinstance(value, list) or any(isinstance(item, (Either, Zones)) for item in value):
        return None
    return value


def references(value: Value) -> Iterator[Reference]:
    """All references in a value, at any depth."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, Joined):
        for item in value.parts:
            yield from references(item)
    elif isinstance(value, Either):
        yield from references(value.yes)
        yield from references(value.no)


def same(first: Value, second: Value) -> bool | None:
    """Whether two values are the same; `None` where that is not known."""
    if first == second:
        return True
    if is_plain(first) and is_plain(second):
        return text_of(first) == text_of(second)
    if isinstance(first, Zone) and isinstance(second, Zone):
        return False if first.region == second.region else None
    return (
        False
        if isinstance(first, Reference) and isinstance(second, Reference) and not _aliases(first, second)
        else None
    )


def _aliases(first: Reference, second: Reference) -> bool:
    """Whether two references may give one value under two names: `Ref` and an attribute of the same resource."""
    return first.resource == second.resource
