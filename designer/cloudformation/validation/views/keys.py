"""KMS keys: which key encrypts what, and which services its policy could admit."""

from __future__ import annotations

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, text_of
from designer.cloudformation.validation.views.policies import Policy, read_policy

KEY = "AWS::KMS::Key"


def key_of(stack: Stack, value: Value) -> Resource | None:
    """The key of this stack that a value names: by id, ARN or alias."""
    alias = stack.target(value, "AWS::KMS::Alias")
    return stack.target(value if alias is None else alias.get("TargetKeyId"), KEY)


def managed_alias(value: Value) -> str | None:
    """The alias of an AWS managed key, such as `alias/aws/sqs`, if the value is one."""
    text = text_of(value) or ""
    _, found, alias = text.rpartition("alias/aws/")
    return f"alias/aws/{alias}" if found else None


def key_policy(key: Resource) -> Policy:
    """The policy of a key."""
    return read_policy(key.get("KeyPolicy"), key.path("KeyPolicy"))


def could_admit(key: Resource, service: str, *actions: str) -> bool:
    """Whether the policy of a key could let a service do all these actions.

    A key without a policy of its own has the default one, which admits the account's identities but no service.
    """
    policy = key_policy(key)
    if not policy.known and key.has("KeyPolicy"):
        return True
    return all(
        any(s.could_admit_service(service) and s.could_allow_action(action) for s in policy.statements)
        for action in actions
    )
