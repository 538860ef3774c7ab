"""D66: trust policies, identity policies and resource policies have the elements of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items
from designer.cloudformation.validation.views.policies import Policy, read_policy

_IDENTITY = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")
_RESOURCE = {
    "AWS::SQS::QueuePolicy": "PolicyDocument",
    "AWS::SNS::TopicPolicy": "PolicyDocument",
    "AWS::S3::BucketPolicy": "PolicyDocument",
    "AWS::KMS::Key": "KeyPolicy",
}


def _check(stack: Stack) -> Iterator[Fault]:
    for role in stack.of("AWS::IAM::Role"):
        trust = read_policy(role.get("AssumeRolePolicyDocument"), role.path("AssumeRolePolicyDocument"))
        yield from _wrong(trust, "a trust policy", unwanted=("Resource", "NotResource"), needed="Principal")
        for index, item in enumerate(possible_items(role.get("Policies"))):
            if isinstance(item, dict):
                path = role.path("Policies", index, "PolicyDocument")
                yield from _identity(read_policy(item.get("PolicyDocument"), path))
    for policy in stack.of(*_IDENTITY):
        yield from _identity(read_policy(policy.get("PolicyDocument"), policy.path("PolicyDocument")))
    for kind, name in _RESOURCE.items():
        for holder in stack.of(kind):
            yield from _of_resource(holder, name)


def _identity(policy: Policy) -> Iterator[Fault]:
    return _wrong(policy, "a policy of an identity", unwanted=("Principal", "NotPrincipal"), needed="Resource")


def _of_resource(holder: Resource, name: str) -> Iterator[Fault]:
    return _wrong(
        read_policy(holder.get(name), holder.path(name)), "a policy of a resource", unwanted=(), needed="Principal"
    )


def _wrong(policy: Policy, what: str, *, unwanted: tuple[str, ...], needed: str) -> Iterator[Fault]:
    for statement in policy.statements:
        for element in unwanted:
            if element in statement.body:
                yield Fault((*statement.path, element), f"{what} has no {element}", f"Take {element} out.")
        if needed not in statement.body and f"Not{needed}" not in statement.body:
            yield Fault(statement.path, f"every statement of {what} has a {needed}", f"Add {needed}.")


RULE = Rule(
    id="D66",
    title="Policies have the elements of their kind",
    why="IAM and the services refuse it: 'MalformedPolicyDocument', 'Has prohibited field Resource'.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html",
    severity=Severity.ERROR,
    check=_check,
    types=("AWS::IAM::Role", *_IDENTITY, *_RESOURCE),
    others=("E3510", "E3511", "E3512", "E3513", "F3510", "F3511", "F3512", "E3530", "F3530"),
)
