"""D64: an instance has its role by an instance profile with one role."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import alternatives, known_items
from designer.cloudformation.validation.views.roles import ROLE

_PROFILE = "AWS::IAM::InstanceProfile"
_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::EC2::Instance": ("IamInstanceProfile",),
    "AWS::AutoScaling::LaunchConfiguration": ("IamInstanceProfile",),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData", "IamInstanceProfile"),
}


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            given = resource.get(*keys)
            for value in alternatives(given):
                names = list(value.values()) if isinstance(value, dict) else [value]
                for role in (stack.target(name, ROLE) for name in names):
                    if role is not None:
                        text = f"{resource.id} names the role {role.id} where an instance profile belongs"
                        yield Fault(resource.path(*keys), text, f"Make an {_PROFILE} with the role and name that.")
    for profile in stack.of(_PROFILE):
        roles = known_items(profile.get("Roles"))
        if roles is not None and len(roles) != 1:
            text = f"the instance profile {profile.id} has {len(roles)} roles; it takes one"
            yield Fault(profile.path("Roles"), text, "Name one role.")


RULE = Rule(
    id="D64",
    title="Instances have an instance profile",
    why="EC2 refuses the instance: 'Invalid IAM Instance Profile name'.",
    source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html",
    severity=Severity.ERROR,
    check=_check,
    types=(*_PLACES, _PROFILE),
    others=("E3032", "F3032"),
)
