"""Whether everything that is drawn has a place; on its own, for every file that is opened is asked that."""

from __future__ import annotations

from designer.model.architecture import Architecture


def may_lack_places(architecture: Architecture) -> bool:
    """Whether it is worth while to look closer for things without a place, found out quickly."""
    cards = [component for component in architecture.components.values() if not (component.x or component.y)]
    frames = [key for key, boundary in architecture.boundaries.items() if not (boundary.x or boundary.y)]
    return len(cards) > 1 or bool(cards and cards[0].boundary) or bool(frames)
