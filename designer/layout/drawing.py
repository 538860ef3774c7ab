"""Arranging an architecture: from its components and boundaries to boxes, and from new places to one edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.catalog.catalog import Catalog
from designer.catalog.members import is_band
from designer.catalog.resolve import Resolution
from designer.language import tr
from designer.layout.arranging import arrange_all, arrange_some, place_missing
from designer.layout.boxes import (
    CARD_HEIGHT,
    CARD_WIDTH,
    FOLDED_HEIGHT,
    FOLDED_WIDTH,
    Box,
    Direction,
    Frame,
    Rect,
    Stop,
    Tell,
    never,
)
from designer.layout.nested import Tree
from designer.layout.places import may_lack_places
from designer.layout.zones import vpc_around, zones_around
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Component, Connection

_DEPTHS = {"public": 0, "private": 1, "isolated": 2}
"""From the outside in, by who can reach a subnet tier."""


def arranged(
    architecture: Architecture,
    catalog: Catalog,
    direction: Direction,
    ids: Iterable[str] | None = None,
    stop: Stop = never,
    tell: Tell | None = None,
) -> Batch | None:
    """The edit that arranges everything, or the things with some ids; `None` where nothing would move.

    Raises `Cancelled` once `stop` says so; `tell` is told how far it is.
    """
    tree = tree_of(architecture, catalog)
    if ids is None:
        return _edit(tr("Arrange all"), architecture, arrange_all(tree, direction, stop, tell))
    known = [key for key in ids if key in tree.boxes or key in tree.frames]
    return _edit(tr("Arrange selection"), architecture, arrange_some(tree, known, direction, stop, tell))


def give_places(architecture: Architecture, catalog: Catalog) -> bool:
    """Gives a place to what has none, from left to right; returns whether anything had none."""
    edit = places_for(architecture, catalog)
    if edit is not None:
        architecture.apply(edit)
    return edit is not None


def places_for(
    architecture: Architecture, catalog: Catalog, stop: Stop = never, tell: Tell | None = None
) -> Batch | None:
    """The edit that gives a place to what has none; `None` where everything has one.

    A file need not say where things are: then they all lie at the origin, on one another or outside of the boundary
    that they stand in, which nobody draws. Raises `Cancelled` once `stop` says so; `tell` is told how
    far it is.
    """
    if not may_lack_places(architecture):
        return None
    return _edit("Place", architecture, place_missing(tree_of(architecture, catalog), Direction.RIGHT, stop, tell))


def tree_of(architecture: Architecture, catalog: Catalog) -> Tree:
    """An architecture as boxes and frames. A VPC has a lane for each of its zones, as it is drawn."""
    resolution = Resolution(architecture, catalog)
    folds = {key: _folded_by(architecture, key) for key in architecture.boundaries}
    shown = {key: folds.get(each.boundary or "") or key for key, each in architecture.components.items()}

    def card(boundary: Boundary) -> Box:
        rect = (boundary.x, boundary.y, FOLDED_WIDTH, FOLDED_HEIGHT)
        return Box(id=boundary.id, rect=rect, frame=boundary.parent)

    def box(component: Component) -> Box:
        resolved = resolution.component(component.id)
        return Box(
            id=component.id,
            rect=(component.x, component.y, CARD_WIDTH, CARD_HEIGHT),
            frame=component.boundary,
            lanes=_lanes(architecture, component.boundary, resolved.zones),
            band=is_band(resolved),
        )

    def frame(boundary: Boundary) -> Frame:
        return Frame(
            id=boundary.id,
            rect=(boundary.x, boundary.y, boundary.width, boundary.height),
            frame=boundary.parent,
            lanes=len(zones_around(architecture, boundary.id)) if boundary.kind == "vpc" else 0,
            span=_lanes(architecture, boundary.parent, boundary.zones),
            depth=_depth(resolution, boundary),
        )

    collapsed = [each for key, each in architecture.boundaries.items() if folds[key] == key]
    return Tree.of(
        [*(box(each) for key, each in architecture.components.items() if shown[key] == key), *map(card, collapsed)],
        (frame(each) for key, each in architecture.boundaries.items() if folds[key] is None),
        ((shown[wire.source], shown[wire.target]) for wire in architecture.connections.values()),
    )


def _folded_by(architecture: Architecture, boundary: str) -> str | None:
    """The outermost collapsed boundary of one and those around it: it is arranged like a card, with all in it."""
    around = reversed(architecture.boundaries_around(boundary))
    return next((each.id for each in around if each.collapsed), None)


def _edit(label: str, architecture: Architecture, rects: Mapping[str, Rect]) -> Batch | None:
    things: list[Boundary | Component | Connection] = []
    for key, boundary in architecture.boundaries.items():
        left, top, width, height = rects.get(key, (boundary.x, boundary.y, boundary.width, boundary.height))
        fold = _folded_by(architecture, key)
        if fold is None:
            things.append(boundary.with_(x=left, y=top, width=width, height=height))
        else:
            dx, dy = _shift(architecture, fold, rects)
            things.append(boundary.with_(x=boundary.x + dx, y=boundary.y + dy))
    offsets: dict[str, tuple[int, int]] = {}
    for key, component in architecture.components.items():
        fold = _folded_by(architecture, component.boundary) if component.boundary is not None else None
        dx, dy = _shift(architecture, fold, rects) if fold is not None else (0, 0)
        left, top, *_size = rects.get(key, (component.x + dx, component.y + dy, 0, 0))
        offsets[key] = left - component.x, top - component.y
        things.append(component.with_(x=left, y=top))
    things += [_led(wire, offsets) for wire in architecture.connections.values() if wire.via]
    changes = tuple(
        edit for edit in map(Put, things) if edit.entity != architecture.table(edit.collection)[edit.entity.id]
    )
    return Batch(label, changes) if changes else None


def _shift(architecture: Architecture, fold: str, rects: Mapping[str, Rect]) -> tuple[int, int]:
    """How far a collapsed boundary is moved, and all in it with it."""
    boundary = architecture.boundaries[fold]
    left, top, *_size = rects.get(fold, (boundary.x, boundary.y))
    return left - boundary.x, top - boundary.y


def _led(wire: Connection, offsets: Mapping[str, tuple[int, int]]) -> Connection:
    """A wire whose corners go along with its ends; where these move apart, it finds its own way again."""
    dx, dy = offsets[wire.source]
    if offsets[wire.target] != (dx, dy):
        return wire.with_(via=())
    return wire.with_(via=tuple((x + dx, y + dy) for x, y in wire.via))


def _depth(resolution: Resolution, boundary: Boundary) -> int:
    return _DEPTHS[resolution.boundary(boundary.id)["access"]] if boundary.kind == "tier" else 0


def _lanes(architecture: Architecture, boundary: str | None, zones: tuple[str, ...]) -> tuple[int, int] | None:
    """The first and last lane of the VPC around that are of these zones; `None` for all lanes, or for none."""
    vpc = vpc_around(architecture, boundary)
    if vpc is None:
        return None
    drawn = zones_around(architecture, vpc.id)
    found = [number for number, zone in enumerate(drawn) if zone in zones]
    return (found[0], found[-1]) if found and len(found) < len(drawn) else None
