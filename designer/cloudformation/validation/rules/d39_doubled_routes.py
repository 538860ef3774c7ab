"""D39: a subnet has one route table, and a route table one route to each destination."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Reference, is_plain, text_of

_ASSOCIATION, _ROUTE = "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::Route"
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock")


def _check(stack: Stack) -> Iterator[Fault]:
    seen: dict[tuple[str, str], list[Resource]] = {}
    for association in stack.of(_ASSOCIATION):
        subnet = association.get("SubnetId")
        if isinstance(subnet, Reference):
            yield from _second(stack, seen, ("subnet", str(subnet)), association, "SubnetId")
    for route in stack.of(_ROUTE):
        for name in _DESTINATIONS:
            table, destination = route.get("RouteTableId"), route.get(name)
            if isinstance(table, Reference) and is_plain(destination):
                yield from _second(stack, seen, (str(table), str(text_of(destination))), route, name)


def _second(
    stack: Stack, seen: dict[tuple[str, str], list[Resource]], key: tuple[str, str], resource: Resource, name: str
) -> Iterator[Fault]:
    others = [other for other in seen.setdefault(key, []) if stack.together(other, resource)]
    seen[key].append(resource)
    if others:
        what = "gives a route table to a subnet" if key[0] == "subnet" else f"leads to {key[1]} in a route table"
        yield Fault(resource.path(name), f"{resource.id} {what} for which {others[0].id} does so already", "Keep one.")


RULE = Rule(
    id="D39",
    title="One route table a subnet, one route a destination",
    why="EC2 refuses the second one: 'Resource.AlreadyAssociated', 'RouteAlreadyExists'.",
    source="https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_ASSOCIATION, _ROUTE),
    others=("E3022", "F3022"),
)
