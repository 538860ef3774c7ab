"""Puts a tree together from the events of a reader, without recursion, and notes the line of every entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.template import MAX_DEPTH, Defect, DefectKind, Template

UNREAD = "Fn::Unread"
"""Stands in the place of what a reader could not take over; it resolves to something unknown."""

_NO_KEY = object()


class StopReadingError(Exception):
    """The text cannot be read any further."""


@dataclass(slots=True)
class _Open:
    """A container that is being filled: its place in the container around it, and the key its next value belongs to."""

    value: Any
    lines: dict[str | int, int]
    place: Path
    key: Any = _NO_KEY
    key_line: int = 1


class Builder:
    """Receives keys, scalars, starts and ends; fills a template's tree, lines and defects."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._open: list[_Open] = []
        self._alive: list[Any] = []
        self.root: Any = None
        self.has_root = False

    @property
    def wants_key(self) -> bool:
        """Whether the next value is the key of a mapping."""
        return bool(self._open) and isinstance(self._open[-1].value, dict) and self._open[-1].key is _NO_KEY

    def defect(self, kind: DefectKind, line: int, text: str) -> None:
        """Notes a defect at the place that is being filled."""
        self.template.defects.append(Defect(kind, self._path(), line, text))

    def stop(self, line: int, text: str) -> StopReadingError:
        """Notes that the rest cannot be read, and gives the exception to raise."""
        self.template.defects.append(Defect(DefectKind.UNREADABLE, (), line, text))
        return StopReadingError(text)

    def key(self, text: str, line: int) -> None:
        """A key of the mapping that is open."""
        holder = self._open[-1]
        holder.key, holder.key_line = text, line
        if text in holder.value:
            self.defect(DefectKind.DUPLICATE, line, f"the key {shown(text)} stands twice in one mapping; the last wins")

    def scalar(self, value: Any, line: int, function: str | None = None) -> None:
        """A value without parts, or the argument of an intrinsic function in its short form."""
        self._put(value if function is None else self._called(function, value, line), line)

    def start(self, container: Any, line: int, function: str | None = None) -> None:
        """Opens a mapping or a list."""
        if len(self._open) >= MAX_DEPTH:
            raise self.stop(line, f"the template is nested deeper than {MAX_DEPTH} levels")
        place = self._next_place() if function is None else (*self._next_place(), function)
        self._put(self._called(function, container, line) if function else container, line)
        lines = self.template.lines[id(container)] = {}
        self._alive.append(container)
        self._open.append(_Open(container, lines, place))

    def end(self) -> None:
        """Closes the container that was opened last."""
        self._open.pop()

    def finish(self) -> None:
        """Makes the root the template's tree."""
        if not self.has_root:
            self.template.defects.append(Defect(DefectKind.UNREADABLE, (), 1, "the template is empty"))
        elif not isinstance(self.root, dict):
            text = "a template is a mapping with Resources; this is something else"
            self.template.defects.append(Defect(DefectKind.UNREADABLE, (), 1, text))
        else:
            self.template.tree = self.root

    def _called(self, function: str, argument: Any, line: int) -> dict[str, Any]:
        call = {function: argument}
        self._alive.append(call)
        self.template.lines[id(call)] = {function: line}
        return call

    def _put(self, value: Any, line: int) -> None:
        if not self._open:
            self.root, self.has_root = value, True
            return
        holder = self._open[-1]
        if isinstance(holder.value, list):
            holder.lines[len(holder.value)] = line
            holder.value.append(value)
        else:
            holder.lines[holder.key] = holder.key_line
            holder.value[holder.key] = value
            holder.key = _NO_KEY

    def _path(self) -> Path:
        return tuple(key for holder in self._open for key in holder.place) + self._next_place()

    def _next_place(self) -> Path:
        """The key or index that the next value gets in the container that is open."""
        if not self._open:
            return ()
        holder = self._open[-1]
        if isinstance(holder.value, list):
            return (len(holder.value),)
        return () if holder.key is _NO_KEY else (holder.key,)


def shown(text: str) -> str:
    """A text of the template as a message quotes it: in quotes, on one line, not too long."""
    short = text if len(text) <= 60 else text[:57] + "..."
    return repr(short)
