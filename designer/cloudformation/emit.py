"""The text of a template: YAML as a person would write it, line by line with who wrote it, or JSON.

No anchors (CloudFormation refuses them), short forms of the intrinsic functions, text quoted only where YAML would
read it as something else. How single values are written is in `scalars`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from designer.cloudformation.encode import escaped
from designer.cloudformation.fragments import Template, Writers, drawn_id
from designer.cloudformation.scalars import block_lines, inline, inline_call, intrinsic, scalar

MAX_INLINE = 150
"""A short value stands beside its key while the line has at most so many characters."""

Path = tuple[str | int, ...]

_SAME: dict[str | int, str] = {}


class Line(NamedTuple):
    """One line of the text.

    `writer` is who wrote it: "component:orders", "connection:orders-worker", "boundary:main", "shared:key" or
    "architecture". `path` leads from the section down to the entry that the line shows.
    """

    text: str
    writer: str
    path: Path = ()

    @property
    def origins(self) -> tuple[str, ...]:
        """The id of the component, connection or boundary that wrote the line, or the name of a shared part."""
        return (drawn_id(self.writer),)

    @property
    def resource(self) -> str | None:
        """The logical id of the resource, parameter or output that the line is part of."""
        return str(self.path[1]) if len(self.path) > 1 else None


_line: Callable[[tuple[str, str, Path]], Line] = partial(tuple.__new__, Line)
"""A line of its text, writer and path; most of the work here is making lines, and this is the quick way."""

_NO_CALL: tuple[str | None, Any] = (None, None)


@dataclass(slots=True)
class Text:
    """Lines, and the same as text in pieces of one or more lines, without the line ends between them."""

    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Adds a line."""
        self.lines.append(line)
        self.pieces.append(line.text)

    def extend(self, block: Text) -> None:
        """Adds lines that stand together."""
        self.lines += block.lines
        self.pieces += block.pieces

    def whole(self) -> str:
        """All of it, with a line end after each line."""
        return "\n".join(self.pieces) + "\n"


def to_json(template: Template) -> str:
    """The template as JSON, in the long form of the intrinsic functions.

    Many tools read JSON as YAML: characters that YAML refuses or folds are escaped, and others are left as they are,
    for to YAML the two escapes of an emoji are two halves.
    """
    return escaped(json.dumps(template.tree, indent=2, ensure_ascii=False)) + "\n"


def to_lines(template: Template, titles: dict[str, str]) -> list[Line]:
    """The template as lines of YAML. `titles` name the writers, for the comments over their resources."""
    return to_text(template, titles).lines


def to_text(template: Template, titles: dict[str, str]) -> Text:
    """The template as lines of YAML and as their text."""
    text = Text()
    for section, value in template.tree.items():
        writer = template.writer(template.tree, section, "architecture")
        if isinstance(value, dict) and value:
            if text.lines:
                text.add(Line("", "architecture"))
            text.add(Line(f"{scalar(section)}:", "architecture", (section,)))
            _section(text, template, section, titles)
        else:
            text.extend(_block(0, section, value, writer, (section,), template.writers))
    return text


def _section(text: Text, template: Template, section: str, titles: dict[str, str]) -> None:
    entries = template.tree[section]
    last: str | None = None
    for name, value in entries.items():
        # An entry that other templates have too keeps its text for them.
        entry = template.entries.get((section, name))
        writer = template.writer(entries, name, "architecture") if entry is None else entry.writer
        if section == "Resources" and writer != last and writer in titles:
            if last is not None:
                text.add(Line("", writer))
            text.add(Line(f"  # {titles[writer]}", writer, (section,)))
        last = writer
        if entry is None:
            text.extend(_block(2, name, value, writer, (section, name), template.writers))
            continue
        if entry.text is None:
            entry.text = _block(2, name, value, writer, (section, name), entry.writers)
        text.extend(entry.text)


def _block(indent: int, key: str, value: Any, writer: str, path: Path, writers: Writers) -> Text:
    block = _Block(writers)
    block.value(indent, f"{' ' * indent}{scalar(key)}:", value, writer, path)
    return Text(block.lines, ["\n".join([line.text for line in block.lines])])


class _Block:
    """The lines of one entry. Without `writers`, all is by the writer of the entry."""

    def __init__(self, writers: Writers) -> None:
        self.writers = writers
        self.lines: list[Line] = []

    def value(self, indent: int, head: str, value: Any, writer: str, path: Path) -> None:
        """Writes `head` and the value: on its line when short, below it when not."""
        if isinstance(value, str):
            if "\n" in value:
                self._text(indent, head, value, writer, path)
            else:
                self.lines.append(_line((f"{head} {scalar(value)}", writer, path)))
        elif not isinstance(value, (dict, list)) or not value:
            self.lines.append(_line((f"{head} {inline(value)}", writer, path)))
        else:
            name, argument = _NO_CALL if len(value) > 1 else intrinsic(value)
            if name is None:
                self._below(indent, head, value, writer, path)
            else:
                self._call(indent, head, value, (name, argument), writer, path)

    def _call(self, indent: int, head: str, value: Any, call: tuple[str, Any], writer: str, path: Path) -> None:
        """An intrinsic function in its short form."""
        name, argument = call
        short = inline_call(name, argument)
        if short is not None and len(head) + len(short) <= MAX_INLINE:
            self.lines.append(_line((f"{head} {short}", writer, path)))
            return
        # The entry of the container {"Fn::Join": ...} may have a writer of its own.
        writer = self.writers.get(id(value), _SAME).get(name, writer)
        head, path = f"{head} !{name.removeprefix('Fn::')}", (*path, name)
        if isinstance(argument, str):
            self._text(indent, head, argument, writer, path)
        else:
            self._below(indent, head, argument, writer, path)

    def _text(self, indent: int, head: str, value: str, writer: str, path: Path) -> None:
        block = block_lines(value)
        if block is None:
            self.lines.append(Line(f"{head} {scalar(value)}", writer, path))
            return
        self.lines.append(Line(f"{head} {block[0]}", writer, path))
        self.lines += [Line(f"{' ' * (indent + 2)}{line}" if line else "", writer, path) for line in block[1:]]

    def _below(self, indent: int, head: str, value: Any, writer: str, path: Path) -> None:
        self.lines.append(_line((head, writer, path)))
        if isinstance(value, dict):
            self._pairs(indent + 2, value, writer, path)
            return
        own = self.writers.get(id(value), _SAME)
        for index, item in enumerate(value):
            self._item(indent + 2, item, own.get(index, writer), (*path, index))

    def _pairs(self, indent: int, value: dict[str, Any], writer: str, path: Path) -> None:
        own, spaces = self.writers.get(id(value), _SAME), " " * indent
        for key, item in value.items():
            by = own.get(key, writer) if own else writer
            self.value(indent, f"{spaces}{scalar(key)}:", item, by, (*path, key))

    def _item(self, indent: int, value: Any, writer: str, path: Path) -> None:
        """A list item. A mapping starts on the dash's own line."""
        if isinstance(value, dict) and value and (len(value) > 1 or intrinsic(value)[0] is None):
            start = len(self.lines)
            self._pairs(indent + 2, value, writer, path)
            first = self.lines[start]
            self.lines[start] = Line(f"{' ' * indent}- {first.text[indent + 2 :]}", first.writer, first.path)
        else:
            self.value(indent, f"{' ' * indent}-", value, writer, path)
