"""Lists in the place of pointing: where a thing is to move, and what it is to be connected to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from designer.catalog.entries import Relation
from designer.gui.canvas.connecting import judge
from designer.gui.canvas.moving_in import Thing, homes_for, why_not
from designer.gui.matching import folded
from designer.gui.offers import Offer
from designer.language import plural, tr
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_WITHIN = " / "
_OUT = "out"
"""Stands for no boundary at all, among the kinds of boundaries."""


class Choosing:
    """Opens searchable lists over a canvas for what is selected; Enter takes a line, Escape none."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def ask_home(self) -> None:
        """Lets the user choose the boundary that the selected things are moved into."""
        architecture = self._canvas.document.architecture
        things = self._things()
        homes = homes_for(architecture, things)
        if not homes:
            reason = why_not(architecture, things, None) if not things else None
            self._canvas.say(reason or tr("There is no other boundary that it could be moved into."))
            return
        what = self._name(*things[0]) if len(things) == 1 else plural("{count} thing", "{count} things", len(things))
        prompt = tr("Move {name} into", name=what)
        self._open([self._home_offer(home) for home in homes], prompt, lambda offer: self._move(offer.target))

    def ask_target(self) -> None:
        """Lets the user choose what the selected component is connected to, and what the wire means."""
        selected = self._canvas.selection().components
        if len(selected) != 1:
            self._canvas.say(tr("Select one component to connect from."))
            return
        (source,) = selected
        name = self._name(Collection.COMPONENTS, source)
        offers = list(self._target_offers(source))
        if not offers:
            self._canvas.say(tr("Nothing is drawn yet that {name} could be connected to.", name=name))
            return
        self._open(offers, tr("Connect {name} to", name=name), lambda offer: self._connect(source, offer))

    def _things(self) -> list[Thing]:
        selection = self._canvas.selection()
        return [(each, key) for each in (Collection.BOUNDARIES, Collection.COMPONENTS) for key in selection.of(each)]

    def _home_offer(self, home: str | None) -> Offer:
        if home is None:
            return _offer(_OUT, tr("Out of all boundaries"), tr("Beside the boundary that it stands in now"))
        architecture, labels = self._canvas.document.architecture, self._canvas.drawing.labels
        chain = [around.name for around in architecture.boundaries_around(home)]
        kind = labels.boundary_icon(architecture.boundaries[home])
        return _offer(kind, _WITHIN.join(reversed(chain)), labels.boundary_name(home), home)

    def _target_offers(self, source: str) -> Iterable[Offer]:
        """A line for each component and relation that a wire from a component may have, by name."""
        architecture, catalog = self._canvas.document.architecture, self._canvas.document.catalog
        kind = architecture.components[source].kind
        reachable = {other for other in catalog.kinds if catalog.relations_between(kind, other)}
        others = [each for each in architecture.components.values() if each.kind in reachable and each.id != source]
        for other in sorted(others, key=lambda each: (each.name.casefold(), each.id)):
            for relation in judge(architecture, catalog, source, other.id).relations:
                title = f"{other.name}: {tr(relation.title).lower()}"
                yield _offer(other.kind, title, tr(relation.summary), other.id, relation)

    def _open(self, offers: list[Offer], prompt: str, take: Callable[[Offer], None]) -> None:
        canvas = self._canvas
        bounds = canvas.drawing.bounds_of(canvas.selection())
        at = QPoint(0, 0)
        if bounds is not None:
            canvas.viewpoint.reveal(bounds)
            at = canvas.mapFromScene(bounds[0], bounds[3] + 6)
        canvas.adding.open(offers, at, take, lambda offer: offer.summary, prompt)

    def _move(self, home: str) -> None:
        self._canvas.commands.move_into(home or None)

    def _connect(self, source: str, offer: Offer) -> None:
        if offer.relation is not None:
            self._canvas.wiring.connect(source, offer.target, (offer.relation,), QPoint(0, 0))

    def _name(self, collection: Collection, key: str) -> str:
        architecture = self._canvas.document.architecture
        if collection is Collection.BOUNDARIES:
            return architecture.boundaries[key].name
        return architecture.components[key].name


def _offer(kind: str, title: str, summary: str, target: str = "", relation: Relation | None = None) -> Offer:
    return Offer(kind, title, summary, "", (folded(title), *folded(title).split(_WITHIN)), relation, target)
