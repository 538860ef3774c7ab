"""Reads a template, as this program or anybody wrote it, into the tree that the exporter works with.

YAML or JSON, short forms written out. The text is hostile until read: depth, size and aliases are under control. What
CloudFormation lets pass (a key given twice, where the last one counts) is read like CloudFormation does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from designer.cloudformation.fragments import Tree
from designer.errors import UserError
from designer.language import tr
from designer.yaml_source import type_name

MAX_BYTES = 4 * 1024 * 1024
"""CloudFormation takes templates of 1 MB (User Guide, quotas); other tools may have indented one more generously."""
MAX_DEPTH = 80
MAX_VALUES = 1_000_000
"""Values in the tree, those behind aliases counted each time."""

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,19})")
_OCTAL = re.compile(r"[-+]?0[0-7]{1,20}")
_NUMBER = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]{1,3})?")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
for _word in ("true", "yes", "on"):
    _WORDS.update(dict.fromkeys((_word, _word.title(), _word.upper()), True))
for _word in ("false", "no", "off"):
    _WORDS.update(dict.fromkeys((_word, _word.title(), _word.upper()), False))
_STANDARD = "tag:yaml.org,2002:"
_WITHOUT_PREFIX = ("Ref", "Condition")


@dataclass(frozen=True, slots=True)
class TemplateText:
    """A template that has been read: its tree, and what its author should know (`notes`).

    `lines` gives the line of an entry by the identity of its container and its key; it is empty for JSON.
    """

    tree: Tree
    notes: tuple[str, ...] = ()
    lines: Mapping[tuple[int, str | int], int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int | None:
        """The line (from 1) of the entry that a path leads to; `None` where it is not known."""
        found: int | None = None
        place: Any = self.tree
        for key in path:
            found = self.lines.get((id(place), key), found)
            try:
                place = place[key]
            except (KeyError, IndexError, TypeError):
                break
        return found


def read_template(text: str, file: Path | None = None) -> TemplateText:
    """The template in a text. Raises `UserError`, with the line, for a text that is none."""
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        return _read_json(text, file)
    return _read_yaml(text, file)


def _read_yaml(text: str, file: Path | None) -> TemplateText:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    composer = _Composer(file)
    try:
        tree = composer.compose(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = tr("this is not YAML: {problem}", problem=error.problem or error.context)
        raise UserError(message, file=file, line=mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise UserError(tr("this is not YAML: {problem}", problem=str(error).splitlines()[0]), file=file) from error
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise UserError(tr("the text holds characters that are no Unicode text"), file=file, line=line) from error
    return TemplateText(_mapping(tree, file), tuple(composer.notes), composer.lines)


def _read_json(text: str, file: Path | None) -> TemplateText:
    notes: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> Tree:
        made = dict(pairs)
        if len(made) < len(pairs):
            notes.append(tr("a key is given twice among {names}; the last one counts", names=", ".join(list(made)[:5])))
        return made

    try:
        tree = json.loads(text, strict=False, object_pairs_hook=mapping, parse_constant=_no_number)
    except RecursionError as error:
        raise _too_deep(file, None) from error
    except json.JSONDecodeError as error:
        try:
            return _read_yaml(text, file)  # YAML in braces, with comments or without quotes
        except UserError:
            raise UserError(
                tr("this is not JSON: {problem}", problem=error.msg), file=file, line=error.lineno
            ) from error
    except ValueError as error:
        raise UserError(tr("this is not JSON: {error}", error=error), file=file) from error
    _check_depth(tree, file)
    return TemplateText(_mapping(tree, file), tuple(notes))


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _check_depth(tree: Any, file: Path | None) -> None:
    level = [tree]
    for _ in range(MAX_DEPTH + 1):
        level = [part for value in level for part in _parts(value)]
        if not level:
            return
    raise _too_deep(file, None)


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _too_deep(file: Path | None, line: int | None) -> UserError:
    return UserError(tr("nested deeper than {max_depth} levels", max_depth=MAX_DEPTH), file=file, line=line)


def _mapping(tree: Any, file: Path | None) -> Tree:
    if tree is None:
        raise UserError(tr("the file is empty; a template is expected"), file=file)
    if not isinstance(tree, dict):
        message = tr("a template is a mapping with the key 'Resources'; this is {type_name}", type_name=type_name(tree))
        raise UserError(message, file=file, line=1)
    return tree


class _Composer:
    """Builds dictionaries and lists from YAML's events."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self.lines: dict[tuple[int, str | int], int] = {}
        self.notes: list[str] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = 0

    def compose(self, events: Any) -> Any:
        """The value of the only document; `None` where there is none."""
        import yaml

        self._yaml, self._events = yaml, iter(events)
        tree, documents = None, 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(tr("only one YAML document is expected"), event)
            elif isinstance(event, (yaml.NodeEvent, yaml.CollectionStartEvent)):
                tree = self._value(event, 0)
        return tree

    def _value(self, event: Any, depth: int) -> Any:
        yaml = self._yaml
        if depth > MAX_DEPTH:
            raise _too_deep(self.file, _line(event))
        before = self._count
        self._count += 1
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(depth)
        else:
            value = self._sequence(depth)
        tag = event.tag
        if tag is not None and tag != "!" and not tag.startswith(_STANDARD):
            value = _long_form(tag[1:], value)
        if event.anchor:
            self._anchors[event.anchor] = value, self._count - before
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise self._error(tr("the alias *{anchor} leads nowhere", anchor=event.anchor), event)
        value, size = self._anchors[event.anchor]
        self._count += size
        if self._count > MAX_VALUES:
            raise self._error(tr("aliases make more than {max_values:,} values", max_values=MAX_VALUES), event)
        return value

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0] or event.tag in ("!", f"{_STANDARD}str"):
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        if _OCTAL.fullmatch(text):
            return int(text, 8)
        return float(text) if _NUMBER.fullmatch(text) else text

    def _mapping(self, depth: int) -> Tree:
        yaml = self._yaml
        result: Tree = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(tr("a key must be text"), event)
            key = event.value
            if key in result:
                self.notes.append(
                    tr(
                        "line {line}: the key {key!r} is given twice; the last one counts",
                        line=_line(event),
                        key=key[:80],
                    )
                )
            result[key] = self._value(next(self._events), depth + 1)
            self.lines[id(result), key] = _line(event)
        return result

    def _sequence(self, depth: int) -> list[Any]:
        result: list[Any] = []
        for event in self._events:
            if isinstance(event, self._yaml.SequenceEndEvent):
                break
            self.lines[id(result), len(result)] = _line(event)
            result.append(self._value(event, depth + 1))
        return result

    def _error(self, message: str, event: Any) -> UserError:
        return UserError(message, file=self.file, line=_line(event))


def _line(event: Any) -> int:
    line: int = event.start_mark.line + 1
    return line


def _long_form(name: str, value: Any) -> Tree:
    """`!Sub x` as `{"Fn::Sub": x}`."""
    if name == "GetAtt" and isinstance(value, str):
        return {"Fn::GetAtt": value.split(".", 1)}
    return {name if name in _WITHOUT_PREFIX else f"Fn::{name}": value}
