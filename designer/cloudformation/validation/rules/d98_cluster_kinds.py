"""D98: Multi-AZ clusters and Aurora clusters have the settings of their kind."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import number_of, text_of
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE, engine_of, is_restored
from designer.cloudformation.validation.views.network import Network

_NEEDED = ("AllocatedStorage", "DBClusterInstanceClass")
_STORAGE = ("io1", "io2", "gp3")
_ZONES = 3


def _check(stack: Stack) -> Iterator[Fault]:
    for cluster in stack.of(CLUSTER):
        engine = engine_of(stack, cluster)
        if engine in ("mysql", "postgres"):
            yield from _multi_az(stack, cluster)
        elif engine is not None and engine.startswith("aurora"):
            for name in ("AllocatedStorage", "DBClusterInstanceClass"):
                if cluster.get(name) is not None:
                    text = f"{cluster.id} runs {engine}, whose storage and instances are no matter of {name}"
                    yield Fault(cluster.path(name), text, "Take it out; Aurora's storage grows by itself.")


def _multi_az(stack: Stack, cluster: Resource) -> Iterator[Fault]:
    for name in _NEEDED:
        if not cluster.has(name) and not is_restored(cluster):
            yield Fault(cluster.path(name), f"the Multi-AZ cluster {cluster.id} has no {name}", f"Set {name}.")
    storage = text_of(cluster.get("StorageType"))
    if storage is not None and storage not in _STORAGE:
        text = f"the Multi-AZ cluster {cluster.id} has {storage} storage; it takes {', '.join(_STORAGE)}"
        yield Fault(cluster.path("StorageType"), text)
    if (
        storage in ("io1", "io2", None)
        and not cluster.has("StorageType")
        and number_of(cluster.get("Iops")) is None
        and not cluster.has("Iops")
    ):
        text = f"the Multi-AZ cluster {cluster.id} has io1 storage by default, which needs Iops"
        yield Fault(cluster.path("Iops"), text, "Set StorageType: gp3, or Iops.")
    for member in stack.of(INSTANCE):
        if stack.target(member.get("DBClusterIdentifier"), CLUSTER) is cluster:
            text = f"{member.id} joins the Multi-AZ cluster {cluster.id}, which makes its instances itself"
            yield Fault(member.path("DBClusterIdentifier"), text, "Take the instance out.")
    group = stack.target(cluster.get("DBSubnetGroupName"), "AWS::RDS::DBSubnetGroup")
    zones = None if group is None else stack.view(Network).most_zones(group.get("SubnetIds"))
    if group is not None and zones is not None and zones < _ZONES:
        text = f"the subnets of {group.id} lie in {zones} zones; the Multi-AZ cluster {cluster.id} needs {_ZONES}"
        yield Fault(cluster.path("DBSubnetGroupName"), text, "Add a subnet in another zone.")


RULE = Rule(
    id="D98",
    title="Clusters have the settings of their kind",
    why="RDS refuses a Multi-AZ cluster without storage, instance class and three zones, and Aurora with them.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts.html",
    severity=Severity.ERROR,
    check=_check,
    types=(CLUSTER,),
    others=("E3692", "F3692", "E3003", "F3003"),
)
