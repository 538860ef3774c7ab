"""What can be searched of each thing in the drawing, and the search itself. Knows nothing of widgets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Kind, Property, Relation
from designer.catalog.resolve import Resolution, Values, visible
from designer.catalog.spoken import spoken
from designer.gui.matching import folded
from designer.gui.panels.limits import value_in_words
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.entities import Boundary, Collection, Component, Drawn

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis, Finding

Thing = tuple[Collection, str]


class Scope(StrEnum):
    """Where to look; the order is that in which matches are ranked."""

    NAME = "name"
    KIND = "kind"
    PROPERTY = "property"
    NOTE = "note"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that fits, and the text that says why ("Storage: 50 GiB")."""

    thing: Thing
    scope: Scope
    where: str


@dataclass(frozen=True, slots=True)
class _Text:
    scope: Scope
    shown: str
    folded: str


class DrawingIndex:
    """Finds things by words. Texts are made when first searched and kept until what they are made of is another."""

    def __init__(self, architecture: Architecture, catalog: Catalog) -> None:
        self._architecture = architecture
        self._resolution = Resolution(architecture, catalog)
        self._catalog = catalog
        self._own: dict[Thing, tuple[Drawn, tuple[_Text, ...]]] = {}
        self._values: dict[Thing, tuple[Values, tuple[_Text, ...]]] = {}
        self._findings: Mapping[str, Sequence[Finding]] = {}
        self._left: Iterator[tuple[Thing, Drawn]] | None = None

    def warm(self, seconds: float) -> bool:
        """Makes texts for so long; says whether all are made, so that a search takes no time worth speaking of."""
        if self._left is None:
            self._left = iter(list(self._things()))
        end = perf_counter() + seconds
        for thing, entity in self._left:
            self._own_texts(thing, entity)
            self._property_texts(thing)
            if perf_counter() > end:
                return False
        return True

    def changed(self, changes: Changes) -> None:
        """Follows an edit."""
        self._resolution.changed(changes)
        self._left = None
        for collection in Collection:
            for key, _before, after in changes.of(collection):
                if after is None:
                    self._own.pop((collection, key), None)
                    self._values.pop((collection, key), None)
        for key, _before, after in changes.of(Collection.COMPONENTS):
            for wire in self._architecture.wires_of(key) if after is not None else ():
                # Connections are called after their ends.
                self._own.pop((Collection.CONNECTIONS, wire.id), None)

    def analysed(self, analysis: Analysis | None) -> None:
        """Takes over the findings of an analysis."""
        found: dict[str, list[Finding]] = {}
        for finding in analysis.findings if analysis is not None else ():
            for key in {*finding.components, *finding.connections, *finding.boundaries}:
                found.setdefault(key, []).append(finding)
        self._findings = found

    def find(self, query: str, scope: Scope | None = None) -> list[Hit]:
        """The things of which all words of the query stand in texts of one scope, or (`None`) of any.

        What is called just so comes first. Names come before kinds, and these before all else; then from top to bottom
        and from left to right.
        """
        words = folded(query).split()
        if not words:
            return []
        hits = [hit for thing in self._things() if (hit := self._hit(thing, words, scope)) is not None]
        order, wanted = list(Scope), " ".join(words)

        def rank(hit: Hit) -> int:
            named_so = hit.scope is Scope.NAME and folded(hit.where) == wanted
            return -1 if named_so else min(2, order.index(hit.scope))

        return sorted(hits, key=lambda hit: (rank(hit), self._place(hit.thing), hit.thing))

    def title(self, thing: Thing) -> str:
        """What a thing is called."""
        collection, key = thing
        entity = self._architecture.table(collection)[key]
        if isinstance(entity, (Component, Boundary)):
            return entity.name or key
        return self._resolution.wire(key).label

    def _things(self) -> Iterator[tuple[Thing, Drawn]]:
        for key, component in self._architecture.components.items():
            yield (Collection.COMPONENTS, key), component
        for key, boundary in self._architecture.boundaries.items():
            yield (Collection.BOUNDARIES, key), boundary
        for key, wire in self._architecture.connections.items():
            yield (Collection.CONNECTIONS, key), wire

    def _hit(self, found: tuple[Thing, Drawn], words: Sequence[str], scope: Scope | None) -> Hit | None:
        """Each word has to stand in one of the texts; the first text with a word says why."""
        thing, entity = found
        left = list(words)
        first: _Text | None = None
        for text in self._texts(thing, entity, scope):
            rest = [word for word in left if word not in text.folded]
            if len(rest) < len(left):
                first = first or text
                left = rest
            if not left:
                assert first is not None
                return Hit(thing, first.scope, first.shown)
        return None

    def _texts(self, thing: Thing, entity: Drawn, scope: Scope | None) -> Iterator[_Text]:
        for text in self._own_texts(thing, entity):
            if scope is None or text.scope is scope:
                yield text
        if scope in (None, Scope.PROPERTY):
            yield from self._property_texts(thing)
        if scope in (None, Scope.FINDING):
            for finding in self._findings.get(thing[1], ()):
                yield _text(Scope.FINDING, f"{finding.title} ({finding.rule})")

    def _own_texts(self, thing: Thing, entity: Drawn) -> tuple[_Text, ...]:
        kept = self._own.get(thing)
        if kept is None or kept[0] is not entity:
            kept = self._own[thing] = (entity, tuple(self._made_texts(thing, entity)))
        return kept[1]

    def _made_texts(self, thing: Thing, entity: Drawn) -> Iterator[_Text]:
        entry = self._entry(thing)
        if isinstance(entity, (Component, Boundary)):
            yield _text(Scope.NAME, entity.name)
            yield _text(Scope.NAME, thing[1])
        else:
            yield _text(Scope.NAME, self._resolution.wire(thing[1]).label)
        others = entry.aliases if isinstance(entry, Kind) else ()
        yield _Text(Scope.KIND, tr(entry.title), folded(" ".join((tr(entry.title), entry.title, entry.id, *others))))
        if entity.note.strip():
            yield _text(Scope.NOTE, entity.note)
        for decision in entity.decisions:
            yield _text(Scope.NOTE, f"{decision.title} ({decision.status}) {decision.why}")

    def _property_texts(self, thing: Thing) -> tuple[_Text, ...]:
        values = self._values_of(thing)
        kept = self._values.get(thing)
        if kept is None or (kept[0] is not values and kept[0] != values):
            properties = visible(self._entry(thing).properties, values)
            kept = self._values[thing] = (values, tuple(_property_text(prop, values[prop.name]) for prop in properties))
        return kept[1]

    def _values_of(self, thing: Thing) -> Values:
        collection, key = thing
        if collection is Collection.COMPONENTS:
            return self._resolution.component(key).values
        if collection is Collection.CONNECTIONS:
            return self._resolution.wire(key).values
        return self._resolution.boundary(key)

    def _entry(self, thing: Thing) -> Kind | Relation:
        collection, key = thing
        if collection is Collection.COMPONENTS:
            return self._catalog.kinds[self._architecture.components[key].kind]
        if collection is Collection.CONNECTIONS:
            return self._catalog.relations[self._architecture.connections[key].relation]
        return self._catalog.boundaries[self._architecture.boundaries[key].kind]

    def _place(self, thing: Thing) -> tuple[int, int]:
        collection, key = thing
        if collection is Collection.CONNECTIONS:
            key = self._architecture.connections[key].source
        if collection is Collection.BOUNDARIES:
            boundary = self._architecture.boundaries[key]
            return boundary.y, boundary.x
        component = self._architecture.components[key]
        return component.y, component.x


def _text(scope: Scope, shown: str) -> _Text:
    return _Text(scope, " ".join(shown.split()), folded(shown))


def _property_text(prop: Property, value: object) -> _Text:
    """The title and the value in words, searched also by the names that the file has for both."""
    named = spoken(prop)
    shown = f"{named.title}: {value_in_words(named, value)}"
    return _Text(Scope.PROPERTY, shown, folded(f"{shown} {prop.name} {value}"))
