"""Limits of AWS on what a template describes, checked before it is written.

Figures: AWS CloudFormation User Guide, "Understand CloudFormation quotas"; Elastic Load Balancing and Amazon ECS
developer guides on target groups; AWS Lambda quotas; IAM and STS quotas.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from designer.analysis.addresses import shortages
from designer.catalog.resolve import Resolution, ResolvedWire
from designer.cloudformation.circles import failure_circles
from designer.cloudformation.fragments import Template, drawn_id
from designer.errors import UserError
from designer.language import tr

MAX_RESOURCES = 500
MAX_PARAMETERS = 200
MAX_OUTPUTS = 200
MAX_INLINE_BYTES = 51_200
MAX_BYTES = 1_000_000

MAX_FORWARD_TARGETS = 5
"""Target groups in one forward action of a listener."""
MAX_TARGET_GROUPS = 100
"""Target groups of one Application Load Balancer."""
MAX_WILDCARDS = 5
"""Wildcards in the conditions of one rule of a listener."""
MAX_SERVICE_TARGET_GROUPS = 5
"""Target groups that one ECS service registers its tasks with."""
MAX_ROLE_POLICIES = 10_240
"""Characters of all inline policies of a role together, without white space."""
MAX_ENVIRONMENT = 4096
"""Bytes of all environment variables of a function together."""

_ONCE = ("routes", "delivers", "triggers")
"""Relations that AWS makes once between two things: a target, a subscription, an event source."""

_SPLIT = "Split the architecture into two files."
_LEAST_REFERENCE = 8
"""No name, ARN or address that a reference stands for is shorter."""
_PLACEHOLDER = re.compile(r"\$\{[^}]*\}")


def check_drawing(resolution: Resolution) -> list[UserError]:
    """What of the drawing no template can make true, each with the component or connection it is about."""
    checks = (_crowded, _grouped, _wild, _cramped, _crossing, _circling, _unsticky, _doubled, _torn)
    return [error for check in checks for error in check(resolution)]


def _crowded(resolution: Resolution) -> Iterable[UserError]:
    routes = [wire for wire in resolution.wires() if wire.relation.id == "routes"]
    sources: dict[str, dict[tuple[str, str], set[str | None]]] = {}
    targets: dict[str, set[tuple[str, str | None]]] = {}
    for wire in routes:
        shared = sources.setdefault(wire.source.id, {})
        shared.setdefault((wire.values["path"], wire.values["host"]), set()).add(wire.alternatives)
        targets.setdefault(wire.target.id, set()).add((wire.source.id, wire.alternatives))
    for key in sorted({*sources, *targets}):
        most = max(map(len, sources.get(key, {}).values()), default=0)
        if most > MAX_FORWARD_TARGETS:
            message = tr(
                "{most} sorts of targets take the same requests; a listener takes {max_forward_targets}",
                most=most,
                max_forward_targets=MAX_FORWARD_TARGETS,
            )
            yield UserError(message, name=key, hint=tr("Give some wires a path or a host of their own."))
        incoming = targets.get(key, ())
        if resolution.component(key).kind.id == "ecs" and len(incoming) > MAX_SERVICE_TARGET_GROUPS:
            message = tr(
                "{count} target groups lead to it; an ECS service takes {max_service_target_groups}",
                count=len(incoming),
                max_service_target_groups=MAX_SERVICE_TARGET_GROUPS,
            )
            yield UserError(message, name=key, hint=tr("Route through fewer load balancers or rules."))


def _grouped(resolution: Resolution) -> Iterable[UserError]:
    groups: dict[str, set[str | None]] = {}
    for wire in resolution.wires():
        if wire.relation.id == "routes" and wire.source.values["type"] == "application":
            groups.setdefault(wire.source.id, set()).add(wire.alternatives)
    for balancer, sorts in groups.items():
        if len(sorts) > MAX_TARGET_GROUPS:
            message = tr(
                "it would have {count} target groups; a load balancer takes {max_target_groups}",
                count=len(sorts),
                max_target_groups=MAX_TARGET_GROUPS,
            )
            yield UserError(message, name=balancer, hint=tr("Share the targets out among several load balancers."))


def _wild(resolution: Resolution) -> Iterable[UserError]:
    for wire in resolution.wires():
        if wire.relation.id == "routes":
            rule = f"{wire.values['path']}{wire.values['host']}"
            count = rule.count("*") + rule.count("?")
            if count > MAX_WILDCARDS:
                message = tr(
                    "its path and host have {count} wildcards; a rule takes {max_wildcards}",
                    count=count,
                    max_wildcards=MAX_WILDCARDS,
                )
                yield UserError(message, name=wire.id, hint=tr("Write some of them out, or leave the host away."))


def _cramped(resolution: Resolution) -> Iterable[UserError]:
    for shortage in shortages(resolution, "start").values():
        yield UserError(
            tr(
                "it starts with {wanted} addresses, and its subnets have room for {room}",
                wanted=shortage.wanted,
                room=shortage.room,
            ),
            name=shortage.component,
            hint=tr("Give the network a larger address range, or the component more zones or a tier of its own."),
        )


def _crossing(resolution: Resolution) -> Iterable[UserError]:
    for wire in resolution.wires():
        if _needs_one_network(wire) and wire.source.vpc != wire.target.vpc:
            yield UserError(
                tr("{label} leads from one VPC to another, and there is no way between them", label=wire.label),
                name=wire.id,
                hint=tr("Put both ends into one VPC."),
            )


def _circling(resolution: Resolution) -> Iterable[UserError]:
    for wire in failure_circles(resolution):
        message = tr("{label} sends dead letters back to where they come from", label=wire.label)
        yield UserError(message, name=wire.id, hint=tr("Let one of the queues be the last."))


def _unsticky(resolution: Resolution) -> Iterable[UserError]:
    for wire in resolution.wires():
        source = wire.source.values
        if wire.relation.id == "routes" and wire.values["sticky"] and source["type"] == "network" and source["tls"]:
            message = tr("{label} keeps clients at their target, which a TLS listener cannot", label=wire.label)
            yield UserError(
                message, name=wire.id, hint=tr("Turn sticky sessions or TLS off, or use an application one.")
            )


def _doubled(resolution: Resolution) -> Iterable[UserError]:
    seen: set[tuple[str, str, str, str | None]] = set()
    for wire in resolution.wires():
        key = (wire.source.id, wire.target.id, wire.relation.id, wire.alternatives)
        if wire.relation.id in _ONCE and key in seen:
            message = tr(
                "a wire from {source} to {target} does the same already",
                source=wire.source.name,
                target=wire.target.name,
            )
            yield UserError(message, name=wire.id, hint=tr("Delete one of the two."))
        seen.add(key)


def _torn(resolution: Resolution) -> Iterable[UserError]:
    """A queue has one dead-letter queue, and a function one destination of what failed."""
    places: dict[str, ResolvedWire] = {}
    for wire in resolution.wires():
        if wire.relation.id == "fails-to":
            first = places.setdefault(wire.source.id, wire)
            if first.target is not wire.target:
                message = tr(
                    "what fails at {source} goes to {target} already, and to one place only",
                    source=wire.source.name,
                    target=first.target.name,
                )
                yield UserError(message, name=wire.id, hint=tr("Delete one of the two wires."))


def _needs_one_network(wire: ResolvedWire) -> bool:
    """Whether the wire is a path from a network interface to a network interface, not over the internet."""
    if wire.source.vpc is None or wire.target.vpc is None or "listens" not in wire.target.kind.traits:
        return False
    return wire.target.values.get("scheme") != "internet-facing"


def check_template(template: Template, text: str) -> list[str]:
    """Notes on limits that change how to deploy. Raises `UserError` for one that no deployment can pass."""
    tree: dict[str, Any] = template.tree
    for section, limit in (("Resources", MAX_RESOURCES), ("Parameters", MAX_PARAMETERS), ("Outputs", MAX_OUTPUTS)):
        count = len(tree.get(section, {}))
        if count > limit:
            message = tr(
                "the template would have {count} {section}; CloudFormation takes {limit}",
                count=count,
                section=section.lower(),
                limit=limit,
            )
            raise UserError(message, hint=_SPLIT)
    loads = list(_loads(template))
    _check_roles(template, loads)
    _check_environments(template, loads)
    size = len(text.encode())
    if size > MAX_BYTES:
        message = tr(
            "the template would have {size:,} bytes; CloudFormation takes {max_bytes:,}", size=size, max_bytes=MAX_BYTES
        )
        raise UserError(message, hint=_SPLIT)
    if size <= MAX_INLINE_BYTES:
        return []
    return [
        tr(
            "The template has {size:,} bytes, over the {max_inline_bytes:,} that can be sent directly: "
            "deploy it with `aws cloudformation deploy --s3-bucket BUCKET`.",
            size=size,
            max_inline_bytes=MAX_INLINE_BYTES,
        )
    ]


@dataclass(frozen=True, slots=True)
class Load:
    """What of the limits of AWS a resource takes: characters of policies by role, bytes of variables of a function."""

    policies: tuple[tuple[str, int], ...] = ()
    variables: int = 0


_NO_LOAD = Load()


def _loads(template: Template) -> Iterable[tuple[str, Load]]:
    """What each resource takes, by its name; an entry that several templates share is weighed once."""
    for (section, name), entry in template.entries.items():
        if section == "Resources":
            if entry.load is None:
                entry.load = _weighed(name, entry.value)
            if entry.load is not _NO_LOAD:
                yield name, entry.load


def _weighed(name: str, resource: dict[str, Any]) -> Load:
    properties = resource.get("Properties", {})
    match resource["Type"]:
        case "AWS::IAM::Role":
            found = [policy["PolicyDocument"] for policy in properties.get("Policies", ())]
            return Load(policies=((name, sum(map(least_size, found))),))
        case "AWS::IAM::Policy":
            size = least_size(properties["PolicyDocument"])
            return Load(policies=tuple((role["Ref"], size) for role in properties["Roles"]))
        case "AWS::Lambda::Function":
            variables = properties.get("Environment", {}).get("Variables", {})
            return Load(variables=sum(len(key) + least_size(value) for key, value in variables.items()))
    return _NO_LOAD


def _check_roles(template: Template, loads: Iterable[tuple[str, Load]]) -> None:
    sizes: dict[str, int] = {}
    for _name, load in loads:
        for role, size in load.policies:
            sizes[role] = sizes.get(role, 0) + size
    for role, size in sizes.items():
        if size > MAX_ROLE_POLICIES:
            message = tr(
                "its wires would need policies of {size:,} characters; a role takes {max_role_policies:,}",
                size=size,
                max_role_policies=MAX_ROLE_POLICIES,
            )
            raise UserError(
                message, name=_owner(template, role), hint=tr("Split the component: it does too much at once.")
            )


def _check_environments(template: Template, loads: Iterable[tuple[str, Load]]) -> None:
    for name, load in loads:
        if load.variables > MAX_ENVIRONMENT:
            message = tr(
                "its wires would give it {variables:,} bytes of variables; Lambda takes {max_environment:,}",
                variables=load.variables,
                max_environment=MAX_ENVIRONMENT,
            )
            hint = tr("Split the function: it knows too many others.")
            raise UserError(message, name=_owner(template, name), hint=hint)


def _owner(template: Template, resource: str) -> str:
    return drawn_id(template.writer(template.tree["Resources"], resource, "architecture"))


def least_size(value: Any) -> int:
    """The least number of characters that a value has as compact JSON once its references are filled in."""
    if isinstance(value, dict):
        if len(value) == 1:
            (name, argument), *_ = value.items()
            if name in ("Ref", "Fn::GetAtt"):
                return _LEAST_REFERENCE
            if name == "Fn::Sub":
                text = argument if isinstance(argument, str) else argument[0]
                return len(_PLACEHOLDER.sub("", text)) + _LEAST_REFERENCE * len(_PLACEHOLDER.findall(text))
        return 2 + sum([_text_size(key) + 2 + least_size(item) for key, item in value.items()])
    if isinstance(value, list):
        return 2 + sum([least_size(item) + 1 for item in value])
    return _text_size(value) if isinstance(value, str) else len(json.dumps(value))


@lru_cache(maxsize=4096)
def _text_size(text: str) -> int:
    return len(json.dumps(text, ensure_ascii=False))
