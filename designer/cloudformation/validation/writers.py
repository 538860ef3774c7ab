"""Who wrote what a message is about: from a path of an exported template to the component or connection behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from designer.cloudformation.fragments import drawn_id
from designer.cloudformation.validation.messages import Message, Path

ARCHITECTURE = "architecture"
"""The writer of what belongs to the template as a whole."""


class WrittenLine(Protocol):
    """A line of the YAML text of an export."""

    @property
    def writer(self) -> str:
        """Who wrote it: "component:orders", "connection:orders-worker", "shared:key", "architecture"."""

    @property
    def path(self) -> Path:
        """The keys and indexes that lead to what it shows."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A message with who wrote what it is about: `writer` as in `emit.Line`, and its title for people.

    `title` is empty where nobody in the drawing wrote it.
    """

    message: Message
    writer: str
    title: str

    @property
    def origin(self) -> str:
        """The id of the component, connection or boundary in the drawing, or the name of a shared part."""
        return drawn_id(self.writer)


class Writers:
    """The writers of an export's values, looked up by path: line numbers would fit one format only."""

    def __init__(self, lines: Sequence[WrittenLine], titles: Mapping[str, str]) -> None:
        self._lines = lines
        self._titles = titles
        self._by_path: dict[Path, str] = {}
        for line in lines:
            # A value that begins on the line of its key shares it: the first line under a path is its own.
            for end in range(len(line.path), 0, -1):
                if line.path[:end] in self._by_path:
                    break
                self._by_path[line.path[:end]] = line.writer

    def place(self, message: Message) -> Placed:
        """A message with its writer: that of its path, or of the nearest value around it, or of its line."""
        writer = self._writer(message)
        return Placed(message, writer, self._titles.get(writer, ""))

    def _writer(self, message: Message) -> str:
        for end in range(len(message.path), 0, -1):
            writer = self._by_path.get(message.path[:end])
            if writer is not None:
                return writer
        return self._lines[message.line - 1].writer if 0 < message.line <= len(self._lines) else ARCHITECTURE


def place_all(messages: Sequence[Message], lines: Sequence[WrittenLine], titles: Mapping[str, str]) -> list[Placed]:
    """All messages with their writers, in the same order."""
    if not messages:
        return []
    writers = Writers(lines, titles)
    return [writers.place(message) for message in messages]
