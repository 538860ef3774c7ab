"""The shape of a fragment: its YAML with places for values, parsed once and filled in as often as it is rendered.

What a template writes by itself is the same for all components that take the same branches in it; only the values of
its expressions differ. So a template renders to text with numbered places (`encode.PLACE`), the shape of that text is
kept, and the values go straight into the tree: no value ever becomes YAML, so none can change what the YAML says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import yaml

from designer.cloudformation.encode import PLACE, Tagged, checked_key, plain
from designer.cloudformation.fragments import Fragment, Writers, drawn_id
from designer.errors import UserError

MAX_SHAPES = 512
"""So many shapes are kept; a large drawing has some dozens."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?[0-9]+\.[0-9]*([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}
_WITHOUT_PREFIX = ("Ref", "Condition")


def parse_fragment(text: str, writer: str, values: Sequence[Any] = ()) -> Fragment:
    """The fragment that a text describes, rendered for `writer`, with the values of its expressions.

    `Tagged` values are noted as written by whom they name. Raises `UserError`, naming the writer, when the text is not
    a mapping in YAML, and `ValueError` or `TypeError` for a value that has no place in a template.
    """
    name = drawn_id(writer)
    try:
        shape = _shape_of(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise UserError(f"the fragment is not YAML: {error.problem}", line=line, name=name) from error
    except ValueError as error:
        raise UserError(f"the fragment is not YAML: {error}", name=name) from error
    writers: Writers = {}
    tree = shape.filled(values, writers) if isinstance(shape, _Shape) else shape
    if not isinstance(tree, dict | None):
        raise UserError("the fragment is not a mapping", name=name)
    # A section whose every entry depends on a condition that does not hold has nothing below it.
    sections = {section: value for section, value in (tree or {}).items() if value is not None}
    return Fragment(writer, sections, writers)


class _Shape:
    """A part of a shape with places in it. Parts without stand for themselves, and are shared by all that is filled."""

    __slots__ = ()

    def filled(self, values: Sequence[Any], writers: Writers) -> Any:
        """The part with the values in its places; who wrote them is added to `writers`."""
        raise NotImplementedError


class _Place(_Shape):
    """A place for one value."""

    __slots__ = ("number",)

    def __init__(self, number: int) -> None:
        self.number = number

    def filled(self, values: Sequence[Any], writers: Writers) -> Any:
        return plain(values[self.number], writers)


class _Mapping(_Shape):
    """A mapping or list with places among its values. `constant` has all that stands by itself, in order."""

    __slots__ = ("constant", "open")

    def __init__(self, constant: Any, open_: list[tuple[Any, _Shape]]) -> None:
        self.constant, self.open = constant, open_

    def filled(self, values: Sequence[Any], writers: Writers) -> Any:
        result = self.constant.copy()
        for key, shape in self.open:
            if isinstance(shape, _Place):
                value = values[shape.number]
                if value.__class__ is Tagged:
                    writers.setdefault(id(result), {})[key] = value.writer
                    value = value.value
                result[key] = plain(value, writers)
            else:
                result[key] = shape.filled(values, writers)
        return result


class _NamedMapping(_Shape):
    """A mapping some of whose keys are places."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: list[tuple[Any, Any]]) -> None:
        self.pairs = pairs

    def filled(self, values: Sequence[Any], writers: Writers) -> Any:
        result: dict[str, Any] = {}
        for key, shape in self.pairs:
            name = _key(values[key.number]) if key.__class__ is _Place else key
            if name in result:
                raise ValueError(f"the key {name[:60]!r} is given twice")
            value = shape
            if shape.__class__ is _Place:
                value = values[shape.number]
                if value.__class__ is Tagged:
                    writers.setdefault(id(result), {})[name] = value.writer
                    value = value.value
                value = plain(value, writers)
            elif isinstance(shape, _Shape):
                value = shape.filled(values, writers)
            result[name] = value
        return result


class _Call(_Shape):
    """The short form of an intrinsic function with places in its argument."""

    __slots__ = ("argument", "name")

    def __init__(self, name: str, argument: _Shape) -> None:
        self.name, self.argument = name, argument

    def filled(self, values: Sequence[Any], writers: Writers) -> Any:
        return _intrinsic(self.name, self.argument.filled(values, writers))


@lru_cache(maxsize=MAX_SHAPES)
def _shape_of(text: str) -> Any:
    """The shape of a text: plain values where it has no places. Raises `yaml.MarkedYAMLError` or `ValueError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return _Parser().parse(yaml.parse(text, Loader=loader))


class _Parser:
    """Builds a shape from YAML events, with CloudFormation's short forms written out."""

    def parse(self, events: Any) -> Any:
        self.events = iter(events)
        for event in self.events:
            if isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                return self._value(event)
        return None

    def _value(self, event: Any) -> Any:
        """The value that starts with this event."""
        if isinstance(event, yaml.ScalarEvent):
            value = _place(event) or _scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping()
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence()
        else:
            raise ValueError("aliases are not allowed")
        tag = event.tag
        if tag is None or tag == "!" or tag.startswith("tag:yaml.org"):
            return value
        return _Call(tag[1:], value) if isinstance(value, _Shape) else _intrinsic(tag[1:], value)

    def _mapping(self) -> Any:
        pairs: list[tuple[Any, Any]] = []
        seen: set[str] = set()
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise ValueError("a key is text")
            if event.value in seen:
                raise ValueError(f"the key {event.value[:60]!r} is given twice")
            seen.add(event.value)
            pairs.append((_place(event) or event.value, self._value(next(self.events))))
        if any(isinstance(key, _Place) for key, _value in pairs):
            return _NamedMapping(pairs)
        return _partly(dict(pairs), pairs)

    def _sequence(self) -> Any:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event))
        return _partly(items, list(enumerate(items)))


def _partly(whole: Any, parts: list[tuple[Any, Any]]) -> Any:
    """A collection as it is, or as a shape where there are places in it."""
    open_ = [(key, part) for key, part in parts if isinstance(part, _Shape)]
    return _Mapping(whole, open_) if open_ else whole


def _place(event: Any) -> _Place | None:
    text = event.value
    return _Place(int(text[1:])) if event.style == '"' and text.startswith(PLACE) else None


def _key(value: Any) -> str:
    return checked_key(plain(value, {}))


def _scalar(event: Any) -> Any:
    text = event.value
    # The argument of an intrinsic function is text.
    if event.style or event.tag is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _intrinsic(name: str, value: Any) -> dict[str, Any]:
    if name == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": value.split(".", 1)}
    return {name if name in _WITHOUT_PREFIX else f"Fn::{name}": value}
