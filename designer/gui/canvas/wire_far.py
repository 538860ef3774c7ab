"""The lines of all wires for the far view, as blocks that are drawn without a call per wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from designer.gui.canvas.blocks import Block, Doubles
from designer.gui.canvas.wire import Wire


class FarLines:
    """Blocks by colour role, number of lines a wire and whether it is selected; brought up to date when drawn."""

    def __init__(self, wires: Mapping[str, Wire], line: Callable[[Wire], Doubles]) -> None:
        self._wires = wires
        self._line = line
        self._stale: set[str] | None = None
        """The wires that are not in their block as they are now; `None` for all, before anything was drawn."""
        self.blocks: dict[tuple[str, int, bool], Block] = {}
        """Right after `refresh`."""

    def outdate(self, key: str) -> None:
        """A wire runs elsewhere or looks otherwise now."""
        if self._stale is not None:
            self._stale.add(key)

    def turn(self, keys: AbstractSet[str]) -> None:
        """Some wires, of which some may be none any more, are selected now and were not, or the other way round."""
        if self._stale is not None:
            self._stale |= keys & self._wires.keys()

    def remove(self, key: str) -> None:
        """A wire is gone."""
        if self._stale is not None:
            self._stale.discard(key)
        for block in self.blocks.values():
            block.discard(key)

    def refresh(self, chosen: AbstractSet[str] = frozenset()) -> None:
        """Brings the blocks up to date with everything that changed since, given the wires that are selected."""
        stale = set(self._wires) if self._stale is None else self._stale
        while stale:
            self._stale = set()
            for key in stale:
                self._put(self._wires[key], key in chosen)
            # Asking for a line may allot ports, and so outdate other wires.
            stale = self._stale

    def _put(self, wire: Wire, chosen: bool) -> None:
        line = self._line(wire)
        role, count = wire.style.role, len(line) // 4
        own = self.blocks.get((role, count, chosen))
        if own is None:
            own = self.blocks[role, count, chosen] = Block(len(line))
        if wire.key not in own:
            # Most often it was selected, or no longer is.
            likely = self.blocks.get((role, count, not chosen), own)
            before = next((block for block in (likely, *self.blocks.values()) if wire.key in block), None)
            if before is not None:
                before.discard(wire.key)
        own.put(wire.key, line)
