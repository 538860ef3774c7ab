"""An exporter that is kept gives after each edit what a fresh export gives."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.cloudformation.export import Export, Exporter
from designer.errors import UserError
from designer.model.architecture import Architecture, InvalidEdit
from designer.model.edits import Put, PutSettings, Rekey, Remove
from designer.model.entities import Collection, Component, Connection
from tests.cloudformation.drawings import HOSTILE_NAMES, random_drawing, values_to_try

CATALOG = load_catalog()


def everything_of(made: Export) -> tuple[Any, ...]:
    """All that anybody sees of an export, with types and order."""
    lines = [(line.text, line.writer, line.path, line.origins, line.resource) for line in made.lines]
    return lines, made.text(), made.text("json"), list(made.titles.items()), made.notes, repr(made.template.tree)


def outcome(exporter: Exporter, architecture: Architecture, **options: bool) -> tuple[Any, ...] | str:
    """The export, or why there is none."""
    try:
        return everything_of(exporter.export(architecture, CATALOG, **options))
    except UserError as error:
        return str(error)


class Editor:
    """A person who edits at random: properties, names, ids, zones, places, wires, frames, settings; and undoes some."""

    def __init__(self, architecture: Architecture, seed: int) -> None:
        self.architecture, self.chance = architecture, random.Random(seed)
        self.undo: list[Any] = []

    def edit(self) -> None:
        """One edit of a random sort, or nothing where it is not allowed."""
        if self.undo and self.chance.random() < 0.2:
            self.architecture.apply(self.undo.pop())
            return
        sorts = (
            self._property, self._property, self._wire_property, self._move, self._name, self._rekey, self._add,
            self._wire, self._wire, self._cut, self._remove, self._zones, self._frame, self._settings, self._number,
        )  # fmt: skip
        made = self.chance.choice(sorts)()
        if made is not None:
            try:
                self.undo.append(self.architecture.apply(made))
            except InvalidEdit:
                return

    def _component(self) -> Component | None:
        return self.chance.choice(list(self.architecture.components.values()) or [None])

    def _connection(self) -> Connection | None:
        return self.chance.choice(list(self.architecture.connections.values()) or [None])

    def _property(self) -> Put | None:
        component = self._component()
        return component and self._set(component, CATALOG.kinds[component.kind].properties)

    def _wire_property(self) -> Put | None:
        wire = self._connection()
        return wire and self._set(wire, CATALOG.relations[wire.relation].properties)

    def _set(self, entity: Component | Connection, properties: Any) -> Put | None:
        if not properties:
            return None
        prop = properties[self.chance.choice(list(properties))]
        return Put(entity.with_property(prop.name, self.chance.choice([None, *values_to_try(prop)])))

    def _number(self) -> Put | None:
        """A number of another type, which is the same to Python and not to a template."""
        component = self._component()
        given = component.properties.items() if component is not None else ()
        numbers = [(name, value) for name, value in given if isinstance(value, (int, float))]
        if component is None or not numbers:
            return None
        name, value = self.chance.choice(numbers)
        return Put(component.with_property(name, self.chance.choice((float, int))(value)))

    def _move(self) -> Put | None:
        component = self._component()
        return component and Put(component.with_(x=self.chance.randint(0, 900), note="moved"))

    def _name(self) -> Put | None:
        component = self._component()
        return component and Put(component.with_(name=self.chance.choice(("Plain", *HOSTILE_NAMES))))

    def _rekey(self) -> Rekey | None:
        component = self._component()
        # "orders-2" and "orders2" come to the same logical ids.
        name = self.chance.choice(("orders-2", "orders2", "orders", f"new-{self.chance.randint(1, 5)}"))
        return component and Rekey(Collection.COMPONENTS, component.id, name)

    def _add(self) -> Put:
        kind = self.chance.choice(list(CATALOG.kinds))
        return Put(
            Component(id=f"{kind}-n{self.chance.randint(1, 9)}", kind=kind, name="New", boundary=self._boundary())
        )

    def _boundary(self) -> str | None:
        return self.chance.choice([None, *self.architecture.boundaries])

    def _wire(self) -> Put | None:
        source, target = self._component(), self._component()
        if source is None or target is None or source is target:
            return None
        between = CATALOG.relations_between(source.kind, target.kind)
        if not between:
            return None
        key = f"{source.id}-{target.id}-{self.chance.randint(1, 2)}"
        relation = self.chance.choice(between).id
        return Put(Connection(id=key, source=source.id, target=target.id, relation=relation))

    def _cut(self) -> Remove | None:
        wire = self._connection()
        return wire and Remove(Collection.CONNECTIONS, wire.id)

    def _remove(self) -> Remove | None:
        component = self._component()
        return component and Remove(Collection.COMPONENTS, component.id)

    def _zones(self) -> Put | None:
        component = self._component()
        return component and Put(component.with_(zones=tuple(self.chance.choice(("", "a", "ab", "abc")))))

    def _frame(self) -> Put | None:
        component = self._component()
        return component and Put(component.with_(boundary=self._boundary()))

    def _settings(self) -> PutSettings:
        old = self.architecture.settings
        zones = tuple(self.chance.choice(("a", "ab", "abc")))
        properties = self.chance.choice(({}, {"alarms": False}, {"nat": "single"}))
        return PutSettings(old.with_(zones=zones, properties=properties, name=self.chance.choice(("One", "Two"))))


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.booleans())
@settings(max_examples=25, deadline=None)
def test_after_any_edits_it_is_what_a_fresh_export_is(drawn: int, edited: int, drawing: bool) -> None:
    architecture = random_drawing(CATALOG, drawn, size=drawn % 12 + 2).architecture
    editor, kept = Editor(architecture, edited), Exporter()
    for _ in range(12):
        assert outcome(kept, architecture, drawing=drawing) == outcome(Exporter(), architecture, drawing=drawing)
        editor.edit()
