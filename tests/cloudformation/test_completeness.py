"""Every property shows in the template, or is listed here with a reason: what the analysis reads is exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pytest

from designer.analysis.rules import load_rules
from designer.catalog.catalog import Catalog, load_catalog
from designer.catalog.entries import Kind, Property, PropertyType, Relation
from designer.catalog.expressions import compile_expression
from designer.errors import UserError
from designer.model.edits import Put, PutSettings
from designer.model.entities import Value
from tests.cloudformation.drawings import Drawing, everything, pair_drawing, pairs, values_to_try

CATALOG = load_catalog()

NOT_EXPORTED = {
    "needed": "says what the load needs; AWS has no setting for it",
    "commitment": "is bought for the account, not by a template",
    "eks.replicas": "pods come from Kubernetes manifests",
}
"""Properties that change no byte of the template, by name or kind and name, and why."""


def _excused(owner: str, name: str) -> bool:
    return name in NOT_EXPORTED or f"{owner}.{name}" in NOT_EXPORTED


def _other_values(prop: Property) -> list[Value]:
    if prop.type is PropertyType.TEXT:
        return [*prop.suggestions, *_EXAMPLES.get(prop.name, ("other",))]
    if prop.type in (PropertyType.INTEGER, PropertyType.NUMBER) and prop.minimum is not None:
        return [int(prop.minimum) + 3, *values_to_try(prop)]
    return values_to_try(prop)


_EXAMPLES: dict[str, tuple[str, ...]] = {
    "version": ("16.9",),
    "path": ("/api/*",),
    "host": ("example.com",),
    "health_path": ("/health",),
    "filter": ('{"type": ["order"]}', '{"body": {"type": ["order"]}}'),
    "schedule_start": ("0 6 * * *",),
    "schedule_end": ("0 20 * * *",),
    "vpc_cidr": ("10.9.0.0/16",),
    "cidr": ("10.9.0.0/16",),
    "instance_class": ("db.m6g.large",),
    "sort_key": ("sk",),
}


def _surroundings(catalog: Catalog, kind: Kind) -> Iterator[Drawing]:
    """The kind alone, with one wire of each sort, and among everything; under the id "it"."""
    alone = Drawing(catalog, zones="abc")
    alone.add(kind.id, "it")
    yield alone
    for source, target, relation in pairs(catalog):
        if kind.id in (source, target) and source != target:
            drawing = Drawing(catalog, zones="abc")
            other = target if source == kind.id else source
            drawing.add(kind.id, "it")
            drawing.add(other, "other")
            ends = ("it", "other") if source == kind.id else ("other", "it")
            drawing.wire(*ends, relation)
            yield drawing


def _contexts(properties: Iterable[Property]) -> Iterator[dict[str, Value]]:
    """Nothing set, or one property set: some properties have a meaning only beside another."""
    yield {}
    for prop in properties:
        if prop.type in (PropertyType.CHOICE, PropertyType.BOOLEAN) or prop.name == "sort_key":
            for value in values_to_try(prop) or _EXAMPLES[prop.name]:
                yield {prop.name: value}


def _text(drawing: Drawing) -> str | None:
    try:
        return drawing.export().text()
    except UserError:
        return None


def _shows(drawing: Drawing, prop: Property, properties: Iterable[Property]) -> bool:
    base = drawing.architecture.components["it"]
    for context in _contexts(properties):
        if prop.name in context:
            continue
        drawing.architecture.apply(Put(base.with_(properties=context)))
        if prop.when is not None and not drawing.resolution().component("it").work_out(prop.when):
            continue
        before = _text(drawing)
        for value in _other_values(prop):
            drawing.architecture.apply(Put(base.with_(properties={**context, prop.name: value})))
            after = _text(drawing)
            if before is not None and after is not None and before != after:
                return True
    return False


@pytest.mark.parametrize("key", [kind for kind in CATALOG.kinds if CATALOG.kinds[kind].properties])
def test_every_property_of_a_kind_shows_in_the_template(catalog: Catalog, key: str) -> None:
    kind = catalog.kinds[key]
    for prop in kind.properties.values():
        if not prop.analysis_only and not _excused(key, prop.name):
            shown = any(_shows(d, prop, kind.properties.values()) for d in _surroundings(catalog, kind))
            assert shown, f"{key}.{prop.name} changes nothing in the template"


def _relation_texts(catalog: Catalog, relation: Relation, prop: Property) -> Iterator[tuple[str | None, str | None]]:
    for source, target in sorted(relation.pairs):
        for ends in _contexts(catalog.kinds[target].properties.values()):
            drawing = pair_drawing(catalog, source, target, relation.id)
            end = drawing.architecture.components[next(iter(drawing.architecture.connections.values())).target]
            drawing.architecture.apply(
                Put(end.with_(properties={**ends, "read_replicas": 1} if target == "rds" else ends))
            )
            wire = next(iter(drawing.architecture.connections.values()))
            before = _text(drawing)
            for value in _other_values(prop):
                drawing.architecture.apply(Put(wire.with_property(prop.name, value)))
                yield before, _text(drawing)


@pytest.mark.parametrize("key", [relation for relation in CATALOG.relations if CATALOG.relations[relation].properties])
def test_every_property_of_a_wire_shows_in_the_template(catalog: Catalog, key: str) -> None:
    relation = catalog.relations[key]
    for prop in relation.properties.values():
        if prop.analysis_only:
            continue
        texts = _relation_texts(catalog, relation, prop)
        assert any(before and after and before != after for before, after in texts), f"{key}.{prop.name}"


def test_every_property_of_the_whole_and_of_a_vpc_shows_in_the_template(catalog: Catalog) -> None:
    for prop in catalog.architecture.properties.values():
        if prop.analysis_only:
            continue
        drawing = everything(catalog)
        before = drawing.export().text()
        settings = drawing.architecture.settings
        changed = []
        for value in _other_values(prop):
            drawing.architecture.apply(PutSettings(settings.with_(properties={prop.name: value})))
            changed.append(_text(drawing))
        assert any(text not in (None, before) for text in changed), prop.name
    for kind in ("vpc", "tier"):
        for prop in catalog.boundaries[kind].properties.values():
            texts = set()
            for value in [None, *_other_values(prop)]:
                drawing = Drawing(catalog)
                drawing.frame("vpc", "main")
                drawing.frame("tier", "front", "main")
                drawing.add("ec2", boundary="front" if kind == "tier" else "main")
                boundary = drawing.architecture.boundaries["main" if kind == "vpc" else "front"]
                drawing.architecture.apply(Put(boundary.with_property(prop.name, value)))
                texts.add(_text(drawing))
            assert len(texts - {None}) > 1, f"{kind}.{prop.name}"


JUDGEMENTS: dict[str, Value] = {
    "availability": 97.5,
    "availability_source": "measured",
    "style": "async",
    "strength": "soft",
    "alternatives": "either",
    "alternatives_needed": 2,
    "reason": "a cache",
    "calls_per_request": 7,
    "profile": "dev",
    "zone_availability": 97.5,
    "region_availability": 97.5,
    "figures_source": "measured",
}


def test_judgements_change_no_byte_of_the_template(catalog: Catalog) -> None:
    """What is for the analysis only, set at once on everything there is; and there is no other such property."""
    drawing = everything(catalog)
    before = drawing.export().text()
    architecture = drawing.architecture
    tried: set[str] = set()

    def judged(properties: Mapping[str, Property]) -> dict[str, Value]:
        names = [prop.name for prop in properties.values() if prop.analysis_only]
        tried.update(names)
        return {name: JUDGEMENTS[name] for name in names}

    for component in list(architecture.components.values()):
        own = judged(catalog.kinds[component.kind].properties)
        architecture.apply(Put(component.with_(properties={**component.properties, **own})))
    for wire in list(architecture.connections.values()):
        own = judged(catalog.relations[wire.relation].properties)
        architecture.apply(Put(wire.with_(properties={**wire.properties, **own})))
    settings = architecture.settings
    own = judged(catalog.architecture.properties)
    architecture.apply(PutSettings(settings.with_(properties={**settings.properties, **own})))
    assert tried == set(JUDGEMENTS)
    assert drawing.export().text() == before


def _analysed(catalog: Catalog, kind: Kind) -> set[str]:
    """The properties of a kind that the analysis reads: in its failure and placement, and in conditions of rules."""
    failure, placement, traits = kind.failure, kind.placement, kind.traits
    figures = (*failure.host_figures, *failure.replica_figures, *failure.service_figures, *failure.contract_figures)
    texts = [failure.replicas, failure.needed, failure.hosts, failure.service_level, failure.stateful_when]
    texts += [placement.tier, placement.zonal_when, placement.minimum_zones, traits.get("spread_over_zones")]
    texts += [figure.when for figure in figures]
    names = {name for text in texts if text for name in compile_expression(str(text)).names}
    for _rule, case in load_rules(catalog).by_kind.get(kind.id, ()):
        names |= case.when.names
    return names & set(kind.properties)


def test_what_the_analysis_reads_is_exported_or_excused(catalog: Catalog) -> None:
    """The test above covers every property; this says that no excuse hides something that rules find."""
    read = {f"{kind.id}.{name}" for kind in catalog.kinds.values() for name in _analysed(catalog, kind)}
    assert len(read) > 60
    hidden = {name for name in read if _excused(*name.split(".", 1))}
    assert (
        hidden == {"asg.needed", "ec2.commitment", "asg.commitment", "ecs.needed", "eks.needed", "eks.replicas"} & read
    )
