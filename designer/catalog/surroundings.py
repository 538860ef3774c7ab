"""What a kind's expressions may ask about the wires around a component."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from designer.model.entities import Value

if TYPE_CHECKING:
    from designer.catalog.resolve import Resolution


class Surroundings(Mapping[str, Callable[..., Any]]):
    """The functions by name, bound to a component when they are asked for: there is one of these per component."""

    __slots__ = ("_key", "_resolution")

    def __init__(self, resolution: Resolution, key: str) -> None:
        self._resolution = resolution
        self._key = key

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return partial(_FUNCTIONS[name], self._resolution, self._key)

    def __contains__(self, name: object) -> bool:
        return name in _FUNCTIONS

    def __iter__(self) -> Iterator[str]:
        return iter(_FUNCTIONS)

    def __len__(self) -> int:
        return len(_FUNCTIONS)


def _sources(resolution: Resolution, key: str, kind: str) -> int:
    components = resolution.architecture.components
    return sum(components[wire.source].kind == kind for wire in resolution.architecture.incoming(key))


def _targets(resolution: Resolution, key: str, kind: str) -> int:
    components = resolution.architecture.components
    return sum(components[wire.target].kind == kind for wire in resolution.architecture.outgoing(key))


def _wires_in(resolution: Resolution, key: str, relation: str) -> int:
    return sum(wire.relation == relation for wire in resolution.architecture.incoming(key))


def _wires_out(resolution: Resolution, key: str, relation: str) -> int:
    return sum(wire.relation == relation for wire in resolution.architecture.outgoing(key))


def _wires_in_where(resolution: Resolution, key: str, relation: str, name: str, value: Value) -> int:
    incoming = resolution.architecture.incoming(key)
    wires = (resolution.wire(wire.id) for wire in incoming if wire.relation == relation)
    return sum(wire.values.get(name) == value for wire in wires)


def _target_max(resolution: Resolution, key: str, relation: str, name: str) -> Any:
    wires = [wire for wire in resolution.architecture.outgoing(key) if wire.relation == relation]
    return max((resolution.component(wire.target).values[name] for wire in wires), default=0)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sources": _sources,
    "targets": _targets,
    "wires_in": _wires_in,
    "wires_out": _wires_out,
    "wires_in_where": _wires_in_where,
    "target_max": _target_max,
}
