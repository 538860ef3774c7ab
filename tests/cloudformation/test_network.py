"""The network that a drawing implies: subnets that fit, routes that lead out, and nothing that moves without need."""

from __future__ import annotations

import ipaddress
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.catalog.resolve import IMPLIED_VPC
from designer.cloudformation.export import Export
from designer.cloudformation.fragments import Template
from designer.cloudformation.network import Vpc, plan_networks
from designer.errors import UserError
from designer.model.edits import PutSettings
from tests.cloudformation.drawings import Drawing, resources_of

ZONES = ("a", "ab", "abc", "abcd", "abcde", "abcdef", "c", "bd")


def plan(drawing: Drawing, key: str = IMPLIED_VPC) -> Vpc:
    return plan_networks(drawing.resolution())[key]


def blocks(vpc: Vpc) -> list[ipaddress.IPv4Network]:
    """The address ranges of all subnets, as `Fn::Cidr` cuts them."""
    whole = ipaddress.IPv4Network(vpc.cidr)
    parts = list(whole.subnets(new_prefix=32 - vpc.block_bits))
    return [parts[subnet.block] for subnet_set in vpc.sets.values() for subnet in subnet_set.subnets]


def three_tiers(catalog: Catalog, zones: str = "ab", **settings: Any) -> Drawing:
    drawing = Drawing(catalog, zones=zones, **settings)
    for kind in ("users", "elb", "asg", "rds"):
        drawing.add(kind)
    drawing.wire("users", "elb", "requests")
    drawing.wire("elb", "asg", "routes")
    drawing.wire("asg", "rds", "queries")
    return drawing


@pytest.mark.parametrize("zones", ZONES)
@pytest.mark.parametrize("length", range(16, 23))
def test_subnets_fill_the_zones_without_overlapping(catalog: Catalog, zones: str, length: int) -> None:
    vpc = plan(three_tiers(catalog, zones, vpc_cidr=f"10.1.0.0/{length}"))
    assert set(zones) <= set(vpc.zones)
    for subnet_set in vpc.sets.values():
        assert [subnet.zone for subnet in subnet_set.subnets] == list(vpc.zones)
    found = blocks(vpc)
    assert len(found) == 3 * len(vpc.zones)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(found, 2))
    # The smallest subnet that a load balancer can be put in (Application Load Balancers, "Subnets").
    assert all(block.prefixlen <= 27 for block in found)


def test_a_database_in_one_zone_gets_subnets_in_two(catalog: Catalog) -> None:
    drawing = Drawing(catalog, zones="c")
    drawing.add("rds", deployment="single")
    assert plan(drawing).zones == ("a", "c")
    subnets = resources_of(drawing.export(), "AWS::EC2::Subnet")
    assert {name[-1] for name in subnets} == {"A", "C"}


def template_blocks(exported: Export) -> dict[str, tuple[int, int]]:
    """Each subnet's zone and place in the address range, as the template says."""
    return {
        name: (
            subnet["Properties"]["AvailabilityZone"]["Fn::Select"][0],
            subnet["Properties"]["CidrBlock"]["Fn::Select"][0],
        )
        for name, subnet in resources_of(exported, "AWS::EC2::Subnet").items()
    }


def test_the_template_says_what_the_plan_says(catalog: Catalog) -> None:
    drawing = three_tiers(catalog, "abc")
    exported, vpc = drawing.export(), plan(drawing)
    planned = {s.suffix: (s.zone_index, s.block) for subnet_set in vpc.sets.values() for s in subnet_set.subnets}
    assert template_blocks(exported) == planned
    cut = resources_of(exported, "AWS::EC2::Subnet")["PublicSubnetA"]["Properties"]["CidrBlock"]["Fn::Select"][1]
    assert cut == {"Fn::Cidr": [{"Ref": "VpcCidr"}, 64, 10]}


def test_subnets_stay_where_they_are_when_the_drawing_grows(catalog: Catalog) -> None:
    drawing = three_tiers(catalog, "ab")
    before = template_blocks(drawing.export())
    drawing.add("ecs", zones="abc")
    drawing.add("lambda")
    drawing.wire("lambda", "rds", "queries")
    drawing.add("eks")
    after = template_blocks(drawing.export())
    assert before.items() <= after.items()
    assert {"PublicSubnetC", "PrivateSubnetC", "IsolatedSubnetC"} <= after.keys()


def test_a_drawn_tier_takes_the_place_of_the_implied_one(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main")
    drawing.add("asg", boundary=vpc)
    before = template_blocks(drawing.export())
    tier = drawing.frame("tier", "app", vpc, access="private")
    drawing.add("ecs", boundary=tier)
    from designer.model.operations import place

    drawing.architecture.apply(place(drawing.architecture, ["asg"], tier))
    assert template_blocks(drawing.export()) == before


def test_two_private_tiers_are_two_sets_of_subnets(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main")
    for tier, kind in (("app", "asg"), ("jobs", "ecs")):
        drawing.add(kind, boundary=drawing.frame("tier", tier, vpc, access="private"))
    exported = drawing.export()
    found = template_blocks(exported)
    assert {name[:-1] for name in found} == {"MainPublicSubnet", "MainPrivateSubnet", "MainJobsSubnet"}
    assert len({block for _zone, block in found.values()}) == len(found)
    group = resources_of(exported, "AWS::AutoScaling::AutoScalingGroup")["AsgGroup"]["Properties"]
    assert group["VPCZoneIdentifier"] == [{"Ref": "MainPrivateSubnetA"}, {"Ref": "MainPrivateSubnetB"}]
    service = resources_of(exported, "AWS::ECS::Service")["EcsService"]["Properties"]
    subnets = service["NetworkConfiguration"]["AwsvpcConfiguration"]["Subnets"]
    assert subnets == [{"Ref": "MainJobsSubnetA"}, {"Ref": "MainJobsSubnetB"}]


@pytest.mark.parametrize(
    "names", [("private", "app"), ("private", "public"), ("public", "private", "isolated"), ("a2", "a-2", "b")]
)
def test_tiers_may_be_called_as_they_like(catalog: Catalog, names: tuple[str, ...]) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main")
    for name in names:
        tier = drawing.frame("tier", name, vpc, access="private")
        drawing.add("asg", f"asg-{name}", boundary=tier)
    found = template_blocks(drawing.export())
    private = len(drawing.architecture.settings.zones) * len(names)
    assert len(found) == private + len(drawing.architecture.settings.zones)
    assert len({block for _zone, block in found.values()}) == len(found)


def test_what_stands_outside_the_drawn_tiers_gets_subnets_of_its_own(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main")
    drawing.add("asg", boundary=drawing.frame("tier", "app", vpc, access="private"))
    before = template_blocks(drawing.export())
    drawing.add("ecs", boundary=vpc)
    after = template_blocks(drawing.export())
    assert before.items() <= after.items()
    assert {name[:-1] for name in after.keys() - before.keys()} == {"MainOtherPrivateSubnet"}


def test_more_tiers_than_fit_are_refused_by_name(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main", cidr="10.0.0.0/22")
    for number in range(4):
        drawing.frame("tier", f"tier-{number}", vpc, access="isolated")
    with pytest.raises(UserError) as caught:
        drawing.export()
    assert caught.value.name == "main"


def test_several_vpcs_are_separate_networks(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for name, cidr in (("blue", "10.0.0.0/16"), ("green", "10.1.0.0/20")):
        vpc = drawing.frame("vpc", name, cidr=cidr)
        drawing.add("ecs", f"ecs-{name}", boundary=vpc)
        drawing.add("elb", f"elb-{name}", boundary=vpc)
        drawing.wire(f"elb-{name}", f"ecs-{name}", "routes")
        drawing.wire(f"ecs-{name}", f"elb-{name}", "calls")
        drawing.add("lambda", f"caller-{name}", boundary=vpc)
        drawing.wire(f"caller-{name}", f"ecs-{name}", "calls")
    exported = drawing.export()
    assert set(resources_of(exported, "AWS::EC2::VPC")) == {"BlueVpc", "GreenVpc"}
    assert set(resources_of(exported, "AWS::ServiceDiscovery::PrivateDnsNamespace")) == {"BlueNames", "GreenNames"}
    for name in ("Blue", "Green"):
        group = resources_of(exported, "AWS::EC2::SecurityGroup")[f"Ecs{name}SecurityGroup"]["Properties"]
        assert group["VpcId"] == {"Ref": f"{name}Vpc"}
    parameters = exported.template.tree["Parameters"]
    assert parameters["GreenVpcCidr"]["Default"] == "10.1.0.0/20"
    assert "/20$" in parameters["GreenVpcCidr"]["AllowedPattern"]


def test_a_component_outside_several_vpcs_is_refused_by_name(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.frame("vpc", "blue")
    drawing.frame("vpc", "green")
    drawing.add("ecs", "lost")
    with pytest.raises(UserError, match="lost"):
        drawing.export()
    with pytest.raises(UserError) as caught:
        drawing.template()
    assert caught.value.name == "lost"


@pytest.mark.parametrize("relation", ["calls", "queries", "routes"])
def test_a_wire_from_one_vpc_to_another_is_refused_by_name(catalog: Catalog, relation: str) -> None:
    ends = {"calls": ("ecs", "ec2"), "queries": ("ecs", "rds"), "routes": ("elb", "ecs")}[relation]
    drawing = Drawing(catalog)
    for kind, vpc in zip(ends, ("blue", "green"), strict=True):
        drawing.add(kind, boundary=drawing.frame("vpc", vpc))
    wire = drawing.wire(*ends, relation)
    with pytest.raises(UserError) as caught:
        drawing.export()
    assert wire in str(caught.value)


@pytest.mark.parametrize(
    "cidr", ["10.0.1.0/16", "999.0.0.0/16", "127.0.0.0/16", "224.0.0.0/16", "169.254.0.0/16", "0.0.0.0/16"]
)
def test_an_address_range_that_is_none_is_refused(catalog: Catalog, cidr: str) -> None:
    drawing = Drawing(catalog, vpc_cidr=cidr)
    drawing.add("ec2")
    with pytest.raises(UserError) as caught:
        drawing.export()
    assert cidr in str(caught.value)


def routes_of(exported: Export | Template) -> dict[str, Any]:
    return {name: route["Properties"] for name, route in resources_of(exported, "AWS::EC2::Route").items()}


def test_each_zone_has_its_own_way_out(catalog: Catalog) -> None:
    exported = three_tiers(catalog, "abc").export()
    assert set(resources_of(exported, "AWS::EC2::NatGateway")) == {"NatGatewayA", "NatGatewayB", "NatGatewayC"}
    for letter in "ABC":
        assert routes_of(exported)[f"PrivateDefaultRoute{letter}"]["NatGatewayId"] == {"Ref": f"NatGateway{letter}"}
    gateways = resources_of(exported, "AWS::EC2::NatGateway")
    assert {n: g["Properties"]["SubnetId"]["Ref"] for n, g in gateways.items()} == {
        f"NatGateway{letter}": f"PublicSubnet{letter}" for letter in "ABC"
    }


def test_a_single_way_out_serves_all_zones(catalog: Catalog) -> None:
    exported = three_tiers(catalog, "bc", nat="single").export()
    assert set(resources_of(exported, "AWS::EC2::NatGateway")) == {"NatGatewayB"}
    for letter in "BC":
        assert routes_of(exported)[f"PrivateDefaultRoute{letter}"]["NatGatewayId"] == {"Ref": "NatGatewayB"}


def endpoints_of(exported: Export | Template) -> dict[str, Any]:
    return {name: e["Properties"] for name, e in resources_of(exported, "AWS::EC2::VPCEndpoint").items()}


def test_without_nat_programs_reach_aws_through_endpoints(catalog: Catalog) -> None:
    drawing = three_tiers(catalog, "ab", nat="none")
    drawing.add("sqs")
    drawing.wire("asg", "sqs", "sends")
    drawing.add("dynamodb")
    drawing.wire("asg", "dynamodb", "reads-writes")
    exported = drawing.export()
    assert not resources_of(exported, "AWS::EC2::NatGateway")
    assert set(routes_of(exported)) == {"PublicDefaultRoute"}
    endpoints = endpoints_of(exported)
    interface = {name for name, e in endpoints.items() if e["VpcEndpointType"] == "Interface"}
    assert {"SqsEndpoint", "SecretsmanagerEndpoint", "SsmEndpoint", "SsmmessagesEndpoint"} <= interface
    assert endpoints["SqsEndpoint"]["SubnetIds"] == [{"Ref": "PrivateSubnetA"}, {"Ref": "PrivateSubnetB"}]
    for name in ("S3Endpoint", "DynamodbEndpoint"):
        tables = {table["Ref"] for table in endpoints[name]["RouteTableIds"]}
        assert tables == {"PrivateRouteTableA", "PrivateRouteTableB", "IsolatedRouteTable"}


def test_programs_that_name_each_other_reach_parameter_store_without_nat(catalog: Catalog) -> None:
    drawing = Drawing(catalog, nat="none")
    for key in ("ping", "pong"):
        drawing.add("lambda", key)
        drawing.add("rds", f"{key}-db")
        drawing.wire(key, f"{key}-db", "queries")
    drawing.wire("ping", "pong", "invokes")
    assert "ssm" not in plan(drawing).endpoint_services
    drawing.wire("pong", "ping", "invokes")
    assert "ssm" in plan(drawing).endpoint_services
    (ping, _pong) = resources_of(drawing.export(), "AWS::Lambda::Function").values()
    assert "SsmEndpoint" in ping["DependsOn"]


@pytest.mark.parametrize(
    ("region", "ec2", "ssm"),
    [("cn-north-1", "cn.com.amazonaws", "com.amazonaws"), ("eu-central-1", "com.amazonaws", "com.amazonaws")],
)
def test_endpoints_are_named_as_the_region_names_them(catalog: Catalog, region: str, ec2: str, ssm: str) -> None:
    drawing = Drawing(catalog, nat="none")
    drawing.architecture.apply(PutSettings(drawing.architecture.settings.with_(region=region)))
    drawing.add("eks")
    found = {name: endpoint["Properties"]["ServiceName"]["Fn::Sub"]
             for name, endpoint in resources_of(drawing.export(), "AWS::EC2::VPCEndpoint").items()}  # fmt: skip
    assert found["Ec2Endpoint"] == f"{ec2}.${{AWS::Region}}.ec2"
    assert found["SsmEndpoint"] == f"{ssm}.${{AWS::Region}}.ssm"
    assert found["S3Endpoint"] == "com.amazonaws.${AWS::Region}.s3"


def test_with_nat_there_are_no_endpoints_that_cost(catalog: Catalog) -> None:
    exported = three_tiers(catalog).export()
    assert all(e["VpcEndpointType"] == "Gateway" for e in endpoints_of(exported).values())


@pytest.mark.parametrize("kind", ["ec2", "asg", "ecs", "eks", "lambda"])
@pytest.mark.parametrize("nat", ["per-zone", "none"])
def test_a_program_in_an_isolated_tier_has_endpoints_and_no_default_route(
    catalog: Catalog, kind: str, nat: str
) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main", nat=nat)
    tier = drawing.frame("tier", "vault", vpc, access="isolated")
    drawing.add(kind, boundary=tier)
    drawing.add("rds", boundary=tier)
    drawing.wire(kind, "rds", "queries")
    exported = drawing.template()
    assert not routes_of(exported)
    assert not resources_of(exported, "AWS::EC2::NatGateway")
    assert not resources_of(exported, "AWS::EC2::InternetGateway")
    endpoints = endpoints_of(exported)
    assert endpoints["MainSecretsmanagerEndpoint"]["SubnetIds"] == [
        {"Ref": "MainIsolatedSubnetA"}, {"Ref": "MainIsolatedSubnetB"},
    ]  # fmt: skip
    if kind == "ecs":
        assert {"MainEcrApiEndpoint", "MainEcrDkrEndpoint", "MainS3Endpoint"} <= endpoints.keys()


def test_a_function_in_a_public_subnet_has_no_public_address_and_needs_endpoints(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main")
    drawing.add("lambda", boundary=drawing.frame("tier", "front", vpc, access="public"))
    drawing.add("sqs")
    drawing.wire("lambda", "sqs", "sends")
    assert endpoints_of(drawing.template())["MainSqsEndpoint"]["SubnetIds"][0] == {"Ref": "MainPublicSubnetA"}


def test_what_needs_the_internet_waits_for_its_route(catalog: Catalog) -> None:
    exported = three_tiers(catalog, "ab").export()
    group = resources_of(exported, "AWS::AutoScaling::AutoScalingGroup")["AsgGroup"]
    assert {"PrivateDefaultRouteA", "PrivateDefaultRouteB"} <= set(group["DependsOn"])
    balancer = resources_of(exported, "AWS::ElasticLoadBalancingV2::LoadBalancer")["ElbLoadBalancer"]
    assert balancer["DependsOn"] == ["GatewayAttachment", "AccessLogsPolicy"]
    addresses = resources_of(exported, "AWS::EC2::EIP").values()
    assert all(address["DependsOn"] == "GatewayAttachment" for address in addresses)


def test_a_drawing_without_network_interfaces_makes_no_network(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("lambda")
    drawing.add("sqs")
    drawing.wire("lambda", "sqs", "sends")
    assert not resources_of(drawing.export(), "AWS::EC2::VPC")


def test_an_empty_drawn_vpc_is_made_all_the_same(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    vpc = drawing.frame("vpc", "main")
    drawing.frame("tier", "front", vpc, access="public")
    exported = drawing.export()
    assert set(resources_of(exported, "AWS::EC2::VPC")) == {"MainVpc"}
    assert set(template_blocks(exported)) == {"MainPublicSubnetA", "MainPublicSubnetB"}


PLACED = st.tuples(
    st.sampled_from(["asg", "ecs", "rds", "elb", "lambda", "ec2"]), st.sampled_from(["", "t0", "t1", "t2", "main"])
)


@given(
    st.lists(PLACED, max_size=8),
    st.lists(st.sampled_from(["public", "private", "isolated"]), min_size=3, max_size=3),
    st.sampled_from(ZONES),
    st.sampled_from(["per-zone", "single", "none"]),
)  # fmt: skip
def test_any_drawn_network_is_sound(
    catalog: Catalog, components: list[tuple[str, str]], accesses: list[str], zones: str, nat: str
) -> None:
    drawing = Drawing(catalog, zones=zones)
    drawing.frame("vpc", "main", nat=nat)
    for number, access in enumerate(accesses):
        drawing.frame("tier", f"t{number}", "main", access=access)
    for number, (kind, boundary) in enumerate(components):
        drawing.add(kind, f"{kind}-{number}", boundary=boundary or None)
    try:
        vpc = plan(drawing, "main")
    except UserError as error:
        assert "more than" in str(error)
        return
    found = blocks(vpc)
    assert not any(one.overlaps(other) for one, other in itertools.combinations(found, 2))
    suffixes = [subnet.suffix for subnet_set in vpc.sets.values() for subnet in subnet_set.subnets]
    assert len(set(suffixes)) == len(suffixes)
    for zone in vpc.zones if vpc.nat_zones else ():
        assert vpc.nat_zone_for(zone) in vpc.nat_zones
    if vpc.nat_zones:
        assert "public" in {subnet_set.access for subnet_set in vpc.sets.values()}
