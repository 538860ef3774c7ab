"""D31: an elastic IP address waits until the internet gateway is attached."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.network import Network


def _check(stack: Stack) -> Iterator[Fault]:
    attachments = stack.view(Network).attachments
    for address in stack.of("AWS::EC2::EIP"):
        if text_of(address.get("Domain")) not in ("vpc", None):
            continue
        if attachments and not stack.waits(address, *attachments):
            text = f"{address.id} does not wait for {attachments[0].id}"
            yield Fault(("Resources", address.id), text, f"Add DependsOn: {attachments[0].id}.")


RULE = Rule(
    id="D31",
    title="Elastic addresses wait for the gateway's attachment",
    why="AWS documents that an address in a VPC of the same template needs DependsOn the attachment; it is a race.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.WARNING,
    check=_check,
    types=("AWS::EC2::EIP",),
)
