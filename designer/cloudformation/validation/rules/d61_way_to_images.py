"""D61: Fargate tasks have a way to the registry of their images."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Joined, text_of
from designer.cloudformation.validation.views.members import SERVICE
from designer.cloudformation.validation.views.network import Access, Network
from designer.cloudformation.validation.views.tasks import is_fargate_service

_CONFIGURATION = ("NetworkConfiguration", "AwsvpcConfiguration")


def _check(stack: Stack) -> Iterator[Fault]:
    network = stack.view(Network)
    for service in stack.of(SERVICE):
        if not is_fargate_service(service):
            continue
        for subnet in network.subnets_of(service.get(*_CONFIGURATION, "Subnets")):
            if _has_endpoints(stack, subnet):
                continue
            access = network.access(subnet)
            path = service.path(*_CONFIGURATION, "Subnets")
            if access is Access.CLOSED:
                text = f"the tasks of {service.id} start in {subnet.id}, which has no way to a registry"
                yield Fault(path, text, "Use subnets behind a NAT gateway, or add interface endpoints for ECR and S3.")
                break
            if access is Access.PUBLIC and _without_address(service):
                text = f"the tasks of {service.id} start in the public {subnet.id} without a public address"
                hint = "Set AssignPublicIp: ENABLED, or use subnets behind a NAT gateway."
                yield Fault(service.path(*_CONFIGURATION, "AssignPublicIp"), text, hint)
                break


def _without_address(service: Resource) -> bool:
    given = service.get(*_CONFIGURATION, "AssignPublicIp")
    return given is None or text_of(given) == "DISABLED"


def _has_endpoints(stack: Stack, subnet: Resource) -> bool:
    """Whether the VPC of a subnet has an interface endpoint of a registry."""
    for endpoint in stack.of("AWS::EC2::VPCEndpoint"):
        name = endpoint.get("ServiceName")
        text = str(name) if isinstance(name, Joined) else text_of(name)
        if (text is None or ".ecr." in text) and endpoint.get("VpcId") == subnet.get("VpcId"):
            return True
    return False


RULE = Rule(
    id="D61",
    title="Fargate tasks reach their registry",
    why="The tasks stop with 'CannotPullContainerError', and the stack waits for hours for a stable service.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
    severity=Severity.ERROR,
    check=_check,
    types=(SERVICE,),
)
