"""What one export leaves for the next: fragments that would come out the same, and the entries made of them.

A fragment is a function of what its template looks at. While it is rendered, that is noted: the components, wires and
networks by what can be known of them (`Facts`), the logical ids it claims, the shared parts it asks for. It is taken
again when all facts it looked at are what they were; its claims and wishes are then repeated, since other fragments
depend on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from designer.analysis.networks import set_key
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.cloudformation.context import Contexts
from designer.cloudformation.fragments import Entry, Fragment, Place, Sources
from designer.cloudformation.network import Vpc

Fact = tuple[str, ...]
"""What can be looked at: ("component", id), ("connection", id), ("subnets", network, set); of a network the
"endpoints", the "ways out", or all: ("network", id).
"""


class Facts:
    """What can be known of the parts of a drawing, as values to compare.

    Equal facts mean equal fragments, so types count (a port 1.0 is not the port 1): effective values go in as text.
    Positions and notes on the canvas are no facts: no template sees them.
    """

    def __init__(self, resolution: Resolution, networks: Mapping[str, Vpc], indirect_wires: frozenset[str]) -> None:
        self._resolution, self._networks, self._indirect = resolution, networks, indirect_wires
        self._known: dict[Fact, object] = {}

    def of(self, fact: Fact) -> object:
        """What is known now; `None` where there is no such thing."""
        if fact not in self._known:
            self._known[fact] = self._find(*fact)
        return self._known[fact]

    def are(self, known: dict[Fact, object]) -> bool:
        """Whether all these are as they were."""
        now = self._known
        return all((now[fact] if fact in now else self.of(fact)) == was for fact, was in known.items())

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
    """A fragment with what was read for it, and the facts as they were."""

    fragment: Fragment
    reading: Reading
    facts: dict[Fact, object]

    def holds(self, facts: Facts) -> bool:
        """Whether rendering it again would give the same."""
        return facts.are(self.facts)

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
    """The fragments of the last template, and what was merged of several. It holds no more than that template did."""

    fragments: Known = field(default_factory=dict)
    joined: dict[Place, Joined] = field(default_factory=dict)
    catalog: Catalog | None = None
    settings: str = ""

    def begin(self, resolution: Resolution) -> None:
        """Forgets all where the catalog or the properties of the whole architecture are others: all depends on them."""
        settings = repr(resolution.settings)
        if self.catalog is not resolution.catalog or self.settings != settings:
            self.fragments, self.joined = {}, {}
        self.catalog, self.settings = resolution.catalog, settings
