"""What expressions may ask of what is around a thing: those of a kind about the wires, of a relation about the ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from designer.model.entities import Value

if TYPE_CHECKING:
    from designer.catalog.resolve import Resolution, Resolved


class Bound(Mapping[str, Callable[..., Any]]):
    """Functions by name, bound to what they are about only when they are asked for: there is one of these per thing."""

    __slots__ = ("_about", "_functions")

    def __init__(self, functions: Mapping[str, Callable[..., Any]], *about: object) -> None:
        self._functions = functions
        self._about = about

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return partial(self._functions[name], *self._about)

    def __contains__(self, name: object) -> bool:
        return name in self._functions

    def __iter__(self) -> Iterator[str]:
        return iter(self._functions)

    def __len__(self) -> int:
        return len(self._functions)


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


def _source(resolution: Resolution, source: Resolved, target: Resolved, name: str) -> Any:  # noqa: ARG001
    return _of_end(resolution, source, name)


def _target(resolution: Resolution, source: Resolved, target: Resolved, name: str) -> Any:  # noqa: ARG001
    return _of_end(resolution, target, name)


def _of_end(resolution: Resolution, end: Resolved, name: str) -> Any:
    """A value of an end, which may be of a kind that has none of this name."""
    resolution.note("component", end.id)
    return end.values.get(name)


AROUND_COMPONENT: Mapping[str, Callable[..., Any]] = {
    "sources": _sources,
    "targets": _targets,
    "wires_in": _wires_in,
    "wires_out": _wires_out,
    "wires_in_where": _wires_in_where,
    "target_max": _target_max,
}
"""About a resolution and the id of a component."""
AT_ENDS: Mapping[str, Callable[..., Any]] = {"source": _source, "target": _target}
"""About a resolution and the two ends of a wire."""
