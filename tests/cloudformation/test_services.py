"""What each service is exported with beyond its drawn properties, as an engineer would look for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.export import Export
from designer.errors import UserErrors
from tests.cloudformation.drawings import Drawing, everything, resources_of

LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
INGRESS = "AWS::EC2::SecurityGroupIngress"
POLICY = "AWS::AutoScaling::ScalingPolicy"
ALARM = "AWS::CloudWatch::Alarm"


def site(catalog: Catalog, **balancer: Any) -> Export:
    drawing = Drawing(catalog)
    drawing.add("users")
    drawing.add("elb", **balancer)
    drawing.wire("users", "elb", "requests")
    return drawing.export()


def ports_open_to_the_internet(exported: Export) -> set[int]:
    rules = resources_of(exported, INGRESS).values()
    return {rule["Properties"]["FromPort"] for rule in rules if rule["Properties"].get("CidrIp") == "0.0.0.0/0"}


def test_people_who_come_by_http_are_sent_to_https(catalog: Catalog) -> None:
    exported = site(catalog, port=8443)
    listeners = {
        found["Properties"]["Port"]: found["Properties"] for found in resources_of(exported, LISTENER).values()
    }
    assert listeners[80]["DefaultActions"] == [
        {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "8443", "StatusCode": "HTTP_301"}}
    ]
    assert listeners[8443]["Protocol"] == "HTTPS"
    assert ports_open_to_the_internet(exported) == {80, 8443}


@pytest.mark.parametrize(
    ("balancer", "ports"),
    [({"redirect_http": False}, {443}), ({"tls": False}, {80}), ({"port": 80}, {80}), ({"type": "network"}, {443}),
     ({"port": 80, "redirect_http": True}, {80}), ({"tls": False, "redirect_http": True}, {80})],
)  # fmt: skip
def test_without_redirection_one_port_is_open(catalog: Catalog, balancer: dict[str, Any], ports: set[int]) -> None:
    exported = site(catalog, **balancer)
    assert ports_open_to_the_internet(exported) == ports
    assert len(resources_of(exported, LISTENER)) == (0 if balancer.get("type") == "network" else 1)


def test_a_forecast_adds_instances_and_tracking_takes_them_away(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("asg", scaling="predictive")
    kinds = {policy["Properties"]["PolicyType"] for policy in resources_of(drawing.export(), POLICY).values()}
    assert kinds == {"PredictiveScaling", "TargetTrackingScaling"}


def test_a_cluster_has_the_administrator_that_is_named_at_deployment(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("eks")
    exported = drawing.export()
    (entry,) = resources_of(exported, "AWS::EKS::AccessEntry").values()
    assert entry["Properties"]["PrincipalArn"] == {"Ref": "EksAdministratorArn"}
    assert exported.template.tree["Parameters"]["EksAdministratorArn"]["Default"] == "none"
    condition = exported.template.tree["Conditions"][entry["Condition"]]
    assert condition == {"Fn::Not": [{"Fn::Equals": [{"Ref": "EksAdministratorArn"}, "none"]}]}


def test_every_queue_of_failures_has_an_alarm(catalog: Catalog) -> None:
    exported = everything(catalog).export()
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in resources_of(exported, ALARM).values()
        for dimension in alarm["Properties"]["Dimensions"]
        if dimension["Name"] == "QueueName"
    }
    kept = {
        name for name, queue in resources_of(exported, "AWS::SQS::Queue").items() if queue["DeletionPolicy"] == "Retain"
    }
    assert kept
    assert watched == kept


def told(catalog: Catalog, *, drawn: bool, **function: Any) -> dict[str, Any]:
    """A function to which a topic delivers, as exported; its failures go to a drawn queue or to its own."""
    drawing = Drawing(catalog)
    drawing.add("sns")
    drawing.add("lambda", **function)
    drawing.wire("sns", "lambda", "delivers")
    if drawn:
        drawing.add("sqs")
        drawing.wire("lambda", "sqs", "fails-to")
    return drawing.export().template.tree["Resources"]


@pytest.mark.parametrize("drawn", [True, False])
def test_what_an_asynchronous_call_fails_at_goes_to_a_destination_with_its_error(catalog: Catalog, drawn: bool) -> None:
    resources = told(catalog, drawn=drawn, retries=1, event_age=600)
    settings = resources["LambdaRetries"]
    destination = settings["Properties"]["DestinationConfig"]["OnFailure"]["Destination"]
    (queue,) = [key for key in resources if destination == {"Fn::GetAtt": [key, "Arn"]}]
    assert resources[queue]["Type"] == "AWS::SQS::Queue"
    assert settings["Properties"]["MaximumRetryAttempts"] == 1
    assert settings["Properties"]["MaximumEventAgeInSeconds"] == 600
    assert "DeadLetterConfig" not in resources["LambdaFunction"]["Properties"]
    assert bool(settings.get("DependsOn")) is drawn, "a policy of its own has to be there first"


def test_nothing_is_kept_where_the_failure_queue_is_off(catalog: Catalog) -> None:
    assert "DestinationConfig" not in told(catalog, drawn=False, failure_queue=False)["LambdaRetries"]["Properties"]


def test_a_function_that_nobody_calls_asynchronously_keeps_to_a_drawn_queue(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("lambda")
    drawing.add("sqs")
    drawing.wire("lambda", "sqs", "fails-to")
    settings = drawing.export().template.tree["Resources"]["LambdaRetries"]["Properties"]
    assert settings["DestinationConfig"]["OnFailure"]["Destination"]
    assert settings["FunctionName"] == {"Ref": "LambdaFunction"}


def test_container_instances_are_not_told_what_their_tasks_use(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("ecs", launch_type="EC2")
    drawing.add("rds")
    drawing.wire("ecs", "rds", "queries")
    resources = drawing.export().template.tree["Resources"]
    script = resources["EcsTemplate"]["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]["Fn::Sub"]
    names = [given["Name"] for given in resources["EcsTask"]["Properties"]["ContainerDefinitions"][0]["Environment"]]
    assert "ECS_CLUSTER=" in str(script)
    assert "RDS_HOST" in names
    assert "RDS_HOST" not in str(script)


def test_a_trigger_runs_its_function_for_the_events_that_fit_one_of_its_patterns(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("sqs")
    drawing.add("lambda")
    patterns = '[{"body": {"type": ["order"]}}, {"body": {"total": [{"numeric": [">", 100]}]}}]'
    drawing.wire("sqs", "lambda", "triggers", filter=patterns)
    (mapping,) = resources_of(drawing.export(), "AWS::Lambda::EventSourceMapping").values()
    filters = mapping["Properties"]["FilterCriteria"]["Filters"]
    assert [json.loads(each["Pattern"]) for each in filters] == json.loads(patterns)


@pytest.mark.parametrize(
    "wrong", ["order", "[]", '{"type": ["order"]}', '{"body": "order"}', '{"body": {"type": [{"like": "a"}]}}']
)
def test_a_pattern_that_lambda_refuses_is_refused_by_its_wire(catalog: Catalog, wrong: str) -> None:
    drawing = Drawing(catalog)
    drawing.add("sqs")
    drawing.add("lambda")
    drawing.wire("sqs", "lambda", "triggers", filter=wrong)
    with pytest.raises(UserErrors, match="sqs-lambda"):
        drawing.export()
