"""What of a scene is under a point, and which handles it shows there."""

from __future__ import annotations

from designer.gui.canvas.fold_face import control_at
from designer.gui.canvas.hit_test import (
    Hit,
    Part,
    connect_handle,
    grip_points,
    innermost,
    nearest_wire,
    on_frame,
    resize_handle,
    topmost,
    wire_end,
)
from designer.gui.canvas.level_of_detail import Level
from designer.gui.canvas.metrics import Point, grown, holds
from designer.gui.canvas.overlay import Overlay
from designer.gui.canvas.scene import Scene
from designer.gui.canvas.wire_path import distance

_WIRE_REACH = 6.0
_FRAME_REACH = 5.0
_HANDLE_REACH = 7.0
_HOVER_REACH = 20.0
"""A component keeps showing its handles while the pointer is this near (all in pixels)."""


def component_at(scene: Scene, at: Point, reach: float = 0.0) -> str | None:
    """The uppermost component under a point, or within a reach of it."""
    around = grown((*at, *at), reach)
    items, rects = scene.components, scene.rects
    return topmost(at, ((key, rects[key], items[key].order) for key in scene.components_in(around)), reach)


def wire_at(scene: Scene, at: Point) -> str | None:
    """The wire that runs nearest to a point, if near enough to be meant."""
    reach = _WIRE_REACH / scene.frame.zoom
    wires = scene.wires
    return nearest_wire(at, ((wire.key, wires.points(wire)) for wire in wires.in_rect(grown((*at, *at), reach))), reach)


def boundary_frame_at(scene: Scene, at: Point) -> str | None:
    """The innermost boundary whose title bar or border is under a point, or whose card where it is collapsed."""
    reach = _FRAME_REACH / scene.frame.zoom
    around = scene.boundaries_in(grown((*at, *at), reach))
    near = (item for item in around if item.entity.collapsed or on_frame(at, item.rect, reach))
    return innermost(at, ((item.entity.id, grown(item.rect, reach), item.height) for item in near))


def fold_at(scene: Scene, at: Point) -> str | None:
    """The innermost boundary whose control to collapse it is under a point."""
    found = [item for item in scene.boundaries_in((*at, *at)) if control_at(at, item.rect, scene.frame.zoom)]
    return found[-1].entity.id if found else None


def handle_at(scene: Scene, overlay: Overlay, at: Point) -> Hit | None:
    """The handle under a point, of those that are shown."""
    reach = _HANDLE_REACH / scene.frame.zoom
    # Before the handles of components, which lie below the grips of a wire that the user has chosen.
    if overlay.grips in scene.wires.all and scene.frame.level is not Level.FAR:
        wire = scene.wires.all[overlay.grips]
        end = wire_end(at, grip_points(scene.wires.points(wire), wire.sides), reach)
        if end is not None:
            return Hit(Part.WIRE_END, wire.key, end=end)
    if overlay.knobs in scene.rects and scene.frame.level is not Level.FAR:
        side = connect_handle(at, scene.rects[overlay.knobs], max(reach, 7.0))
        if side is not None:
            return Hit(Part.CONNECT_HANDLE, overlay.knobs, side=side)
    if (key := overlay.band_shown) is not None and scene.frame.level is not Level.FAR:
        end = scene.bands.end_at(key, at, reach)
        if end is not None:
            return Hit(Part.BAND_END, key, end=end)
    if overlay.frames in scene.boundaries:
        corner = resize_handle(at, scene.boundaries[overlay.frames].rect, reach)
        if corner is not None:
            return Hit(Part.RESIZE_HANDLE, overlay.frames, corner)
    return None


def pick(scene: Scene, overlay: Overlay, at: Point) -> Hit:
    """What a press at a point is on: handles before components before wires before boundaries."""
    handle = handle_at(scene, overlay, at)
    if handle is not None:
        return handle
    for part, found in (
        (Part.COMPONENT, component_at(scene, at)),
        (Part.FOLD, fold_at(scene, at)),
        (Part.WIRE, wire_at(scene, at)),
        (Part.COMPONENT, scene.bands.band_at(at)),
        (Part.BOUNDARY, boundary_frame_at(scene, at)),
    ):
        if found is not None:
            return Hit(part, found)
    return Hit()


def stack_at(scene: Scene, at: Point) -> list[Hit]:
    """All that lies over one another at a point, the uppermost first: cards, wires, then the boundaries around it."""
    items, rects, wires = scene.components, scene.rects, scene.wires
    reach = _WIRE_REACH / scene.frame.zoom
    cards = sorted(scene.components_in((*at, *at)), key=lambda key: -items[key].order)
    found = [Hit(Part.COMPONENT, key) for key in cards if holds(rects[key], at)]
    near = ((distance(wires.points(wire), at), wire.key) for wire in wires.in_rect(grown((*at, *at), reach)))
    found += [Hit(Part.WIRE, key) for away, key in sorted(near) if away <= reach]
    return found + [Hit(Part.BOUNDARY, item.entity.id) for item in reversed(scene.boundaries_in((*at, *at)))]


def hovered_component(scene: Scene, at: Point) -> str | None:
    """The component that shows its connect handles for a pointer at a point."""
    if scene.frame.level is Level.FAR:
        return None
    return component_at(scene, at) or component_at(scene, at, _HOVER_REACH) or scene.bands.band_at(at)
