"""Roles: who may assume them, and what they could allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from designer.cloudformation.validation.facts import managed_policies
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, possible_items, text_of
from designer.cloudformation.validation.views.policies import Policy, Statement, read_policy

ROLE = "AWS::IAM::Role"


@dataclass(frozen=True, slots=True)
class Grant:
    """A policy that a role has, and the resource that gives it: the role itself, or a policy attached to it."""

    policy: Policy
    giver: Resource


class Roles:
    """The roles of a stack with their policies, wherever these are written."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._grants: dict[str, list[Grant]] = {}
        self._opaque: set[str] = set()
        for role in stack.of(ROLE):
            self._inline(role)
            self._managed(role)
        for policy in stack.of("AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::ManagedPolicy"):
            self._attached(policy)

    def role_of(self, value: Value) -> Resource | None:
        """The role of this stack that a value names, by ARN or name."""
        return self.stack.target(value, ROLE)

    def trust(self, role: Resource) -> Policy:
        """Who may assume the role."""
        return read_policy(role.get("AssumeRolePolicyDocument"), role.path("AssumeRolePolicyDocument"))

    def could_be_assumed_by(self, role: Resource, service: str) -> bool:
        """Whether a service could assume the role."""
        trust = self.trust(role)
        return not trust.known or any(s.allows and s.could_admit_service(service) for s in trust.statements)

    def could_allow(self, role: Resource, action: str, target: Resource | None = None) -> bool:
        """Whether the role could allow an action, on a resource of this stack where one is given."""
        return role.id in self._opaque or any(True for _ in self.givers(role, action, target))

    def givers(self, role: Resource, action: str, target: Resource | None = None) -> Iterator[Resource]:
        """The resources whose policies could give the action to the role."""
        rivals = () if target is None else {each.id for each in self.stack.of(target.type)}
        for grant in self._grants.get(role.id, ()):
            if not grant.policy.known or any(_could(s, action, target, rivals) for s in grant.policy.statements):
                yield grant.giver

    def is_opaque(self, role: Resource) -> bool:
        """Whether the role has policies that the template does not show."""
        return role.id in self._opaque

    def _inline(self, role: Resource) -> None:
        policies = possible_items(role.get("Policies"))
        for index, inline in enumerate(policies):
            document = inline.get("PolicyDocument") if isinstance(inline, dict) else inline
            path = role.path("Policies", index, "PolicyDocument")
            self._grants.setdefault(role.id, []).append(Grant(read_policy(document, path), role))

    def _managed(self, role: Resource) -> None:
        for arn in possible_items(role.get("ManagedPolicyArns")):
            if self.stack.target(arn, "AWS::IAM::ManagedPolicy") is not None:
                self._add(role.id, self.stack.target(arn))
                continue
            actions = managed_policies().get((text_of(arn) or "").rpartition("/")[2])
            if actions is None:
                self._opaque.add(role.id)
            else:
                statement = Statement({"Effect": "Allow", "Action": list(actions), "Resource": "*"}, ())
                self._grants.setdefault(role.id, []).append(Grant(Policy((statement,), known=True), role))

    def _attached(self, policy: Resource) -> None:
        for name in (*possible_items(policy.get("Roles")), *possible_items(policy.get("RoleName"))):
            role = self.role_of(name)
            if role is not None:
                self._add(role.id, policy)

    def _add(self, role: str, policy: Resource | None) -> None:
        if policy is not None:
            document = read_policy(policy.get("PolicyDocument"), policy.path("PolicyDocument"))
            self._grants.setdefault(role, []).append(Grant(document, policy))


def _could(statement: Statement, action: str, target: Resource | None, rivals: set[str] | tuple[()]) -> bool:
    if not statement.could_allow_action(action):
        return False
    return target is None or statement.could_cover(target.id, rivals)
