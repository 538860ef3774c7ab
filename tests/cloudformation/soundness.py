"""What can be told of any export without a judge: what its resources refer to, and what AWS keeps only once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import networkx

from designer.cloudformation.export import Export
from tests.cloudformation.drawings import resources_of

RULES = ("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress")


def rules(exported: Export) -> list[str]:
    """All rules as EC2 compares them: without their descriptions."""
    found = [resource["Properties"] for kind in RULES for resource in resources_of(exported, kind).values()]
    kinds = [kind for kind in RULES for _resource in resources_of(exported, kind)]
    bare = [{key: value for key, value in rule.items() if key != "Description"} for rule in found]
    return [kind + json.dumps(rule, sort_keys=True) for kind, rule in zip(kinds, bare, strict=True)]


ONCE: dict[str, tuple[tuple[str, ...], ...]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": (("ResourceId", "ScalableDimension"),),
    "AWS::ApplicationAutoScaling::ScalingPolicy": (("PolicyName", "ScalingTargetId"),),
    "AWS::EC2::Route": (("RouteTableId", "DestinationCidrBlock"), ("RouteTableId", "DestinationIpv6CidrBlock")),
    "AWS::EC2::SubnetRouteTableAssociation": (("SubnetId",),),
    "AWS::EC2::VPCEndpoint": (("VpcId", "ServiceName"),),
    "AWS::EC2::VPCGatewayAttachment": (("VpcId",),),
    "AWS::EKS::AccessEntry": (("ClusterName", "PrincipalArn"),),
    "AWS::EKS::Addon": (("ClusterName", "AddonName"),),
    "AWS::EKS::PodIdentityAssociation": (("ClusterName", "Namespace", "ServiceAccount"),),
    "AWS::ElasticLoadBalancingV2::Listener": (("LoadBalancerArn", "Port"),),
    "AWS::ElasticLoadBalancingV2::ListenerRule": (("ListenerArn", "Priority"),),
    "AWS::IAM::Policy": (("Roles", "PolicyName"),),
    "AWS::Lambda::EventInvokeConfig": (("FunctionName", "Qualifier"),),
    "AWS::Lambda::EventSourceMapping": (("EventSourceArn", "FunctionName"),),
    "AWS::Lambda::Url": (("TargetFunctionArn", "Qualifier"),),
    "AWS::S3::BucketPolicy": (("Bucket",),),
    "AWS::SNS::Subscription": (("TopicArn", "Protocol", "Endpoint"),),
    "AWS::SNS::TopicPolicy": (("Topics",),),
    "AWS::SQS::QueuePolicy": (("Queues",),),
    "AWS::SSM::Parameter": (("Name",),),
    "AWS::ServiceDiscovery::Service": (("NamespaceId", "Name"),),
    "AWS::WAFv2::WebACLAssociation": (("ResourceArn",),),
}
"""By what AWS tells resources of a type apart: a second one is refused, or takes the place of the first in silence."""


def doubled(exported: Export) -> list[tuple[str, ...]]:
    """Resources that AWS would take for one another: their type and their logical ids."""
    found: dict[str, list[str]] = {}
    for kind, identities in ONCE.items():
        for name, resource in resources_of(exported, kind).items():
            for identity in identities:
                values = [resource["Properties"].get(key) for key in identity]
                # A route has a block of one family; a qualifier may be left out.
                if None not in values or identity[-1] == "Qualifier":
                    found.setdefault(json.dumps([kind, identity, values]), []).append(name)
    return [(json.loads(key)[0], *names) for key, names in found.items() if len(names) > 1]


def references(value: Any) -> Iterator[str]:
    """The logical ids that a part of a template refers to."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "Ref":
                yield inner
            elif key == "Fn::GetAtt":
                assert len(inner) == 2, inner
                yield inner[0]
            elif key == "Fn::Sub":
                yield from _in_text(inner)
            elif key == "DependsOn":
                yield from [inner] if isinstance(inner, str) else inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def _in_text(value: Any) -> Iterator[str]:
    text, variables = (value, {}) if isinstance(value, str) else value
    for name in re.findall(r"\$\{([A-Za-z0-9.:]+)\}", text):
        if name not in variables:
            yield name.partition(".")[0]
    yield from references(variables)


def graph(exported: Export) -> networkx.DiGraph:
    """Which resource refers to which. Fails for a reference to what does not exist."""
    tree = exported.template.tree
    resources, parameters = tree.get("Resources", {}), tree.get("Parameters", {})
    found = networkx.DiGraph()
    found.add_nodes_from(resources)
    for name, resource in resources.items():
        for target in references(resource):
            if target in resources:
                found.add_edge(name, target)
            else:
                assert target in parameters or target.startswith("AWS::"), f"{name} refers to {target}"
    for output in tree.get("Outputs", {}).values():
        assert all(target in resources or target.startswith("AWS::") for target in references(output))
    return found


def assert_sound(exported: Export) -> None:
    """What no deployment survives: references to nothing or in a circle, and twice what AWS keeps once."""
    assert len(set(rules(exported))) == len(rules(exported))
    assert doubled(exported) == []
    found = graph(exported)
    assert networkx.is_directed_acyclic_graph(found), list(networkx.simple_cycles(found))[:3]
