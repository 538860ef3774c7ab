"""The catalog as it is delivered: complete, consistent, and right on its own defaults."""

from __future__ import annotations

import re
from itertools import product
from xml.etree import ElementTree

import pytest

from designer.assets import data
from designer.catalog.catalog import load_catalog, properties_of, read_catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Kind, Property, PropertyType, Relation, Scope, Strength, Style
from designer.catalog.expressions import compile_expression
from designer.catalog.resolve import Resolution, card_text, visible
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component, Connection, Settings

CATALOG = load_catalog()
KINDS = list(CATALOG.kinds.values())
RELATIONS = list(CATALOG.relations.values())
PAIRS = list(product(CATALOG.kinds, repeat=2))
OWNERS: dict[str, Kind | Relation] = {
    **CATALOG.kinds,
    **CATALOG.boundaries,
    **CATALOG.relations,
    "architecture": CATALOG.architecture,
}
PROPERTIES = [(owner, prop) for owner, entry in OWNERS.items() for prop in entry.properties.values()]
BY_NAME = pytest.mark.parametrize(
    ("owner", "prop"), PROPERTIES, ids=[f"{owner}.{prop.name}" for owner, prop in PROPERTIES]
)
BY_KIND = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)


def alone(kind: Kind, **properties: object) -> Architecture:
    """An architecture of one component."""
    return Architecture.of(Settings(), [Component(id="x", kind=kind.id, name=kind.name, properties=properties)])


def wired(source: str, relation: str, target: str) -> Architecture:
    """Two components, the second one in a VPC's tier, and a wire."""
    return Architecture.of(
        Settings(),
        [
            Boundary(id="net", kind="vpc", name="Net", zones=("a", "b")),
            Boundary(id="tier", kind="tier", name="Tier", parent="net"),
            Component(id="s", kind=source, name="S"),
            Component(id="t", kind=target, name="T", boundary="tier"),
            Connection(id="w", source="s", target="t", relation=relation),
        ],
    )


def test_the_services_there_are() -> None:
    """The ten, and the people who use them."""
    ten = {"ec2", "asg", "elb", "sqs", "sns", "lambda", "ecs", "eks", "rds", "dynamodb"}
    assert set(CATALOG.kinds) == ten | {"users"}
    assert set(CATALOG.boundaries) == {"vpc", "tier", "group"}


def test_the_data_files_read_without_the_cache() -> None:
    """And give the same."""
    assert read_catalog(data("resources")) == CATALOG


@BY_KIND
def test_a_kind_is_fully_described(kind: Kind) -> None:
    """Icon, category, summary, documentation; availability figures unless it stands outside AWS."""
    icon = data("resources") / "icons" / f"{kind.id}.svg"
    assert ElementTree.parse(icon).getroot().tag.endswith("svg")
    assert kind.category in CATALOG.categories
    assert kind.summary.endswith(".")
    assert kind.documentation.startswith("https://docs.aws.amazon.com/")
    if kind.placement.scope is not Scope.OUTSIDE:
        assert kind.aliases
        assert kind.failure.replica_figures or kind.failure.service_figures
        assert kind.failure.contract_figures
        assert kind.failure.failover


@pytest.mark.parametrize("kind", [k.id for k in CATALOG.boundaries.values()])
def test_a_boundary_has_an_icon(kind: str) -> None:
    """A tier has one for each access."""
    icons = data("resources") / "icons"
    names = [f"tier-{access}" for access in CATALOG.boundaries["tier"].properties["access"].choices]
    assert all((icons / f"{name}.svg").exists() for name in (names if kind == "tier" else [kind]))


@BY_NAME
def test_a_property_is_fully_described(owner: str, prop: Property) -> None:
    """Title, help that is a sentence, choices where it is one, sound limits."""
    assert prop.title[0].isupper(), owner
    assert prop.help.endswith((".", "?"))
    assert bool(prop.choices) == (prop.type is PropertyType.CHOICE)
    assert prop.default is None or prop.formula is None
    if prop.minimum is not None and prop.maximum is not None:
        assert prop.minimum < prop.maximum
    if prop.pattern is not None:
        re.compile(prop.pattern, re.ASCII)
    assert all(check_value(prop, value) is None for value in prop.suggestions)


@BY_NAME
def test_a_default_fits(owner: str, prop: Property) -> None:
    """The value that counts when nothing is chosen is one that may be chosen."""
    assert check_value(prop, prop.default) is None, owner


@BY_KIND
def test_every_expression_works_out_on_the_defaults(kind: Kind) -> None:
    """Formulas, conditions, placement, failure; and what formulas give fits their property."""
    resolved = Resolution(alone(kind), CATALOG).component("x")
    for prop in kind.properties.values():
        assert check_value(prop, resolved.values[prop.name]) is None, prop.name
    assert len(visible(kind.properties, resolved.values)) <= len(kind.properties)
    placement, failure = kind.placement, kind.failure
    assert resolved.work_out(placement.tier) in ("public", "private", "isolated")
    assert resolved.work_out(placement.minimum_zones) in (1, 2, 3)
    assert resolved.work_out(failure.service_level) in ("region", "resource")
    replicas = resolved.work_out(failure.replicas or "0")
    assert replicas >= 0
    if failure.replicas is not None and replicas:
        assert 1 <= resolved.work_out(failure.needed) <= replicas
    for text in (placement.zonal_when, failure.hosts, failure.stateful_when):
        assert text is None or resolved.work_out(text) is not None
    for figures in (failure.host_figures, failure.replica_figures, failure.service_figures, failure.contract_figures):
        chosen = [figure.fact for figure in figures if figure.when is None or resolved.work_out(figure.when)]
        assert not figures or chosen
        assert set(chosen) <= set(CATALOG.facts)
    assert not kind.card or card_text(resolved)


@BY_KIND
def test_every_choice_works_out(kind: Kind) -> None:
    """Also with each property set to each of its choices, limits and suggestions, one by one."""
    for prop in kind.properties.values():
        values = [*prop.choices, *prop.suggestions]
        values += [True, False] if prop.type is PropertyType.BOOLEAN else []
        if prop.type is PropertyType.INTEGER:
            values += [int(limit) for limit in (prop.minimum, prop.maximum) if limit is not None]
        for value in values:
            resolved = Resolution(alone(kind, **{prop.name: value}), CATALOG).component("x")
            assert resolved.values[prop.name] == value
            visible(kind.properties, resolved.values)
            card_text(resolved)


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_every_pair_is_allowed_or_explained(source: str, target: str) -> None:
    """Never both, never neither; what would help is a kind to which, and from which, there is a way."""
    relations = CATALOG.relations_between(source, target)
    refusal = CATALOG.refusal(source, target)
    assert "{" not in refusal.reason
    assert refusal.reason.endswith(".")
    if relations or refusal.instead is None:
        return
    assert refusal.instead not in (source, target)
    assert CATALOG.relations_between(source, refusal.instead), refusal
    assert CATALOG.relations_between(refusal.instead, target), refusal


@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.id)
def test_every_allowed_pair_resolves(relation: Relation) -> None:
    """Style, values, and what the wire says, for each pair of kinds and on the relation's defaults."""
    assert relation.pairs
    for source, target in sorted(relation.pairs):
        assert relation in CATALOG.relations_between(source, target)
        wire = Resolution(wired(source, relation.id, target), CATALOG).wire("w")
        assert wire.style in Style
        assert wire.strength in Strength
        assert wire.verb
        assert "{" not in wire.verb
        assert wire.label == "S to T"
        for prop in relation.properties.values():
            assert check_value(prop, wire.values[prop.name]) is None
            assert prop.when is None or isinstance(bool(wire.values.work_out(prop.when)), bool)


def test_no_wire_leads_to_people() -> None:
    """Flows start with them."""
    assert all(not CATALOG.relations_between(kind, "users") for kind in CATALOG.kinds)


def test_every_fact_is_sourced_and_used() -> None:
    """A figure without a source is no figure."""
    used = {
        figure.fact
        for kind in KINDS
        for figures in (
            kind.failure.host_figures,
            kind.failure.replica_figures,
            kind.failure.service_figures,
            kind.failure.contract_figures,
        )
        for figure in figures
    }
    assert used <= set(CATALOG.facts)
    for fact in CATALOG.facts.values():
        assert 0.9 <= fact.availability <= 1
        assert fact.source
        assert fact.condition
        assert fact.verified in ("agreement", "third-party", "assumption")


def test_properties_of_any_kind() -> None:
    """Services and boundaries alike."""
    assert "min" in properties_of(CATALOG, "asg")
    assert "cidr" in properties_of(CATALOG, "vpc")


def test_every_formula_is_an_expression_of_known_names() -> None:
    """Names are properties of the same entry, or what every component knows of its place."""
    known = {"zones", "in_vpc", "kind", "name", "source_kind", "target_kind", "usual_style", "usual_strength", "judged"}
    for owner, prop in PROPERTIES:
        for text in (prop.formula, prop.when):
            if text is not None:
                assert compile_expression(text).names <= known | set(OWNERS[owner].properties), (owner, prop.name)
