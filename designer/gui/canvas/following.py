"""Brings the items of a scene up to date with its architecture: all of it, or what one edit has changed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from designer.gui.canvas.boundary_item import BoundaryItem
from designer.gui.canvas.component_item import ComponentItem
from designer.gui.canvas.emphasis import DRAWN
from designer.gui.canvas.folding import fold_name
from designer.gui.canvas.metrics import Rect
from designer.gui.canvas.wire import Wire
from designer.model.changes import Changes
from designer.model.entities import Boundary, Collection, Component, Connection

if TYPE_CHECKING:
    from designer.gui.canvas.scene import Scene

_MANY = 200
"""When more components are folded away or unfolded at once, what follows from it is worked out in the end."""


class Following:
    """Adds, changes and takes out items; what is folded away has none."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def load(self) -> None:
        """Makes the items of all that the architecture has, in an empty scene."""
        scene = self._scene
        architecture = scene.labels.architecture
        scene.folds.read(architecture)
        for boundary in architecture.boundaries.values():
            self._put_boundary(boundary)
        for component in architecture.components.values():
            if component.id not in scene.folds.components:
                self._add_component(component)
        for connection in architecture.connections.values():
            self._add_wire(connection)

    def apply(self, changes: Changes, turned: set[str]) -> None:
        """Follows one edit, which folds away or unfolds what has `turned`; the labels know of it already."""
        scene = self._scene
        led_anew = self._wires_of(turned)
        self._take_wires_out(
            [*(key for key, before, _after in changes.of(Collection.CONNECTIONS) if before), *led_anew]
        )
        with scene.wires.many() if len(turned) > _MANY else nullcontext():
            moved = self._put_ends(changes, turned)
            wires = scene.labels.architecture.connections
            for key in (*(key for key, _before, after in changes.of(Collection.CONNECTIONS) if after), *led_anew):
                if key in wires and key not in scene.wires.all:
                    scene.repaint(self._add_wire(wires[key]), ground=False)
            scene.repaint_wires(scene.wires.moved(moved))
        if changes.entities[Collection.BOUNDARIES] or changes.settings:
            self._nest_boundaries()
        self._forget_missing(changes)

    def _take_wires_out(self, keys: Sequence[str]) -> None:
        """Takes wires out that are gone or lead elsewhere; where they are most, the others are entered anew."""
        scene = self._scene
        gone = [key for key in dict.fromkeys(keys) if key in scene.wires.all]
        if len(gone) > max(_MANY, len(scene.wires.all) / 2):
            stay = scene.wires.all.keys() - set(gone)
            scene.start_wires_over()
            scene.wire_layer.forget_texts()
            for key, connection in scene.labels.architecture.connections.items():
                if key in stay:
                    self._add_wire(connection)
            return
        for key in gone:
            scene.repaint(scene.wires.remove(key), ground=False)
            scene.wire_layer.forget(key)

    def _put_ends(self, changes: Changes, turned: set[str]) -> dict[str, Rect]:
        """Puts components and boundaries where they are now; returns the old rectangles of those that have moved."""
        scene = self._scene
        moved: dict[str, Rect] = {}
        for key, _before, after in changes.of(Collection.COMPONENTS):
            if isinstance(after, Component) and key not in scene.folds.components:
                old = self._show_component(after)
                if old is not None:
                    moved[key] = old
            elif key in scene.components:
                self._remove_component(key)
        self._fold_components(turned)
        for key, _before, after in changes.of(Collection.BOUNDARIES):
            moved.update(self._put_boundary(after) if isinstance(after, Boundary) else self._remove_boundary(key))
        self._fold_boundaries()
        return moved

    def _add_component(self, component: Component) -> None:
        scene = self._scene
        scene.components[component.id] = ComponentItem(scene, component)
        scene.set_place(component.id, component.x, component.y)

    def _show_component(self, component: Component) -> Rect | None:
        """Adds or changes a component; returns its old rectangle if it has moved."""
        scene = self._scene
        item = scene.components.get(component.id)
        if item is not None and item.kind != component.kind:
            self._change_kind(item, component.kind)
        elif item is None:
            self._add_component(component)
            rect = scene.rects[component.id]
            scene.repaint_component(component.id)
            scene.repaint(scene.wires.disturbed(rect), ground=False)
            return None
        if item.name != component.name:
            item.renamed(component.name)
            scene.repaint(scene.rects[component.id])
        if (item.locked, item.layer) != (component.locked, component.layer):
            item.stand(component)
            scene.repaint(scene.rects[component.id])
        rect = scene.rects[component.id]
        if (rect[0], rect[1]) == (component.x, component.y):
            return None
        scene.move_to(component.id, component.x, component.y)
        return rect

    def _change_kind(self, item: ComponentItem, kind: str) -> None:
        scene = self._scene
        rect = scene.rects[item.key]
        scene.far_view.discard(item.key, item.kind)
        item.kind = kind
        item.forget_texts()
        scene.far_view.put(item.key)
        scene.repaint(rect)

    def _remove_component(self, key: str) -> None:
        scene = self._scene
        scene.repaint_component(key)
        rect = scene.take_place(key)
        del scene.components[key]
        scene.repaint(scene.wires.disturbed(rect), ground=False)
        scene.bands.forget(key)
        scene.faces.forget(key)

    def _put_boundary(self, boundary: Boundary) -> dict[str, Rect]:
        """Adds or changes a boundary; returns the old rectangle of the end that wires have there, if it has moved."""
        scene = self._scene
        if boundary.id in scene.folds.boundaries:
            return self._remove_boundary(boundary.id)
        depth = len(scene.labels.architecture.boundaries_around(boundary.id))
        item = scene.boundaries.get(boundary.id)
        if item is None:
            item = scene.boundaries[boundary.id] = BoundaryItem(scene, boundary, depth)
        else:
            scene.repaint(item.rect)
            scene.wires.relabel(item.rect)
            item.show_entity(boundary, depth)
        scene.repaint(item.rect)
        scene.wires.relabel(item.rect)
        return scene.move_fold(item)

    def _remove_boundary(self, key: str) -> dict[str, Rect]:
        scene = self._scene
        item = scene.boundaries.pop(key, None)
        scene.frames.discard(key)
        scene.rects.pop(fold_name(key), None)
        if item is not None:
            scene.repaint(item.rect)
            scene.wires.relabel(item.rect)
        return {}

    def _wires_of(self, components: set[str]) -> list[str]:
        architecture = self._scene.labels.architecture
        return sorted({wire.id for key in components for wire in architecture.wires_of(key)})

    def _fold_components(self, turned: set[str]) -> None:
        """Takes components out that are folded away now, and adds those that no longer are."""
        scene = self._scene
        selected = scene.emphasis.selected[Collection.COMPONENTS]
        entities = scene.labels.architecture.components
        for key in sorted(turned):
            if key in scene.folds.components:
                if key in scene.components:
                    self._remove_component(key)
                if key in selected:
                    selected.discard(key)
                    scene.far_view.select(Collection.COMPONENTS, {key})
            elif key in entities and key not in scene.components:
                self._show_component(entities[key])

    def _fold_boundaries(self) -> None:
        """Takes boundaries out that are folded away now, and adds those that no longer are."""
        scene = self._scene
        for key in scene.folds.boundaries & scene.boundaries.keys():
            self._remove_boundary(key)
            scene.emphasis.selected[Collection.BOUNDARIES].discard(key)
        entities = scene.labels.architecture.boundaries
        for key in entities.keys() - scene.boundaries.keys() - scene.folds.boundaries:
            self._put_boundary(entities[key])

    def _nest_boundaries(self) -> None:
        """Depths and zones follow from what is around a boundary, which may have changed with another one."""
        scene = self._scene
        for key, item in scene.boundaries.items():
            item.show_entity(item.entity, len(scene.labels.architecture.boundaries_around(key)))

    def _add_wire(self, connection: Connection) -> Rect | None:
        """Adds a wire; what is folded away is there by the boundary that stands for it, with no wires within."""
        scene = self._scene
        style, verb = scene.labels.wire_style(connection), scene.labels.wire_text(connection)
        ends = scene.folds.end(connection.source), scene.folds.end(connection.target)
        if ends[0] == ends[1] != connection.source:
            return None
        # Corners were set for the ends themselves, not for what stands for them.
        via = connection.via if ends == (connection.source, connection.target) else ()
        return scene.wires.add(Wire(connection.id, *ends, style, verb, via, connection.relation))

    def _forget_missing(self, changes: Changes) -> None:
        """Takes what is gone out of the emphasis; what was renamed keeps it."""
        scene = self._scene
        emphasis = scene.emphasis
        for collection in DRAWN:
            selected = emphasis.selected[collection]
            for key, _before, after in changes.of(collection):
                if after is None and key in selected:
                    selected.discard(key)
                    scene.far_view.select(collection, {key})
                    if (new := changes.renamed[collection].get(key)) is not None:
                        selected.add(new)
                        scene.far_view.select(collection, {new})
                        scene.highlights.refresh(collection, {new})
        if emphasis.hovered is not None and not scene.exists(*emphasis.hovered):
            emphasis.hovered = None
