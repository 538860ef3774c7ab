"""Targets that stand in for one another share a target group: a load balancer does not send to another group's targets.

What the analysis takes for alternatives is what one target group holds; weighted groups share the requests, and
each of them is needed.
"""

from __future__ import annotations

from typing import Any

from designer.analysis.analyse import analyse
from designer.catalog.catalog import Catalog
from tests.cloudformation.drawings import Drawing, resources_of

GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"


def behind_a_balancer(catalog: Catalog, *targets: str, **wire: Any) -> Drawing:
    drawing = Drawing(catalog)
    drawing.add("users")
    drawing.add("elb")
    drawing.wire("users", "elb", "requests")
    for number, kind in enumerate(targets):
        drawing.add(kind, f"{kind}-{number}")
        drawing.wire("elb", f"{kind}-{number}", "routes", **wire)
    return drawing


def needed_alone(drawing: Drawing) -> set[str]:
    (flow,) = analyse(drawing.architecture, drawing.catalog).flows
    return {point.component for point in flow.single_points if point.level == "resource" and point.component}


def test_instances_share_one_target_group_and_none_is_needed_alone(catalog: Catalog) -> None:
    drawing = behind_a_balancer(catalog, "ec2", "ec2", "asg")
    template = drawing.export()
    (group,) = resources_of(template, GROUP).values()
    assert len(group["Properties"]["Targets"]) == 2
    (fleet,) = resources_of(template, "AWS::AutoScaling::AutoScalingGroup").values()
    assert fleet["Properties"]["TargetGroupARNs"] == [{"Ref": next(iter(resources_of(template, GROUP)))}]
    listener = next(iter(resources_of(template, LISTENER).values()))
    assert "ForwardConfig" not in listener["Properties"]["DefaultActions"][0]
    assert not needed_alone(drawing)


def test_targets_of_two_sorts_share_the_requests_and_both_are_needed(catalog: Catalog) -> None:
    drawing = behind_a_balancer(catalog, "ec2", "lambda")
    template = drawing.export()
    assert len(resources_of(template, GROUP)) == 2
    listener = next(iter(resources_of(template, LISTENER).values()))
    assert len(listener["Properties"]["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]) == 2
    assert needed_alone(drawing) == {"ec2-0"}


def test_two_services_at_one_path_have_one_rule(catalog: Catalog) -> None:
    drawing = behind_a_balancer(catalog, "ecs", "ecs", "lambda", path="/api/*")
    template = drawing.export()
    (rule,) = resources_of(template, RULE).values()
    assert len(rule["Properties"]["Actions"][0]["ForwardConfig"]["TargetGroups"]) == 2
    ecs = list(resources_of(template, "AWS::ECS::Service").values())
    assert len({str(service["Properties"]["LoadBalancers"]) for service in ecs}) == 1
    name = next(iter(resources_of(template, RULE)))
    assert all(name in service["DependsOn"] for service in ecs)


def test_another_health_check_is_another_target_group(catalog: Catalog) -> None:
    drawing = behind_a_balancer(catalog, "ec2")
    drawing.add("ec2", "other")
    drawing.wire("elb", "other", "routes", health_path="/ready")
    assert len(resources_of(drawing.export(), GROUP)) == 2
    assert needed_alone(drawing) == {"ec2-0", "other"}
