"""D108: subnets and security groups stand with the network interface where there is one."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_PLACES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("AWS::EC2::Instance", (), ("SecurityGroupIds", "SecurityGroups", "SubnetId")),
    ("AWS::EC2::LaunchTemplate", ("LaunchTemplateData",), ("SecurityGroupIds", "SecurityGroups")),
)


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys, names in _PLACES:
        for resource in stack.of(kind):
            if not resource.get(*keys, "NetworkInterfaces"):
                continue
            for name in names:
                if resource.get(*keys, name):
                    text = f"{resource.id} has network interfaces and {name} beside them"
                    yield Fault(resource.path(*keys, name), text, "Move it into the network interface.")


RULE = Rule(
    id="D108",
    title="Network interfaces have their own groups and subnet",
    why="EC2 refuses the instance: 'Network interfaces and an instance-level security groups may not be specified on "
    "the same request'.",
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(place[0] for place in _PLACES),
    others=("E2522", "E3673", "F3673"),
)
