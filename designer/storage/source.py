"""What both readers of the file's text give: keys, values and comments with their lines, not yet checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from designer.records import record
from designer.yaml_source import Node

SECTIONS = ("boundaries", "components", "connections", "flows")


@record(frozen=False)
class Item:
    """One keyed entry. `value` is usually a mapping; `node` is there where the entry may take several lines."""

    id: str
    line: int
    value: Any
    comments: tuple[str, ...] = ()
    node: Node | None = None

    def line_of(self, key: str, inner: str | None = None) -> int:
        """The line of a key of the entry, or of a key below it."""
        node = self.node
        if node is None or key not in node.key_lines:
            return self.line
        below = node.value[key]
        return below.key_lines.get(inner, node.key_lines[key]) if inner is not None else node.key_lines[key]


@record(frozen=False)
class Source:
    """A whole file. `header` has all keys but the sections, `header_item` gives their lines."""

    header: dict[str, Any] = field(default_factory=dict)
    header_lines: dict[str, int] = field(default_factory=dict)
    header_nodes: Mapping[str, Node] = field(default_factory=dict)
    sections: dict[str, list[Item]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    comments: tuple[str, ...] = ()
    closing_comments: tuple[str, ...] = ()

    def line_of(self, key: str, inner: str | None = None) -> int | None:
        """The line of a key of the header, or of a key below it."""
        line = self.header_lines.get(key)
        if inner is not None and key in self.header_nodes:
            return self.header_nodes[key].key_lines.get(inner, line)
        return line
