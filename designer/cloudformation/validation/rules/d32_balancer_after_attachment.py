"""D32: an internet-facing load balancer waits until the internet gateway is attached."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.balancers import BALANCER, CLASSIC, faces_internet, subnets_of
from designer.cloudformation.validation.views.network import Network


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for balancer in stack.of(BALANCER, CLASSIC):
        if not faces_internet(balancer):
            continue
        attachments = [
            attachment
            for subnet in network.subnets_of(subnets_of(balancer))
            for attachment in network.attachments_of(subnet.get("VpcId"))
        ]
        if attachments and not stack.waits(balancer, *attachments):
            text = f"the internet-facing {balancer.id} does not wait for {attachments[0].id}"
            yield Fault(("Resources", balancer.id), text, f"Add DependsOn: {attachments[0].id}.")


RULE = Rule(
    id="D32",
    title="Public load balancers wait for the gateway's attachment",
    why="The service refuses an internet-facing load balancer in a VPC without gateway: 'has no internet gateway'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.ERROR,
    check=_check,
    types=(BALANCER, CLASSIC),
)
