"""What a person can do to the drawing besides dragging: each command is one step for undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from designer.errors import UserError
from designer.gui.canvas.clipboard import part_of, put_on_clipboard, to_mime
from designer.gui.canvas.free_place import nearest_free
from designer.gui.canvas.gestures.rename import RenameEditor
from designer.gui.canvas.metrics import (
    BOUNDARY_SIZES,
    CARD_HEIGHT,
    CARD_WIDTH,
    DOT_SPACING,
    GRID,
    TITLE_HEIGHT,
    Rect,
    boundary_rect,
    card_rect,
    grown,
    overlaps,
    shifted,
    snap,
)
from designer.gui.canvas.moving_in import move_into, why_not
from designer.gui.canvas.pasting import COPY_OFFSET
from designer.gui.canvas.placement import (
    Frames,
    Moved,
    Refused,
    content_of,
    insert_boundary,
    insert_component,
    move,
    resize,
    settle_copies,
)
from designer.gui.canvas.rezoning import into_lanes
from designer.gui.canvas.tier_fit import fitted_tier
from designer.gui.canvas.wire_path import BOTTOM, LEFT, RIGHT, TOP
from designer.gui.canvas.zoning import why_not_in
from designer.language import tr
from designer.layout.growing import expanded
from designer.layout.relaning import with_lanes
from designer.layout.stretching import smallest_size
from designer.layout.zones import vpc_around
from designer.model import operations
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put
from designer.model.entities import Boundary, Collection, Component
from designer.model.names import slug, unique, unique_name

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_APART = 3 * DOT_SPACING
"""The distance at which a new component is put beside the selected one."""
_TRIES = 200


class Commands:
    """Acts on the selection of a canvas and its document."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    @property
    def _architecture(self) -> Architecture:
        return self._canvas.document.architecture

    def delete(self) -> None:
        """Deletes what is selected, with the wires of deleted components; boundaries let their content out."""
        selection = self._canvas.selection()
        if selection:
            ids = {collection: selection.of(collection) for collection in Collection}
            self._canvas.do(operations.delete(self._architecture, ids))

    def select_all(self) -> None:
        """Selects everything drawn."""
        part = self._architecture
        self._canvas.select(part.components, part.connections, part.boundaries)

    def select_components(self) -> None:
        """Selects every component and nothing else."""
        self._canvas.select(components=self._architecture.components)

    def select_wires(self) -> None:
        """Selects every wire and nothing else."""
        self._canvas.select(connections=self._architecture.connections)

    def copy(self) -> bool:
        """Puts the selection on the clipboard; whether it did."""
        selection = self._canvas.selection()
        if not (selection.components or selection.boundaries):
            return False
        try:
            put_on_clipboard(to_mime(part_of(self._architecture, selection)))
        except UserError as error:
            self._canvas.say(str(error))
            return False
        self._canvas.pasting.start_over()
        return True

    def cut(self) -> None:
        """Puts the selection on the clipboard and deletes it, with what stands in selected boundaries."""
        selection = self._canvas.selection()
        if not self.copy() and not selection.connections:
            # What is not on the clipboard must not go.
            return
        inside, boundaries = content_of(self._architecture, selection.boundaries)
        ids = {
            Collection.COMPONENTS: inside | set(selection.components),
            Collection.CONNECTIONS: set(selection.connections),
            Collection.BOUNDARIES: boundaries if selection.boundaries else set(),
        }
        if selection:
            batch = operations.delete(self._architecture, ids)
            self._canvas.do(Batch(batch.label.replace(tr("Delete"), tr("Cut"), 1), batch.edits))

    def duplicate(self, offset: tuple[float, float] = (COPY_OFFSET, COPY_OFFSET)) -> None:
        """Adds copies of the selection, with new ids and the wires among them, and selects them."""
        selection = self._canvas.selection()
        if selection.components or selection.boundaries:
            part = part_of(self._architecture, selection)
            self.add_copies(part, (round(offset[0]), round(offset[1])), tr("Duplicate"))

    def nudge(self, dx: int, dy: int) -> None:
        """Moves the selection; a run of nudges of the same things is one step for undo."""
        selection = self._canvas.selection()
        inside, boundaries = content_of(self._architecture, selection.boundaries)
        loose = frozenset(selection.components) - inside
        if not (loose or boundaries):
            return
        drawing = self._canvas.drawing
        places = {key: drawing.place_of(key) for key in loose | inside}
        parents = {key: self._architecture.boundaries[key].parent for key in selection.boundaries}
        moved = Moved(
            components={key: (round(x) + dx, round(y) + dy) for key, (x, y) in places.items()},
            boundaries={key: shifted(drawing.frame_of(key), dx, dy) for key in boundaries},
            loose=loose,
            outer=frozenset(key for key, parent in parents.items() if parent not in boundaries),
        )
        self.put(moved, merge=f"nudge {selection}")

    def put(self, moved: Moved, merge: str | None = None) -> bool:
        """Puts things at other places; says whether it could, else tells the user why not.

        A step of its own ends with everything in its lane and boundary; one that merges with others does not.
        """
        batch = self.moved(moved, settle=merge is None)
        return batch is not None and self._canvas.do(batch, merge)

    def moved(self, moved: Moved, settle: bool = True) -> Batch | None:
        """The edit that puts things at other places; where there is none, `None`, and the user is told why."""
        try:
            return move(self._architecture, moved, self._canvas.drawing.labels.resolution, settle=settle)
        except Refused as refused:
            self._canvas.say(str(refused))
            return None

    def do_with_lanes(self, batch: Batch) -> bool:
        """Applies a batch that may give VPCs other zones, with the lanes that go with them; says whether it could."""
        try:
            batch = with_lanes(self._architecture, self._canvas.document.catalog, batch)
        except UserError as error:
            self._canvas.say(str(error))
            return False
        return self._canvas.do(batch)

    def stretch(self, dx: int, dy: int) -> None:
        """Moves the right and lower edge of the one selected boundary; a run of it is one step for undo."""
        selection = self._canvas.selection()
        if len(selection) != 1 or not selection.boundaries:
            self._canvas.say(tr("Select one boundary to make it larger or smaller."))
            return
        key = selection.boundaries[0]
        left, top, right, bottom = boundary_rect(self._architecture.boundaries[key])
        width, height = smallest_size(self._architecture, self._architecture.boundaries[key])
        rect = (left, top, max(left + width, right + dx), max(top + height, bottom + dy))
        resolution = self._canvas.drawing.labels.resolution
        self._canvas.do(resize(self._architecture, key, rect, resolution), merge=f"stretch {key}")

    def fold(self, collapsed: bool) -> None:
        """Collapses the selected boundaries and those around selected components, or expands selected ones."""
        selection, boundaries = self._canvas.selection(), self._architecture.boundaries
        keys = set(selection.boundaries)
        if collapsed:
            homes = (self._architecture.components[key].boundary for key in selection.components)
            keys |= {home for home in homes if home is not None}
        keys = {key for key in keys if boundaries[key].collapsed != collapsed}
        if not keys:
            what = tr("Select a boundary to collapse.") if collapsed else tr("Select a collapsed boundary to expand.")
            self._canvas.say(what)
            return
        self._fold(sorted(keys), collapsed)

    def turn_fold(self, key: str) -> None:
        """Collapses a boundary, or expands it."""
        self._fold([key], not self._architecture.boundaries[key].collapsed)

    def _fold(self, keys: list[str], collapsed: bool) -> None:
        architecture = self._architecture
        batch = operations.fold(architecture, keys, True) if collapsed else expanded(architecture, keys)
        if self._canvas.do(batch):
            self._canvas.select(boundaries=keys)
            self._canvas.say(batch.label)

    def move_out(self) -> None:
        """Takes the selected components out of their boundaries."""
        keys = [k for k in self._canvas.selection().components if self._architecture.components[k].boundary is not None]
        if not keys:
            return
        places: dict[str, tuple[int, int]] = {}
        for key in keys:
            places[key] = self._place_outside(key, set(places.values()))
        moved = Moved(components=places, loose=frozenset(keys))
        batch = move(self._architecture, moved, self._canvas.drawing.labels.resolution)
        self._canvas.do(Batch(tr("Move out of boundary"), batch.edits))

    def move_into(self, home: str | None) -> None:
        """Puts the selected components and boundaries into a boundary, at free places; `None` is out of all."""
        selection = self._canvas.selection()
        things = [(each, key) for each in (Collection.BOUNDARIES, Collection.COMPONENTS) for key in selection.of(each)]
        reason = why_not(self._architecture, things, home)
        if reason is not None:
            self._canvas.say(reason)
            return
        resolution = self._canvas.drawing.labels.resolution
        refusal = why_not_in(resolution, (self._architecture.components[key] for key in selection.components), home)
        if refusal:
            self._canvas.say(refusal)
            return
        batch = move_into(self._architecture, things, home)
        if self._canvas.do(into_lanes(self._architecture, batch, home, resolution)):
            self._canvas.reveal_selection()

    def insert(self, kind: str) -> None:
        """Adds a thing of a kind beside the selected component, else in the middle of the view."""
        selected = self._canvas.selection().components
        visible = self._canvas.viewpoint.visible()
        size = BOUNDARY_SIZES.get(kind.partition(":")[0])
        if size is not None:
            x, y = (visible[0] + visible[2] - size[0]) / 2, (visible[1] + visible[3] - size[1]) / 2
            self.insert_at(kind, self._corner_in_selection(kind) or (snap(x), snap(y)))
            return
        if len(selected) == 1:
            self.insert_at(kind, self.place_beside(selected[0]))
            return
        x, y = (visible[0] + visible[2] - CARD_WIDTH) / 2, (visible[1] + visible[3] - CARD_HEIGHT) / 2
        self.insert_at(kind, self._free_place(snap(x), snap(y), set()))

    def _corner_in_selection(self, kind: str) -> tuple[int, int] | None:
        """Where a new subnet tier goes into the VPC that is selected, or that what is selected stands in."""
        selection = self._canvas.selection()
        homes = {*selection.boundaries, *(self._architecture.components[key].boundary for key in selection.components)}
        vpcs = {vpc.id: vpc for vpc in (vpc_around(self._architecture, home) for home in homes) if vpc is not None}
        if kind.partition(":")[0] != "tier" or len(vpcs) != 1:
            return None
        (vpc,) = vpcs.values()
        return None if vpc.collapsed else (vpc.x, vpc.y)

    def place_beside(self, key: str, side: int = RIGHT) -> tuple[int, int]:
        """The free place on a side of a component."""
        left, top, right, bottom = self._canvas.drawing.rects[key]
        x, y = {
            RIGHT: (right + _APART, top),
            BOTTOM: (left, bottom + _APART),
            LEFT: (left - _APART - CARD_WIDTH, top),
            TOP: (left, top - _APART - CARD_HEIGHT),
        }[side]
        return self._free_place(snap(x), snap(y), set())

    def placed(self, kind: str, at: tuple[int, int]) -> tuple[Component, Batch]:
        """A new component of a kind at a place, or as near as it may stand, and the edit that adds it."""
        name = self._canvas.document.catalog.kinds[kind].name
        component = operations.new_component(self._architecture, kind, name, at)
        batch = insert_component(self._architecture, component, self._canvas.drawing.labels.resolution)
        added = (edit.entity for edit in batch.edits if isinstance(edit, Put) and edit.entity.id == component.id)
        return next(each for each in added if isinstance(each, Component)), batch

    def insert_at(self, kind: str, at: tuple[int, int], wire: str | None = None) -> None:
        """Adds a thing of a kind ("sqs", "vpc", "tier:public") with its corner at a place, and selects it.

        A component that may be is put between the ends of a wire, beside what is in its way.
        """
        catalog = self._canvas.document.catalog
        base, _, variant = kind.partition(":")
        if kind in catalog.kinds:
            if wire is not None:
                at = nearest_free(self._canvas.drawing, Frames(self._architecture), at)
            component, added = self.placed(kind, at)
            between = wire is not None and self._canvas.wiring.put_between(component, wire, added)
            if between or self._canvas.do(added):
                self._canvas.select(components=[component.id])
        elif base in catalog.boundaries:
            boundary = self._new_boundary(base, variant, at)
            if self._canvas.do(insert_boundary(self._architecture, boundary, self._canvas.drawing.labels.resolution)):
                self._canvas.select(boundaries=[boundary.id])
        else:
            self._canvas.say(tr("There is no kind {kind!r}.", kind=kind))
            return
        self._canvas.reveal_selection()
        self._canvas.added.emit(kind)

    def rename(self) -> RenameEditor | None:
        """Opens the editor of the name of the one selected component or boundary."""
        selection = self._canvas.selection()
        if len(selection.components) == 1 and not selection.boundaries:
            key = selection.components[0]
            rect = self._canvas.drawing.rects[key]
            name = self._architecture.components[key].name
            where = (rect[0] + 58, rect[1] + 4, rect[2] - 4, rect[1] + 28)
            return self._edit_name(name, where, lambda new: self._rename_component(key, new))
        if len(selection.boundaries) == 1 and not selection.components:
            key = selection.boundaries[0]
            rect = self._canvas.drawing.boundaries[key].rect
            name = self._architecture.boundaries[key].name
            where = (rect[0] + 24, rect[1], min(rect[2], rect[0] + 264), rect[1] + TITLE_HEIGHT)
            return self._edit_name(name, where, lambda new: self._rename_boundary(key, new))
        return None

    def _edit_name(self, name: str, where: Rect, rename: Callable[[str], None]) -> RenameEditor:
        self._canvas.viewpoint.reveal(grown(where, GRID))
        return RenameEditor(self._canvas, name, where, rename)

    def rename_thing(self, collection: Collection, key: str, name: str) -> None:
        """Gives a component or boundary another name; an empty one, or the one that it has, changes nothing."""
        there = self._architecture.table(collection).get(key)
        if not name or there is None or getattr(there, "name", name) == name:
            return
        if collection is Collection.COMPONENTS:
            self._rename_component(key, name)
        elif collection is Collection.BOUNDARIES:
            self._rename_boundary(key, name)

    def _rename_component(self, key: str, name: str) -> None:
        if key in self._architecture.components:
            self._canvas.do(operations.rename(self._architecture, key, name))

    def _rename_boundary(self, key: str, name: str) -> None:
        boundary = self._architecture.boundaries.get(key)
        if boundary is not None:
            batch = operations.set_field(self._architecture, Collection.BOUNDARIES, [key], "name", name)
            self._canvas.do(Batch(tr("Rename {old} to {name}", old=boundary.name, name=name), batch.edits))

    def add_copies(self, part: Architecture, offset: tuple[int, int], label: str) -> None:
        """Adds a part of a drawing, moved by an offset, with new ids, and selects it."""
        before = set(self._architecture.boundaries)
        batch, new_ids = operations.duplicate(
            self._architecture,
            part.components.values(),
            part.connections.values(),
            part.boundaries.values(),
            offset,
            label,
            part.flows.values(),
        )
        if self._canvas.do(settle_copies(self._architecture, batch, self._canvas.drawing.labels.resolution)):
            added = self._architecture.boundaries.keys() - before
            self._canvas.select(new_ids.values(), (), added)

    def _new_boundary(self, kind: str, variant: str, at: tuple[int, int]) -> Boundary:
        catalog = self._canvas.document.catalog
        entry = catalog.boundaries[kind]
        properties = {}
        name = entry.name
        access = entry.properties.get("access")
        if access is not None and variant in access.choices:
            properties = {"access": variant} if variant != access.default else {}
            name = f"{access.choices[variant]} {name.lower()}"
        taken = self._architecture.boundaries
        name = unique_name(name, {boundary.name for boundary in taken.values()})
        width, height = BOUNDARY_SIZES.get(kind, BOUNDARY_SIZES["group"])
        key = unique(slug(name, kind), taken)
        x, y = at
        made = Boundary(id=key, kind=kind, name=name, properties=properties, x=x, y=y, width=width, height=height)
        return fitted_tier(self._architecture, made) if kind == "tier" else made

    def _place_outside(self, key: str, taken: set[tuple[int, int]]) -> tuple[int, int]:
        """The free place nearest to the right of a component that lies in no boundary."""
        frames = Frames(self._architecture)
        rect = self._canvas.drawing.rects[key]
        x, y = round(rect[0]), round(rect[1])
        while (around := frames.around_component(x, y)) is not None:
            x = snap(frames.rects[around][2]) + _APART
        return self._free_place(x, y, taken)

    def _free_place(self, x: int, y: int, taken: set[tuple[int, int]]) -> tuple[int, int]:
        """The place nearest below (x, y) at which a card overlaps no other."""
        x, y = snap(x), snap(y)
        for _ in range(_TRIES):
            wanted = grown(card_rect(x, y), GRID)
            busy = [card_rect(*place) for place in taken]
            if not self._canvas.drawing.components_in(wanted) and not any(overlaps(wanted, other) for other in busy):
                break
            y += CARD_HEIGHT + DOT_SPACING
        return x, y
