"""The other reader: takes any YAML, as people write it by hand, and says what is wrong with a broken one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from designer.errors import UserError
from designer.language import tr
from designer.storage.comments import attach, comments_of
from designer.storage.source import SECTIONS, Item, Source
from designer.yaml_source import Node, parse


def read_blocks(text: str, file: Path | None) -> Source:
    """The content of a file in any YAML. Raises `UserError` with the line when it is none."""
    root = parse(text, file)
    if root is None or root.value is None:
        raise UserError(
            tr("the file is empty"), file=file, hint=tr("an architecture starts with the line 'designer: 1'")
        )
    if not isinstance(root.value, dict):
        message = tr("expected a mapping that starts with 'designer: 1', got {type_name}", type_name=root.type_name)
        raise UserError(message, file=file, line=root.line)
    source = Source()
    for key, node in root.value.items():
        if key in SECTIONS:
            source.sections[key] = _items(key, node, root.key_lines[key], file)
        else:
            source.header[key] = node.plain()
            source.header_lines[key] = root.key_lines[key]
    source.header_nodes = {key: node for key, node in root.value.items() if key not in SECTIONS}
    if "#" in text:
        attach(comments_of(text), source)
    return source


def _items(section: str, node: Node, line: int, file: Path | None) -> list[Item]:
    if node.value is None:
        return []
    if not isinstance(node.value, dict):
        message = tr("expected a mapping from id to entry, got {type_name}", type_name=node.type_name)
        raise UserError(message, file=file, line=line, name=section)
    items = []
    for key, entry in node.value.items():
        plain: Any = entry.plain()
        items.append(Item(key, node.key_lines[key], plain, node=entry))
    return items
