"""Logical ids: readable, stable when other things change, free of collisions, at most 255 characters."""

from __future__ import annotations

import hashlib
import re

MAX_LOGICAL_ID = 255


class NameClash(Exception):
    """Two owners came to the same logical id; `owner` is the one that has to take a longer name."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


def camel(text: str) -> str:
    """ "orders-queue" as "OrdersQueue": letters and digits only."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", text))


class Names:
    """Gives out logical ids. An owner is a component, a wire, a boundary, or a part that several share.

    Each owner has a prefix made from its id alone, so its logical ids do not depend on what else is drawn. Where two owners
    would collide all the same, the later one by id has a short digest of its own id put in (`NameClash` asks the
    caller to start again with that owner among `lengthened`).
    """

    def __init__(self, lengthened: frozenset[str] = frozenset()) -> None:
        self._lengthened = lengthened
        self._owners: dict[str, str] = {}

    def logical_id(self, owner: str, prefix: str, suffix: str) -> str:
        """The logical id of an owner's resource, parameter or output."""
        if owner in self._lengthened:
            prefix += hashlib.sha256(owner.encode()).hexdigest()[:6]
        name = prefix if suffix and prefix.endswith(suffix) else prefix + suffix
        if len(name) > MAX_LOGICAL_ID:
            digest = hashlib.sha256(name.encode()).hexdigest()[:8]
            name = name[: MAX_LOGICAL_ID - 8] + digest
        first = self._owners.setdefault(name, owner)
        if first != owner:
            raise NameClash(max(first, owner, key=_weight))
        return name


def _weight(owner: str) -> tuple[bool, str]:
    """Shared parts and the network (which have no colon-free id) keep their names; of two drawn things the later gives way."""
    return (not owner.startswith("shared:"), owner)
