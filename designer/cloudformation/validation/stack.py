"""The stack that a template describes: its resources with resolved properties, and what waits for what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar

from designer.cloudformation.validation.conditions import Conditions
from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.references import Link, Via, find_links
from designer.cloudformation.validation.resolve import Resolver, section
from designer.cloudformation.validation.template import Template
from designer.cloudformation.validation.values import Reference, Value, alternatives

View = TypeVar("View")


class Resource:
    """One resource. Its properties are resolved as they are in a stack in which its condition holds."""

    def __init__(self, key: str, definition: Mapping[str, Any], resolver: Resolver) -> None:
        self.id = key
        self.definition = definition
        self._resolver = resolver
        self.type = definition["Type"] if isinstance(definition.get("Type"), str) else ""
        condition = definition.get("Condition")
        self.condition: str | None = condition if isinstance(condition, str) else None

    @cached_property
    def properties(self) -> dict[str, Value]:
        """The resolved properties; empty where they are missing or not a mapping."""
        found = self._resolver.value(self.definition.get("Properties"))
        return found if isinstance(found, dict) else {}

    def get(self, *keys: str) -> Value:
        """The resolved value at a path of properties; `None` where it is missing or its holder is not known."""
        value: Value = self.properties
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def has(self, key: str) -> bool:
        """Whether the template gives the property at all, if only under a condition."""
        return key in section(self.definition, "Properties")

    def attribute(self, name: str) -> Value:
        """An attribute of the resource itself, such as `DeletionPolicy`, resolved."""
        return self._resolver.value(self.definition.get(name))

    def path(self, *keys: str | int) -> Path:
        """The path of a property."""
        return ("Resources", self.id, "Properties", *keys)

    def __repr__(self) -> str:
        return f"{self.id} ({self.type})"


class Stack:
    """A template, looked at as the stack that it becomes."""

    def __init__(self, template: Template) -> None:
        self.template = template
        tree = template.tree
        self.parameters = section(tree, "Parameters")
        self.mappings = section(tree, "Mappings")
        self.outputs = section(tree, "Outputs")
        self.definitions = section(tree, "Resources")
        self.conditions = Conditions(section(tree, "Conditions"), self.parameters)
        self.resolver = Resolver(tree, self.conditions, self.conditions.defaults)
        self._resolvers = {(): self.resolver}
        self.transformed = "Transform" in tree
        """Macros rewrite the template before it is deployed: what is missing may still come."""

    @cached_property
    def resources(self) -> dict[str, Resource]:
        """The resources that can exist, by logical id."""
        found: dict[str, Resource] = {}
        for key, definition in self.definitions.items():
            if isinstance(definition, dict) and (resolver := self._resolver_for(definition)) is not None:
                found[key] = Resource(key, definition, resolver)
        return found

    def _resolver_for(self, definition: Mapping[str, Any]) -> Resolver | None:
        """The resolver with the parameters at which the resource exists; `None` where there are none."""
        condition = definition.get("Condition")
        if not isinstance(condition, str) or condition not in self.conditions.conditions:
            return self.resolver
        if self.conditions.holds(condition, self.conditions.defaults):
            return self.resolver
        assignment = self.conditions.scenario([condition])
        if assignment is None:
            return None
        changed = {k: v for k, v in assignment.items() if v != self.conditions.defaults.get(k)}
        key: Any = tuple(sorted((name, str(value)) for name, value in changed.items()))
        if key not in self._resolvers:
            self._resolvers[key] = Resolver(self.template.tree, self.conditions, assignment)
        return self._resolvers[key]

    @property
    def faults(self) -> dict[int, str]:
        """Functions that cannot work, by the identity of their node; complete once all properties were asked for."""
        return {node: text for resolver in self._resolvers.values() for node, text in resolver.faults.items()}

    @cached_property
    def _by_type(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for resource in self.resources.values():
            found.setdefault(resource.type, []).append(resource)
        return found

    def of(self, *types: str) -> list[Resource]:
        """The resources of these types, in the order of the template for each type."""
        return [resource for kind in types for resource in self._by_type.get(kind, ())]

    @property
    def types(self) -> Iterable[str]:
        """The types that occur."""
        return self._by_type.keys()

    def target(self, value: Value, *types: str) -> Resource | None:
        """The resource that a value refers to, if it is one of these types (of any type where none is given)."""
        if not isinstance(value, Reference):
            return None
        resource = self.resources.get(value.resource)
        return resource if resource is not None and (not types or resource.type in types) else None

    def targets(self, value: Value, *types: str) -> list[Resource]:
        """The resources that a value may refer to, by both sides of undecided conditions."""
        found = (self.target(each, *types) for each in alternatives(value))
        return [resource for resource in found if resource is not None]

    @cached_property
    def links(self) -> list[Link]:
        """All references in the template."""
        return find_links(self.template.tree)

    @cached_property
    def links_of(self) -> dict[str, list[Link]]:
        """The references of each resource to other resources."""
        found: dict[str, list[Link]] = {key: [] for key in self.definitions}
        for link in self.links:
            if link.section == "Resources" and link.via in _ORDERS and link.target in self.definitions:
                found[link.owner].append(link)
        return found

    @cached_property
    def links_to(self) -> dict[str, list[Link]]:
        """The references to each resource, from other resources and from outputs."""
        found: dict[str, list[Link]] = {key: [] for key in self.definitions}
        for link in self.links:
            if link.via in _ORDERS and link.target in found:
                found[link.target].append(link)
        return found

    def waits_for(self, key: str) -> frozenset[str]:
        """The ids of all resources that are there before this one is made."""
        if key not in self._waits:
            seen: set[str] = set()
            waiting = [key]
            while waiting:
                for link in self.links_of.get(waiting.pop(), ()):
                    if link.target not in seen:
                        seen.add(link.target)
                        waiting.append(link.target)
            self._waits[key] = frozenset(seen)
        return self._waits[key]

    @cached_property
    def _waits(self) -> dict[str, frozenset[str]]:
        return {}

    def waits(self, resource: Resource, *others: Resource) -> bool:
        """Whether the resource waits for at least one of the others."""
        before = self.waits_for(resource.id)
        return any(other.id in before for other in others)

    def view(self, make: Callable[[Stack], View]) -> View:
        """Something worked out from the stack, such as its network; made once."""
        if make not in self._views:
            self._views[make] = make(self)
        found: View = self._views[make]
        return found

    @cached_property
    def _views(self) -> dict[Any, Any]:
        return {}

    def together(self, first: Resource, second: Resource) -> bool:
        """Whether both can exist in one stack."""
        return self.conditions.together(first.condition, second.condition)

    def pairs(self, resources: list[Resource]) -> Iterator[tuple[Resource, Resource]]:
        """All pairs of resources that can exist in one stack."""
        for index, first in enumerate(resources):
            for second in resources[index + 1 :]:
                if self.together(first, second):
                    yield first, second


_ORDERS = (Via.REF, Via.GET_ATT, Via.SUB, Via.DEPENDS_ON)
