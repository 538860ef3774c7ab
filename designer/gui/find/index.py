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
_FOREVER = 1e9


class Scope(StrEnum):
    """Where to look; the order is that in which matches are ranked."""

    NAME = "name"
    KIND = "kind"
    PROPERTY = "property"
    NOTE = "note"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class _Text:
    scope: Scope
    shown: str
    folded: str


class _Page:
    """All that is searched, by the places of things: from top to bottom and from left to right."""

    def __init__(self, entries: Sequence[tuple[tuple[int, int], Thing, tuple[_Text, ...]]]) -> None:
        ordered = sorted(entries, key=lambda entry: entry[:2])
        self.things = [thing for _place, thing, _texts in ordered]
        self.texts = [texts for _place, _thing, texts in ordered]
        self._all: dict[Scope | None, list[str]] = {}
        self.called: dict[str, set[int]] = {}
        """The things by their whole names."""
        for number, texts in enumerate(self.texts):
            for text in texts:
                if text.scope is Scope.NAME:
                    self.called.setdefault(text.folded, set()).add(number)

    def of(self, scope: Scope | None) -> list[str]:
        """What is searched of each thing in one scope, or (`None`) in all, in one piece."""
        found = self._all.get(scope)
        if found is None:
            found = self._all[scope] = [
                "\n".join([text.folded for text in texts if scope is None or text.scope is scope])
                for texts in self.texts
            ]
        return found

    def having(self, scope: Scope, numbers: Sequence[int], words: Sequence[str]) -> set[int]:
        """Those of some things with any of the words in one scope."""
        texts, found = self.of(scope), set[int]()
        for word in words:
            found.update([number for number in numbers if word in texts[number]])
        return found

    def why(self, number: int, words: Sequence[str], scope: Scope | None) -> _Text:
        """The first text of a thing in which any of the words stands."""
        texts = (text for text in self.texts[number] if scope is None or text.scope is scope)
        return next(text for text in texts if any(word in text.folded for word in words))


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
        self._entries: list[tuple[tuple[int, int], Thing, tuple[_Text, ...]]] = []
        self._page: _Page | None = None

    def warm(self, seconds: float) -> bool:
        """Makes texts for so long; says whether all are made, so that a search takes no time worth speaking of."""
        if self._page is not None:
            return True
        if self._left is None:
            self._left, self._entries = iter(list(self._things())), []
        end = perf_counter() + seconds
        for thing, entity in self._left:
            self._entries.append((self._place(thing), thing, self._texts(thing, entity)))
            if perf_counter() > end:
                return False
        self._page, self._entries = _Page(self._entries), []
        self._page.of(None)
        return True

    def changed(self, changes: Changes) -> None:
        """Follows an edit."""
        self._resolution.changed(changes)
        self._left = self._page = None
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
        self._left = self._page = None

    def find(self, query: str, scope: Scope | None = None) -> list[Thing]:
        """The things of which all words of the query stand in texts of one scope, or (`None`) of any.

        What is called just so comes first. Names come before kinds, and these before all else; then from top to bottom
        and from left to right.
        """
        words = folded(query).split()
        if not words:
            return []
        page = self._whole()
        whole = page.of(scope)
        found = list(range(len(whole)))
        for word in words:
            found = [number for number in found if word in whole[number]]
        named = page.having(Scope.NAME, found, words) if scope in (None, Scope.NAME) else set()
        kinds = page.having(Scope.KIND, found, words) - named if scope in (None, Scope.KIND) else set()
        wanted = " ".join(words)
        called_so = page.called.get(wanted, set()) & named
        called_so = {number for number in called_so if page.why(number, words, scope).folded == wanted}
        early = called_so | named | kinds
        ranks = (called_so, named - called_so, kinds, set(found) - early)
        return [page.things[number] for rank in ranks for number in sorted(rank)]

    def why(self, thing: Thing, query: str, scope: Scope | None = None) -> str:
        """The text that says why a thing was found ("Storage: 50 GiB")."""
        page = self._whole()
        return page.why(page.things.index(thing), folded(query).split(), scope).shown

    def _whole(self) -> _Page:
        while self._page is None:
            self.warm(_FOREVER)
        return self._page

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

    def _texts(self, thing: Thing, entity: Drawn) -> tuple[_Text, ...]:
        findings = self._findings.get(thing[1], ())
        told = (_text(Scope.FINDING, f"{finding.title} ({finding.rule})") for finding in findings)
        return (*self._own_texts(thing, entity), *self._property_texts(thing), *told)

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
