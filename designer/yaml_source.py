"""Reads YAML that may be hostile or broken into values that know their line.

Every number, list and mapping is made here from the parser's events, so that size, depth, aliases and duplicate keys
are under control and an error can name the line. Only JSON's types exist: a date or a bare `yes` stays text.
"""

from __future__ import annotations

import math
import re
from dataclasses import field
from pathlib import Path
from typing import Any

from designer.errors import UserError
from designer.records import record

MAX_BYTES = 32 * 1024 * 1024
MAX_DEPTH = 40

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


@record(frozen=False)
class Node:
    """A YAML value with the line (from 1) it starts on.

    `value` is a scalar, a list of nodes, or a mapping from text to node; `key_lines` are the lines of a mapping's keys.
    """

    value: Any
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    @property
    def type_name(self) -> str:
        """What a person calls the value: text, number, true/false, nothing, list, mapping."""
        return type_name(self.value)


def type_name(value: Any) -> str:
    """What a person calls a value of this type."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true/false"
    if isinstance(value, int):
        return "a whole number"
    if isinstance(value, float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, (list, tuple)) else "a mapping"


def read_text(path: Path, max_bytes: int = MAX_BYTES) -> str:
    """The text of a file. Raises `UserError` when it is missing, too large, or not UTF-8 text."""
    try:
        if path.is_dir():
            raise UserError("this is a folder, not a file", file=path)
        with path.open("rb") as stream:
            # The size that the system states is not asked: a device states none and never ends.
            data = stream.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise UserError(f"cannot be read: {reason or error}", file=path) from error
    if len(data) > max_bytes:
        raise UserError(f"the file is too large: at most {max_bytes // (1024 * 1024)} MB are read", file=path)
    if b"\0" in data:
        raise UserError("this is a binary file, not text", file=path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UserError("the text is not UTF-8", file=path, line=line, hint="save the file as UTF-8") from error


def parse(text: str, file: Path | None = None) -> Node | None:
    """The single document of a YAML text, or `None` when it holds nothing. Raises `UserError` with the line."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(file).compose(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        raise UserError(f"this is not YAML: {error.problem or error.context}", file=file, line=line) from error
    except yaml.YAMLError as error:
        # A character that YAML forbids: the parser knows its place in bytes, not its line.
        place = getattr(error, "position", None)
        line = None if place is None else text.encode()[:place].count(b"\n") + 1
        raise UserError(f"this is not YAML: {str(error).splitlines()[0]}", file=file, line=line) from error
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise UserError("the text holds characters that are no Unicode text", file=file, line=line) from error


class _Composer:
    """Builds nodes from parser events without recursion, so that depth is a check and not a crash."""

    def __init__(self, file: Path | None) -> None:
        self.file = file

    def compose(self, events: Any) -> Node | None:
        import yaml

        root: Node | None = None
        documents = 0
        stack: list[tuple[Node, list[Node]]] = []  # the open collection, and for a mapping its waiting key
        for event in events:
            line = event.start_mark.line + 1 if event.start_mark else 0
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error("only one YAML document is expected", line)
            elif isinstance(event, yaml.AliasEvent):
                raise self._error("YAML aliases (*name) are not allowed", line, "write the value out")
            elif isinstance(event, yaml.ScalarEvent):
                is_key = bool(stack) and isinstance(stack[-1][0].value, dict) and not stack[-1][1]
                value = event.value if is_key else self._scalar(event, line)
                root = self._place(Node(value, line), stack, root)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if len(stack) >= MAX_DEPTH:
                    raise self._error(f"nested deeper than {MAX_DEPTH} levels", line)
                self._check_tag(event.tag, line)
                node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], line)
                root = self._place(node, stack, root)
                stack.append((node, []))
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                stack.pop()
        return root

    def _place(self, node: Node, stack: list[tuple[Node, list[Node]]], root: Node | None) -> Node:
        if not stack:
            return node
        holder, waiting = stack[-1]
        if isinstance(holder.value, list):
            holder.value.append(node)
        elif waiting:
            key = waiting.pop()
            if key.value in holder.value:
                raise self._error(f"the key {key.value!r} is given twice", key.line)
            holder.value[key.value] = node
            holder.key_lines[key.value] = key.line
        else:
            if isinstance(node.value, (dict, list)):
                raise self._error("a key must be text", node.line)
            waiting.append(node)
        assert root is not None
        return root

    def _scalar(self, event: Any, line: int) -> Any:
        self._check_tag(event.tag, line)
        text: str = event.value
        if not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            if len(text) > 20:
                raise self._error(f"the number {text[:20]}... is too large", line)
            return int(text)
        if not _NUMBER.fullmatch(text):
            return text
        if math.isinf(number := float(text)):
            raise self._error(f"the number {text[:20]} is too large", line)
        return number

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag != "!":
            raise self._error(f"the YAML tag {tag} is not allowed here", line)

    def _error(self, message: str, line: int, hint: str = "") -> UserError:
        return UserError(message, file=self.file, line=line, hint=hint)
