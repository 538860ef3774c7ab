"""How much a finding matters; apart from the findings, since a window shows badges before anything is analysed."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters; `error` contradicts itself or cannot be deployed."""

    ERROR = "error"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class State(StrEnum):
    """What a component does during a failure.

    `degraded`: it serves, with fewer replicas or alternatives than it has, or without something it can do without.
    `capacity-short`: some of its replicas are up, but fewer than it needs. `buffering`: it takes work in and keeps it
    for a consumer that is down. `down`: it does nothing.
    """

    FINE = "fine"
    DEGRADED = "degraded"
    BUFFERING = "buffering"
    CAPACITY_SHORT = "capacity-short"
    DOWN = "down"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(State).index(self)

    @property
    def works(self) -> bool:
        """Whether those that call it get an answer."""
        return self not in (State.CAPACITY_SHORT, State.DOWN)
