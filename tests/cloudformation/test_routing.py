"""Target groups and listener rules keep their names and places while others come and go."""

from __future__ import annotations

import fnmatch
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.cloudformation.export import Export
from designer.cloudformation.routing import MAX_PRIORITY, priorities, rule_words
from designer.model.edits import Remove
from designer.model.entities import Collection
from tests.cloudformation.drawings import Drawing, resources_of

GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup"
RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"

PATHS = st.from_regex(r"(/[a-z0-9*?.-]{0,12}){0,4}", fullmatch=True)
HOSTS = st.from_regex(r"((\*\.)?[a-z]{1,8}\.(com|org))?", fullmatch=True)
RULES = st.sets(st.tuples(PATHS, HOSTS), max_size=40)


@given(RULES)
def test_every_rule_has_a_place_of_its_own(rules: set[tuple[str, str]]) -> None:
    found = priorities(rules)
    assert found.keys() == rules
    assert len(set(found.values())) == len(rules)
    assert all(1 <= place <= MAX_PRIORITY for place in found.values())


@pytest.mark.parametrize(
    "order",
    [
        [("/api/orders", ""), ("/api/o*", ""), ("/api/*", ""), ("/*", "")],
        [("/*", "api.example.com"), ("", "api.example.com"), ("", "*.example.com"), ("", "*.com"), ("/api/orders", "")],
        [("/a?c", ""), ("/a*", ""), ("*", "")],
        [("/" + "x" * 126 + "*", "a" * 128), ("/*", "a" * 128), ("", "a" * 127 + "*"), ("", "*")],
    ],
)
def test_the_narrower_rule_comes_first(order: list[tuple[str, str]]) -> None:
    places = priorities(order)
    assert sorted(order, key=places.__getitem__) == order


@given(RULES, st.data())
def test_a_rule_stays_where_it_is_when_others_go(rules: set[tuple[str, str]], data: st.DataObject) -> None:
    before = priorities(rules)
    kept = {rule for rule in rules if data.draw(st.booleans())}
    after = priorities(kept)
    crowded = {place for place in before.values() if place - 1 in before.values()}
    assert all(after[rule] == before[rule] for rule in kept if before[rule] not in crowded)


@given(st.tuples(PATHS, HOSTS), st.tuples(PATHS, HOSTS))
def test_two_rules_have_two_names(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (rule_words(one) == rule_words(other)) == (one == other)
    assert all(rule_words(rule).isalnum() for rule in (one, other) if any(rule))


def balancer(catalog: Catalog, *wires: tuple[str, dict[str, Any]]) -> Drawing:
    drawing = Drawing(catalog)
    drawing.add("elb", "web")
    for number, (kind, properties) in enumerate(wires):
        drawing.add(kind, f"{kind}-{number}")
        drawing.wire("web", f"{kind}-{number}", "routes", **properties)
    return drawing


def names_of(exported: Export, kind: str) -> set[str]:
    return set(resources_of(exported, kind))


def test_names_say_the_balancer_the_targets_and_the_rule(catalog: Catalog) -> None:
    exported = balancer(
        catalog, ("asg", {}), ("ecs", {"path": "/api/*"}), ("lambda", {"path": "/jobs/v2/*"}), ("eks", {})
    ).export()
    assert names_of(exported, GROUP) == {
        "WebToInstances8080TargetGroup",
        "WebToServices8080AtApiTargetGroup",
        "WebToLambdaNo2AtJobsV2TargetGroup",
        "WebToEksNo3TargetGroup",
    }
    assert names_of(exported, RULE) == {"WebAtApiRule", "WebAtJobsV2Rule"}


@pytest.mark.parametrize("kind", ["ec2", "asg", "ecs"])
@pytest.mark.parametrize("wire", [{}, {"path": "/api/*"}, {"host": "example.com", "health_path": "/ready"}])
def test_a_shared_group_outlives_each_of_its_wires(catalog: Catalog, kind: str, wire: dict[str, Any]) -> None:
    drawing = balancer(catalog, (kind, wire), (kind, wire), (kind, wire))
    before = drawing.export()
    for gone in ("0", "1"):
        drawing.architecture.apply(Remove(Collection.CONNECTIONS, f"web-{kind}-{gone}"))
        after = drawing.export()
        for sort in (GROUP, RULE):
            assert names_of(after, sort) == names_of(before, sort)
        assert [r["Properties"]["Priority"] for r in resources_of(after, RULE).values()] == [
            r["Properties"]["Priority"] for r in resources_of(before, RULE).values()
        ]


@pytest.mark.parametrize("change", [{"health_path": "/ready"}, {"drain": 5}, {"sticky": True}, {"health_interval": 60}])
def test_a_group_is_not_replaced_when_its_checks_change(catalog: Catalog, change: dict[str, Any]) -> None:
    before = balancer(catalog, ("asg", {})).export()
    after = balancer(catalog, ("asg", change)).export()
    assert names_of(before, GROUP) == names_of(after, GROUP)
    assert resources_of(before, GROUP) != resources_of(after, GROUP)


def test_two_groups_that_differ_in_their_checks_alone_have_two_names(catalog: Catalog) -> None:
    both = balancer(catalog, ("ec2", {}), ("ec2", {"health_path": "/ready"}))
    assert len(names_of(both.export(), GROUP)) == 2


def test_unhealthy_targets_set_off_an_alarm(catalog: Catalog) -> None:
    drawing = balancer(catalog, ("asg", {}), ("ecs", {}), ("lambda", {}))
    exported = drawing.export()
    alarms = resources_of(exported, "AWS::CloudWatch::Alarm").values()
    found = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in alarms
        if alarm["Properties"]["MetricName"] == "UnHealthyHostCount"
        for dimension in alarm["Properties"]["Dimensions"]
    }
    assert found == {"WebLoadBalancer", "WebToInstances8080TargetGroup", "WebToServices8080TargetGroup"}


def test_a_request_meets_the_rule_that_says_most_of_it() -> None:
    rules = [("/api/*", ""), ("/api/v2/*", ""), ("/api/v2/orders", ""), ("/*", ""), ("/img/*", "")]
    places = priorities(rules)
    for request, wanted in (("/api/v2/orders", 2), ("/api/v2/x", 1), ("/api/x", 0), ("/img/x", 4), ("/x", 3)):
        meets = [rule for rule in rules if fnmatch.fnmatchcase(request, rule[0])]
        assert min(meets, key=places.__getitem__) == rules[wanted]
