"""The lines of all wires for the far view, as blocks that are drawn without a call per wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from designer.gui.canvas.blocks import Block, Doubles
from designer.gui.canvas.wire import Wire


class FarLines:
    """Blocks by colour role and number of lines a wire; brought up to date only when they are drawn."""

    def __init__(self, wires: Mapping[str, Wire], line: Callable[[Wire], Doubles]) -> None:
        self._wires = wires
        self._line = line
        self._stale: set[str] = set()
        self.blocks: dict[tuple[str, int], Block] = {}
        """Right after `refresh`."""

    def outdate(self, key: str) -> None:
        """A wire runs elsewhere or looks otherwise now."""
        self._stale.add(key)

    def remove(self, key: str) -> None:
        """A wire is gone."""
        self._stale.discard(key)
        for block in self.blocks.values():
            block.discard(key)

    def refresh(self) -> set[str]:
        """Brings the blocks up to date with everything that changed since; returns what did."""
        # Asking for a line may allot ports, and so outdate other wires.
        fresh: set[str] = set()
        while self._stale:
            turn, self._stale = self._stale, set()
            fresh |= turn
            for key in turn:
                self._put(self._wires[key])
        return fresh

    def _put(self, wire: Wire) -> None:
        line = self._line(wire)
        own = (wire.style.role, len(line) // 4)
        for other, block in self.blocks.items():
            if other != own:
                block.discard(wire.key)
        if own not in self.blocks:
            self.blocks[own] = Block(len(line))
        self.blocks[own].put(wire.key, line)
