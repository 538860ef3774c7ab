"""D60: a service uses capacity providers that its cluster has by then."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import Value, known_items, possible_items, same
from designer.cloudformation.validation.views.members import SERVICE

_CLUSTER, _ASSOCIATION = "AWS::ECS::Cluster", "AWS::ECS::ClusterCapacityProviderAssociations"


def _check(stack: Stack) -> Iterator[Fault]:
    for service in stack.of(SERVICE):
        cluster = stack.target(service.get("Cluster"), _CLUSTER)
        if cluster is None:
            continue
        associations = [a for a in stack.of(_ASSOCIATION) if stack.target(a.get("Cluster"), _CLUSTER) is cluster]
        for index, item in enumerate(possible_items(service.get("CapacityProviderStrategy"))):
            used = item.get("CapacityProvider") if isinstance(item, dict) else None
            path = service.path("CapacityProviderStrategy", index, "CapacityProvider")
            if used is None or _could_have(cluster, used):
                continue
            having = [association for association in associations if _could_have(association, used)]
            if not having:
                text = f"{service.id} uses the capacity provider {used}, which {cluster.id} does not have"
                yield Fault(path, text, "Add it to the CapacityProviders of the cluster.")
            elif not stack.waits(service, *having):
                text = f"{service.id} uses {used}, but does not wait until {having[0].id} gives it to the cluster"
                yield Fault(path, text, f"Add DependsOn: {having[0].id}.")


def _could_have(holder: Resource, used: Value) -> bool:
    providers = holder.get("CapacityProviders")
    if providers is not None and known_items(providers) is None:
        return True
    return any(same(each, used) is not False for each in possible_items(providers))


RULE = Rule(
    id="D60",
    title="Services use capacity providers of their cluster",
    why="ECS refuses the service: 'The specified capacity provider was not found in the cluster'.",
    source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html",
    severity=Severity.ERROR,
    check=_check,
    types=(SERVICE,),
)
