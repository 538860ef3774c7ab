"""The canvas for assistive technology: a canvas whose children are the components, boundaries and wires by name."""

from __future__ import annotations

import atexit
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QRectF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QMenu, QWidget

from designer.gui.canvas.descriptions import describe
from designer.gui.canvas.emphasis import DRAWN
from designer.gui.canvas.hit_test import Part
from designer.gui.canvas.keyboard import reading_order
from designer.gui.canvas.picking import pick
from designer.model.changes import Changes
from designer.model.entities import Collection, Connection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_Thing = tuple[Collection, str]
_interfaces: dict[int, list[CanvasAccessible]] = {}
"""Python's side of each canvas's interfaces; none must go while Qt's cache still holds a bare pointer to it.

Qt asks for another one whenever the canvas's meta-object is another, which a signal connected to it can do. It must
get another one: the same one would be in its cache twice, and be freed twice at the end. The last one is in use.
"""
_installed = False
_TO, _FROM = QAccessible.RelationFlag.FlowsTo, QAccessible.RelationFlag.FlowsFrom
_ALL_RELATIONS = QAccessible.RelationFlag(0xFFFFFFFF)


def install() -> None:
    """Lets Qt ask here for the accessible side of a canvas. Does nothing when done already."""
    global _installed
    if not _installed:
        QAccessible.installFactory(_make)
        atexit.register(_release_all)
        _installed = True


def _make(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    from designer.gui.canvas.canvas import Canvas

    if not isinstance(thing, Canvas):
        return None
    key = id(thing)
    made = _interfaces.setdefault(key, [])
    if not made:
        thing.destroyed.connect(lambda: _release(key))
    made.append(CanvasAccessible(thing, made[-1].made if made else {}))
    return made[-1]


def _of(canvas: Canvas) -> CanvasAccessible | None:
    made = _interfaces.get(id(canvas))
    return made[-1] if made else None


def _release(key: int) -> None:
    """Takes a canvas's interface and those of its things out of Qt's cache, which then deletes them itself.

    Python would otherwise free what the cache still points to, and the cache would free it a second time at the end.
    """
    interfaces = _interfaces.pop(key, [])
    for made in interfaces[-1].handed_out() if interfaces else ():
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(made))
    for interface in interfaces:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))


def _release_all() -> None:
    for key in list(_interfaces):
        _release(key)


def selection_changed(canvas: Canvas) -> None:
    """Tells assistive technology what has the focus now; costs nothing where none listens."""
    interface = _of(canvas)
    if interface is not None and QAccessible.isActive():
        focused = interface.focusChild()
        if focused is not None:
            QAccessible.updateAccessibility(QAccessibleEvent(focused, QAccessible.Event.Focus))


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Has a screen reader say something; `urgent` interrupts what it says. Costs nothing where none listens."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def drawing_changed(canvas: Canvas, changes: Changes) -> None:
    """Tells assistive technology that the children are others."""
    interface = _of(canvas)
    if interface is not None:
        interface.children_changed()
        if QAccessible.isActive() and any(changes.entities[collection] for collection in DRAWN):
            QAccessible.updateAccessibility(QAccessibleEvent(canvas, QAccessible.Event.ObjectReorder))


def states_changed(canvas: Canvas) -> None:
    """Tells assistive technology that names, which tell the states of components, read differently."""
    interface = _of(canvas)
    if interface is not None and QAccessible.isActive():
        for made in interface.handed_out():
            QAccessible.updateAccessibility(QAccessibleEvent(made, QAccessible.Event.NameChanged))


class ThingAccessible(QAccessibleInterface):
    """One component, boundary or wire."""

    def __init__(self, canvas: Canvas, thing: _Thing) -> None:
        super().__init__()
        self._canvas = canvas
        self.thing = thing

    def isValid(self) -> bool:  # noqa: N802 - Qt's name
        """Whether the thing is still drawn."""
        return self._canvas.drawing.exists(*self.thing)

    def object(self) -> QObject | None:  # type: ignore[override]
        """None: it is no QObject."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The window it is shown in."""
        return self._canvas.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The canvas."""
        return QAccessible.queryAccessibleInterface(self._canvas)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        """It has no children."""
        return None

    def childCount(self) -> int:
        """It has no children."""
        return 0

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        """It has no children."""
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: ARG002
        """It has no children."""
        return -1

    def role(self) -> QAccessible.Role:
        """A graphic."""
        return QAccessible.Role.Graphic

    def state(self) -> QAccessible.State:
        """Selected, focused, or out of sight."""
        state = QAccessible.State()
        selection = self._canvas.selection()
        collection, key = self.thing
        state.selectable = state.focusable = 1
        state.selected = int(key in selection.of(collection))
        state.focused = int(state.selected and len(selection) == 1 and self._canvas.hasFocus())
        boundary = (
            self._canvas.document.architecture.boundaries.get(key) if collection is Collection.BOUNDARIES else None
        )
        if boundary is not None:
            state.expandable = 1
            state.collapsed, state.expanded = int(boundary.collapsed), int(not boundary.collapsed)
        state.offscreen = int(not self.rect().intersects(_screen_rect(self._canvas)))
        return state

    def relations(
        self, match: QAccessible.RelationFlag = _ALL_RELATIONS
    ) -> list[tuple[QAccessibleInterface, QAccessible.RelationFlag]]:
        """What flows where: from a component along its wires, along a wire from its source to its target.

        A relation is told from the side of the other: "flows from" is asked of what something flows to.
        """
        if not self.isValid():
            return []
        canvas = QAccessible.queryAccessibleInterface(self._canvas)
        if not isinstance(canvas, CanvasAccessible):
            return []
        found: list[tuple[QAccessibleInterface, QAccessible.RelationFlag]] = []
        for flag, things in ((_TO, self._sources()), (_FROM, self._targets())):
            if match & flag:
                found += [(canvas.of(thing), flag) for thing in things]
        return found

    def _sources(self) -> list[_Thing]:
        """From where something flows here."""
        architecture, (collection, key) = self._canvas.document.architecture, self.thing
        if collection is Collection.COMPONENTS:
            return self._drawn(architecture.incoming(key))
        if collection is Collection.CONNECTIONS:
            return [self._end(architecture.connections[key].source)]
        return []

    def _targets(self) -> list[_Thing]:
        """To where something flows from here."""
        architecture, (collection, key) = self._canvas.document.architecture, self.thing
        if collection is Collection.COMPONENTS:
            return self._drawn(architecture.outgoing(key))
        if collection is Collection.CONNECTIONS:
            return [self._end(architecture.connections[key].target)]
        return []

    def _drawn(self, wires: Iterable[Connection]) -> list[_Thing]:
        """Those of some wires that are drawn."""
        return [(Collection.CONNECTIONS, wire.id) for wire in wires if wire.id in self._canvas.drawing.wires.all]

    def _end(self, component: str) -> _Thing:
        """A component, or the collapsed boundary that stands for it."""
        fold = self._canvas.drawing.folds.components.get(component)
        return (Collection.COMPONENTS, component) if fold is None else (Collection.BOUNDARIES, fold)

    def text(self, kind: QAccessible.Text) -> str:
        """The name ("Orders, SQS queue, 2 findings"), and as description what else the drawing shows of it."""
        if not self.isValid():
            return ""
        labels = self._canvas.drawing.labels
        collection, key = self.thing
        if kind is QAccessible.Text.Description:
            return describe(labels, collection, key)
        if kind is not QAccessible.Text.Name:
            return ""
        if collection is Collection.COMPONENTS:
            return labels.component_name(key)
        return labels.connection_name(key) if collection is Collection.CONNECTIONS else labels.boundary_name(key)

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Names are changed on the canvas."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        drawing = self._canvas.drawing
        if not self.isValid():
            return QRect()
        collection, key = self.thing
        if collection is Collection.COMPONENTS:
            left, top, right, bottom = drawing.rects[key]
        elif collection is Collection.BOUNDARIES:
            left, top, right, bottom = drawing.boundaries[key].rect
        else:
            points = drawing.wires.points(drawing.wires.all[key])
            xs, ys = [x for x, _ in points], [y for _, y in points]
            left, top, right, bottom = min(xs), min(ys), max(xs) + 1, max(ys) + 1
        area = self._canvas.mapFromScene(QRectF(left, top, right - left, bottom - top)).boundingRect()
        return QRect(self._canvas.viewport().mapToGlobal(area.topLeft()), area.size())

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        """The colour of its letters."""
        return self._canvas.drawing.look.color("card-text")

    def backgroundColor(self) -> QColor:  # noqa: N802 - Qt's name
        """The colour of its ground."""
        return self._canvas.drawing.look.color("card")


class CanvasAccessible(QAccessibleWidget):
    """The canvas: its children in reading order, components before boundaries before wires before what covers them."""

    def __init__(self, canvas: Canvas, made: dict[_Thing, ThingAccessible]) -> None:
        super().__init__(canvas, QAccessible.Role.Canvas, canvas.accessibleName())
        self._canvas = canvas
        self._order: list[_Thing] | None = None
        self.made = made
        """The interfaces of things that Qt has been given, by this one or one before it."""

    def children_changed(self) -> None:
        """Forgets the order."""
        self._order = None

    def handed_out(self) -> list[ThingAccessible]:
        """The interfaces of things that Qt has been given."""
        return list(self.made.values())

    def things(self) -> list[_Thing]:
        """All that is drawn, in the order of the children."""
        if self._order is None:
            drawing = self._canvas.drawing
            order = [(Collection.COMPONENTS, key) for key in reading_order(drawing)]
            order += [(Collection.BOUNDARIES, key) for key in sorted(drawing.boundaries)]
            order += [(Collection.CONNECTIONS, key) for key in sorted(drawing.wires.all)]
            self._order = order
        return self._order

    def childCount(self) -> int:
        """The number of things drawn and, after them, of what stands over the drawing."""
        return len(self.things()) + len(self._covers())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """One thing."""
        things = self.things()
        if 0 <= index < len(things):
            return self.of(things[index])
        covers = self._covers()
        at = index - len(things)
        return QAccessible.queryAccessibleInterface(covers[at]) if 0 <= at < len(covers) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a thing among the children."""
        if isinstance(child, ThingAccessible):
            return self.things().index(child.thing) if child.thing in self.things() else -1
        covers = self._covers()
        return len(self.things()) + covers.index(child.object()) if child.object() in covers else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The thing at a point of the screen."""
        place = self._canvas.mapToScene(self._canvas.viewport().mapFromGlobal(QPoint(x, y)))
        hit = pick(self._canvas.drawing, self._canvas.overlay, (place.x(), place.y()))
        collection = _COLLECTIONS.get(hit.part)
        return self.of((collection, hit.key)) if collection is not None else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        """The one selected thing."""
        selection = self._canvas.selection()
        if len(selection) != 1:
            return None
        return next(self.of((each, key)) for each in DRAWN for key in selection.of(each))

    def _covers(self) -> list[QObject]:
        """What stands over the drawing: the view, where a search or a bar stands in it, and open menus."""
        over = (each for each in self._canvas.viewport().children() if isinstance(each, QWidget))
        covers: list[QObject] = [self._canvas.viewport()] if any(each.isVisible() for each in over) else []
        return covers + [each for each in self._canvas.children() if isinstance(each, QMenu) and each.isVisible()]

    def of(self, thing: _Thing) -> ThingAccessible:
        """The accessible side of one thing, always the same."""
        made = self.made.get(thing)
        if made is None:
            made = self.made[thing] = ThingAccessible(self._canvas, thing)
            QAccessible.registerAccessibleInterface(made)
        return made


_COLLECTIONS = {
    Part.COMPONENT: Collection.COMPONENTS,
    Part.WIRE: Collection.CONNECTIONS,
    Part.BOUNDARY: Collection.BOUNDARIES,
}


def _screen_rect(canvas: Canvas) -> QRect:
    viewport = canvas.viewport()
    return QRect(viewport.mapToGlobal(QPoint(0, 0)), viewport.size())
