"""Logical ids: readable, stable when other things change, free of collisions, at most 255 characters."""

from __future__ import annotations

import hashlib
import re

MAX_LOGICAL_ID = 255

_SHARED = "shared:"


def camel(text: str) -> str:
    """ "orders-queue" as "OrdersQueue": letters and digits only."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", text))


class Names:
    """Gives out logical ids. An owner is a component, a wire, a boundary, or a part that several share.

    Each owner has a prefix made from its id alone, so its logical ids do not depend on what else is drawn. Where two
    owners come to the same logical id all the same ("orders-2" and "orders2"), the second of them by id stands in
    `clashing` afterwards: the caller starts again with it among `lengthened`, and a digest of its id is put in.
    """

    def __init__(self, lengthened: frozenset[str] = frozenset()) -> None:
        self.lengthened = lengthened
        self._owners: dict[str, str] = {}
        self.clashing: set[str] = set()
        self.noted: dict[tuple[str, str], None] | None = None
        """Where somebody wants to know them: the (logical id, owner) given out, in order."""

    def logical_id(self, owner: str, prefix: str, suffix: str) -> str:
        """The logical id of an owner's resource, parameter or output."""
        if owner in self.lengthened:
            prefix += hashlib.sha256(owner.encode()).hexdigest()[:8]
        name = prefix if suffix and prefix.endswith(suffix) else prefix + suffix
        if len(name) > MAX_LOGICAL_ID:
            digest = hashlib.sha256(name.encode()).hexdigest()[:8]
            name = name[: MAX_LOGICAL_ID - 8] + digest
        self.claim(name, owner)
        return name

    def claim(self, name: str, owner: str) -> None:
        """Says that a logical id belongs to an owner; where another had it first, they clash."""
        if self.noted is not None:
            self.noted[name, owner] = None
        first = self._owners.setdefault(name, owner)
        if first != owner:
            self.clashing.add(self._yielding(first, owner))

    def _yielding(self, *owners: str) -> str:
        """Which of two owners takes a longer name: a drawn thing rather than a shared part, then the later id."""
        return max(owners, key=lambda owner: (owner not in self.lengthened, not owner.startswith(_SHARED), owner))
