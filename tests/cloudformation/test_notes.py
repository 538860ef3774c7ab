"""What a template cannot say is said beside it."""

from __future__ import annotations

from typing import Any

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.notes import notes_on
from designer.model.edits import PutSettings
from tests.cloudformation.drawings import Drawing, everything


def notes(drawing: Drawing) -> str:
    return "\n".join(drawing.export().notes)


def test_roles_need_a_capability(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("sqs", encryption="sqs-managed", dead_letter_queue=False)
    assert "CAPABILITY_IAM" not in notes(drawing)
    drawing.add("lambda")
    assert "CAPABILITY_IAM" in notes(drawing)


def test_what_is_asked_for_at_deployment_is_named(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("elb")
    drawing.add("eks", public_endpoint=True)
    text = notes(drawing)
    assert "ElbCertificateArn" in text
    assert "EksApiCidrs" in text
    assert "VpcCidr" not in text


def test_what_costs_while_idle_is_counted(catalog: Catalog) -> None:
    drawing = Drawing(catalog, zones="abc")
    drawing.add("asg")
    drawing.add("elb")
    drawing.add("users")
    drawing.wire("users", "elb", "requests")
    text = notes(drawing)
    assert "3 NAT gateways" in text
    assert "1 load balancer" in text
    assert "1 web access control list" in text
    assert "1 KMS key" in text


@pytest.mark.parametrize(
    ("kind", "properties", "said"),
    [("asg", {"min": 3}, "it: 3 to 9 x t4g.medium"), ("asg", {"min": 3, "max": 3}, "it: 3 x t4g.medium"),
     ("ecs", {"cpu": 512, "scaling": False}, "it: 2 Fargate tasks of 0.5 vCPU and 1024 MiB"),
     ("ecs", {"launch_type": "EC2", "instances": 2, "max_instances": 2}, "it: 2 x "),
     ("eks", {}, "it: the cluster and 2 to 6 x m6i.large"), ("rds", {"read_replicas": 1}, "it: 3 x db.t4g.medium"),
     ("rds", {"proxy": True}, "RDS Proxy"), ("dynamodb", {"capacity_mode": "provisioned"}, "it: 5 read and 5 write"),
     ("ec2", {"purchase": "host"}, "Dedicated Host")],
)  # fmt: skip
def test_what_a_component_is_billed_for_by_the_hour(
    catalog: Catalog, kind: str, properties: dict[str, Any], said: str
) -> None:
    drawing = Drawing(catalog, zones="abc")
    drawing.add(kind, name="it", **properties)
    assert said in notes(drawing)


@pytest.mark.parametrize("kind", ["lambda", "sqs", "sns", "dynamodb"])
def test_what_is_billed_by_use_is_not_named_by_the_hour(catalog: Catalog, kind: str) -> None:
    drawing = Drawing(catalog)
    drawing.add(kind, name="it")
    assert "by component" not in notes(drawing)


def test_endpoints_are_counted_by_zone(catalog: Catalog) -> None:
    drawing = Drawing(catalog, zones="ab", nat="none")
    drawing.add("ec2")
    assert "12 interface endpoints" in notes(drawing)


def test_an_instance_type_that_the_region_may_not_have_is_named(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.architecture.apply(PutSettings(drawing.architecture.settings.with_(region="ca-west-1")))
    drawing.add("asg", instance_type="m7g.large")
    assert "m7g.large, which ca-west-1 did not have on 20" in notes(drawing)
    drawing.architecture.apply(PutSettings(drawing.architecture.settings.with_(region="eu-central-1")))
    assert "did not have" not in notes(drawing)


def test_what_stays_after_the_stack_is_named(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("dynamodb", "orders")
    drawing.add("rds", "ledger")
    text = notes(drawing)
    assert "OrdersTable" in text
    assert "snapshot" in text
    assert "LedgerDatabase" in text


def test_the_race_of_the_first_cluster_is_told(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("ecs")
    assert "service linked role" in notes(drawing)


def test_tasks_on_instances_need_network_interfaces(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("ecs", name="Shop", launch_type="EC2", desired=6, max_instances=4)
    text = notes(drawing)
    assert "Shop: each task takes a network interface" in text
    assert "4 instances hold 6 tasks" in text


@pytest.mark.parametrize(
    ("image", "told"),
    [("nginx:latest", True), ("123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop:1", False)],
)
def test_an_image_that_cannot_be_pulled_is_told(catalog: Catalog, image: str, told: bool) -> None:
    drawing = Drawing(catalog, nat="none")
    drawing.add("ecs", name="Shop", image=image)
    template = drawing.template()
    text = "\n".join(notes_on(drawing.resolution(), template.tree))
    assert (f"{image} cannot be pulled" in text) is told


def test_reserved_concurrency_and_many_zones_are_told(catalog: Catalog) -> None:
    drawing = Drawing(catalog, zones="abcdef")
    drawing.add("lambda", reserved_concurrency=5)
    drawing.add("asg")
    text = notes(drawing)
    assert "reserves 5" in text
    assert "6 Availability Zones" in text
    assert "6 Elastic IP addresses" in text


def test_a_newer_image_that_replaces_instances_is_told(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("asg")
    assert "newest machine image" not in notes(drawing)
    drawing.add("ec2", instance_type="t3.small")
    (note,) = [line for line in drawing.export().notes if "newest machine image" in line]
    assert "replaces Ec2Instance" in note
    assert "ImageX86" in note


def test_a_group_with_more_rules_than_the_quota_is_told(catalog: Catalog) -> None:
    drawing = Drawing(catalog, alarms=False, flow_logs=False)
    drawing.add("rds", proxy=False)
    for number in range(61):
        drawing.add("lambda", f"f{number}", tracing=False)
        drawing.wire(f"f{number}", "rds", "queries")
    text = notes(drawing)
    assert "RdsSecurityGroup has 61 inbound rules" in text
    assert "outbound" not in text


def test_the_pods_of_a_cluster_come_from_elsewhere(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("eks", namespace="shop", service_account="runner")
    assert "service account runner in namespace shop" in notes(drawing)


def test_notes_are_sentences_and_the_same_every_time(catalog: Catalog) -> None:
    drawing = everything(catalog)
    first, second = drawing.export().notes, drawing.export().notes
    assert first == second
    assert len(set(first)) == len(first)
    assert all(note.endswith(".") and note[0].isupper() for note in first)
