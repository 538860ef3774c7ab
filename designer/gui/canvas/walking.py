"""Going through the drawing along its wires and from boundary to content, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from designer.language import tr
from designer.model.entities import Collection, Connection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas


class Walk:
    """Each step selects another thing: a component, a wire of it, what the wire leads to."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._from: str | None = None
        """The component that the walk left along a wire: the wires beside it are those of this component."""

    def along(self, forward: bool) -> None:
        """From a component to its first wire that leads on (or back), from a wire to what is at its end."""
        selection = self._canvas.selection()
        if len(selection) != 1 or selection.boundaries:
            self._canvas.say(tr("Select one component or connection to walk on from."))
        elif selection.connections:
            wire = self._canvas.document.architecture.connections[selection.connections[0]]
            self._go(Collection.COMPONENTS, wire.target if forward else wire.source)
        else:
            self._leave(selection.components[0], forward)

    def outwards(self) -> None:
        """To the boundary around what is selected; from a wire to the wire above it."""
        if self._is_on_wire():
            self._turn(-1)
            return
        architecture, selection = self._canvas.document.architecture, self._canvas.selection()
        homes = {architecture.components[key].boundary for key in selection.components}
        homes |= {architecture.boundaries[key].parent for key in selection.boundaries}
        around = sorted(home for home in homes if home is not None)
        if not around:
            self._canvas.say(tr("There is no boundary around it.") if selection else tr("Nothing is selected."))
            return
        self._canvas.select(boundaries=around)
        self._canvas.reveal_selection()

    def inwards(self) -> None:
        """To all that stands directly in the selected boundaries; from a wire to the wire below it."""
        if self._is_on_wire():
            self._turn(1)
            return
        architecture, selection = self._canvas.document.architecture, self._canvas.selection()
        within = set(selection.boundaries)
        closed = [
            architecture.boundaries[key].name for key in selection.boundaries if architecture.boundaries[key].collapsed
        ]
        if closed:
            self._canvas.say(tr("{name} is collapsed: its content is not drawn.", name=closed[0]))
            return
        components = [each.id for each in architecture.components.values() if each.boundary in within]
        boundaries = [each.id for each in architecture.boundaries.values() if each.parent in within]
        if not (components or boundaries):
            self._canvas.say(tr("Nothing stands in it.") if selection else tr("Nothing is selected."))
            return
        self._canvas.select(components, (), boundaries)
        self._canvas.reveal_selection()

    def _is_on_wire(self) -> bool:
        selection = self._canvas.selection()
        return len(selection) == 1 and bool(selection.connections)

    def _leave(self, component: str, forward: bool) -> None:
        wires = self._wires(component, forward)
        if wires:
            self._from = component
            self._go(Collection.CONNECTIONS, wires[0].id)
            return
        name = self._canvas.document.architecture.components[component].name
        text = tr("No connection leads on from {name}.", name=name) if forward else None
        self._canvas.say(text or tr("No connection leads to {name}.", name=name))

    def _turn(self, step: int) -> None:
        """To the next wire of the component that the walk comes from, round and round."""
        wire = self._canvas.document.architecture.connections[self._canvas.selection().connections[0]]
        came_from = self._from if self._from in (wire.source, wire.target) else wire.source
        assert came_from is not None
        wires = self._wires(came_from, came_from == wire.source)
        at = [each.id for each in wires].index(wire.id)
        self._go(Collection.CONNECTIONS, wires[(at + step) % len(wires)].id)

    def _wires(self, component: str, forward: bool) -> list[Connection]:
        """The wires from (or to) a component, by where their other ends are, from top to bottom."""
        architecture, drawing = self._canvas.document.architecture, self._canvas.drawing
        wires = architecture.outgoing(component) if forward else architecture.incoming(component)

        def place(wire: Connection) -> tuple[float, float, str]:
            left, top = drawing.place_of(wire.target if forward else wire.source)
            return top, left, wire.id

        return sorted((wire for wire in wires if wire.id in drawing.wires.all), key=place)

    def _go(self, collection: Collection, key: str) -> None:
        """Selects a thing, or the collapsed boundary that stands for it."""
        fold = self._canvas.drawing.folds.components.get(key) if collection is Collection.COMPONENTS else None
        if fold is not None:
            collection, key = Collection.BOUNDARIES, fold
        self._canvas.select_one(collection, key)
        self._canvas.reveal_selection()
