"""What the catalog says a property sets is there in CloudFormation, and in the templates; its page follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from designer.assets import data
from designer.catalog.catalog import load_catalog
from designer.catalog.check import check_value
from designer.catalog.documentation import property_page
from designer.catalog.entries import Property, PropertyType


def properties() -> Iterator[tuple[str, Property]]:
    catalog = load_catalog()
    entries = [*catalog.kinds.values(), *catalog.boundaries.values(), *catalog.relations.values(), catalog.architecture]
    for entry in entries:
        for prop in entry.properties.values():
            if prop.sets:
                yield f"{entry.id}.{prop.name}", prop


ALL = list(properties())


@cache
def schema_of(resource: str) -> dict[str, Any]:
    found: dict[str, Any] = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource).schema
    return found


@cache
def templates() -> str:
    files = sorted((data("templates") / "cloudformation").rglob("*.j2"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize(("name", "prop"), ALL, ids=[name for name, _prop in ALL])
def test_what_a_property_sets_is_in_the_schema_and_in_a_template(name: str, prop: Property) -> None:
    resource, *path = prop.sets.split(".")
    schema = schema_of(resource)
    assert len(path) in (1, 2), name
    table = schema["properties"] if len(path) == 1 else schema["definitions"][path[0]]["properties"]
    assert path[-1] in table, f"{name}: {resource} has no {'.'.join(path)}"
    assert resource in templates() and f"{path[-1]}:" in templates()


def test_most_properties_say_what_they_set() -> None:
    kinds = load_catalog().kinds.values()
    told = [prop for kind in kinds for prop in kind.properties.values() if not prop.analysis_only]
    assert sum(bool(prop.sets) for prop in told) > 0.8 * len(told)


def test_pages_are_named_as_the_reference_names_them() -> None:
    def page(sets: str, link: str = "") -> str:
        return property_page(Property(name="p", title="P", type=PropertyType.TEXT, sets=sets, link=link))

    start = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference"
    assert page("AWS::ECS::Service.LoadBalancers") == (
        f"{start}/aws-resource-ecs-service.html#cfn-ecs-service-loadbalancers"
    )
    assert page("AWS::EC2::LaunchTemplate.Ebs.VolumeSize") == (
        f"{start}/aws-properties-ec2-launchtemplate-ebs.html#cfn-ec2-launchtemplate-ebs-volumesize"
    )
    assert page("AWS::SQS::Queue.DelaySeconds", "https://docs.aws.amazon.com/own") == "https://docs.aws.amazon.com/own"
    assert page("") == ""


def test_what_breaks_a_pattern_is_told_with_an_example_that_fits() -> None:
    catalog = load_catalog()
    entries = [*catalog.kinds.values(), *catalog.boundaries.values(), *catalog.relations.values(), catalog.architecture]
    for entry in entries:
        for prop in entry.properties.values():
            if prop.pattern is None:
                continue
            listed = prop.type is PropertyType.LIST
            wrong = check_value(prop, ["\n"] if listed else "\n")
            assert wrong is not None and "such as '" in wrong, f"{entry.id}.{prop.name}"
            example = wrong.rpartition("such as '")[2].removesuffix("'")
            assert check_value(prop, [example] if listed else example) is None, f"{entry.id}.{prop.name}"
