"""D09: everything that is referred to exists."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.references import Link, Via
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_PSEUDO = {
    "AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region", "AWS::StackId",
    "AWS::StackName", "AWS::URLSuffix",
}  # fmt: skip


def _check(stack: Stack) -> Iterator[Fault]:
    for link in stack.links:
        if link.via in (Via.REF, Via.GET_ATT, Via.SUB) and not _exists(stack, link):
            yield Fault(
                link.path,
                f"{link.via.value.removeprefix('Fn::')} names {link.target}, which is nowhere defined",
                _hint(stack, link),
            )


def _exists(stack: Stack, link: Link) -> bool:
    if link.target in stack.definitions:
        return True
    if link.via is Via.GET_ATT or link.attribute:
        return _may_be_generated(stack, link)
    return link.target in _PSEUDO or link.target in stack.parameters or _may_be_generated(stack, link)


def _may_be_generated(stack: Stack, link: Link) -> bool:
    """Whether a macro may make what is named: AWS SAM names it after a resource; others may call it anything."""
    if not stack.transformed:
        return False
    if stack.template.tree["Transform"] != "AWS::Serverless-2016-10-31":
        return True
    return link.target.startswith(("Serverless", *stack.definitions))


def _hint(stack: Stack, link: Link) -> str:
    if link.via is Via.SUB and (":" in link.target or link.target in ("", "!")):
        return f"To keep it as text, write ${{!{link.target}}}."
    names = [*stack.definitions, *stack.parameters]
    close = get_close_matches(link.target, names, n=1) if len(names) <= 1000 else []
    return f"Is {close[0]} meant?" if close else "Define it as a resource or a parameter."


RULE = Rule(
    id="D09",
    title="References name something that exists",
    why="CloudFormation refuses the template: 'Unresolved resource dependencies'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference-ref.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E1010", "E1012", "E1019", "E1020", "E6101", "F1010", "F1012", "F1019", "F1020", "E3024", "F1018", "F6101"),
)
