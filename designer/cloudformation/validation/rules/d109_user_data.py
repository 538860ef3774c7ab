"""D109: user data is encoded, and not too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::EC2::Instance": (),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData",),
    "AWS::AutoScaling::LaunchConfiguration": (),
}
_ENCODED = re.compile(r"[A-Za-z0-9+/\s]*={0,2}\s*")
_TEXT = ("Fn::Sub", "Fn::Join")
_SCRIPTS = ("#!", "<powershell", "<script", "#cloud-config")
_MOST = 16_384


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            holder = section(resource.definition, "Properties")
            for key in keys:
                holder = section(holder, key)
            for text, hint in _reasons(resource.id, holder.get("UserData")):
                yield Fault(resource.path(*keys, "UserData"), text, hint)


def _reasons(key: str, written: object) -> Iterator[tuple[str, str]]:
    """What is wrong with user data as the template writes it, and what to do."""
    if isinstance(written, str):
        if not _ENCODED.fullmatch(written) and "{{resolve:" not in written:
            yield f"the user data of {key} is plain text, but has to be encoded", "Put it into Fn::Base64."
    elif isinstance(written, dict) and len(written) == 1:
        ((function, argument),) = written.items()
        if function in _TEXT and not _is_encoded_later(argument):
            yield f"the user data of {key} is text from {function}, but has to be encoded", "Put it into Fn::Base64."
        if function == "Fn::Base64" and isinstance(argument, str) and len(argument.encode(errors="replace")) > _MOST:
            yield f"the user data of {key} has more than {_MOST:,} bytes", "Load the script from a bucket."


def _is_encoded_later(argument: object) -> bool:
    """Whether a text from a function could be encoded already: it does not start as a script does."""
    texts = argument if isinstance(argument, list) else [argument]
    flat = [item for text in texts for item in (text if isinstance(text, list) else [text]) if isinstance(item, str)]
    return not any(text.lstrip().startswith(_SCRIPTS) for text in flat)


RULE = Rule(
    id="D109",
    title="User data is encoded",
    why="EC2 refuses the instance: 'Invalid BASE64 encoding of user data'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-instance.html",
    severity=Severity.ERROR,
    check=_check,
    types=tuple(_PLACES),
    others=("E1021", "F1021"),
)
