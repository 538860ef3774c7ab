"""What is selected, as the panels see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Selected(Protocol):
    """The ids of what is selected."""

    @property
    def components(self) -> tuple[str, ...]:
        """Component ids."""

    @property
    def connections(self) -> tuple[str, ...]:
        """Connection ids."""

    @property
    def boundaries(self) -> tuple[str, ...]:
        """Boundary ids."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A selection as plain tuples."""

    components: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
