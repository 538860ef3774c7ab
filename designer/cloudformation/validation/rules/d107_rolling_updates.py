"""D107: a rolling update of an Auto Scaling group has an instance that it may replace."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of
from designer.cloudformation.validation.views.members import ASG


def _check(stack: Stack) -> Iterator[Fault]:
    for group in stack.of(ASG):
        policy = group.attribute("UpdatePolicy")
        rolling = policy.get("AutoScalingRollingUpdate") if isinstance(policy, dict) else None
        kept = number_of(rolling.get("MinInstancesInService")) if isinstance(rolling, dict) else None
        most = number_of(group.get("MaxSize"))
        if kept is not None and most is not None and kept >= most > 0:
            text = f"an update of {group.id} keeps {kept:g} instances in service, of {most:g} at most"
            path = ("Resources", group.id, "UpdatePolicy", "AutoScalingRollingUpdate", "MinInstancesInService")
            yield Fault(path, text, f"Set MinInstancesInService below MaxSize ({most:g}).")


RULE = Rule(
    id="D107",
    title="Rolling updates have an instance to replace",
    why="CloudFormation refuses the update: 'MinInstancesInService must be less than the autoscaling group's MaxSize'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html",
    severity=Severity.ERROR,
    check=_check,
    types=(ASG,),
)
