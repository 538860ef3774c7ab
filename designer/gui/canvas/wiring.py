"""What makes and changes wires: each is one step for undo, and where several relations fit, a menu asks which."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from designer.catalog.entries import Relation
from designer.gui.canvas.connecting import judge_between, kept_properties
from designer.gui.canvas.hit_test import handle_point
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH, Point, snap
from designer.gui.canvas.wire_path import BOTTOM, LEFT, RIGHT, TOP, choose_sides
from designer.gui.controls import tip
from designer.gui.offers import Offer, fitting_offers
from designer.language import tr
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Component, Connection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_CORNER_REACH = 9.0
"""A corner is meant within so many pixels."""

_CORNERS_AT = {
    LEFT: (0, CARD_HEIGHT / 2),
    RIGHT: (CARD_WIDTH, CARD_HEIGHT / 2),
    TOP: (CARD_WIDTH / 2, 0),
    BOTTOM: (CARD_WIDTH / 2, CARD_HEIGHT),
}
"""From a card's corner to the middle of each side."""


class Wiring:
    """Acts on the wires of a canvas's document."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.relation_menu: QMenu | None = None
        """The menu of relations, while several fit a wire."""

    @property
    def _architecture(self) -> Architecture:
        return self._canvas.document.architecture

    def connect(self, source: str, target: str, relations: tuple[Relation, ...], at: QPoint) -> None:
        """Draws a wire; where several relations fit, a menu at the place asks which."""
        self.choose(relations, at, lambda chosen: self._draw(source, target, chosen))

    def reconnect(self, wire: str, source: str, target: str, relations: tuple[Relation, ...], at: QPoint) -> None:
        """Leads a wire to other ends. It keeps its relation where that still fits; else a menu may have to ask."""
        kept = tuple(one for one in relations if one.id == self._architecture.connections[wire].relation)
        self.choose(kept or relations, at, lambda chosen: self._lead(wire, source, target, chosen))

    def offer_ends(self, source: str, at: Point, view: QPoint) -> None:
        """Lets the user choose what a wire that was let go at a point ends at; it is added there."""
        document = self._canvas.document
        offers = fitting_offers(document.catalog, document.architecture.components[source].kind)
        self._canvas.adding.open(offers, view, lambda offer: self._grow_at(source, offer, at))

    def offer_beside(self, source: str, side: int) -> None:
        """Lets the user choose what is added on a side of a component, with a wire to it."""
        document = self._canvas.document
        offers = fitting_offers(document.catalog, document.architecture.components[source].kind)
        if not offers:
            name = document.architecture.components[source].name
            self._canvas.say(tr("Nothing can be led on from {name}.", name=name))
            return
        rect = self._canvas.drawing.rects[source]
        x, y = handle_point(rect, side)
        place = self._canvas.commands.place_beside(source, side)
        self._canvas.select(components=[source])
        view = self._canvas.mapFromScene(x, y)
        self._canvas.adding.open(offers, view, lambda offer: self.grow(source, offer, place))

    def _grow_at(self, source: str, offer: Offer, at: Point) -> None:
        """Adds a component with the wire to it, the end of the wire at a point."""
        if source in self._architecture.components:
            side = choose_sides(self._canvas.drawing.rects[source], (*at, *at))[1]
            left, top = _CORNERS_AT[side]
            self.grow(source, offer, (snap(at[0] - left), snap(at[1] - top)))

    def grow(self, source: str, offer: Offer, place: tuple[int, int]) -> None:
        """Adds a component with its corner at a place and the wire to it, as one step."""
        relation = offer.relation
        if relation is None or source not in self._architecture.components:
            return
        component, added = self._canvas.commands.placed(offer.kind, place)
        key = operations.connection_id(self._architecture, source, component.id)
        wire = Connection(id=key, source=source, target=component.id, relation=relation.id)
        label = tr("Add {name} to {source}", name=component.name, source=self._architecture.components[source].name)
        if self._canvas.do(Batch(label, (*added.edits, Put(wire)))):
            self._canvas.select(components=[component.id])
            self._canvas.reveal_selection()
            self._canvas.added.emit(offer.kind)

    def put_between(self, component: Component, wire_key: str, added: Batch) -> bool:
        """Adds a component between the ends of a wire, as one step; says whether it could be.

        `added` is the edit that adds the component, with what makes room for it.
        The half that means what the wire meant keeps all that it had set; where neither does, the second half does as
        far as it can.
        """
        document = self._canvas.document
        wire = self._architecture.connections[wire_key]
        relations = judge_between(self._architecture, document.catalog, wire, component.kind).relations
        if relations is None:
            return False
        heir = 0 if relations[0].id == wire.relation and relations[1].id != wire.relation else 1
        ends = ((wire.source, component.id), (component.id, wire.target))
        halves = []
        for number, (relation, (source, target)) in enumerate(zip(relations, ends, strict=True)):
            half = Connection(id=wire.id, source=source, target=target, relation=relation.id)
            if number == heir:
                properties = kept_properties(wire, relation)
                half = wire.with_(source=source, target=target, relation=relation.id, properties=properties, via=())
            halves.append(half)
        batch = operations.insert_between(self._architecture, component, wire.id, (halves[0], halves[1]))
        return self._canvas.do(Batch(batch.label, added.edits + batch.edits))

    def turns_at(self, wire: str, at: Point) -> bool:
        """Whether a wire has a corner near a point."""
        drawing = self._canvas.drawing
        reach = _CORNER_REACH / drawing.frame.zoom
        corners = drawing.wires.points(drawing.wires.all[wire])[1:-1]
        return any(abs(at[0] - x) <= reach and abs(at[1] - y) <= reach for x, y in corners)

    def straighten(self, wires: Iterable[str]) -> None:
        """Takes the corners of wires away, as one step: they find their own ways again."""
        edits: list[Edit] = []
        label = ""
        for key in wires:
            if self._architecture.connections[key].via:
                batch = operations.bend(self._architecture, key, ())
                edits += batch.edits
                label = batch.label if not label else tr("Straighten wires")
        if edits:
            self._canvas.do(Batch(label, tuple(edits)))

    def choose(self, relations: tuple[Relation, ...], at: QPoint, chosen: Callable[[Relation], None]) -> None:
        """Takes the one relation that fits; where there are several, a menu at a place of the view asks which."""
        if len(relations) == 1:
            chosen(relations[0])
            return
        menu = QMenu(self._canvas)
        menu.setAccessibleName(tr("What the wire means"))
        for relation in relations:
            action = menu.addAction(tr(relation.title))
            action.setToolTip(tip(tr(relation.summary)))
            action.triggered.connect(lambda _=False, relation=relation: chosen(relation))
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        self.relation_menu = menu
        menu.popup(self._canvas.viewport().mapToGlobal(at))
        menu.setActiveAction(menu.actions()[0])

    def _draw(self, source: str, target: str, relation: Relation) -> None:
        self.relation_menu = None
        batch = operations.connect(self._architecture, source, target, relation.id)
        key = operations.connection_id(self._architecture, source, target)
        if self._canvas.do(batch):
            self._canvas.select(connections=[key])

    def _lead(self, key: str, source: str, target: str, relation: Relation) -> None:
        self.relation_menu = None
        wire = self._architecture.connections.get(key)
        if wire is None:
            return
        properties = kept_properties(wire, relation)
        lost = sorted(wire.properties.keys() - properties.keys())
        batch, new = operations.reconnect(self._architecture, key, source, target, relation.id, properties)
        if self._canvas.do(batch):
            self._canvas.select(connections=[new])
            names = ", ".join(name.replace("_", " ") for name in lost)
            self._canvas.say(
                tr("{title} has no {names}: left out.", title=tr(relation.title), names=names) if lost else ""
            )
