"""What changes wires that are there: direction, meaning, note, and the gap that a component leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from designer.catalog.entries import Property, PropertyType, Relation
from designer.gui.canvas.connecting import judge, kept_properties
from designer.gui.canvas.gestures.rename import RenameEditor
from designer.gui.canvas.metrics import Rect
from designer.gui.controls import tip
from designer.language import plural, tr
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Collection, Connection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_MOST_BRIDGES = 40
"""More wires than this over one gap would be no help to anybody."""
_NOTE_WIDTH = 180.0
_NOTE_HEIGHT = 22.0


class Rewiring:
    """Acts on the selected wires, or components, of a canvas's document."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    @property
    def _architecture(self) -> Architecture:
        return self._canvas.document.architecture

    def reverse(self) -> None:
        """Lets the selected wires run the other way, as one step; says why where one cannot."""
        selected = self._canvas.selection().connections
        if len(selected) == 1:
            self._reverse_one(selected[0])
            return
        edits: list[Edit] = []
        keys, reasons = [], []
        for key in selected:
            relations, reason = self._backwards(key)
            if relations:
                batch, new = self._reversed(key, relations[0])
                edits += batch.edits
                keys.append(new)
            else:
                keys.append(key)
                reasons.append(reason)
        if edits and self._canvas.do(Batch(tr("Reverse connections"), tuple(edits))):
            self._canvas.select(connections=keys)
        self._canvas.say(" ".join(dict.fromkeys(reasons)))

    def _reverse_one(self, key: str) -> None:
        relations, reason = self._backwards(key)
        if not relations:
            self._canvas.say(tr("It cannot run the other way: {reason}", reason=reason))
            return
        rect = self._label_rect(key)
        at = self._canvas.mapFromScene(rect[0], rect[1])

        def chosen(relation: Relation) -> None:
            batch, new = self._reversed(key, relation)
            if self._canvas.do(batch):
                self._canvas.select(connections=[new])
                self._canvas.say("")

        self._canvas.wiring.choose(relations, at, chosen)

    def _backwards(self, key: str) -> tuple[tuple[Relation, ...], str]:
        """What a wire may mean the other way, its own meaning alone where that fits; else the reason."""
        wire = self._architecture.connections[key]
        catalog = self._canvas.document.catalog
        verdict = judge(self._architecture, catalog, wire.target, wire.source, instead_of=key)
        kept = tuple(one for one in verdict.relations if one.id == wire.relation)
        return kept or verdict.relations, verdict.reason

    def _reversed(self, key: str, relation: Relation) -> tuple[Batch, str]:
        wire = self._architecture.connections[key]
        return operations.reverse(self._architecture, key, relation.id, kept_properties(wire, relation))

    def straighten(self) -> None:
        """Takes the corners of the selected wires away; without any selected, of all."""
        self._canvas.wiring.straighten(self._canvas.selection().connections or self._architecture.connections)

    def delete_and_reconnect(self) -> None:
        """Deletes the selected components and leads what came in to what it went on to, as one step.

        Where nothing fits, nothing is deleted, and the reason is said.
        """
        chosen = self._canvas.selection().components
        if not chosen:
            return
        wires, reasons = self._bridges(frozenset(chosen))
        if not wires or len(wires) > _MOST_BRIDGES:
            reason = reasons[0] if reasons else tr("nothing leads through it")
            if wires:
                reason = tr("it would take {count} connections", count=len(wires))
            self._canvas.say(tr("Nothing was deleted, for the gap cannot be bridged: {reason}", reason=reason))
            return
        deleted = operations.delete(self._architecture, {Collection.COMPONENTS: chosen})
        batch = operations.bridge(self._architecture, deleted, wires)
        if self._canvas.do(batch):
            told = plural("{count} connection bridges the gap.", "{count} connections bridge the gap.", len(wires))
            self._canvas.say(" ".join([told, *reasons]))

    def _bridges(self, gone: frozenset[str]) -> tuple[list[Connection], list[str]]:
        """Wires over the gap that components leave, each as much as possible what came in; and why others are not."""
        architecture, catalog = self._architecture, self._canvas.document.catalog
        wires: list[Connection] = []
        reasons: list[str] = []
        done: set[tuple[str, str]] = set()
        entering = [wire for key in sorted(gone) for wire in architecture.wires_of(key) if wire.source not in gone]
        for first in sorted(entering, key=lambda wire: wire.id):
            for last in self._leaving(first.target, gone):
                pair = first.source, last.target
                if pair in done or first.source == last.target:
                    continue
                done.add(pair)
                verdict = judge(architecture, catalog, *pair)
                if not verdict.relations:
                    reasons.append(verdict.reason)
                    continue
                fits = {relation.id: relation for relation in verdict.relations}
                model = next((wire for wire in (first, last) if wire.relation in fits), first)
                relation = fits.get(model.relation, verdict.relations[0])
                source, target = pair
                wires.append(
                    Connection(
                        id="",
                        source=source,
                        target=target,
                        relation=relation.id,
                        properties=kept_properties(model, relation),
                        note=model.note,
                        decisions=model.decisions,
                    )
                )
        return wires, list(dict.fromkeys(reasons))

    def _leaving(self, start: str, gone: frozenset[str]) -> list[Connection]:
        """The wires that lead out of the components that go, from one of them on."""
        reached, waiting = {start}, [start]
        found: list[Connection] = []
        while waiting:
            for wire in self._architecture.outgoing(waiting.pop()):
                if wire.target not in gone:
                    found.append(wire)
                elif wire.target not in reached:
                    reached.add(wire.target)
                    waiting.append(wire.target)
        return sorted(found, key=lambda wire: wire.id)

    def edit_note(self) -> None:
        """Edits the note of the one selected wire, whose first line stands on it."""
        selected = self._canvas.selection().connections
        if len(selected) != 1:
            return
        key = selected[0]
        first, *more = self._architecture.connections[key].note.split("\n")
        rect = self._label_rect(key)
        self._canvas.viewpoint.reveal(rect)
        self._canvas.setFocus()

        def write(text: str) -> None:
            self._write_note(key, "\n".join([text, *more]).strip())

        editor = RenameEditor(self._canvas, first, rect, write, empty=True)
        editor.setPlaceholderText(self._canvas.drawing.labels.verb(self._architecture.connections[key]))
        editor.setAccessibleName(tr("Note on the connection"))

    def _write_note(self, key: str, note: str) -> None:
        wire, names = self._architecture.connections.get(key), self._architecture.components
        if wire is not None and wire.note != note:
            label = tr("Note {source} to {target}", source=names[wire.source].name, target=names[wire.target].name)
            self._canvas.do(Batch(label, (Put(wire.with_(note=note)),)))

    def _label_rect(self, key: str) -> Rect:
        """Where the label of a wire is edited: over it, else over the middle of the wire."""
        geometry = self._canvas.drawing.wires
        x, y = geometry.middle(geometry.all[key])
        return x - _NOTE_WIDTH / 2, y - _NOTE_HEIGHT / 2, x + _NOTE_WIDTH / 2, y + _NOTE_HEIGHT / 2

    def add_meanings(self, menu: QMenu, keys: Sequence[str]) -> None:
        """Adds to a menu what the wires may mean instead, and the choices that their meaning leaves."""
        architecture, catalog = self._architecture, self._canvas.document.catalog
        wires = [architecture.connections[key] for key in keys]
        kinds = architecture.components
        fitting = [catalog.relations_between(kinds[w.source].kind, kinds[w.target].kind) for w in wires]
        shared = [relation for relation in fitting[0] if all(relation in others for others in fitting)]
        current = {wire.relation for wire in wires}
        if len(shared) > 1:
            inner = menu.addMenu(tr("Meaning"))
            inner.setToolTipsVisible(True)
            group = QActionGroup(inner)
            for relation in shared:
                action = inner.addAction(tr(relation.title))
                action.setToolTip(tip(tr(relation.summary)))
                action.setCheckable(True)
                action.setChecked(current == {relation.id})
                action.triggered.connect(lambda _=False, relation=relation: self.relate(keys, relation))
                group.addAction(action)
        if len(current) == 1:
            for prop in catalog.relations[next(iter(current))].properties.values():
                if prop.type is PropertyType.CHOICE and not prop.analysis_only:
                    self._add_choices(menu, prop, keys)

    def _add_choices(self, menu: QMenu, prop: Property, keys: Sequence[str]) -> None:
        resolution = self._canvas.drawing.labels.resolution
        values = {resolution.wire(key).values[prop.name] for key in keys}
        inner = menu.addMenu(tr(prop.title))
        group = QActionGroup(inner)
        for value, title in prop.choices.items():
            action = inner.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(values == {value})
            action.triggered.connect(lambda _=False, value=value: self._set(keys, prop, value))
            group.addAction(action)

    def _set(self, keys: Iterable[str], prop: Property, value: str) -> None:
        stored = None if value == prop.default else value
        self._canvas.do(operations.set_property(self._architecture, Collection.CONNECTIONS, keys, prop.name, stored))

    def relate(self, keys: Sequence[str], relation: Relation) -> None:
        """Gives wires another meaning; what they had set for the old one goes, what a person judged stays."""
        wires = [self._architecture.connections[key] for key in keys]
        changed = [wire for wire in wires if wire.relation != relation.id]
        if not changed:
            return
        lost = {name for wire in changed for name in wire.properties.keys() - kept_properties(wire, relation).keys()}
        edits = tuple(
            Put(wire.with_(relation=relation.id, properties=kept_properties(wire, relation))) for wire in changed
        )
        if self._canvas.do(Batch(tr("Change meaning to {title}", title=tr(relation.title)), edits)):
            names = ", ".join(sorted(name.replace("_", " ") for name in lost))
            told = tr("{title} has no {names}: left out.", title=tr(relation.title), names=names) if lost else ""
            self._canvas.say(told)
