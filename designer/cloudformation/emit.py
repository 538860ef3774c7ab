"""The text of a template: YAML as a person would write it, line by line with who wrote it, or JSON.

No anchors (CloudFormation refuses them), short forms of the intrinsic functions, text quoted only where YAML would
read it as something else. How single values are written is in `scalars`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from designer.cloudformation.fragments import Template, drawn_id
from designer.cloudformation.scalars import block_lines, inline, intrinsic, scalar

MAX_INLINE = 150
"""A short value stands beside its key while the line has at most so many characters."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Line:
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


def to_json(template: Template) -> str:
    """The template as JSON, in the long form of the intrinsic functions."""
    return json.dumps(template.tree, indent=2, ensure_ascii=False) + "\n"


def to_lines(template: Template, titles: dict[str, str]) -> list[Line]:
    """The template as lines of YAML. `titles` name the writers, for the comments over their resources."""
    return _Emitter(template, titles).emit()


class _Emitter:
    def __init__(self, template: Template, titles: dict[str, str]) -> None:
        self.template, self.titles = template, titles
        self.lines: list[Line] = []

    def emit(self) -> list[Line]:
        tree = self.template.tree
        for section, value in tree.items():
            if isinstance(value, dict) and value:
                if self.lines:
                    self._add("", "architecture", ())
                self._add(f"{scalar(section)}:", "architecture", (section,))
                self._section(section, value)
            else:
                writer = self.template.writer(tree, section, "architecture")
                self._entry(0, section, value, writer, (section,))
        return self.lines

    def _section(self, section: str, entries: dict[str, Any]) -> None:
        last: str | None = None
        for name, value in entries.items():
            writer = self.template.writer(entries, name, "architecture")
            if section == "Resources" and writer != last and writer in self.titles:
                if last is not None:
                    self._add("", writer, ())
                self._add(f"  # {self.titles[writer]}", writer, (section,))
            last = writer
            self._whole_entry(section, name, value, writer)

    def _whole_entry(self, section: str, name: str, value: Any, writer: str) -> None:
        """A resource, parameter or output. One that other templates have too keeps its lines for them."""
        entry = self.template.entries.get((section, name))
        if entry is not None and entry.lines is not None:
            self.lines += entry.lines
            return
        start = len(self.lines)
        self._entry(2, name, value, writer, (section, name))
        if entry is not None:
            entry.lines = self.lines[start:]

    def _add(self, text: str, writer: str, path: Path) -> None:
        self.lines.append(Line(text, writer, path))

    def _entry(self, indent: int, key: str, value: Any, writer: str, path: Path) -> None:
        self._value(indent, f"{' ' * indent}{scalar(key)}:", value, writer, path)

    def _value(self, indent: int, head: str, value: Any, writer: str, path: Path) -> None:
        """Writes `head` and the value: on its line when short, below it when not."""
        short = inline(value)
        if short is not None and (not isinstance(value, dict) or len(head) + len(short) <= MAX_INLINE):
            self._add(f"{head} {short}", writer, path)
            return
        name, argument = intrinsic(value)
        if name is not None:
            # The entry of the container {"Fn::Join": ...} may have a writer of its own.
            writer = self.template.writer(value, name, writer)
            head, value, path = f"{head} !{name.removeprefix('Fn::')}", argument, (*path, name)
        if isinstance(value, str):
            self._text(indent, head, value, writer, path)
        else:
            self._below(indent, head, value, writer, path)

    def _text(self, indent: int, head: str, value: str, writer: str, path: Path) -> None:
        block = block_lines(value)
        if block is None:
            self._add(f"{head} {scalar(value)}", writer, path)
            return
        self._add(f"{head} {block[0]}", writer, path)
        for line in block[1:]:
            self._add(f"{' ' * (indent + 2)}{line}" if line else "", writer, path)

    def _below(self, indent: int, head: str, value: Any, writer: str, path: Path) -> None:
        self._add(head, writer, path)
        if isinstance(value, dict):
            self._pairs(indent + 2, value, writer, path)
            return
        for index, item in enumerate(value):
            own = self.template.writer(value, index, writer)
            self._item(indent + 2, item, own, (*path, index))

    def _pairs(self, indent: int, value: dict[str, Any], writer: str, path: Path) -> None:
        for key, item in value.items():
            own = self.template.writer(value, key, writer)
            self._entry(indent, key, item, own, (*path, key))

    def _item(self, indent: int, value: Any, writer: str, path: Path) -> None:
        """A list item. A mapping starts on the dash's own line."""
        if isinstance(value, dict) and value and intrinsic(value)[0] is None:
            start = len(self.lines)
            self._pairs(indent + 2, value, writer, path)
            first = self.lines[start]
            self.lines[start] = Line(f"{' ' * indent}- {first.text[indent + 2 :]}", first.writer, first.path)
        else:
            self._value(indent, f"{' ' * indent}-", value, writer, path)
