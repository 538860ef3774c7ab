"""What is known of the instance types of Regions, and nothing beyond."""

from __future__ import annotations

import re

import pytest

from designer.analysis.offers import as_of, instance_memory, instance_vcpus, is_offered
from designer.catalog.catalog import load_catalog
from designer.catalog.entries import PropertyType
from designer.catalog.resolve import Resolution, Resolved
from tests.analysis.drawings import CATALOG, draw


@pytest.mark.parametrize(
    ("instance_type", "region", "offered"),
    [("m7g.large", "eu-central-1", True), ("m7g.large", "ca-west-1", False), ("t4g.small", "cn-north-1", True),
     ("u-24tb1.metal", "ca-west-1", False), ("m7g.large", "eu-nowhere-1", None), ("zz9.large", "us-east-1", None),
     ("m7g", "us-east-1", None), ("m7g.enormous", "us-east-1", None)],
)  # fmt: skip
def test_a_type_is_offered_or_not_or_unknown(instance_type: str, region: str, offered: bool | None) -> None:
    assert is_offered(instance_type, region) is offered


def test_the_table_says_of_when_it_is_and_knows_all_regions() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", as_of())
    assert all(is_offered("t4g.medium", region) is not None for region in load_catalog().regions)


def test_every_suggested_type_is_known() -> None:
    for kind in load_catalog().kinds.values():
        prop = kind.properties.get("instance_type")
        if prop is not None and prop.type is PropertyType.TEXT:
            assert all(is_offered(str(name), "us-east-1") for name in prop.suggestions)


@pytest.mark.parametrize(
    ("instance_type", "vcpus", "memory"),
    [("t4g.medium", 2, 4096), ("m7g.xlarge", 4, 16384), ("c7g.large", 2, 4096), ("zz9.large", None, None),
     ("m7g.enormous", None, None)],
)  # fmt: skip
def test_a_type_has_its_size_or_none_is_known(instance_type: str, vcpus: int | None, memory: int | None) -> None:
    service = _service(f"w: ecs launch_type=EC2 instance_type={instance_type}")
    assert (instance_vcpus(service), instance_memory(service)) == (vcpus, memory)


def test_what_runs_on_no_instance_has_no_size() -> None:
    service = _service("w: ecs")
    assert (instance_vcpus(service), instance_memory(service)) == (None, None)


def test_the_size_of_every_suggested_type_is_known() -> None:
    for name in load_catalog().kinds["ecs"].properties["instance_type"].suggestions:
        assert instance_memory(_service(f"w: ecs launch_type=EC2 instance_type={name}"))


def _service(text: str) -> Resolved:
    return Resolution(draw(text), CATALOG).component("w")
