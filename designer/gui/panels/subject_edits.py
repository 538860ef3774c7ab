"""What a change in the inspector does to the things it is about: each function gives one edit, one undo step."""

from __future__ import annotations

from collections.abc import Iterator

from designer.gui.panels.subjects import Subject
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.decisions import Decision
from designer.model.edits import Batch, Edit, Put, PutSettings
from designer.model.entities import Collection, Drawn, Value
from designer.model.operations import rename, set_field, set_property, set_settings, set_settings_property


def property_edit(architecture: Architecture, subject: Subject, name: str, value: Value) -> Edit:
    """Sets one property of all that the subject stands for; `None` resets it."""
    if subject.is_whole:
        return set_settings_property(architecture, name, value)
    return _joined(set_property(architecture, each, keys, name, value) for each, keys in subject.members.items())


def field_edit(architecture: Architecture, subject: Subject, name: str, value: Value) -> Edit:
    """Sets one of the fields that all things of the subject have (zones, note ...)."""
    if subject.is_whole:
        return set_settings(architecture, tr("Set {name}", name=name), **{name: value})
    return _joined(set_field(architecture, each, keys, name, value) for each, keys in subject.members.items())


def name_edit(architecture: Architecture, subject: Subject, name: str) -> Edit:
    """Renames the subject; a component's id goes with its name."""
    if subject.collection is Collection.COMPONENTS:
        return rename(architecture, subject.ids[0], name)
    return field_edit(architecture, subject, "name", name)


def reset_edit(architecture: Architecture, subject: Subject) -> Edit:
    """Takes away all values of properties that the subject offers, so that the defaults count again."""
    label = plural("Reset {count} property", "Reset {count} properties", subject.changed)
    if subject.is_whole:
        settings = architecture.settings
        kept = {name: value for name, value in settings.properties.items() if name not in subject.offered}
        return Batch(label, (PutSettings(settings.with_(properties=kept)),))
    return Batch(label, tuple(Put(_reset(thing, subject)) for thing in _things(architecture, subject)))


def relation_edit(architecture: Architecture, subject: Subject, relation: str) -> Edit:
    """Gives the wires another meaning; what they had set for the old one goes, what a person judged stays."""
    wires = [architecture.connections[key] for key in subject.ids]
    new = next(one for one in subject.relations if one.id == relation)
    judged = {prop.name for prop in new.properties.values() if prop.analysis_only}
    kept = [{name: value for name, value in wire.properties.items() if name in judged} for wire in wires]
    changed = (wire.with_(relation=relation, properties=own) for wire, own in zip(wires, kept, strict=True))
    return Batch(tr("Change relation"), tuple(Put(wire) for wire in changed))


def decision_edit(
    architecture: Architecture, subject: Subject, before: Decision | None, after: Decision | None
) -> Edit:
    """Pins a decision to all things of the subject (`before` is `None`), changes one, or takes it away (no `after`)."""
    title = (after or before or Decision(title="")).title
    if before is None:
        label = tr("Add decision {title}", title=title)
    elif after is None:
        label = tr("Remove decision {title}", title=title)
    else:
        label = tr("Change decision {title}", title=title)
    if subject.is_whole:
        settings = architecture.settings
        return Batch(label, (PutSettings(settings.with_(decisions=_changed(settings.decisions, before, after))),))
    things = _things(architecture, subject)
    return Batch(label, tuple(Put(thing.with_(decisions=_changed(thing.decisions, before, after))) for thing in things))


def _changed(decisions: tuple[Decision, ...], before: Decision | None, after: Decision | None) -> tuple[Decision, ...]:
    if before is None:
        return decisions if after is None else (*decisions, after)
    found = list(decisions)
    if before in found:
        place = found.index(before)
        found[place : place + 1] = [] if after is None else [after]
    return tuple(found)


def _reset(thing: Drawn, subject: Subject) -> Drawn:
    return thing.with_(properties={key: own for key, own in thing.properties.items() if key not in subject.offered})


def _things(architecture: Architecture, subject: Subject) -> Iterator[Drawn]:
    for collection, keys in subject.members.items():
        for key in keys:
            thing = architecture.table(collection).get(key)
            if isinstance(thing, Drawn):
                yield thing


def _joined(batches: Iterator[Batch]) -> Batch:
    """Edits of several collections as one, named like the first."""
    made = list(batches)
    return Batch(made[0].label, tuple(edit for batch in made for edit in batch.edits))
