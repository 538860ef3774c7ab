"""The things an architecture is made of. All are immutable: an edit puts a new one in the place of the old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Self

Value = Any
"""A JSON value: text, whole or decimal number, true/false, null, list or mapping with text keys."""

Properties = Mapping[str, Value]
EMPTY: Properties = MappingProxyType({})


class Collection(StrEnum):
    """The four keyed collections of an architecture, by the name that the file uses."""

    COMPONENTS = "components"
    CONNECTIONS = "connections"
    BOUNDARIES = "boundaries"
    FLOWS = "flows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What all of them share.

    `id` is the key in the file. `properties` holds only what the user chose; defaults come from the catalog.
    `extra` keeps keys of the file that this version does not know, `comments` the comment lines before the entry.
    """

    id: str
    properties: Properties = field(default_factory=lambda: EMPTY)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Entity):
    """One box: an instance of a service kind.

    `zones` are Availability Zone letters; empty means "those of the boundary it stands in, else of the architecture".
    `boundary` is the id of the innermost boundary around it. `x`, `y` are the top left corner in canvas units.
    """

    kind: str
    name: str
    zones: tuple[str, ...] = ()
    boundary: str | None = None
    x: int = 0
    y: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection(Entity):
    """One wire, from a source component to a target component, of one relation of the catalog."""

    source: str
    target: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary(Entity):
    """A container: kind `vpc`, `tier` (a subnet tier) or `group`. `x`, `y`, `width`, `height` in canvas units."""

    kind: str
    name: str
    parent: str | None = None
    zones: tuple[str, ...] = ()
    x: int = 0
    y: int = 0
    width: int = 320
    height: int = 240
    note: str = ""


class Mode(StrEnum):
    """What counts as working for a flow: the request is taken in, or all its work is done, or with nothing missing."""

    ACCEPT = "accept"
    COMPLETE = "complete"
    DEGRADED = "degraded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Entity):
    """A user path. `goal` is an availability between 0 and 1, or `None` when none is stated."""

    name: str
    entry: str
    mode: Mode = Mode.COMPLETE
    goal: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What concerns the whole architecture. `zones` are the zone letters in use where nothing says otherwise.

    `comments` are the comment lines at the top of the file, `closing_comments` those at its end.
    """

    name: str = "Untitled"
    description: str = ""
    region: str = "us-east-1"
    zones: tuple[str, ...] = ("a", "b")
    properties: Properties = field(default_factory=lambda: EMPTY)
    extra: Properties = field(default_factory=lambda: EMPTY)
    comments: tuple[str, ...] = ()
    closing_comments: tuple[str, ...] = ()

    def with_(self, **changes: Any) -> Settings:
        """A copy with the named fields changed."""
        return replace(self, **changes)


COLLECTION_OF: Mapping[type[Entity], Collection] = {
    Component: Collection.COMPONENTS,
    Connection: Collection.CONNECTIONS,
    Boundary: Collection.BOUNDARIES,
    Flow: Collection.FLOWS,
}
