"""D65: an inline policy is attached to somebody."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_POLICY = "AWS::IAM::Policy"


def _check(stack: Stack) -> Iterator[Fault]:
    for policy in stack.of(_POLICY):
        if not any(policy.get(name) for name in ("Roles", "Users", "Groups")):
            text = f"the policy {policy.id} is attached to nobody"
            yield Fault(policy.path("Roles"), text, "Name the Roles, Users or Groups it is for.")


RULE = Rule(
    id="D65",
    title="Inline policies are attached",
    why="IAM refuses the policy: 'At least one of Groups, Roles, Users must be non-empty'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-iam-policy.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_POLICY,),
    others=("E3014", "F3014", "E3058", "F3058", "E3017", "F3017", "E3003", "F3003"),
)
