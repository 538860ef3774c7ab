"""D111: what a policy scales has no fixed capacity in the template."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.members import ASG

_POLICY = "AWS::AutoScaling::ScalingPolicy"


def _check(stack: Stack) -> Iterator[Fault]:
    for policy in stack.of(_POLICY):
        group = stack.target(policy.get("AutoScalingGroupName"), ASG)
        if group is not None and group.get("DesiredCapacity") is not None:
            text = f"{group.id} has a fixed DesiredCapacity, but {policy.id} changes it while the stack runs"
            yield Fault(group.path("DesiredCapacity"), text, "Take DesiredCapacity out; MinSize is where it starts.")


RULE = Rule(
    id="D111",
    title="What is scaled has no fixed capacity",
    why="Every update of the stack sets the capacity back, under load too.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-autoscaling-autoscalinggroup.html",
    severity=Severity.INFO,
    check=_check,
    types=(_POLICY,),
)
