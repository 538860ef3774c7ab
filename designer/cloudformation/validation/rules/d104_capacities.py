"""D104: capacities are in order: least, wanted, most."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of

_PLACES: tuple[tuple[str, tuple[str, ...], str, str, str], ...] = (
    ("AWS::AutoScaling::AutoScalingGroup", (), "MinSize", "DesiredCapacity", "MaxSize"),
    ("AWS::EKS::Nodegroup", ("ScalingConfig",), "MinSize", "DesiredSize", "MaxSize"),
    ("AWS::ApplicationAutoScaling::ScalableTarget", (), "MinCapacity", "", "MaxCapacity"),
    ("AWS::RDS::DBCluster", ("ServerlessV2ScalingConfiguration",), "MinCapacity", "", "MaxCapacity"),
)


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys, least_name, wanted_name, most_name in _PLACES:
        for resource in stack.of(kind):
            least, most = number_of(resource.get(*keys, least_name)), number_of(resource.get(*keys, most_name))
            wanted = number_of(resource.get(*keys, wanted_name)) if wanted_name else None
            if least is not None and most is not None and least > most:
                text = f"{resource.id} has at least {least:g} and at most {most:g}"
                yield Fault(resource.path(*keys, most_name), text, f"Set {most_name} to {least:g} or more.")
            elif wanted is not None and least is not None and wanted < least:
                text = f"{resource.id} wants {wanted:g}, but has at least {least:g}"
                yield Fault(resource.path(*keys, wanted_name), text, f"Set {wanted_name} to {least:g} or more.")
            elif wanted is not None and most is not None and wanted > most:
                text = f"{resource.id} wants {wanted:g}, but has at most {most:g}"
                yield Fault(resource.path(*keys, wanted_name), text, f"Set {wanted_name} to {most:g} or less.")


RULE = Rule(
    id="D104",
    title="Capacities are in order",
    why="The service refuses it: 'Desired capacity must be between the specified min size and max size'.",
    source="https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(place[0] for place in _PLACES),
    others=("E3706", "F3706"),
)
