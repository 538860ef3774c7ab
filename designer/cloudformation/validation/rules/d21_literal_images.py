"""D21: machine images are found by parameter, not written down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack

_IMAGE = re.compile(r"ami-[0-9a-f]{8,17}")
_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::EC2::Instance": ("ImageId",),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData", "ImageId"),
    "AWS::AutoScaling::LaunchConfiguration": ("ImageId",),
}


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            written = _written(resource, keys)
            if isinstance(written, str) and _IMAGE.fullmatch(written):
                text = f"{resource.id} starts from {written}, an image of one Region that is replaced one day"
                hint = "Use a parameter of type AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>."
                yield Fault(resource.path(*keys), text, hint)


def _written(resource: Resource, keys: tuple[str, ...]) -> object:
    """What the template itself says; a mapping by Region is another matter."""
    holder = section(resource.definition, "Properties")
    for key in keys[:-1]:
        holder = section(holder, key)
    return holder.get(keys[-1])


RULE = Rule(
    id="D21",
    title="Machine images are not written down",
    why="An image belongs to one Region, and old ones are withdrawn: the instance cannot start.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html",
    severity=Severity.WARNING,
    check=_check,
    types=tuple(_PLACES),
    others=("W2506", "W9010"),
)
