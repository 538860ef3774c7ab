"""D90: somebody can administer every key."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import true
from designer.cloudformation.validation.views.keys import KEY, key_policy
from designer.cloudformation.validation.views.policies import Statement


def _check(stack: Stack) -> Iterator[Fault]:
    for key in stack.of(KEY):
        policy = key_policy(key)
        if not key.has("KeyPolicy") or not policy.known or true(key.get("BypassPolicyLockoutSafetyCheck")):
            continue
        if not any(_administers(statement) for statement in policy.statements):
            text = f"no statement of the policy of {key.id} lets an identity administer the key"
            hint = "Allow kms:* to arn:${AWS::Partition}:iam::${AWS::AccountId}:root."
            yield Fault(key.path("KeyPolicy"), text, hint)


def _administers(statement: Statement) -> bool:
    """Whether a statement could let an identity, not a service, change the key's policy."""
    principal = statement.body.get("Principal")
    is_identity = not isinstance(principal, dict) or any(kind != "Service" for kind in principal)
    return is_identity and statement.could_allow_action("kms:PutKeyPolicy")


RULE = Rule(
    id="D90",
    title="Keys have an administrator",
    why="KMS refuses the key: 'The new key policy will not allow you to update the key policy in the future'.",
    source="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    severity=Severity.ERROR,
    check=_check,
    types=(KEY,),
)
