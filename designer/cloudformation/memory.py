"""What one export leaves for the next: fragments that would come out the same, and the entries made of them.

A fragment is a function of what its template looks at. While it is rendered, that is noted: the components, wires and
networks by what can be known of them (`Facts`), the logical ids it claims, the shared parts it asks for. It is taken
again when all facts it looked at are what they were; its claims and wishes are then repeated, since other fragments
depend on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from designer.analysis.kept import NOTHING, Kept, Reached
from designer.analysis.networks import set_key
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.cloudformation.context import Contexts
from designer.cloudformation.fragments import Entry, Fragment, Place, Sources
from designer.cloudformation.network import Vpc
from designer.model.architecture import Architecture

Fact = tuple[str, ...]
"""What can be looked at: ("component", id), ("connection", id), ("subnets", network, set); of a network the
"endpoints", the "ways out", or all: ("network", id).
"""

_DRAWN = ("component", "connection")


class Facts:
    """What is known of the parts of a drawing, as values to compare, and what became different.

    Equal facts mean equal fragments, so types count (a port 1.0 is not the port 1): effective values go in as text.
    Positions and notes on the canvas are no facts: no template sees them.
    """

    def __init__(self) -> None:
        self._known: dict[Fact, object] = {}
        self._networks: Mapping[str, Vpc] = {}
        self._indirect: frozenset[str] = frozenset()
        self.changed: set[Fact] = set()
        """What is not as it was when `settle` was called last. Of what nobody looked at, this may be too much."""

    def follow(
        self, resolution: Resolution, networks: Mapping[str, Vpc], indirect: frozenset[str], reached: Reached | None
    ) -> None:
        """Takes over another state, in which only what was `reached` may be different (`None`: all)."""
        far = self._indirect ^ indirect
        self._resolution, self._networks, self._indirect = resolution, networks, indirect
        possibly = [fact for fact in self._known if reached is None or fact[0] not in _DRAWN]
        if reached is not None:
            possibly += [("component", key) for key in reached.components]
            possibly += [("connection", key) for key in reached.connections | far]
        for fact in possibly:
            now = self._find(*fact)
            if now is None or self._known.get(fact) != now:
                self.changed.add(fact)
            if now is None:
                self._known.pop(fact, None)
            elif fact in self._known:
                self._known[fact] = now

    def know(self, facts: Iterable[Fact]) -> None:
        """Notes how facts are now that somebody looked at."""
        for fact in facts:
            if fact not in self._known:
                self._known[fact] = self._find(*fact)

    def settle(self) -> None:
        """All that is kept depends on facts as they are now."""
        self.changed.clear()

    def _find(self, sort: str, key: str, *more: str) -> object:
        architecture = self._resolution.architecture
        if sort == "component":
            return self._component(key) if key in architecture.components else None
        if sort == "connection":
            return self._connection(key) if key in architecture.connections else None
        if key not in self._networks:
            return None
        return _of_network(self._networks[key], sort, *more)

    def _component(self, key: str) -> object:
        resolved = self._resolution.component(key)
        architecture = self._resolution.architecture
        wires, components = architecture.wires_of(key), architecture.components
        ends = [(wire.id, wire.relation, wire.source, wire.target) for wire in wires]
        kinds = [(components[wire.source].kind, components[wire.target].kind) for wire in wires]
        subnets = set_key(self._resolution, resolved) if resolved.vpc is not None else None
        place = (resolved.zones, resolved.vpc, resolved.tier, subnets)
        return resolved.kind.id, resolved.name, repr(resolved.values), place, ends, kinds

    def _connection(self, key: str) -> object:
        wire = self._resolution.wire(key)
        ends = (wire.source.id, wire.target.id, wire.label)
        return wire.relation.id, ends, repr(wire.values), wire.alternatives, key in self._indirect


def _of_network(network: Vpc, sort: str, key: str = "") -> object:
    match sort:
        case "endpoints":
            return network.endpoints
        case "ways out":
            return network.nat_zones
        case "subnets":
            return network.sets.get(key), network.zones, network.nat_zones
    return repr(network)


@dataclass(slots=True)
class Reading:
    """What a fragment looked at, claimed and asked for while it was rendered (dictionaries for their order)."""

    facts: set[Fact] = field(default_factory=set)
    names: dict[tuple[str, str], None] = field(default_factory=dict)
    shared: dict[tuple[str, str, str], None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A fragment with what was read for it."""

    fragment: Fragment
    reading: Reading

    def holds(self, facts: Facts) -> bool:
        """Whether rendering it again would give the same."""
        return facts.changed.isdisjoint(self.reading.facts)

    def repeat(self, contexts: Contexts) -> None:
        """Claims its logical ids and asks for its shared parts, as rendering it would."""
        contexts.names.claim_all(self.reading.names)
        for part, purpose, user in self.reading.shared:
            contexts.shared.use(part, purpose, user)


@contextmanager
def reading(contexts: Contexts) -> Iterator[Reading]:
    """Notes what is read in the block."""
    read = Reading()
    resolution, names, shared = contexts.resolution, contexts.names, contexts.shared
    resolution.noted, names.noted, shared.noted = read.facts, read.names, read.shared
    try:
        yield read
    finally:
        resolution.noted = names.noted = shared.noted = None


Occasion = tuple[str, frozenset[str], tuple[str, ...]]
"""What a fragment is rendered for: its writer, the owners with longer names, and the purposes of a shared part."""

Known = dict[Occasion, Rendered]


@dataclass(frozen=True, slots=True)
class Joined:
    """An entry of which several fragments say something, and these."""

    sources: Sources
    entry: Entry


@dataclass(slots=True)
class Memory:
    """The fragments of the last template, and what was merged of several. It holds no more than that template did.

    `kept` is the drawing as of the last call of `begin`, whatever came of it; what was `reached` since the last
    template is not settled yet. `networks` are the plans that the last template was made by.
    """

    fragments: Known = field(default_factory=dict)
    joined: dict[Place, Joined] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)
    kept: Kept | None = None
    reached: Reached | None = None
    settings: str = ""
    networks: Mapping[str, Vpc] = field(default_factory=dict)

    def begin(self, architecture: Architecture, catalog: Catalog) -> Kept:
        """What is known of the drawing, up to date.

        Forgets all fragments where the catalog or the properties of the whole architecture are others: all depend on
        them.
        """
        kept, self.kept = self.kept, None  # an error on the way leaves nothing half renewed behind
        if kept is not None and kept.catalog is not catalog:
            kept, self.fragments, self.joined = None, {}, {}
        reached = None if kept is None else kept.follow(architecture)
        if kept is None or reached is None:
            kept, reached = Kept(architecture, catalog), None
        self.reached = None if reached is None or self.reached is None else self.reached | reached
        self.kept = kept
        settings = repr(kept.resolution.settings)
        if settings != self.settings:
            self.fragments, self.joined, self.settings = {}, {}, settings
        return kept

    def look(self, resolution: Resolution, networks: Mapping[str, Vpc], indirect: frozenset[str]) -> Facts:
        """The facts as they are now."""
        self.facts.follow(resolution, networks, indirect, self.reached)
        self.reached, self.networks = NOTHING, networks
        return self.facts

    def settle(self, fragments: Known, joined: dict[Place, Joined]) -> None:
        """Keeps what a template was made of."""
        self.fragments, self.joined = fragments, joined
        self.facts.settle()
