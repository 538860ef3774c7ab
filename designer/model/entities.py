"""The things an architecture is made of. All are immutable: an edit puts a new one in the place of the old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

from designer.model.decisions import Decision
from designer.records import record

Value = Any
"""A JSON value: text, whole or decimal number, true/false, null, list or mapping with text keys."""

Properties = Mapping[str, Value]
EMPTY: Properties = MappingProxyType({})


Acceptances = Mapping[str, str]
"""Reasons by the id of a rule ("SPOF-02") whose findings are accepted."""
NONE_ACCEPTED: Acceptances = MappingProxyType({})


MOST_LAYERS = 10_000
"""Layers go from minus this to this."""


class Collection(StrEnum):
    """The four keyed collections of an architecture, by the name that the file uses."""

    COMPONENTS = "components"
    CONNECTIONS = "connections"
    BOUNDARIES = "boundaries"
    FLOWS = "flows"


@record(kw_only=True)
class Entity:
    """What all of them share.

    `id` is the key in the file. `properties` holds only what the user chose; defaults come from the catalog.
    `accepted` gives for ids of rules the reason why their findings here are accepted. `extra` keeps keys of the file
    that this version does not know, `comments` the comment lines before the entry.
    """

    id: str
    properties: Properties = field(default_factory=lambda: EMPTY)
    accepted: Acceptances = field(default_factory=lambda: NONE_ACCEPTED)
    extra: Properties = field(default_factory=lambda: EMPTY)
    comments: tuple[str, ...] = ()

    def with_(self, **changes: Any) -> Self:
        """A copy with the named fields changed."""
        return replace(self, **changes)

    def with_property(self, name: str, value: Value) -> Self:
        """A copy with one property set; `None` takes the property away, so that its default counts again."""
        kept = {key: old for key, old in self.properties.items() if key != name}
        if value is not None:
            kept[name] = value
        return replace(self, properties=kept)

    def with_accepted(self, rule: str, reason: str | None) -> Self:
        """A copy where a rule's findings are accepted for a reason; `None` takes the acceptance back."""
        return replace(self, accepted=changed_acceptances(self.accepted, rule, reason))


@record(kw_only=True)
class Drawn(Entity):
    """What is drawn: a person may pin a note and decisions to it."""

    note: str = ""
    decisions: tuple[Decision, ...] = ()

    @property
    def is_annotated(self) -> bool:
        """Whether a note or a decision is pinned to it."""
        return bool(self.decisions or self.note.strip())


@record(kw_only=True)
class Placed(Drawn):
    """What has a place of its own: a component or a boundary.

    `locked` things keep their place (`designer.model.locks`). Of things that overlap, the one of the higher `layer`
    lies above; among equals what was added later.
    """

    kind: str
    name: str
    locked: bool = False
    layer: int = 0


@record(kw_only=True)
class Component(Placed):
    """One box: an instance of a service kind.

    `zones` are Availability Zone letters; empty means "those of the boundary it stands in, else of the architecture".
    `boundary` is the id of the innermost boundary around it. `x`, `y` are the top left corner in canvas units.
    """

    zones: tuple[str, ...] = ()
    boundary: str | None = None
    x: int = 0
    y: int = 0


_LONGEST_HEADLINE = 32


@record(kw_only=True)
class Connection(Drawn):
    """One wire, from a source component to a target component, of one relation of the catalog.

    `via` are the corners at which it turns on the drawing, in canvas units; empty means that it finds its own way.
    """

    source: str
    target: str
    relation: str
    via: tuple[tuple[int, int], ...] = ()

    @property
    def headline(self) -> str:
        """The first line of its note, which drawings show on it, cut to 32 characters; empty where there is none."""
        line = next((line.strip() for line in self.note.splitlines() if line.strip()), "")
        return line if len(line) <= _LONGEST_HEADLINE else line[: _LONGEST_HEADLINE - 1].rstrip() + "…"


@record(kw_only=True)
class Boundary(Placed):
    """A container: kind `vpc`, `tier` (a subnet tier) or `group`. `x`, `y`, `width`, `height` in canvas units.

    A `collapsed` one is drawn as a card in the place of all that stands in it; its size is that which it has open.
    """

    parent: str | None = None
    zones: tuple[str, ...] = ()
    x: int = 0
    y: int = 0
    width: int = 320
    height: int = 240
    collapsed: bool = False


class Mode(StrEnum):
    """What counts as working for a flow: the request is taken in, or all its work is done, or with nothing missing."""

    ACCEPT = "accept"
    COMPLETE = "complete"
    DEGRADED = "degraded"


@record(kw_only=True)
class Flow(Entity):
    """A user path with what is wanted of it, each `None` when not stated.

    `goal` is an availability between 0 and 1. `rto` (recovery time objective) is how many seconds it may be down after
    a failure, `rpo` (recovery point objective) of how many seconds before a failure the data may be lost.
    """

    name: str
    entry: str
    mode: Mode = Mode.COMPLETE
    goal: float | None = None
    rto: int | None = None
    rpo: int | None = None


@record(kw_only=True)
class Settings:
    """What concerns the whole architecture. `zones` are the zone letters in use where nothing says otherwise.

    `accepted` holds for findings everywhere. `note` and `decisions` are about the whole. `comments` are the comment
    lines at the top of the file, `closing_comments` those at its end.
    """

    name: str = "Untitled"
    description: str = ""
    region: str = "us-east-1"
    zones: tuple[str, ...] = ("a", "b")
    properties: Properties = field(default_factory=lambda: EMPTY)
    note: str = ""
    decisions: tuple[Decision, ...] = ()
    accepted: Acceptances = field(default_factory=lambda: NONE_ACCEPTED)
    extra: Properties = field(default_factory=lambda: EMPTY)
    comments: tuple[str, ...] = ()
    closing_comments: tuple[str, ...] = ()

    def with_(self, **changes: Any) -> Settings:
        """A copy with the named fields changed."""
        return replace(self, **changes)

    def with_accepted(self, rule: str, reason: str | None) -> Settings:
        """A copy where a rule's findings are accepted everywhere; `None` takes the acceptance back."""
        return replace(self, accepted=changed_acceptances(self.accepted, rule, reason))


def changed_acceptances(accepted: Acceptances, rule: str, reason: str | None) -> Acceptances:
    """The acceptances with one more, one with another reason, or (`None`) one less."""
    kept = {key: old for key, old in accepted.items() if key != rule}
    if reason is not None:
        kept[rule] = reason
    return kept


COLLECTION_OF: Mapping[type[Entity], Collection] = {
    Component: Collection.COMPONENTS,
    Connection: Collection.CONNECTIONS,
    Boundary: Collection.BOUNDARIES,
    Flow: Collection.FLOWS,
}
