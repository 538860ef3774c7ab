"""What importing gives."""

from __future__ import annotations

from dataclasses import dataclass

from designer.model.architecture import Architecture


@dataclass(frozen=True, slots=True)
class Imported:
    """An architecture that was read from a template, and what its author should know."""

    architecture: Architecture
    notes: tuple[str, ...]
