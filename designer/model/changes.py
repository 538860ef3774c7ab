"""What an applied edit changed, as one batch for all listeners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from designer.model.entities import Collection, Entity, Settings
from designer.records import record


@record(frozen=False)
class Changes:
    """All changes of one applied edit, with repeated changes of one thing folded into one.

    `entities[collection][id]` is `(before, after)`; `None` stands for "was not there" or "is gone".
    `renamed[collection][old id]` is the new id: such an entity also appears as gone and as new.
    """

    label: str
    entities: dict[Collection, dict[str, tuple[Entity | None, Entity | None]]] = field(
        default_factory=lambda: {collection: {} for collection in Collection}
    )
    renamed: dict[Collection, dict[str, str]] = field(
        default_factory=lambda: {collection: {} for collection in Collection}
    )
    settings: tuple[Settings, Settings] | None = None

    def note(self, collection: Collection, key: str, before: Entity | None, after: Entity | None) -> None:
        """Adds one change, keeping the first `before` and the last `after`."""
        seen = self.entities[collection]
        first = seen[key][0] if key in seen else before
        if first is after or (first is not None and first == after):
            seen.pop(key, None)
        else:
            seen[key] = (first, after)

    def note_settings(self, before: Settings, after: Settings) -> None:
        """Adds a change of the settings."""
        first = self.settings[0] if self.settings else before
        self.settings = None if first == after else (first, after)

    def note_rename(self, collection: Collection, old: str, new: str) -> None:
        """Adds a change of key, following chains (a to b, then b to c is a to c)."""
        renamed = self.renamed[collection]
        origin = next((first for first, last in renamed.items() if last == old), old)
        renamed.pop(origin, None)
        if origin != new:
            renamed[origin] = new

    def of(self, collection: Collection) -> Iterator[tuple[str, Entity | None, Entity | None]]:
        """The changes of one collection as (id, before, after)."""
        for key, (before, after) in self.entities[collection].items():
            yield key, before, after

    def __bool__(self) -> bool:
        return self.settings is not None or any(self.entities.values())
