"""D29: a file system has at most one mount target in each zone."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import same
from designer.cloudformation.validation.views.network import SUBNET, Network

_TARGET = "AWS::EFS::MountTarget"


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for first, second in stack.pairs(stack.of(_TARGET)):
        if not same(first.get("FileSystemId"), second.get("FileSystemId")):
            continue
        one, other = (stack.target(target.get("SubnetId"), SUBNET) for target in (first, second))
        if one is not None and other is not None and same(network.zone(one), network.zone(other)):
            text = f"{second.id} and {first.id} are mount targets of one file system in one zone"
            yield Fault(second.path("SubnetId"), text, "Keep one mount target in each zone.")


RULE = Rule(
    id="D29",
    title="A file system has one mount target a zone",
    why="EFS refuses the second one: 'mount target already exists in this AZ'.",
    source="https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_TARGET,),
)
