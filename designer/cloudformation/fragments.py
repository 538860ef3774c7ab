"""Fragments: partial templates, parsed from rendered text and merged into one, remembering who wrote what.

Maps merge, lists append, and two different scalars at one path are an error that names both contributors. A call of an
intrinsic function is one value, as a scalar is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from designer.errors import UserError
from designer.language import tr

Tree = dict[str, Any]
Writers = dict[int, dict[str | int, str]]
"""Who wrote an entry, by the id of its container and then its key or index."""

_INTRINSIC = re.compile(r"Ref|Fn::[A-Za-z0-9]+")
_NOBODY: dict[str | int, str] = {}
_DRAWN = ("component", "connection", "boundary")


class ConflictError(UserError):
    """Two contributors want different values at one place of the template."""


def drawn_id(writer: str) -> str:
    """The id by which the drawing knows a writer: "orders" for "component:orders"; other writers keep their name."""
    collection, _, key = writer.partition(":")
    return key if collection in _DRAWN else writer


Place = tuple[str, str]
"""Where an entry stands: its section and its name."""


@dataclass(slots=True, eq=False)
class Entry:
    """A resource, parameter or output as merged from fragments: its writer, and those of what stands in it.

    Templates made one after the other share it. `text` are its lines (`emit.Text`) and `load` what limits count of it
    (`limits.Load`), once somebody asked for them.
    """

    value: Any
    writer: str
    writers: Writers
    text: Any = None
    load: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Fragment:
    """A partial template and who wrote it; `writers` are those of single entries that others wrote.

    Nobody changes it: templates share what it is made of. `entries` are its own, as they are if nobody adds to them.
    """

    writer: str
    tree: Tree
    writers: Writers = field(default_factory=dict)
    entries: dict[Place, Entry] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for section, entries in self.tree.items():
            if isinstance(entries, dict):
                own = self.writers.get(id(entries), {})
                for name, value in entries.items():
                    self.entries[section, name] = Entry(value, own.get(name, self.writer), self.writers)


Sources = list[Fragment]
"""The fragments that say something of one entry, in the order in which they are merged."""


@dataclass(slots=True)
class Template:
    """A template being assembled. `writers[id of a container][key or index]` is who wrote that entry.

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
        return self.writers.get(id(container), _NOBODY).get(key, inherited)

    def put(self, placed: Iterable[tuple[Place, Entry]]) -> None:
        """Adds entries that are merged already, to sections that are there."""
        tree, noted = (
            self.tree,
            {section: self.writers.setdefault(id(value), {}) for section, value in self.tree.items()},
        )
        for place, entry in placed:
            section, name = place
            tree[section][name] = entry.value
            noted[section][name] = entry.writer
            self.entries[place] = entry
            if entry.writers:
                self.writers.update(entry.writers)

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
                self._note(into, key, self._own(fragment, key, writer))
                continue
            old = into[key]
            if _is_map(old) and _is_map(value):
                self._merge(old, value, writer, (*path, key))
            elif isinstance(old, list) and isinstance(value, list):
                self._append(old, value, writer)
            elif type(old) is not type(value) or old != value:
                other = self.writer(into, key, "the template")
                raise _conflict((*path, key), (old, value), (other, writer))

    def _append(self, into: list[Any], items: list[Any], writer: str) -> None:
        for index, item in enumerate(items):
            if isinstance(item, str) and item in into:
                continue  # a second DependsOn of the same resource adds nothing
            into.append(item)
            self._note(into, len(into) - 1, self._own(items, index, writer))

    def _own(self, container: Any, key: str | int, writer: str) -> str:
        return self.writers.get(id(container), _NOBODY).get(key, writer)

    def _note(self, container: Any, key: str | int, writer: str) -> None:
        self.writers.setdefault(id(container), {})[key] = writer


def merged_entry(place: Place, sources: Sources) -> Entry:
    """The entry that fragments make together, each left as it is. Raises `ConflictError`."""
    section, name = place
    template = Template()
    for fragment in sources:
        entry = fragment.entries[place]
        copy = _copied(entry.value, entry.writers, template.writers)
        template.merge({section: {name: copy}}, entry.writer)
    entries = template.tree[section]
    return Entry(entries[name], template.writer(entries, name, sources[0].writer), template.writers)


def _copied(value: Any, writers: Writers, noted: Writers) -> Any:
    """A copy of a value; who wrote its entries is noted of the copy."""
    if isinstance(value, dict):
        twin: Any = {key: _copied(item, writers, noted) for key, item in value.items()}
    elif isinstance(value, list):
        twin = [_copied(item, writers, noted) for item in value]
    else:
        return value
    if id(value) in writers:
        noted[id(twin)] = dict(writers[id(value)])
    return twin


def _is_map(value: Any) -> bool:
    """Whether a value is a mapping of its own, and no call of an intrinsic function."""
    return isinstance(value, dict) and not (len(value) == 1 and _INTRINSIC.fullmatch(next(iter(value))))


def _conflict(path: tuple[str, ...], values: tuple[Any, Any], writers: tuple[str, str]) -> ConflictError:
    (old, new), (first, second) = values, (drawn_id(writers[0]), drawn_id(writers[1]))
    message = tr(
        "{path} would be {one} by {first} and {other} by {second}",
        path=".".join(path),
        one=_shown(old),
        first=first,
        other=_shown(new),
        second=second,
    )
    return ConflictError(message, name=second)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
