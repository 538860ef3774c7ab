"""D20: zones are chosen by the Region, not written down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import possible_items, text_of

_ZONE = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9][a-z]")
_PLACES = {
    "AWS::EC2::Subnet": ("AvailabilityZone",),
    "AWS::EC2::Volume": ("AvailabilityZone",),
    "AWS::EC2::Instance": ("AvailabilityZone",),
    "AWS::RDS::DBInstance": ("AvailabilityZone",),
    "AWS::RDS::DBCluster": ("AvailabilityZones",),
    "AWS::AutoScaling::AutoScalingGroup": ("AvailabilityZones",),
    "AWS::ElasticLoadBalancing::LoadBalancer": ("AvailabilityZones",),
}


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, names in _PLACES.items():
        for resource in stack.of(kind):
            for name in names:
                for zone in possible_items(resource.get(name)):
                    text = text_of(zone) or ""
                    if _ZONE.fullmatch(text):
                        message = f"{resource.id} lies in {text}, whichever Region the stack is made in"
                        yield Fault(resource.path(name), message, "Use !Select [0, !GetAZs ''].")


RULE = Rule(
    id="D20",
    title="Zones are not written down",
    why="The template works in one Region only, and there only for accounts that have this zone.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-getavailabilityzones.html",
    severity=Severity.WARNING,
    check=_check,
    types=tuple(_PLACES),
    others=("W3010",),
)
