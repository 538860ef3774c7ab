"""The catalog: all service kinds, boundary kinds, relations, refusals and facts, read once from the data files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path

from designer.assets import data
from designer.catalog.cache import cached
from designer.catalog.entries import Category, Fact, Kind, Property, Refusal, Region, Relation
from designer.language import tr
from designer.records import record


@record
class Catalog:
    """Everything the program knows about AWS as data. Read-only."""

    kinds: Mapping[str, Kind]
    boundaries: Mapping[str, Kind]
    architecture: Kind
    relations: Mapping[str, Relation]
    categories: Mapping[str, Category]
    refusals: tuple[Refusal, ...]
    facts: Mapping[str, Fact]
    regions: Mapping[str, Region]
    _between: dict[tuple[str, str], list[Relation]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def aws_icons(self) -> dict[str, tuple[str, ...]]:
        """By the name of our icon ("sqs", "tier-public"), what AWS calls its own in the AWS Architecture Icons."""
        kinds = (*self.kinds.values(), *self.boundaries.values())
        return {icon: names for kind in kinds for icon, names in kind.aws_icons.items()}

    def relations_between(self, source_kind: str, target_kind: str) -> list[Relation]:
        """The relations that a wire from one kind to the other may have; empty where it is refused."""
        pair = (source_kind, target_kind)
        if pair not in self._between:
            self._between[pair] = [relation for relation in self.relations.values() if pair in relation.pairs]
        return self._between[pair]

    def refusal(self, source_kind: str, target_kind: str) -> Refusal:
        """Why there is no wire from one kind to the other, in words, and what would make one possible."""
        for refusal in self.refusals:
            if refusal.source in (source_kind, "*") and refusal.target in (target_kind, "*"):
                source, target = tr(self.kinds[source_kind].title), tr(self.kinds[target_kind].title)
                reason = tr(refusal.reason).replace("{source}", source).replace("{target}", target)
                instead = refusal.instead if refusal.instead not in (source_kind, target_kind) else None
                return Refusal(source=source_kind, target=target_kind, reason=reason, instead=instead)
        raise AssertionError("the catalog's refusals end with one for every pair")


def load_catalog() -> Catalog:
    """The built-in catalog. Raises `UserError` with file and line when a data file is broken."""
    return _load(data("resources"))


@lru_cache(maxsize=4)
def _load(root: Path) -> Catalog:
    return cached(root / "catalog", root / "facts", kind=Catalog, read=lambda: read_catalog(root))


def read_catalog(root: Path) -> Catalog:
    """Reads and checks all data files below `root` (a folder like `resources/`). Raises `UserError` as above."""
    # A start finds the catalog in the cache.
    from designer.catalog import data_files

    return data_files.read_catalog(root)


def properties_of(catalog: Catalog, kind: str) -> Mapping[str, Property]:
    """The properties of a service or boundary kind."""
    entry = catalog.kinds.get(kind) or catalog.boundaries[kind]
    return entry.properties
