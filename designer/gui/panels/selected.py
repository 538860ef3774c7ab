"""What is selected, as the panels see it."""

from __future__ import annotations

from typing import Protocol

from designer.records import record


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


@record
class Choice:
    """A selection as plain tuples."""

    components: tuple[str, ...] = ()
    connections: tuple[str, ...] = ()
    boundaries: tuple[str, ...] = ()
