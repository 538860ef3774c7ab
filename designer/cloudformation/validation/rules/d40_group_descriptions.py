"""D40: descriptions of security groups and their rules have the characters that EC2 takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Path, Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import Value, possible_items, text_of
from designer.cloudformation.validation.views.firewall import GROUP

_TAKEN = re.compile(r"[A-Za-z0-9. _\-:/()#,@\[\]+=&;{}!$*]*")
_LONGEST = 255


def _check(stack: Stack) -> Iterator[Fault]:
    for group in stack.of(GROUP):
        yield from _fault(group.get("GroupDescription"), group.path("GroupDescription"))
        for name in ("SecurityGroupIngress", "SecurityGroupEgress"):
            for index, rule in enumerate(possible_items(group.get(name))):
                if isinstance(rule, dict):
                    yield from _fault(rule.get("Description"), group.path(name, index, "Description"))
    for rule in stack.of(f"{GROUP}Ingress", f"{GROUP}Egress"):
        yield from _fault(rule.get("Description"), rule.path("Description"))


def _fault(value: Value, path: Path) -> Iterator[Fault]:
    text = text_of(value)
    if text is None:
        return
    if len(text) > _LONGEST:
        yield Fault(path, f"the description has {len(text)} characters; EC2 takes {_LONGEST}")
    elif not _TAKEN.fullmatch(text):
        strange = sorted({character for character in text if not _TAKEN.fullmatch(character)})
        yield Fault(path, f"EC2 takes no {' '.join(strange[:8])!r} in the description of a security group")


RULE = Rule(
    id="D40",
    title="Security group descriptions are plain ASCII",
    why="EC2 refuses the group: 'Invalid security group description. Valid descriptions are strings less than 256 "
    "characters from the following set'.",
    source="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    severity=Severity.ERROR,
    check=_check,
    types=(GROUP, f"{GROUP}Ingress", f"{GROUP}Egress"),
    others=("E3031", "F3031"),
)
