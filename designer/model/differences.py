"""What it takes to get from one architecture to another."""

from __future__ import annotations

from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.edits import Batch, Edit, Put, PutSettings, Remove
from designer.model.entities import Collection


def changes_between(before: Architecture, after: Architecture, label: str) -> Changes:
    """What differs, as if one edit of this name had made it."""
    changes = Changes(label)
    for collection in Collection:
        old, new = before.table(collection), after.table(collection)
        for key, entity in old.items():
            if new.get(key) is not entity:
                changes.note(collection, key, entity, new.get(key))
        for key, entity in new.items():
            if key not in old:
                changes.note(collection, key, None, entity)
    changes.note_settings(before.settings, after.settings)
    return changes


def edit_of(changes: Changes) -> Batch:
    """The edit that makes these changes to an architecture that has all of `before`."""
    edits: list[Edit] = []
    for collection in Collection:
        for key, before, after in changes.of(collection):
            if after is not None:
                edits.append(Put(after))
            elif before is not None:
                edits.append(Remove(collection, key))
    if changes.settings is not None:
        edits.append(PutSettings(changes.settings[1]))
    return Batch(changes.label, tuple(edits))
