"""D105: what starts from a launch template says which version."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of

_ASG = "AWS::AutoScaling::AutoScalingGroup"
_PLACES: tuple[tuple[str, ...], ...] = (
    ("LaunchTemplate",),
    ("MixedInstancesPolicy", "LaunchTemplate", "LaunchTemplateSpecification"),
)


def _check(stack: Stack) -> Iterator[Fault]:
    for group in stack.of(_ASG):
        for keys in _PLACES:
            version = text_of(group.get(*keys, "Version"))
            if version in ("$Latest", "$Default"):
                text = f"{group.id} starts from the version {version}, which is the same word after every change"
                yield Fault(group.path(*keys, "Version"), text, "Use !GetAtt Template.LatestVersionNumber.")


RULE = Rule(
    id="D105",
    title="Auto Scaling groups say which version they start from",
    why="CloudFormation sees no change when the template changes: no rolling update happens, old instances stay.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-autoscaling-autoscalinggroup-launchtemplatespecification.html",
    severity=Severity.WARNING,
    check=_check,
    types=(_ASG,),
)
