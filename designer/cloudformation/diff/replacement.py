"""Works out which resources an update replaces, and what becomes of their data.

A create-only property that changes replaces its resource. That gives the resource another physical id, which replaces
what has the id in a create-only property of its own, and so on; for this, the text of the template need not differ.

Sources: resource type schemas (createOnlyProperties, conditionalCreateOnlyProperties); CloudFormation User Guide,
"Update behaviors of stack resources"; API reference, ResourceChangeDetail (static and dynamic evaluation).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from designer.cloudformation.diff.changes import Change, ChangeKind, Replacement
from designer.cloudformation.diff.facts import Pointer, UpdateFacts
from designer.cloudformation.diff.references import NAMED, Reference, references_in
from designer.cloudformation.diff.values import Path, Place, canonical, function_of
from designer.cloudformation.fragments import Tree
from designer.language import tr

PROPERTIES = "Properties"
_FOR_SURE = ("Id", "Arn", "ARN", "Ids", "Name")
"""Attributes whose names end like this differ for another resource; others (a version, a status) may be equal."""
_DECIDES_LATER = ("Fn::ImportValue", "Fn::Transform")

Target = tuple[str, str]
"""A namespace of the template and a name in it."""

Effect = tuple[Replacement, str]
"""Whether a change replaces the resource, and why."""


def effect_of(change: Change, facts: UpdateFacts, parameters: Mapping[str, Any]) -> Effect:
    """What a change of a resource's text does to the resource. `parameters` are those of both templates."""
    if change.path[:1] == ("Type",):
        return Replacement.YES, tr("CloudFormation does not change the type of a resource: use another logical id")
    if change.path[:1] == ("Condition",):
        return Replacement.MAYBE, tr("whether the resource exists at all depends on another condition now")
    if change.path[:1] != (PROPERTIES,):
        return Replacement.NO, ""
    path = _properties_of(change.path[1:])
    if change.type not in facts.types:
        return _of_unknown(change.type, path)
    known = facts.types[change.type]
    for pointer in known.create_only:
        if _touches(pointer, path, change):
            if _decided_later(change, parameters):
                return Replacement.MAYBE, tr(
                    "{property} is fixed at creation; only the deployment knows its value", property=_text(pointer)
                )
            return Replacement.YES, tr("{property} is fixed at creation", property=_text(pointer))
    for pointer in known.conditional:
        if _touches(pointer, path, change):
            return Replacement.MAYBE, tr("some changes of {property} need a new resource", property=_text(pointer))
    return Replacement.NO, ""


def _of_unknown(resource_type: str, path: Path) -> Effect:
    if path[:1] == ("Tags",):
        return Replacement.NO, ""
    if resource_type.startswith("Custom::") or resource_type == "AWS::CloudFormation::CustomResource":
        return Replacement.MAYBE, tr("the code behind a custom resource decides whether it is replaced")
    return Replacement.MAYBE, tr(
        "it is not known here which changes replace a resource of type {type}", type=resource_type or "?"
    )


def _properties_of(path: Path) -> Path:
    """A path without items of lists and intrinsic functions: the part that a schema speaks of."""
    return tuple(part for part in path if not part.startswith(("[", "Fn::")))


def _touches(pointer: Pointer, path: Path, change: Change) -> bool:
    """Whether the change is of the property, of something in it, or of something around it that has it changed."""
    names = tuple(part for part in pointer if part != "*")
    if path[: len(names)] == names:
        return True
    if names[: len(path)] != path:
        return False
    rest = names[len(path) :]
    before, after = _at(change.before, rest), _at(change.after, rest)
    return canonical(before, Place()) != canonical(after, Place())


def _at(value: Any, path: Iterable[str]) -> Any:
    """What stands below a value; the function itself where one decides about it, `None` where there is nothing."""
    for part in path:
        if function_of(value) is not None:
            return value
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _decided_later(change: Change, parameters: Mapping[str, Any]) -> bool:
    """Whether the two values may turn out equal: each depends on something else that is chosen on deployment."""
    before, after = _choices(change.before, parameters), _choices(change.after, parameters)
    return before != after


def _choices(value: Any, parameters: Mapping[str, Any]) -> set[str]:
    """What a value takes from parameters, conditions, mappings, other stacks and dynamic references."""
    found = {
        f"{reference.namespace}:{reference.name}"
        for reference in references_in(value)
        if reference.namespace != NAMED or reference.name in parameters
    }
    text = canonical(value, Place())
    found.update(name for name in _DECIDES_LATER if f'"{name}"' in text)
    if "{{resolve:" in text:
        found.add("dynamic reference")
    return found


def _text(pointer: Pointer) -> str:
    return ".".join(part for part in pointer if part != "*")


@dataclass(frozen=True, slots=True)
class _Use:
    """A property, fixed at creation, of a resource that is in both templates, and what it refers to."""

    resource: str
    type: str
    pointer: Pointer
    value: Any
    always: bool
    reference: Reference


class Consequences:
    """Follows replacements from resource to resource."""

    def __init__(self, old: Tree, new: Tree, facts: UpdateFacts, complete: Callable[[Change], Change]) -> None:
        """`complete` adds what a change does to data."""
        self._complete = complete
        self._uses: dict[Target, list[_Use]] = defaultdict(list)
        self._conditions: dict[Target, list[Target]] = defaultdict(list)
        before = mapping_in(old, "Resources")
        for name, resource in mapping_in(new, "Resources").items():
            if isinstance(resource, dict) and type_of(resource) == type_of(before.get(name)):
                self._note_uses(name, resource, facts)
        for name, condition in mapping_in(new, "Conditions").items():
            for reference in references_in(condition):
                self._conditions[reference.namespace, reference.name].append(("Conditions", name))

    def _note_uses(self, name: str, resource: Tree, facts: UpdateFacts) -> None:
        resource_type = type_of(resource)
        known = facts.of(resource_type)
        for pointer in (*known.create_only, *known.conditional):
            value = _at(resource.get(PROPERTIES), (part for part in pointer if part != "*"))
            for reference in references_in(value):
                use = _Use(name, resource_type, pointer, value, pointer in known.create_only, reference)
                self._uses[reference.namespace, reference.name].append(use)

    def of(self, changes: Iterable[Change]) -> list[Change]:
        """The changes, the graver ones of them marked so, and those that follow from them."""
        given = list(changes)
        found: dict[str, list[Change]] = defaultdict(list)
        for change in given:
            if change.section == "Resources":
                found[change.logical_id].append(change)
        self._follow(found, [seed for change in given for seed in _seeds(change)])
        others = [change for change in given if change.section != "Resources"]
        return [*others, *[change for of_one in found.values() for change in of_one]]

    def _follow(self, found: dict[str, list[Change]], waiting: list[_Cause]) -> None:
        decided: set[Target] = set()
        while waiting:
            cause = waiting.pop()
            for condition in self._conditions.get(cause.target, ()):
                if condition not in decided:
                    decided.add(condition)
                    waiting.append(_Cause(condition, Replacement.MAYBE, _decided(condition[1])))
            for use in self._uses.get(cause.target, ()):
                level, why = _effect_on(use, cause)
                if self._mark(found, use, level, why):
                    waiting.append(_Cause((NAMED, use.resource), level, _replaced(use.resource, level)))

    def _mark(self, found: dict[str, list[Change]], use: _Use, level: Replacement, why: str) -> bool:
        """Notes an effect on a property; whether it is graver than what was known of that property."""
        path = (PROPERTIES, *(part for part in use.pointer if part != "*"))
        changes = found[use.resource]
        known = [place for place, change in enumerate(changes) if change.path[: len(path)] == path]
        if any(changes[place].replacement.rank >= level.rank for place in known):
            return False
        if known:
            changes[known[0]] = self._complete(replace(changes[known[0]], replacement=level, why=why))
            return True
        change = Change(
            kind=ChangeKind.CHANGED,
            section="Resources",
            logical_id=use.resource,
            type=use.type,
            path=path,
            before=use.value,
            after=use.value,
            replacement=level,
            why=why,
        )
        changes.append(self._complete(change))
        return True


@dataclass(frozen=True, slots=True)
class _Cause:
    """Something that may be referred to and is replaced, or has another value."""

    target: Target
    level: Replacement
    why: str


def _seeds(change: Change) -> Iterable[_Cause]:
    """What a change makes different for those that refer to it."""
    if change.section == "Resources" and change.path and change.replacement is not Replacement.NO:
        why = _replaced(change.logical_id, change.replacement)
        yield _Cause((NAMED, change.logical_id), change.replacement, why)
    if change.section == "Parameters" and change.path[:1] in (("Default",), ("Type",)):
        why = tr("the parameter {logical_id} has another default", logical_id=change.logical_id)
        yield _Cause((NAMED, change.logical_id), Replacement.MAYBE, why)
    if change.section in ("Conditions", "Mappings"):
        yield _Cause((change.section, change.logical_id), Replacement.MAYBE, _decided(change.logical_id))


def _replaced(name: str, level: Replacement) -> str:
    return tr("{name} is replaced", name=name) if level is Replacement.YES else tr("{name} may be replaced", name=name)


def _decided(name: str) -> str:
    return tr("{name} may come out differently", name=name)


def _effect_on(use: _Use, cause: _Cause) -> Effect:
    """What a cause does to the resource with a property that refers to it."""
    attribute = use.reference.attribute
    sure = attribute is None or attribute.endswith(_FOR_SURE)
    level = cause.level if use.always and sure else Replacement.MAYBE
    return level, tr("{why}, and {property} refers to it", why=cause.why, property=_text(use.pointer))


def mapping_in(tree: Tree, section: str) -> Tree:
    """A section of a template; empty where it is missing or no mapping."""
    value = tree.get(section)
    return value if isinstance(value, dict) else {}


def type_of(entry: Any) -> str:
    """The type of a resource or parameter; the empty text where there is none."""
    return str(entry.get("Type", "")) if isinstance(entry, dict) else ""
