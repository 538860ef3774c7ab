"""What stands out in the drawing: the selection, what the pointer is over, a lit path, drop targets."""

from __future__ import annotations

from collections.abc import Collection as Sized
from dataclasses import field

from designer.model.entities import Collection
from designer.records import record


@record
class Selection:
    """Ids of what is selected, each group in alphabetical order."""

    components: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.components or self.connections or self.boundaries)

    def __len__(self) -> int:
        return len(self.components) + len(self.connections) + len(self.boundaries)

    def of(self, collection: Collection) -> tuple[str, ...]:
        """The selected ids of one collection; of flows there are none."""
        match collection:
            case Collection.COMPONENTS:
                return self.components
            case Collection.CONNECTIONS:
                return self.connections
            case Collection.BOUNDARIES:
                return self.boundaries
            case _:
                return ()


DRAWN = (Collection.COMPONENTS, Collection.CONNECTIONS, Collection.BOUNDARIES)
"""The collections that are drawn."""


@record(frozen=False)
class Emphasis:
    """The sets that items read while painting. `lit` empty means that nothing is dimmed for a path."""

    selected: dict[Collection, set[str]] = field(default_factory=lambda: {collection: set() for collection in DRAWN})
    hovered: tuple[Collection, str] | None = None
    lit: frozenset[str] = frozenset()
    failing: frozenset[str] = frozenset()
    """The wires along which a failure that is tried out travels."""
    target: str | None = None
    """The component that a wire being drawn would end at."""
    drop_targets: Sized[str] = ()
    """The boundaries that would take in what is being dragged."""
    lanes: frozenset[tuple[str, str]] = frozenset()
    """The lanes, as VPC and zone, that what is being dragged would stand in."""
    refused_kinds: frozenset[str] = frozenset()
    """Kinds that a wire being drawn cannot end at."""

    loose_wire: str | None = None
    """The wire of which an end is being dragged; it is dimmed, for what it will be is shown beside it."""

    def selection(self) -> Selection:
        """The selected ids as a value."""
        return Selection(*(tuple(sorted(self.selected[collection])) for collection in DRAWN))
