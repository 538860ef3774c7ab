"""What the drawing says about each thing: titles, key facts, zones, verbs, wire styles and accessible names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Scope, Strength, Style
from designer.catalog.members import Member, in_words, is_band, members
from designer.catalog.resolve import Resolution, Resolved, card_text
from designer.gui.canvas.pinned import Mark, mark_of, pinned_words
from designer.gui.canvas.standing import Share, Standing
from designer.gui.canvas.wire import WireStyle
from designer.gui.states import COUPLINGS, STYLES
from designer.gui.states import WORDS as STATE_WORDS
from designer.language import plural, tr
from designer.layout.zones import vpc_around, zones_around
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.entities import Boundary, Collection, Component, Connection

if TYPE_CHECKING:
    from designer.analysis.findings import Analysis, Finding, Severity, WireCoupling
    from designer.analysis.knock_out import Effect, KnockOut
    from designer.analysis.networks import Gateways

_PLAIN_STYLES = {"'sync'": Style.SYNC, "'async'": Style.ASYNC}
_ZONAL = (Scope.ZONAL, Scope.ZONES)
_but_place = attrgetter(*(each.name for each in fields(Component) if each.name not in ("x", "y")))
"""All of a component but where it is: a tenth of the time of making a copy elsewhere to compare."""


class Labels:
    """Texts and styles for the canvas, from the catalog, the effective properties and the last analysis."""

    def __init__(self, architecture: Architecture, catalog: Catalog) -> None:
        self.architecture = architecture
        self.catalog = catalog
        self.epoch = 0
        """Grows whenever key facts or zones of any component may read differently."""
        self._resolution = Resolution(architecture, catalog)
        self._findings: dict[Collection, dict[str, tuple[Severity, int]]] = {
            collection: {} for collection in Collection
        }
        self._coupling: Mapping[str, WireCoupling] = {}
        self._standings: dict[str, Standing | None] = {}
        self._gateways: Gateways | None = None
        self._contents: dict[str, tuple[str, ...]] = {}
        self.failed_zones: frozenset[str] = frozenset()
        """The zones that a failure that is tried out takes down."""
        self.failed_gateways: frozenset[str] = frozenset()
        """The zones whose NAT gateways it takes down."""
        self.effects: Mapping[str, Effect] = {}
        """What a failure that is tried out does to each component; empty while none is."""

    @property
    def resolution(self) -> Resolution:
        """The effective properties of what is drawn."""
        return self._resolution

    def changed(self, changes: Changes) -> None:
        """Follows an edit. A mere move changes no text."""
        if _moves_only(changes):
            return
        self._resolution.changed(changes)
        self._standings.clear()
        self._gateways = None
        self._contents.clear()
        self.epoch += 1

    def knocked_out(self, found: KnockOut | None) -> None:
        """Takes over what a failure that is tried out does, or forgets it."""
        self.effects = found.components if found is not None else {}
        failures = found.failures if found is not None else ()
        zonal = [(str(one.sort), one.zone) for one in failures if one.zone is not None]
        self.failed_zones = frozenset(zone for sort, zone in zonal if sort == "zone")
        self.failed_gateways = frozenset(zone for sort, zone in zonal if sort == "gateway")

    def analysed(self, analysis: Analysis | None) -> None:
        """Takes over findings and coupling of a new analysis, or forgets the old."""
        self._coupling = analysis.coupling.wires if analysis else {}
        self._findings = {collection: {} for collection in Collection}
        for finding in analysis.findings if analysis else ():
            self._count(finding, Collection.COMPONENTS, finding.components)
            self._count(finding, Collection.CONNECTIONS, finding.connections)
            self._count(finding, Collection.BOUNDARIES, finding.boundaries)

    def _count(self, finding: Finding, collection: Collection, keys: tuple[str, ...]) -> None:
        found = self._findings[collection]
        for key in set(keys):
            found[key] = _one_more(found.get(key), finding.severity)

    def findings(self, key: str, collection: Collection = Collection.COMPONENTS) -> tuple[Severity, int] | None:
        """The worst severity and the number of findings about a thing; about all in it for a collapsed boundary."""
        found = self._findings[collection].get(key)
        if collection is not Collection.BOUNDARIES or not self.architecture.boundaries[key].collapsed:
            return found
        inside = (self._findings[Collection.COMPONENTS].get(inner) for inner in self.content(key))
        every = [each for each in (found, *inside) if each is not None]
        if not every:
            return None
        return min((each[0] for each in every), key=lambda one: one.rank), sum(each[1] for each in every)

    def content(self, boundary: str) -> tuple[str, ...]:
        """The components that stand in a boundary at any depth."""
        known = self._contents.get(boundary)
        if known is None:
            from designer.gui.canvas.placement import content_of

            known = self._contents[boundary] = tuple(sorted(content_of(self.architecture, [boundary])[0]))
        return known

    def components_with_findings(self) -> Mapping[str, tuple[Severity, int]]:
        """The same for all components that have any."""
        return self._findings[Collection.COMPONENTS]

    def kind_title(self, component: str) -> str:
        """The title of a component's kind ("SQS queue")."""
        return tr(self.catalog.kinds[self.architecture.components[component].kind].title)

    def facts(self, component: str) -> str:
        """The line of key facts of a component ("2-6 x m7g.large")."""
        return card_text(self._resolution.component(component))

    def zones(self, component: str) -> tuple[str, ...]:
        """The zones of a component that stands in zones; empty for a regional or global one."""
        kind = self.catalog.kinds[self.architecture.components[component].kind]
        return self._resolution.component(component).zones if kind.placement.scope in _ZONAL else ()

    def boundary_zones(self, boundary: Boundary) -> tuple[str, ...]:
        """The zones of a boundary: its own, else those of what it stands in, else those of the architecture."""
        return zones_around(self.architecture, boundary.id)

    def standing(self, component: str) -> Standing | None:
        """Where a component stands in the lanes of its VPC; `None` for what stands in none."""
        try:
            return self._standings[component]
        except KeyError:
            found = self._standings[component] = self._stands(self._resolution.component(component))
            return found

    def _stands(self, resolved: Resolved) -> Standing | None:
        home = resolved.component.boundary
        vpc = vpc_around(self.architecture, home) if home is not None else None
        if vpc is None or resolved.kind.placement.scope not in _ZONAL:
            return None
        own = set(resolved.zones)
        numbers = tuple(number for number, zone in enumerate(zones_around(self.architecture, vpc.id)) if zone in own)
        chain = self.architecture.boundaries_around(home)
        tier = next((around.id for around in chain if around.kind == "tier"), None)
        said = members(resolved)
        shares = tuple(_share(zone, said[zone]) for zone in zones_around(self.architecture, vpc.id) if zone in own)
        return Standing(vpc.id, tier, numbers, shares, is_band(resolved))

    def gateways(self, vpc: str) -> frozenset[str]:
        """The zones of a VPC in which it has a NAT gateway."""
        if self._gateways is None:
            from designer.analysis.networks import Gateways

            self._gateways = Gateways(self._resolution)
        return self._gateways.zones(vpc)

    def boundary_role(self, boundary: Boundary) -> str:
        """The colour role of a boundary."""
        if boundary.kind == "vpc":
            return "boundary-vpc"
        if boundary.kind == "tier":
            return f"boundary-{self._resolution.boundary(boundary.id)['access']}"
        return "boundary-group"

    def boundary_icon(self, boundary: Boundary) -> str:
        """The name of a boundary's icon ("vpc", "tier:public")."""
        return self.boundary_role(boundary).replace("boundary-", "tier:") if boundary.kind == "tier" else boundary.kind

    def verb(self, wire: Connection) -> str:
        """What a wire says."""
        verb = self.catalog.relations[wire.relation].verb
        return tr(self._resolution.wire(wire.id).verb if "{" in verb else verb)

    def wire_text(self, wire: Connection) -> str:
        """What stands on a wire: the first line of its note, else what it says."""
        return wire.headline or self.verb(wire)

    def wire_style(self, wire: Connection) -> WireStyle:
        """How a wire is drawn: by the analysis where there is one, else by what its relation says."""
        coupling = self._coupling.get(wire.id)
        relation = self.catalog.relations[wire.relation]
        if coupling is not None:
            style, strength, tightness = coupling.style, coupling.strength, coupling.tightness
        else:
            plain = _PLAIN_STYLES.get(relation.style)
            style = self._resolution.wire(wire.id).style if plain is None else plain
            strength, tightness = relation.strength, 2
        waits = style is Style.SYNC
        weight = 2 if tightness >= 3 else 1 if tightness == 2 else 0
        if strength is Strength.SOFT:
            return _wire_style("wire-soft", weight, not waits, hard=False)
        return _wire_style("wire" if waits else "wire-async", weight, not waits)

    def component_name(self, component: str) -> str:
        """The accessible name of a component: "Orders, SQS queue, 2 findings"."""
        name = self.architecture.components[component].name
        effect = self.effects.get(component)
        state = [] if effect is None else [tr(STATE_WORDS[effect.state]).lower()]
        counted = self._counted(Collection.COMPONENTS, component)
        return ", ".join([name, self.kind_title(component), *state, *counted])

    def component_tip(self, component: str) -> str:
        """The name of a component and, while a failure is tried out, why it is as it is."""
        effect = self.effects.get(component)
        reasons = [] if effect is None else list(effect.reasons)
        pinned = pinned_words(self.architecture.components[component])
        return "\n".join([self.component_name(component), *reasons, *pinned])

    def connection_name(self, connection: str) -> str:
        """The accessible name of a wire: "Orders to Worker, triggers"."""
        wire = self.architecture.connections[connection]
        names = self.architecture.components
        ends = tr("{source} to {target}", source=names[wire.source].name, target=names[wire.target].name)
        return ", ".join([ends, self.verb(wire), *self._counted(Collection.CONNECTIONS, connection)])

    def connection_tip(self, connection: str) -> str:
        """The name of a wire, how tightly it couples its ends, and what is noted at it."""
        lines = [self.connection_name(connection)]
        coupling = self._coupling.get(connection)
        if coupling is not None:
            lines += [_coupling_words(coupling), *coupling.reasons]
        return "\n".join([*lines, *pinned_words(self.architecture.connections[connection])])

    def boundary_tip(self, boundary: str) -> str:
        """The name of a boundary and what is pinned to it."""
        return "\n".join([self.boundary_name(boundary), *pinned_words(self.architecture.boundaries[boundary])])

    def mark(self, component: str) -> Mark | None:
        """The mark of what is pinned to a component."""
        return mark_of(self.architecture.components[component])

    def boundary_name(self, boundary: str) -> str:
        """The accessible name of a boundary: "Web, Subnet tier"."""
        entity = self.architecture.boundaries[boundary]
        return ", ".join(
            [
                entity.name,
                tr(self.catalog.boundaries[entity.kind].title),
                *self._counted(Collection.BOUNDARIES, boundary),
            ]
        )

    def _counted(self, collection: Collection, key: str) -> list[str]:
        found = self._findings[collection].get(key)
        if found is None:
            return []
        return [plural("{count} finding", "{count} findings", found[1])]


# Of thousands of things most say the same: they share what says it.
_wire_style = lru_cache(maxsize=None)(WireStyle)


@lru_cache(maxsize=1024)
def _one_more(known: tuple[Severity, int] | None, severity: Severity) -> tuple[Severity, int]:
    """The worst severity and the number of findings with one more finding."""
    if known is None:
        return severity, 1
    return min(known[0], severity, key=lambda one: one.rank), known[1] + 1


def _coupling_words(coupling: WireCoupling) -> str:
    words = (STYLES[coupling.style], STYLES[coupling.strength], COUPLINGS[coupling.word])
    return ", ".join(tr(word) for word in words)


def _share(zone: str, member: Member) -> Share:
    return Share(in_words(member), zone, member.here)


def _moves_only(changes: Changes) -> bool:
    """Whether an edit only put components, or corners of wires, at other places."""
    if changes.settings or changes.entities[Collection.BOUNDARIES] or changes.entities[Collection.FLOWS]:
        return False
    for _key, before, after in changes.of(Collection.CONNECTIONS):
        if before is None or after is None or before.with_(via=after.via) != after:  # type: ignore[attr-defined]
            return False
    for _key, before, after in changes.of(Collection.COMPONENTS):
        if before is None or after is None or _but_place(before) != _but_place(after):
            return False
    return True
