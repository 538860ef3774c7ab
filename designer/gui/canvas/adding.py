"""Adding by search, with a wire, or in the place of something that is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from designer.gui.canvas.metrics import BOUNDARY_SIZES, CARD_HEIGHT, CARD_WIDTH, snap
from designer.gui.offers import Offer, all_offers, fitting_offers, service_offers
from designer.language import tr

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas
    from designer.gui.canvas.quick_add import QuickAdd
    from designer.gui.canvas.replacing import Replacement

_LINE = 56
"""Characters in a line of a menu that explains."""


class Adding:
    """Asks what to add to a canvas's document, and adds it: each time one step for undo."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.search: QuickAdd | None = None
        """The search, while it is open."""
        self.drop_menu: QMenu | None = None
        """What a kind that was dropped on a component can do, while that is asked."""

    def ask(self, at: QPoint | None = None) -> None:
        """Opens the search for what to add at a place of the view, else where the pointer is or in the middle."""
        canvas = self._canvas
        if at is None:
            under = canvas.viewport().mapFromGlobal(QCursor.pos())
            area = canvas.viewport().rect()
            at = under if area.contains(under) else area.center()
        place = canvas.mapToScene(at)
        first = {kind: number for number, kind in enumerate(self._canvas.favoured())}
        offers = sorted(all_offers(canvas.document.catalog), key=lambda offer: first.get(offer.kind, len(first)))
        self.open(offers, at, lambda offer: self._add(offer.kind, place))

    def open(
        self,
        offers: Sequence[Offer],
        at: QPoint,
        take: Callable[[Offer], None],
        detail: Callable[[Offer], str] = lambda offer: offer.summary,
        prompt: str = "",
    ) -> None:
        """Opens the search over some offers; what is shown of a wire goes with it."""
        from designer.gui.canvas.quick_add import QuickAdd

        self.close()
        self.search = QuickAdd(self._canvas, offers, at, take, self._closed, detail, prompt)

    def close(self) -> None:
        """Closes the search, with nothing taken."""
        if self.search is not None:
            self.search.close_up()

    def insert_connected(self, kind: str) -> None:
        """Adds a component beside the selected one with a wire to it; where several relations fit, a list asks which.

        Where there is nothing to connect to, or nothing that the wire could mean, it is only added, and that is said.
        """
        canvas, document = self._canvas, self._canvas.document
        selected = canvas.selection().components
        if len(selected) != 1 or kind not in document.catalog.kinds:
            canvas.insert(kind)
            canvas.say(tr("Not connected: select one component first, then add with Alt."))
            return
        (source,) = selected
        held = document.architecture.components[source]
        offers = [one for one in fitting_offers(document.catalog, held.kind) if one.kind == kind]
        place = canvas.commands.place_beside(source)
        if not offers:
            canvas.insert(kind)
            canvas.say(tr("Not connected: {reason}", reason=document.catalog.refusal(held.kind, kind).reason))
        elif len(offers) == 1:
            canvas.wiring.grow(source, offers[0], place)
        else:
            at = canvas.mapFromScene(QPointF(*place))
            self.open(offers, at, lambda offer: canvas.wiring.grow(source, offer, place))

    def ask_replacement(self) -> None:
        """Opens the search for the kind that takes the place of what is selected; it says what each would lose."""
        canvas, document = self._canvas, self._canvas.document
        keys = canvas.selection().components
        if not keys:
            return
        kinds = {document.architecture.components[key].kind for key in keys}
        offers = [offer for offer in service_offers(document.catalog) if {offer.kind} != kinds]
        bounds = canvas.drawing.rects[keys[0]]
        canvas.viewpoint.reveal(bounds)
        at = canvas.mapFromScene(QPointF(bounds[0], bounds[3] + 6))
        only = document.architecture.components[keys[0]].name
        prompt = tr("Replace {name} by", name=only) if len(keys) == 1 else tr("Replace them by")
        self.open(
            offers, at, lambda offer: self.replace(keys, offer.kind), lambda o: self._losses(keys, o.kind), prompt
        )

    def replace_selected(self, kind: str) -> None:
        """Gives what is selected another kind."""
        keys = self._canvas.selection().components
        if keys and kind in self._canvas.document.catalog.kinds:
            self.replace(keys, kind)
        else:
            self._canvas.say(tr("Nothing replaced: select components first, then choose a service with Shift."))

    def replace(self, keys: Sequence[str], kind: str) -> None:
        """Gives components another kind, and says what went by it."""
        known = [key for key in keys if key in self._canvas.document.architecture.components]
        replacement = self.replacement(known, kind)
        if replacement.edit.edits and self._canvas.commands.do_with_lanes(replacement.edit):
            self._canvas.select(components=known)
            self._canvas.say(" ".join(replacement.losses))

    def replacement(self, keys: Sequence[str], kind: str) -> Replacement:
        """What replacing components by a kind would do."""
        from designer.gui.canvas.replacing import replace_kind

        document = self._canvas.document
        return replace_kind(document.architecture, document.catalog, keys, kind)

    def ask_dropped(self, kind: str, key: str, view: QPoint, add: Callable[[], None]) -> None:
        """A kind was dropped on a component: a menu offers to replace it, saying what goes, or to `add` it there."""
        document = self._canvas.document
        name, title = document.architecture.components[key].name, tr(document.catalog.kinds[kind].title)
        menu = QMenu(self._canvas)
        menu.setAccessibleName(tr("What to do with it"))
        replace = menu.addAction(_plain(tr("Replace {name} by {title}", name=name, title=title)))
        replace.triggered.connect(lambda: self.replace([key], kind))
        for sentence in self.replacement([key], kind).losses:
            for line in wrap(sentence, _LINE, subsequent_indent="    "):
                menu.addAction(_plain(line)).setEnabled(False)
        menu.addSeparator()
        menu.addAction(_plain(tr("Add {title} here", title=title))).triggered.connect(lambda: add())
        menu.aboutToHide.connect(menu.deleteLater)
        self.drop_menu = menu
        menu.popup(self._canvas.viewport().mapToGlobal(view))
        menu.setActiveAction(replace)

    def _closed(self) -> None:
        self.search = None
        self._canvas.overlay.show_wire(None)

    def _losses(self, keys: Sequence[str], kind: str) -> str:
        return " ".join(self.replacement(keys, kind).losses) or tr("Nothing is lost by this.")

    def _add(self, kind: str, at: QPointF) -> None:
        size = BOUNDARY_SIZES.get(kind.partition(":")[0])
        left, top = (at.x(), at.y()) if size else (at.x() - CARD_WIDTH / 2, at.y() - CARD_HEIGHT / 2)
        self._canvas.commands.insert_at(kind, (snap(left), snap(top)))


def _plain(text: str) -> str:
    """A text for a menu, where `&` would mark a key."""
    return text.replace("&", "&&")
