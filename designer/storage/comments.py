"""Finds the comments of hand-written YAML, which the parser drops, and gives each to the entry that it speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from designer.storage.source import Item, Source
from designer.yaml_source import Node

_BLOCK = re.compile(r"[|>][-+0-9]*(?=\s|$)")
"""What starts a block of text; a comment may follow it on its line."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, from its `#` on, with its line."""

    line: int
    text: str


def comments_of(text: str) -> list[Comment]:
    """The comments of a YAML text that the parser has accepted, in their order.

    A `#` counts after the last token of its line, and not within text that goes over several lines.
    """
    import yaml

    lines = text.split("\n")
    ends: dict[int, int] = {}
    inside: set[int] = set()
    for token in yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        start, end = token.start_mark, token.end_mark
        ends[end.line] = max(ends.get(end.line, 0), end.column)
        if isinstance(token, yaml.ScalarToken) and end.line > start.line:
            # A block of text ends at the start of a line, which then belongs to what follows.
            inside.update(range(start.line + 1, end.line))
            block = _BLOCK.match(lines[start.line], start.column)
            ends[start.line] = block.end() if block else len(lines[start.line])
    found = []
    for number, line in enumerate(lines):
        rest = line[ends.get(number, 0) :]
        bare = rest.strip()
        if number not in inside and bare.startswith("#") and (rest[:1].isspace() or rest == line):
            found.append(Comment(number + 1, bare))
    return found


def attach(comments: Sequence[Comment], source: Source) -> None:
    """Gives each comment to the entry it stands in or before, to the settings, or to the end of the file."""
    places = _places(source)
    given: dict[int, list[str]] = defaultdict(list)
    top: list[str] = []
    closing: list[str] = []
    for comment in comments:
        item = next((place for place in places if comment.line <= place.last), None)
        if item is None:
            closing.append(comment.text)
        elif item.item is None:
            top.append(comment.text)
        else:
            given[id(item.item)].append(comment.text)
    for place in places:
        if place.item is not None:
            place.item.comments = tuple(given[id(place.item)])
    source.comments, source.closing_comments = tuple(top), tuple(closing)


@dataclass(frozen=True, slots=True)
class _Place:
    """Up to `last`, the lines not yet taken belong to this entry; `None` stands for the settings."""

    last: int
    item: Item | None


def _places(source: Source) -> list[_Place]:
    places = [_Place(_last(source.header_nodes[key], line), None) for key, line in source.header_lines.items()]
    places += [_Place(_last(item.node, item.line), item) for items in source.sections.values() for item in items]
    return sorted(places, key=lambda place: place.last)


def _last(node: Node | None, line: int) -> int:
    """The last line on which something of the entry starts."""
    waiting: list[Any] = [node] if node is not None else []
    while waiting:
        one = waiting.pop()
        line = max(line, one.line)
        if isinstance(one.value, dict):
            waiting += one.value.values()
        elif isinstance(one.value, list):
            waiting += one.value
    return line
