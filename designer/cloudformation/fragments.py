"""Fragments: partial templates, parsed from rendered text and merged into one, remembering who wrote what.

Maps merge, lists append, and two different scalars at one path are an error that names both contributors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from designer.errors import UserError

Tree = dict[str, Any]
Writers = dict[tuple[int, str | int], str]
"""Who wrote an entry, by the id of its container and its key or index."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?[0-9]+\.[0-9]*([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}
_WITHOUT_PREFIX = ("Ref", "Condition")
_DRAWN = ("component", "connection", "boundary")


class ConflictError(UserError):
    """Two contributors want different values at one place of the template."""


def drawn_id(writer: str) -> str:
    """The id by which the drawing knows a writer: "orders" for "component:orders"; other writers keep their name."""
    collection, _, key = writer.partition(":")
    return key if collection in _DRAWN else writer


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A partial template and who wrote single entries of it. Nobody changes it: templates share what it is made of."""

    tree: Tree
    writers: Writers = field(default_factory=dict)

    def writer(self, section: str, name: str, writer: str) -> str:
        """Who wrote an entry of a section; `writer` unless noted otherwise."""
        return self.writers.get((id(self.tree[section]), name), writer)


@dataclass(slots=True, eq=False)
class Entry:
    """A resource, parameter or output as merged from fragments: its writer, and those of what stands in it.

    Templates made one after the other share it. `lines` is its text, once somebody asked for it.
    """

    value: Any
    writer: str
    writers: Writers
    lines: Any = None


Place = tuple[str, str]
"""Where an entry stands: its section and its name."""

Sources = list[tuple[str, Fragment]]
"""The fragments that say something of one entry, each with its writer, in the order in which they are merged."""


@dataclass(slots=True)
class Template:
    """A template being assembled. `writers[(id of a container, key or index)]` is who wrote that entry.

    A writer is "component:orders", "connection:orders-worker", "boundary:main", "shared:key" or "architecture". Entries
    without one of their own belong to the writer of what they stand in. `holders` keeps the containers alive, so that
    their ids stay theirs. `entries`, by section and name, are shared with other templates, and stay as they are.
    """

    tree: Tree = field(default_factory=dict)
    writers: Writers = field(default_factory=dict)
    holders: list[object] = field(default_factory=list)
    entries: dict[Place, Entry] = field(default_factory=dict)

    def writer(self, container: Any, key: str | int, inherited: str) -> str:
        """Who wrote an entry of a container; `inherited` is the writer of the container."""
        return self.writers.get((id(container), key), inherited)

    def put(self, place: Place, entry: Entry) -> None:
        """Adds an entry that is merged already, to a section that is there."""
        section, name = place
        entries = self.tree[section]
        entries[name] = entry.value
        self.entries[place] = entry
        if entry.writers:
            self.writers.update(entry.writers)
        self.writers[id(entries), name] = entry.writer

    def merge(self, fragment: Tree, writer: str) -> None:
        """Adds a fragment. Raises `ConflictError`. The fragment's containers become part of the template."""
        self.holders.append(fragment)
        for section, value in fragment.items():
            if isinstance(value, dict):
                # So that each entry has a writer of its own, whoever came to the section first.
                self.tree.setdefault(section, {})
        self._merge(self.tree, fragment, writer, ())

    def _merge(self, into: Tree, fragment: Tree, writer: str, path: tuple[str, ...]) -> None:
        for key, value in fragment.items():
            if key not in into:
                into[key] = value
                self.writers[id(into), key] = self._own(fragment, key, writer)
                continue
            old = into[key]
            if isinstance(old, dict) and isinstance(value, dict):
                self._merge(old, value, writer, (*path, key))
            elif isinstance(old, list) and isinstance(value, list):
                self._append(old, value, writer)
            elif type(old) is not type(value) or old != value:
                other = self.writers.get((id(into), key), "the template")
                raise _conflict((*path, key), (old, value), (other, writer))

    def _append(self, into: list[Any], items: list[Any], writer: str) -> None:
        for index, item in enumerate(items):
            if isinstance(item, str) and item in into:
                continue  # a second DependsOn of the same resource adds nothing
            into.append(item)
            self.writers[id(into), len(into) - 1] = self._own(items, index, writer)

    def _own(self, container: Any, key: str | int, writer: str) -> str:
        return self.writers.pop((id(container), key), writer)


def merged_entry(place: Place, sources: Sources) -> Entry:
    """The entry that fragments make together, each left as it is. Raises `ConflictError`."""
    section, name = place
    writer, fragment = sources[0]
    if len(sources) == 1:
        own = fragment.writer(section, name, writer)
        return Entry(fragment.tree[section][name], own, fragment.writers)
    template = Template()
    for writer, fragment in sources:
        copy = _copied(fragment.tree[section][name], fragment.writers, template.writers)
        template.merge({section: {name: copy}}, fragment.writer(section, name, writer))
    entries = template.tree[section]
    return Entry(entries[name], template.writer(entries, name, writer), template.writers)


def _copied(value: Any, writers: Writers, noted: Writers) -> Any:
    """A copy of a value; who wrote its entries is noted of the copy."""
    keys: Iterable[str | int]
    if isinstance(value, dict):
        twin: Any = {key: _copied(item, writers, noted) for key, item in value.items()}
        keys = value
    elif isinstance(value, list):
        twin, keys = [_copied(item, writers, noted) for item in value], range(len(value))
    else:
        return value
    for key in keys if writers else ():
        if (id(value), key) in writers:
            noted[id(twin), key] = writers[id(value), key]
    return twin


def _conflict(path: tuple[str, ...], values: tuple[Any, Any], writers: tuple[str, str]) -> ConflictError:
    (old, new), (first, second) = values, (drawn_id(writers[0]), drawn_id(writers[1]))
    message = f"{'.'.join(path)} would be {_shown(old)} by {first} and {_shown(new)} by {second}"
    return ConflictError(message, name=second)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def parse_fragment(text: str, name: str, template: Template, owners: list[str]) -> Tree:
    """The fragment that a rendered text describes; entries tagged `!fromN` are noted as written by `owners[N]`.

    Raises `UserError`, with `name`, when the text is not a mapping in YAML.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        tree = _Parser(template, owners).parse(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise UserError(f"the fragment is not YAML: {error.problem}", line=line, name=name) from error
    except ValueError as error:
        raise UserError(f"the fragment is not YAML: {error}", name=name) from error
    if tree is None:
        return {}
    if not isinstance(tree, dict):
        raise UserError("the fragment is not a mapping", name=name)
    # A section whose every entry depends on a condition that does not hold has nothing below it.
    return {section: value for section, value in tree.items() if value is not None}


class _Parser:
    """Builds plain dictionaries and lists from YAML events, with CloudFormation's short forms written out."""

    def __init__(self, template: Template, owners: list[str]) -> None:
        self.template, self.owners = template, owners

    def parse(self, events: Any) -> Any:
        self.events = iter(events)
        for event in self.events:
            if isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                return self._value(event)[0]
        return None

    def _value(self, event: Any) -> tuple[Any, str | None]:
        """The value that starts with this event, and the writer its tag names."""
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping()
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence()
        else:
            raise ValueError("aliases are not allowed")
        tag = event.tag
        if tag is None or tag == "!" or tag.startswith("tag:yaml.org"):
            return value, None
        if tag.startswith("!from"):
            return value, self.owners[int(tag[5:])]
        return _intrinsic(tag[1:], value), None

    def _scalar(self, event: Any) -> Any:
        text = event.value
        # To the parser a tagged scalar is explicit, quoted or not; the argument of an intrinsic function is text.
        if event.style or not (event.tag is None or event.tag.startswith("!from")):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text

    def _mapping(self) -> Tree:
        result: Tree = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise ValueError("a key is text")
            key = event.value
            if key in result:
                raise ValueError(f"the key {_shown(key)} is given twice")
            value, writer = self._value(next(self.events))
            result[key] = value
            if writer is not None:
                self.template.writers[id(result), key] = writer
        return result

    def _sequence(self) -> list[Any]:
        result: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, writer = self._value(event)
            result.append(value)
            if writer is not None:
                self.template.writers[id(result), len(result) - 1] = writer
        return result


def _intrinsic(name: str, value: Any) -> Tree:
    if name == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": value.split(".", 1)}
    return {name if name in _WITHOUT_PREFIX else f"Fn::{name}": value}
