"""D41: security groups do not name each other in their own rules."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.circles import Circles
from designer.cloudformation.validation.views.firewall import GROUP


def _check(stack: Stack) -> Iterator[Fault]:
    for circle in stack.view(Circles).all:
        names = [link.owner for link in circle]
        if all(name in stack.resources and stack.resources[name].type == GROUP for name in names):
            text = f"the security groups {', '.join(names)} name each other in their own rules"
            if len(names) == 1:
                text = f"the security group {names[0]} names itself in its own rules"
            hint = "Write one of the rules as AWS::EC2::SecurityGroupIngress or SecurityGroupEgress of its own."
            yield Fault(circle[0].path, text, hint)


RULE = Rule(
    id="D41",
    title="Security groups do not name each other inline",
    why="Each would have to exist first; CloudFormation refuses the circle.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/troubleshooting.html",
    severity=Severity.ERROR,
    check=_check,
    types=(GROUP,),
    others=("E3004", "F3004"),
)
