"""Which things are not drawn because a boundary around them is collapsed, and what wires lead to in their place."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.architecture import Architecture
from designer.model.entities import Boundary

_MARK = "="
"""Begins the name by which wires end at a collapsed boundary; no id has it."""


def fold_name(boundary: str) -> str:
    """The name of a collapsed boundary as the end of a wire."""
    return _MARK + boundary


def folded_by(boundaries: Iterable[Boundary]) -> str | None:
    """The outermost collapsed one of some boundaries around one another, innermost first; `None` for none."""
    return next((around.id for around in reversed(list(boundaries)) if around.collapsed), None)


class Folds:
    """What is folded away now. Nothing is where no boundary is collapsed, and then this costs nothing."""

    def __init__(self) -> None:
        self.components: dict[str, str] = {}
        """The collapsed boundary that stands for each component that is not drawn."""
        self.boundaries: frozenset[str] = frozenset()
        """The boundaries that are not drawn."""

    def read(self, architecture: Architecture) -> set[str]:
        """Works out what is folded away; returns the components of which that has changed."""
        before = self.components
        collapsed = {key for key, each in architecture.boundaries.items() if each.collapsed}
        if not collapsed and not before and not self.boundaries:
            return set()
        folds: dict[str | None, str | None] = {None: None}
        hidden = set()
        for key, boundary in architecture.boundaries.items():
            folds[key] = folded_by(architecture.boundaries_around(key))
            if boundary.parent is not None and folded_by(architecture.boundaries_around(boundary.parent)):
                hidden.add(key)
        self.boundaries = frozenset(hidden)
        found = ((key, folds[component.boundary]) for key, component in architecture.components.items())
        self.components = {key: fold for key, fold in found if fold is not None}
        return {key for key in before.keys() | self.components.keys() if before.get(key) != self.components.get(key)}

    def end(self, component: str) -> str:
        """What a wire of a component ends at: the component, or the collapsed boundary that stands for it."""
        fold = self.components.get(component)
        return component if fold is None else fold_name(fold)
