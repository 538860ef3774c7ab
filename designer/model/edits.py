"""Edits: the only way to change an architecture. Applying one gives the edit that takes it back."""

from __future__ import annotations

from designer.language import tr
from designer.model.entities import COLLECTION_OF, Collection, Entity, Settings
from designer.records import record


@record
class Put:
    """Adds the entity, or puts it in the place of the one with its id."""

    entity: Entity

    @property
    def collection(self) -> Collection:
        """The collection that the entity belongs to."""
        return COLLECTION_OF[type(self.entity)]


@record
class Remove:
    """Takes an entity away."""

    collection: Collection
    id: str


@record
class Rekey:
    """Gives an entity another id; everything that refers to it follows."""

    collection: Collection
    old: str
    new: str


@record
class PutSettings:
    """Replaces the settings of the architecture."""

    settings: Settings


@record
class Batch:
    """Several edits that count as one; `label` names them for the undo list ("Move 3 components")."""

    label: str
    edits: tuple[Edit, ...]


Edit = Put | Remove | Rekey | PutSettings | Batch


def label_of(edit: Edit) -> str:
    """A name for the undo list."""
    match edit:
        case Batch(label=label):
            return label
        case Put(entity=entity):
            return tr("Change {key}", key=entity.id)
        case Remove(id=key):
            return tr("Remove {key}", key=key)
        case Rekey(old=old, new=new):
            return tr("Rename {old} to {new}", old=old, new=new)
        case PutSettings():
            return tr("Change settings")
