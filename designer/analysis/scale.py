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
