"""D63: the service that uses a role may assume it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.facts import trusts
from designer.cloudformation.validation.messages import Path, Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, possible_items, text_of
from designer.cloudformation.validation.views.roles import Roles


def _check(stack: Stack) -> Iterator[Fault]:
    roles = stack.view(Roles)
    for trust in trusts():
        for resource in stack.of(trust.type):
            for path, value in _values(resource, trust.path):
                role = roles.role_of(value)
                services = [f"{service}.amazonaws.com" for service in trust.services]
                if role is None or any(roles.could_be_assumed_by(role, service) for service in services):
                    continue
                text = (
                    f"{resource.id} uses the role {role.id}, which {services[0]} may not assume{_others(roles, role)}"
                )
                yield Fault(path, text, f"Let {services[0]} assume the role in its AssumeRolePolicyDocument.")


def _values(resource: Resource, keys: tuple[str, ...]) -> Iterator[tuple[Path, Value]]:
    """The values at a path of properties, through lists on the way."""
    found: list[tuple[Path, Value]] = [(resource.path(), resource.properties)]
    for key in keys:
        found = [
            ((*path, *place, key), item[key])
            for path, value in found
            for place, item in _mappings(value)
            if key in item
        ]
    for path, value in found:
        for each in possible_items(value):
            yield path, each


def _mappings(value: Value) -> Iterator[tuple[Path, dict[str, Value]]]:
    for index, item in enumerate(possible_items(value)):
        if isinstance(item, dict):
            yield ((index,) if isinstance(value, list) else ()), item


def _others(roles: Roles, role: Resource) -> str:
    names = [text_of(name) for statement in roles.trust(role).statements for name in statement.services()]
    known = [name for name in names if name]
    return f"; {', '.join(known)} may" if known else ""


RULE = Rule(
    id="D63",
    title="Roles trust the service that uses them",
    why="The service refuses the role: 'The role defined for the function cannot be assumed by Lambda', and the like.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(trust.type for trust in trusts()),
)
