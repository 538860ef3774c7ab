"""Facts about AWS that rules look up, from `resources/rules/deployment`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from designer.assets import data
from designer.yaml_source import parse, read_text


@dataclass(frozen=True, slots=True)
class Trust:
    """Resources of a type have the role in a property assumed by a service. `path` is that of the property."""

    type: str
    path: tuple[str, ...]
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameLimit:
    """How long the physical name in a property may be, and the pattern that all of it has to match."""

    type: str
    property: str
    longest: int
    pattern: str
    lower: bool


@cache
def _read(name: str) -> Any:
    file = data("resources") / "rules" / "deployment" / f"{name}.yaml"
    node = parse(read_text(file), file)
    return None if node is None else node.plain()


@cache
def attributes() -> Mapping[str, frozenset[str]]:
    """What `Fn::GetAtt` gives, by resource type."""
    return {kind: frozenset(names.split()) for kind, names in _read("attributes").items()}


@cache
def managed_policies() -> Mapping[str, tuple[str, ...]]:
    """The actions of AWS managed policies, by policy name, as far as rules ask for them."""
    return {name: tuple(actions) for name, actions in _read("managed_policies").items()}


@cache
def trusts() -> tuple[Trust, ...]:
    """Which service assumes the role in which property."""
    return tuple(
        Trust(kind, tuple(path.split(".")), tuple(services.split()))
        for kind, properties in _read("trust").items()
        for path, services in properties.items()
    )


@cache
def names() -> tuple[NameLimit, ...]:
    """Limits on physical names."""
    return tuple(
        NameLimit(kind, limit["property"], limit["longest"], limit.get("pattern", ""), limit.get("lower", False))
        for kind, limit in _read("names").items()
    )


@cache
def snapshot_types() -> frozenset[str]:
    """The types that `DeletionPolicy: Snapshot` works for."""
    return frozenset(_read("deletion")["snapshot"])


@cache
def fargate_memory() -> Mapping[int, tuple[range, ...]]:
    """For each CPU size of a Fargate task (units) the sizes of memory (MiB) that go with it."""
    return {
        int(cpu): tuple(range(least, most + 1, step) for least, most, step in ranges)
        for cpu, ranges in _read("fargate").items()
    }
