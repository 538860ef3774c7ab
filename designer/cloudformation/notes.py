"""What the person who deploys should know and the template cannot say: what is asked for, what costs, what stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from designer.analysis.memory import Memory
from designer.analysis.offers import as_of, unoffered_types
from designer.catalog.resolve import Resolution, Resolved
from designer.cloudformation.network import LETTERS, Vpc, has_way_out, plan_networks
from designer.language import later, plural, tr

Types = dict[str, list[dict[str, Any]]]
"""The resources of a template by their type."""

_BY_THE_HOUR = {
    "AWS::EC2::NatGateway": (later("{count} NAT gateway"), later("{count} NAT gateways")),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (later("{count} load balancer"), later("{count} load balancers")),
    "AWS::WAFv2::WebACL": (later("{count} web access control list"), later("{count} web access control lists")),
    "AWS::KMS::Key": (later("{count} KMS key"), later("{count} KMS keys")),
    "AWS::EC2::Host": (later("{count} Dedicated Host"), later("{count} Dedicated Hosts")),
    "AWS::EKS::Cluster": (later("{count} EKS control plane"), later("{count} EKS control planes")),
    "AWS::RDS::DBProxy": (later("{count} RDS Proxy"), later("{count} RDS Proxies")),
}
"""What costs while it stands, whether used or not, beside the instances, tasks and databases that are drawn."""

_PRIVATE_REGISTRIES = (".dkr.ecr.",)
"""Part of the name of images that come through the private endpoints of Amazon ECR."""

_QUOTA_RULES = 60
"""Inbound rules of a security group, and outbound ones, unless raised (Amazon VPC quotas)."""

_QUOTA_ADDRESSES = 5
"""Elastic IP addresses of an account in a Region, unless raised (Amazon VPC quotas)."""


def notes_on(
    resolution: Resolution,
    tree: dict[str, Any],
    networks: Mapping[str, Vpc] | None = None,
    memory: Memory | None = None,
) -> list[str]:
    """Sentences for the deployer, in a fixed order.

    `networks` are the plans of the VPCs, where they are made already; `memory` has what was said of components that
    nothing touched.
    """
    networks, memory = plan_networks(resolution) if networks is None else networks, memory or Memory()
    types: Types = {}
    for resource in tree.get("Resources", {}).values():
        types.setdefault(resource["Type"], []).append(resource)
    return [
        *_deploying(tree, types),
        *_costs(types),
        *_costs_by_component(resolution, memory),
        *_staying(tree),
        *_replaced(tree),
        *_network(resolution, networks, types),
        *_services(resolution, memory, types),
    ]


def _deploying(tree: dict[str, Any], types: Types) -> Iterable[str]:
    if any(kind.startswith("AWS::IAM::") for kind in types):
        yield tr("The stack makes IAM roles and policies: deploy it with `--capabilities CAPABILITY_IAM`.")
    parameters = tree.get("Parameters", {})
    asked = [name for name, parameter in parameters.items() if "Default" not in parameter]
    if asked:
        yield tr("These parameters have no default and are asked for: {names}.", names=", ".join(asked))


def _costs(types: Types) -> Iterable[str]:
    counts = {kind: len(types.get(kind, ())) for kind in _BY_THE_HOUR}
    parts = [plural(one, many, counts[kind]) for kind, (one, many) in _BY_THE_HOUR.items() if counts[kind]]
    points = types.get("AWS::EC2::VPCEndpoint", ())
    endpoints = sum(len(resource["Properties"].get("SubnetIds", ())) for resource in points)
    if endpoints:
        parts.append(tr("{endpoints} interface endpoints, counted by zone", endpoints=endpoints))
    if parts:
        yield tr(
            "Costs while it stands, used or not: {names}; instances, tasks and databases come on top.",
            names=", ".join(parts),
        )


def _costs_by_component(resolution: Resolution, memory: Memory) -> Iterable[str]:
    """What each component is billed for by the hour, as its kind's entry says (`hourly` among its traits)."""
    known = memory.of_components("hourly")
    parts: list[str] = []
    for resolved in resolution.components():
        text = known.get(resolved.id)
        if text is None:
            text = known[resolved.id] = str(resolved.work_out(tr(str(resolved.kind.traits.get("hourly", "''")))))
        if text:
            parts.append(f"{resolved.name}: {text}")
    if parts:
        yield tr("Billed by the hour, by component: {names}.", names="; ".join(parts))


def _staying(tree: dict[str, Any]) -> Iterable[str]:
    resources = tree.get("Resources", {}).items()
    policies = [(name, resource["DeletionPolicy"]) for name, resource in resources if "DeletionPolicy" in resource]
    kept = [name for name, policy in policies if policy == "Retain"]
    if kept:
        yield tr("Stay, with what they hold, when the stack is deleted: {names}.", names=", ".join(kept))
    saved = [name for name, policy in policies if policy == "Snapshot"]
    if saved:
        yield tr("Leave a last snapshot when the stack is deleted: {names}.", names=", ".join(saved))


def _replaced(tree: dict[str, Any]) -> Iterable[str]:
    """CloudFormation looks a parameter of Parameter Store up again at each update (`AWS::SSM::Parameter::Value`)."""
    resources = tree.get("Resources", {}).items()
    instances = [name for name, resource in resources if resource["Type"] == "AWS::EC2::Instance"]
    if instances:
        images = [name for name, parameter in tree["Parameters"].items() if "EC2::Image" in parameter["Type"]]
        yield (
            tr(
                "An update of the stack takes the newest machine image, and replaces {names} where it is "
                "another one; what has termination protection is left running beside the new one. To keep "
                "the image, give {images} the name of a parameter of your own in Parameter Store that "
                "holds its id.",
                names=", ".join(instances),
                images=", ".join(images),
            )
        )


def _network(resolution: Resolution, networks: Mapping[str, Vpc], types: Types) -> Iterable[str]:
    most = max((LETTERS.index(zone) + 1 for vpc in networks.values() for zone in vpc.zones), default=0)
    if most > 3:
        region = resolution.architecture.settings.region
        yield tr(
            "The network uses {most} Availability Zones: {region} must have as many for your account.",
            most=most,
            region=region,
        )
    addresses = len(types.get("AWS::EC2::EIP", ()))
    if addresses > _QUOTA_ADDRESSES:
        yield tr(
            "NAT gateways need {addresses} Elastic IP addresses; an account has {quota_addresses} unless raised.",
            addresses=addresses,
            quota_addresses=_QUOTA_ADDRESSES,
        )
    yield from _crowded_groups(types)
    for resolved in resolution.components():
        if resolved.vpc is not None and resolved.kind.traits.get("principal"):
            yield from _stranded(resolved, has_way_out(resolved, networks[resolved.vpc]))


def _crowded_groups(types: Types) -> Iterable[str]:
    # Each group is written with one outbound rule of its own.
    for kind, direction, own in (("SecurityGroupIngress", "inbound", 0), ("SecurityGroupEgress", "outbound", 1)):
        rules = types.get(f"AWS::EC2::{kind}", ())
        counts = Counter(rule["Properties"]["GroupId"]["Fn::GetAtt"][0] for rule in rules)
        for group, count in counts.items():
            if count + own > _QUOTA_RULES:
                yield tr(
                    "{group} has {count} {direction} rules; a security group has {quota_rules} unless raised.",
                    group=group,
                    count=count + own,
                    direction=direction,
                    quota_rules=_QUOTA_RULES,
                )


def _stranded(resolved: Resolved, way_out: bool) -> Iterable[str]:
    if way_out:
        return
    image = str(resolved.values.get("image", ""))
    if image and not any(part in image for part in _PRIVATE_REGISTRIES):
        yield (
            tr(
                "{name} has no way to the internet, so {image} cannot be pulled and the deployment would "
                "wait for it in vain: use an image in Amazon ECR, or a private subnet with a NAT gateway.",
                name=resolved.name,
                image=image,
            )
        )
    elif resolved.kind.id in ("ec2", "asg"):
        yield tr("{name} has no way to the internet: its start script reaches AWS services only.", name=resolved.name)


def _services(resolution: Resolution, memory: Memory, types: Types) -> Iterable[str]:
    if "AWS::ECS::Cluster" in types:
        yield (
            tr(
                'The first ECS cluster of an account can fail with "Unable to assume the service linked role", since '
                "ECS makes that role at the same moment: deploy again, or run before it `aws iam "
                "create-service-linked-role --aws-service-name ecs.amazonaws.com`."
            )
        )
    region, known = resolution.architecture.settings.region, memory.of_components("notes")
    for resolved in resolution.components():
        said = known.get(resolved.id)
        if said is None:
            said = known[resolved.id] = tuple(_service(resolved, region))
        yield from said


def _service(resolved: Resolved, region: str) -> Iterable[str]:
    values = resolved.values
    missing = unoffered_types(resolved, region)
    if missing:
        yield (
            tr(
                "{name} uses {names}, which {region} did not have on {as_of}: see that it has it by now, "
                "or choose another type.",
                name=resolved.name,
                names=", ".join(missing),
                region=region,
                as_of=as_of(),
            )
        )
    if resolved.kind.id == "ecs" and values["launch_type"] == "EC2":
        yield (
            tr(
                "{name}: each task takes a network interface of its instance, and {instance_type} has few of them "
                "(DescribeInstanceTypes tells how many; one is the instance's own). See that {instances} "
                "instances hold {tasks} tasks, or turn on awsvpcTrunking.",
                name=resolved.name,
                instance_type=values["instance_type"],
                instances=values["max_instances"],
                tasks=values["desired"],
            )
        )
    if resolved.kind.id == "lambda" and values["reserved_concurrency"]:
        yield (
            tr(
                "{name} reserves {count} of the account's concurrent runs; 100 must stay unreserved, and "
                "a new account may have no more than 10 in all.",
                name=resolved.name,
                count=values["reserved_concurrency"],
            )
        )
    if resolved.kind.id == "eks":
        yield (
            tr(
                "{name}: the workload itself comes from your manifests; its pods run as service account "
                "{account} in namespace {namespace}.",
                name=resolved.name,
                account=values["service_account"],
                namespace=values["namespace"],
            )
        )
