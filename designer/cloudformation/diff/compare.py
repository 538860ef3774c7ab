"""Compares two templates by meaning: what comes, what goes, what changes, and what that does to a running stack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from designer.cloudformation.diff.changes import Change, ChangeKind, Replacement, Risk
from designer.cloudformation.diff.data_loss import when_removed, when_replaced
from designer.cloudformation.diff.facts import UpdateFacts, load_facts
from designer.cloudformation.diff.renames import renames
from designer.cloudformation.diff.replacement import PROPERTIES, Consequences, effect_of, mapping_in, type_of
from designer.cloudformation.diff.values import Difference, Place, differences
from designer.cloudformation.drawing import DRAWING
from designer.cloudformation.fragments import Tree
from designer.language import tr

_SECTIONS = (
    "AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions",
    "Resources", "Outputs",
)  # fmt: skip
_TEXTS = ("AWSTemplateFormatVersion", "Description")


def diff(old: Tree, new: Tree) -> list[Change]:
    """What an update of a stack from the old template to the new one would change; empty when they mean the same.

    Ordered by section, then by the order of the entries. The drawing that a template may carry is not compared:
    nothing of it is deployed.
    """
    return _Comparison(old, new, load_facts()).changes()


class _Comparison:
    def __init__(self, old: Tree, new: Tree, facts: UpdateFacts) -> None:
        self.old, self.new, self.facts = old, new, facts
        self.before, self.after = mapping_in(old, "Resources"), mapping_in(new, "Resources")
        self.parameters = mapping_in(old, "Parameters") | mapping_in(new, "Parameters")

    def changes(self) -> list[Change]:
        """All changes."""
        found = [change for section in self._sections() for change in self._section(section)]
        found = Consequences(self.old, self.new, self.facts, self._with_risk).of(found)
        return self._in_order(self._with_renames(found))

    def _sections(self) -> list[str]:
        others = [name for name in (self.old | self.new) if name not in _SECTIONS]
        return [*_SECTIONS, *others]

    def _section(self, section: str) -> Iterator[Change]:
        old, new = self.old.get(section), self.new.get(section)
        if section in _TEXTS or not all(value is None or isinstance(value, dict) for value in (old, new)):
            for found in _whole(old, new):
                yield _change(section, "", "", found)
            return
        before, after = old or {}, new or {}
        for name in before | after:
            if (section, name) != ("Metadata", DRAWING):
                yield from self._entry(section, name, before, after)

    def _entry(self, section: str, name: str, before: Tree, after: Tree) -> Iterator[Change]:
        if name not in after:
            removed = Difference(ChangeKind.REMOVED, (), before[name], None)
            yield self._with_risk(_change(section, name, type_of(before[name]), removed))
        elif name not in before:
            yield _change(section, name, type_of(after[name]), Difference(ChangeKind.ADDED, (), None, after[name]))
        elif section == "Resources" and isinstance(before[name], dict) and isinstance(after[name], dict):
            yield from self._resource(name, before[name], after[name])
        else:
            for found in differences(before[name], after[name], Place()):
                yield _change(section, name, type_of(after[name]), found)

    def _resource(self, name: str, before: Tree, after: Tree) -> Iterator[Change]:
        resource_type = type_of(after)
        # The properties of two types have nothing to do with each other.
        same = resource_type == type_of(before)
        for key in (before | after) if same else ("Type",):
            place = Place(self.facts.of(resource_type).unordered) if key == PROPERTIES else Place(pointer=(key,))
            old, new = before.get(key), after.get(key)
            if key == PROPERTIES:
                old, new = old or {}, new or {}
            for found in _whole(old, new, place):
                change = _change("Resources", name, resource_type, replace(found, path=(key, *found.path)))
                replacement, why = effect_of(change, self.facts, self.parameters)
                yield self._with_risk(replace(change, replacement=replacement, why=why))

    def _with_risk(self, change: Change) -> Change:
        """The change with what it does to data."""
        if change.section != "Resources":
            return change
        old, new = self.before.get(change.logical_id), self.after.get(change.logical_id)
        kept = self.facts.stateful.get(type_of(old))
        if kept is None or not isinstance(old, dict):
            return change
        if change.kind is ChangeKind.REMOVED and not change.path:
            risk, loss = when_removed(kept, old)
        elif change.replacement is not Replacement.NO and isinstance(new, dict):
            risk, loss = when_replaced(kept, old, new)
        else:
            risk, loss = Risk.NONE, ""
        return replace(change, risk=risk, loss=loss)

    def _with_renames(self, changes: list[Change]) -> list[Change]:
        whole = [change for change in changes if change.section == "Resources" and not change.path]
        removed = {change.logical_id: change.before for change in whole if change.kind is ChangeKind.REMOVED}
        added = {change.logical_id: change.after for change in whole if change.kind is ChangeKind.ADDED}
        forward = renames(removed, added)
        backward = {after: before for before, after in forward.items()}
        return [_renamed(change, forward, backward) for change in changes]

    def _in_order(self, changes: list[Change]) -> list[Change]:
        sections = {name: place for place, name in enumerate(self._sections())}
        entries = {name: place for place, name in enumerate(self.before | self.after)}
        return sorted(
            changes,
            key=lambda change: (
                sections[change.section],
                entries.get(change.logical_id, 0) if change.section == "Resources" else 0,
            ),
        )


def _whole(old: Any, new: Any, place: Place | None = None) -> Iterator[Difference]:
    """What differs between two values of which `None` stands for a missing one."""
    if old is None and new is None:
        return
    if old is None or new is None:
        yield Difference(ChangeKind.ADDED if old is None else ChangeKind.REMOVED, (), old, new)
        return
    yield from differences(old, new, place or Place())


def _change(section: str, name: str, resource_type: str, found: Difference) -> Change:
    return Change(
        kind=found.kind,
        section=section,
        logical_id=name,
        type=resource_type,
        path=found.path,
        before=found.before,
        after=found.after,
    )


def _renamed(change: Change, forward: dict[str, str], backward: dict[str, str]) -> Change:
    """A removed or added resource, with the hint that it is one and the same in the eyes of its author."""
    if change.section != "Resources" or change.path:
        return change
    if change.kind is ChangeKind.REMOVED and change.logical_id in forward:
        why = tr("renamed to {name}: will be replaced", name=forward[change.logical_id])
    elif change.kind is ChangeKind.ADDED and change.logical_id in backward:
        why = tr("renamed from {name}: will be replaced", name=backward[change.logical_id])
    else:
        return change
    return replace(change, replacement=Replacement.YES, why=why)
