"""Makes the catalog from its data files."""

from __future__ import annotations

from pathlib import Path

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Category, Fact, Kind, Refusal, Region, Scope
from designer.catalog.reader import Entry, entry_of, read_all, read_common, read_kind, read_relation
from designer.errors import UserError
from designer.yaml_source import parse, read_text


def read_catalog(root: Path) -> Catalog:
    """Reads and checks all data files below `root` (a folder like `resources/`)."""
    folder = root / "catalog"
    categories = _read_categories(folder / "categories.yaml")
    common = read_common(folder / "common.yaml")
    kinds: dict[str, Kind] = read_all(folder / "services", lambda file: common.with_kind(read_kind(file)))
    order = {category.id: category.order for category in categories.values()}
    kinds = dict(sorted(kinds.items(), key=lambda item: (order.get(item[1].category, 99), item[1].order, item[0])))
    catalog = Catalog(
        kinds=kinds,
        boundaries=read_all(folder / "boundaries", read_kind),
        architecture=read_kind(folder / "architecture.yaml"),
        relations=read_all(folder / "relations", lambda file: common.with_relation(read_relation(file))),
        categories=categories,
        refusals=tuple(_read_refusals(folder / "refusals.yaml")),
        facts=_read_facts(root / "facts" / "availability.yaml"),
        regions=_read_regions(root / "facts" / "regions.yaml"),
    )
    _check_references(catalog, folder)
    return catalog


def _read_categories(file: Path) -> dict[str, Category]:
    entry = entry_of(file)
    found = {}
    for order, (key, node) in enumerate(list(entry.left.items())):
        inner = Entry(node, file, key)
        found[key] = Category(id=key, title=inner.text("title"), colour=inner.text("colour"), order=order)
        inner.done()
    return found


def _read_refusals(file: Path) -> list[Refusal]:
    node = parse(read_text(file), file)
    assert node is not None
    refusals = []
    for item in node.value:
        entry = Entry(item, file, "refusal")
        refusals.append(
            Refusal(
                source=entry.text("source"),
                target=entry.text("target"),
                reason=entry.text("reason"),
                instead=entry.text("instead", None),
            )
        )
        entry.done()
    return refusals


def _read_facts(file: Path) -> dict[str, Fact]:
    entry = entry_of(file)
    found = {}
    for key, node in entry.left.items():
        inner = Entry(node, file, key)
        percent = inner.take("availability", (int, float))
        if not 0 <= percent <= 100:
            raise inner.error("availability is a percentage", "availability")
        found[key] = Fact(
            key=key,
            # Ten digits keep 99.95 from becoming 0.9995000000000001.
            availability=round(percent / 100, 10),
            condition=inner.text("condition"),
            source=inner.text("source"),
            verified=inner.text("verified"),
        )
        inner.done()
    return found


def _read_regions(file: Path) -> dict[str, Region]:
    entry = entry_of(file)
    found = {}
    for key, node in entry.left.items():
        inner = Entry(node, file, key)
        lacks = tuple(inner.take("lacks", list, []))
        found[key] = Region(id=key, title=inner.text("title"), zones=inner.take("zones", int), lacks=lacks)
        inner.done()
    return found


def _check_references(catalog: Catalog, folder: Path) -> None:
    """Refuses a catalog whose entries name kinds, categories or facts that do not exist."""
    for kind in catalog.kinds.values():
        file = folder / "services" / f"{kind.id}.yaml"
        if kind.category not in catalog.categories:
            raise UserError(f"unknown category {kind.category!r}", file=file, name=kind.id)
        failure = kind.failure
        for figure in (
            *failure.host_figures,
            *failure.replica_figures,
            *failure.service_figures,
            *failure.contract_figures,
        ):
            if figure.fact not in catalog.facts:
                raise UserError(f"unknown fact {figure.fact!r}", file=file, name=kind.id)
        if kind.placement.scope is Scope.OUTSIDE and failure.replicas:
            raise UserError("what stands outside AWS has no replicas", file=file, name=kind.id)
    for relation in catalog.relations.values():
        for pair in relation.pairs:
            if unknown := [end for end in pair if end not in catalog.kinds]:
                file = folder / "relations" / f"{relation.id}.yaml"
                raise UserError(f"unknown kind {unknown[0]!r}", file=file, name=relation.id)
