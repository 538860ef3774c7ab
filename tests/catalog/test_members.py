"""What a component has in each of its zones, in words."""

from __future__ import annotations

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from designer.catalog.members import Member, in_one_zone, is_band, members, minimum_zones
from designer.catalog.resolve import Resolution, Resolved
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component, Settings


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


def resolved(catalog: Catalog, kind: str, zones: tuple[str, ...] = (), **properties: object) -> Resolved:
    vpc = Boundary(id="vpc", kind="vpc", name="Network", zones=("a", "b", "c"))
    component = Component(id="it", kind=kind, name="It", boundary="vpc", zones=zones, properties=properties)
    return Resolution(Architecture.of(Settings(), (vpc, component)), catalog).component("it")


@pytest.mark.parametrize(
    ("kind", "zones", "properties", "expected"),
    [
        ("asg", (), {"min": 4}, {"a": "2 instances", "b": "1 instance", "c": "1 instance"}),
        ("asg", ("a", "b"), {"min": 1}, {"a": "1 instance", "b": "no instances"}),
        ("rds", ("b", "c"), {}, {"b": "primary", "c": "standby"}),
        ("rds", (), {"deployment": "cluster"}, {"a": "primary", "b": "standby", "c": "standby"}),
        ("rds", (), {}, {"a": "primary", "b": "standby", "c": ""}),
        ("elb", ("a", "c"), {}, {"a": "1 node", "c": "1 node"}),
        (
            "ecs",
            ("a", "b"),
            {"launch_type": "EC2", "instances": 2, "desired": 3, "spread_zones": False},
            {"a": "2 tasks", "b": "1 task"},
        ),
    ],
    ids=["in turn", "fewer than zones", "two roles", "three roles", "a zone to spare", "one each", "by host"],
)
def test_members(
    catalog: Catalog, kind: str, zones: tuple[str, ...], properties: dict[str, object], expected: dict[str, str]
) -> None:
    assert {
        zone: told(each) for zone, each in members(resolved(catalog, kind, zones, **properties)).items()
    } == expected


def told(member: Member) -> str:
    if member.count is None:
        return member.word
    return f"{member.count or 'no'} {member.word}"


def test_what_reaches_across_zones(catalog: Catalog) -> None:
    assert is_band(resolved(catalog, "asg"))
    assert is_band(resolved(catalog, "rds")) and not is_band(resolved(catalog, "rds", deployment="single"))
    assert in_one_zone(resolved(catalog, "rds", deployment="single")) and in_one_zone(resolved(catalog, "ec2"))
    assert not is_band(resolved(catalog, "sqs")) and not is_band(resolved(catalog, "lambda"))
    assert minimum_zones(resolved(catalog, "elb")) == 2 and minimum_zones(resolved(catalog, "asg")) == 1
