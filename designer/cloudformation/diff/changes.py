"""The words of a comparison: one change, and all changes of one entry of the template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ChangeKind(StrEnum):
    """What happened to an entry of the template, or to a property of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Replacement(StrEnum):
    """Whether an update makes a new resource in the place of the old one."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"

    @property
    def rank(self) -> int:
        """The graver, the greater."""
        return _REPLACEMENTS.index(self)


class Risk(StrEnum):
    """What becomes of the data that a resource keeps."""

    NONE = "none"
    KEPT = "kept"
    """The old data stays outside the stack, as a resource or a snapshot; the new resource starts without it."""
    LOST = "lost"

    @property
    def rank(self) -> int:
        """The graver, the greater."""
        return _RISKS.index(self)


_REPLACEMENTS = tuple(Replacement)
_RISKS = tuple(Risk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two templates.

    `section` is a key of the template ("Resources", "Description"), `logical_id` the entry's name in it (empty where
    the section is a single value), `type` the type of a resource or parameter. `path` leads to the property
    ("Properties", "Tags", "[Name]", "Value"): it is empty where the entry as a whole came or went; an item of a list is
    "[0]", or "[x]" where the items are told apart by a name. `why` says what decides about the replacement, `loss` what
    happens to data. `before` and `after` are values in the long form of the intrinsic functions, `None` where there is
    none; they are equal where the template's text is the same and only what it refers to is replaced.
    """

    kind: ChangeKind
    section: str
    logical_id: str = ""
    type: str = ""
    path: tuple[str, ...] = ()
    before: Any = None
    after: Any = None
    replacement: Replacement = Replacement.NO
    why: str = ""
    risk: Risk = Risk.NONE
    loss: str = ""

    @property
    def property(self) -> str:
        """The path as a person writes it: "Tags[Name].Value", or "DeletionPolicy" for what is not below Properties."""
        path = self.path[1:] if self.path[:1] == ("Properties",) and len(self.path) > 1 else self.path
        return "".join(part if part.startswith("[") else f".{part}" for part in path).removeprefix(".")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """All changes of one entry, with the gravest consequence of any of them."""

    kind: ChangeKind
    section: str
    logical_id: str
    type: str
    replacement: Replacement
    risk: Risk
    loss: str
    why: str
    changes: tuple[Change, ...]


def grouped(changes: Iterable[Change]) -> list[EntryChange]:
    """The changes by entry, in the order in which the entries first come."""
    entries: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        entries.setdefault((change.section, change.logical_id), []).append(change)
    return [_entry(found) for found in entries.values()]


def _entry(changes: Sequence[Change]) -> EntryChange:
    first = changes[0]
    gravest = max(changes, key=lambda change: change.replacement.rank)
    riskiest = max(changes, key=lambda change: change.risk.rank)
    # Whether a property or the entry itself came makes a difference: only an empty path speaks of the entry.
    whole = next((change for change in changes if not change.path), None)
    return EntryChange(
        kind=whole.kind if whole is not None else ChangeKind.CHANGED,
        section=first.section,
        logical_id=first.logical_id,
        type=first.type,
        replacement=gravest.replacement,
        risk=riskiest.risk,
        loss=riskiest.loss,
        why=gravest.why,
        changes=tuple(changes),
    )
