"""D110: a machine image is made for the processor of its instance type."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of

_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::EC2::Instance": (),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData",),
    "AWS::AutoScaling::LaunchConfiguration": (),
}
# t4g, m7gd, c7gn, x2gd, im4gn, is4gen, hpc7g: a g after the generation is Graviton, as a1 is.
_ARM = re.compile(r"(a1|[a-z]+[0-9]+g[a-z]*)\.[a-z0-9-]+")
_TYPE = re.compile(r"[a-z][a-z0-9-]*\.[a-z0-9-]+")
_WORDS = {"arm64": "arm64", "aarch64": "arm64", "x86_64": "x86_64", "amd64": "x86_64"}


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            holder = section(resource.definition, "Properties")
            for key in keys:
                holder = section(holder, key)
            machine = text_of(resource.get(*keys, "InstanceType"))
            image = _architecture(stack, holder.get("ImageId"))
            if machine is None or image is None or not _TYPE.fullmatch(machine):
                continue
            processor = "arm64" if _ARM.fullmatch(machine) else "x86_64"
            if processor != image:
                text = f"{resource.id} starts an image for {image} on {machine}, whose processor is {processor}"
                yield Fault(resource.path(*keys, "ImageId"), text, f"Use an image for {processor}.")


def _architecture(stack: Stack, image: object) -> str | None:
    """For which processor an image is, by the path of the parameter that names it."""
    path = image if isinstance(image, str) else None
    if isinstance(image, dict) and isinstance(image.get("Ref"), str):
        parameter = section(stack.parameters, image["Ref"])
        path = parameter.get("Default") if "SSM" in str(parameter.get("Type")) else None
    if not isinstance(path, str) or "/aws/service/" not in path:
        return None
    found = {architecture for word, architecture in _WORDS.items() if word in path.lower()}
    return found.pop() if len(found) == 1 else None


RULE = Rule(
    id="D110",
    title="Images fit the processor",
    why="EC2 refuses the instance: 'The architecture of the specified instance type does not match the architecture of "
    "the specified AMI'.",
    source="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(_PLACES),
)
