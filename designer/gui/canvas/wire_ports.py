"""Where on its sides the wires of a component start and end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from designer.gui.canvas.metrics import Rect
from designer.gui.canvas.wire import Bundle, Place, Wire
from designer.gui.canvas.wire_path import spread


class Ports:
    """The ports of the components that were looked at. `forget` is called before a wire gets another port."""

    def __init__(self, wires: Mapping[str, Wire], rects: Mapping[str, Rect], forget: Callable[[Wire], None]) -> None:
        self._wires = wires
        self._rects = rects
        self._forget = forget
        self._at: dict[str, list[str]] = {}
        self._allotted: set[str] = set()
        self._postponed: set[str] = set()

    def add(self, wire: Wire) -> None:
        """Takes in a wire."""
        for component in {wire.source, wire.target}:
            self._at.setdefault(component, []).append(wire.key)

    def remove(self, wire: Wire) -> None:
        """Takes a wire out."""
        for component in {wire.source, wire.target}:
            self._at[component].remove(wire.key)

    def of(self, component: str) -> Sequence[str]:
        """The wires that start or end at a component, each once."""
        return self._at.get(component, ())

    def unsettled(self, wire: Wire, sides: tuple[int, int], before: Mapping[str, Rect]) -> list[str]:
        """The ends of a wire at which ports may be others because components were moved.

        Given are the sides that it was on and where what has moved was before. A wire keeps its port where it is alone
        on its side, and at a component that stays where its other end passes that of no other wire.
        """
        found = []
        for end, component in enumerate((wire.source, wire.target)):
            stays = wire.sides[end] == sides[end] and (end == 1 or wire.bundle is None)
            if stays and wire.ends[end][1] != 1:
                stays = wire.sides == sides and component not in before and self._passes_none(wire, end, before)
            if not stays:
                found.append(component)
        return found

    def _passes_none(self, wire: Wire, end: int, before: Mapping[str, Rect]) -> bool:
        """Whether the other end of a wire has moved past that of no other wire on its side of a component."""
        component, moved = (wire.target, wire.source) if end else (wire.source, wire.target)
        old, new, side = before.get(moved), self._rects[moved], wire.sides[end]
        if old is None:
            return False
        axis = 0 if side % 2 else 1
        low, high = sorted((old[axis] + old[axis + 2], new[axis] + new[axis + 2]))
        for key in self.of(component):
            near = self._wires[key]
            if near is wire:
                continue
            for number, (here, there) in enumerate(((near.source, near.target), (near.target, near.source))):
                if here == component and near.sides[number] == side:
                    rect = self._rects[there]
                    if there in before or low <= rect[axis] + rect[axis + 2] <= high:
                        return False
        return True

    def allot_again(self, components: Iterable[str], *, live: bool = False) -> list[Wire]:
        """Allots the ports of components that had some; returns the wires that have others now.

        While things are dragged (`live`) only their own wires are given others; the rest follows with the next call
        that is not.
        """
        wanted = set(components)
        if not live:
            wanted |= self._postponed
            self._postponed = set()
        known = sorted(wanted & self._allotted)
        return [wire for component in known for wire in self._allot(component, live=live)]

    def allot_ends(self, wire: Wire) -> list[Wire]:
        """Allots the ports of both ends of a wire where there were none; returns the wires that have others now."""
        fresh = {wire.source, wire.target} - self._allotted
        self._allotted |= fresh
        return [changed for component in sorted(fresh) for changed in self._allot(component)] if fresh else []

    def _allot(self, component: str, *, live: bool = False) -> list[Wire]:
        rect = self._rects.get(component)
        if rect is None:
            self._allotted.discard(component)
            return []
        every, changed = self._wires, []
        for wire, end, place, bundle in allot(component, rect, [every[key] for key in self.of(component)], self._rects):
            if wire.ends[end] != place or (end == 0 and wire.bundle != bundle):
                if live and not wire.live:
                    self._postponed.add(component)
                    continue
                self._forget(wire)
                start, target = wire.ends
                if end == 0:
                    wire.ends, wire.bundle = (place, target), bundle
                else:
                    wire.ends = (start, place)
                changed.append(wire)
        return changed


Allotment = tuple[Wire, int, Place, Bundle | None]
"""A wire, which end of it, its port there, its bundle."""
_Entry = tuple[float, float, str, int, Wire]
"""Where along the side the other end is, how far away; the wire's key; which of its ends is here; the wire.

Of several at one height the nearest comes first, or last where they are further down, so that their wires do not cross.
"""


def allot(component: str, rect: Rect, wires: Iterable[Wire], rects: Mapping[str, Rect]) -> list[Allotment]:
    """Spreads the wires of a component over its sides in the order of their other ends; bundles share a port."""
    groups: list[list[tuple[Wire, int]]] = [[], [], [], []]
    for wire in wires:
        if wire.source == component:
            groups[wire.sides[0]].append((wire, 0))
        if wire.target == component:
            groups[wire.sides[1]].append((wire, 1))
    found: list[Allotment] = []
    for side, group in enumerate(groups):
        if not group:
            continue
        length = rect[2] - rect[0] if side % 2 else rect[3] - rect[1]
        if len(group) == 1:
            ((wire, end),) = group
            found.append((wire, end, _places(length, 1)[0], None))
            continue
        entries = _entries(rect, side, group, rects)
        bundles = _bundles(entries)
        slots = _slots(entries, bundles) if bundles else [[entry] for entry in entries]
        for place, slot in zip(_places(length, len(slots)), slots, strict=True):
            bundle = _bundle(rect, side, slot, rects) if len(slot) > 1 else None
            found += [(entry[4], entry[3], place, bundle) for entry in slot]
    return found


def _entries(rect: Rect, side: int, group: list[tuple[Wire, int]], rects: Mapping[str, Rect]) -> list[_Entry]:
    """The wires of a side, each with which end of it is here, in order."""
    # Twice the middles.
    along, across = (0, 1) if side % 2 else (1, 0)
    here, level = rect[along] + rect[along + 2], rect[across] + rect[across + 2]
    entries: list[_Entry] = []
    for wire, end in group:
        other = rects[wire.source if end else wire.target]
        place, away = other[along] + other[along + 2], abs(other[across] + other[across + 2] - level)
        entries.append((place, away if place < here else -away, wire.key, end, wire))
    # No two have the same key and end, so that wires themselves are never compared.
    entries.sort()
    return entries


@lru_cache(maxsize=64)
def _places(length: float, count: int) -> tuple[Place, ...]:
    """The ports of a side; most sides have one of few lengths, and few ports, so that wires share these."""
    return tuple((offset, count, abs(2 * rank - count + 1) / 2) for rank, offset in enumerate(spread(length, count)))


def _bundles(group: list[_Entry]) -> dict[tuple[object, ...], list[_Entry]]:
    """The wires of a side that go the same way to different components, by what they have in common."""
    leaving = [entry for entry in group if entry[3] == 0 and entry[4].kind]
    if len(leaving) < 2:
        return {}
    found: dict[tuple[object, ...], dict[str, _Entry]] = {}
    for entry in leaving:
        wire, style = entry[4], entry[4].style
        if (wire.sides[0] - wire.sides[1]) % 4 == 2 and not wire.via:
            members = found.setdefault((wire.kind, style.role, style.dashed, style.hard), {})
            members.setdefault(wire.target, entry)
    return {common: list(members.values()) for common, members in found.items() if len(members) > 1}


def _slots(group: list[_Entry], bundles: dict[tuple[object, ...], list[_Entry]]) -> list[list[_Entry]]:
    """What has a port each, in order; a bundle stands where the middle one of its wires would."""
    bound = {entry[2] for members in bundles.values() for entry in members}
    slots = [[entry] for entry in group if entry[2] not in bound or entry[3] == 1]
    slots += bundles.values()
    return sorted(slots, key=_middle)


def _bundle(rect: Rect, side: int, slot: list[_Entry], rects: Mapping[str, Rect]) -> Bundle:
    """The trunk lies half-way to the nearest target."""
    axis = 0 if side % 2 == 0 else 1
    if side < 2:
        gap = min(rects[entry[4].target][axis] for entry in slot) - rect[axis + 2]
    else:
        gap = rect[axis] - max(rects[entry[4].target][axis + 2] for entry in slot)
    return Bundle(gap / 2, tuple(sorted(entry[2] for entry in slot)))


def _middle(slot: list[_Entry]) -> tuple[float, float, str, int]:
    return slot[len(slot) // 2][:4]
