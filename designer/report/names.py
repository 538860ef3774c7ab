"""The names by which a report calls what is drawn."""

from __future__ import annotations

from collections.abc import Iterable

from designer.model.architecture import Architecture
from designer.model.entities import Connection

MOST_ON_A_PATH = 12


class Names:
    """Names by id: of components, wires ("Orders to Worker") and boundaries; the id where there is no name."""

    def __init__(self, architecture: Architecture) -> None:
        self._architecture = architecture

    def of(self, key: str) -> str:
        """The name of anything drawn."""
        found = self._architecture
        if key in found.components:
            return found.components[key].name.strip() or key
        if key in found.connections:
            return self.of_wire(found.connections[key])
        if key in found.boundaries:
            return found.boundaries[key].name.strip() or key
        return key

    def of_wire(self, wire: Connection) -> str:
        """A wire by its ends."""
        return f"{self.of(wire.source)} to {self.of(wire.target)}"

    def path(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The names of the components and boundaries along a path; of a long one the start and the end."""
        wires = self._architecture.connections
        names = [self.of(key) for key in keys if key not in wires or key in self._architecture.components]
        if len(names) > MOST_ON_A_PATH:
            half = MOST_ON_A_PATH // 2
            names = [*names[:half], f"{len(names) - 2 * half} more", *names[-half:]]
        return tuple(names)
