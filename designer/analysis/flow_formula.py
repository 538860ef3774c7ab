"""The formula of a flow's availability in the words of its drawing, each figure with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from designer.analysis.budget import THOROUGH, Budget
from designer.analysis.dependency import HANDOVER, What, component_of, service_name, structural_parts, system
from designer.analysis.formula import Formula, Join, Naming, Term, formula
from designer.analysis.knock_out.wording import Words
from designer.analysis.system import System
from designer.analysis.wiring import Wiring
from designer.analysis.wording import counted, listed
from designer.catalog.entries import Fact
from designer.catalog.resolve import Resolution
from designer.model.entities import Mode

MOST_PARTS = 8
"""Of more parts than this, only the first are told, and how many more there are."""

STANDING: Mapping[str, str] = {
    "agreement": "service level agreement",
    "third-party": "service level agreement, as others quote it",
    "assumption": "assumption",
}
"""How far a figure can be relied on, by the standing that the facts give it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a formula: how deep it stands, its value in words, what it is, how its value comes about.

    `source` is the key of the fact of a figure, empty for what is worked out. `component` is the id of the component
    that it is about.
    """

    depth: int
    value: float | None
    label: str
    how: str
    source: str = ""
    component: str | None = None


class FlowFormulas:
    """The formulae of one drawing."""

    def __init__(self, resolution: Resolution, budget: Budget = THOROUGH) -> None:
        self.resolution, self.budget = resolution, budget
        self.parts = structural_parts(resolution)
        self.words = Words(resolution, self.parts)
        self._wiring = Wiring(resolution)
        self._models: dict[Mode, System] = {}
        self._naming = Naming(node=self._node, event=self._event, replicas=self.words.noun, replica=self._replica)

    def formula(self, entry: str, mode: Mode) -> Formula:
        """The formula of the flow that enters at a component, in one mode. Raises `Cancelled`."""
        if mode not in self._models:
            self._models[mode] = system(self.parts, self._wiring, mode)
        return formula(self._models[mode], entry, self._naming, budget=self.budget)

    def rows(self, found: Formula) -> list[Row]:
        """A formula line by line, from the whole to its figures."""
        uses = Counter(term.event for term in found.root.all_terms() if term.event is not None)
        return [*self._rows(found.root, 0, uses)]

    def facts(self) -> list[Fact]:
        """The facts that the figures of the drawing come from, by key."""
        facts = self.resolution.catalog.facts
        keys = {event.source for event in self.parts.events.values()}
        return [facts[key] for key in sorted(keys & set(facts))]

    def _rows(self, term: Term, depth: int, uses: Mapping[str, int]) -> Iterator[Row]:
        yield Row(
            depth=depth,
            value=term.value if term.join is not Join.COUNTED else None,
            label=_label(term),
            how=self._how(term, uses),
            source=self.parts.events[term.event].source if term.event is not None else "",
            component=None if term.node is None else component_of(term.node),
        )
        told = term.parts if len(term.parts) <= MOST_PARTS or depth == 0 else term.parts[: MOST_PARTS - 2]
        for part in told:
            yield from self._rows(part, depth + 1, uses)
        if len(told) < len(term.parts):
            more = counted(len(term.parts) - len(told), "part")
            yield Row(depth=depth + 1, value=None, label=f"{more} more of this kind", how="")

    def _how(self, term: Term, uses: Mapping[str, int]) -> str:
        match term.join:
            case Join.EVENT:
                event = self.parts.events[term.event or ""]
                fact = self.resolution.catalog.facts.get(event.source)
                text = event.source if fact is None else f"{STANDING.get(fact.verified, fact.verified)}: {fact.source}"
                return f"{text}; shared" if uses.get(event.id, 0) > 1 else text
            case Join.COUNTED:
                return "counted elsewhere in this formula"
            case Join.CLOSED:
                return "worked out; not told in detail"
            case _ if not term.parts:
                return "no figure is known for it, or it is not counted"
            case _ if term.shared:
                names = listed([self._event(event) for event in term.shared])
                known = "counted once by the decision diagram" if term.value is not None else "too large to work out"
                return f"{_needed(term)}; {names} shared by its parts, {known}"
            case _:
                return _needed(term)

    def _node(self, node: str) -> str:
        name = self.words.name(component_of(node))
        return f"{name}, taking work in" if node.endswith(HANDOVER) else name

    def _replica(self, node: str, position: int) -> str:
        component = component_of(node)
        noun = self.words.noun(component, 1)
        anatomy = self.parts.anatomies[component]
        name = noun if len(anatomy.replicas) == 1 else f"{noun} {position + 1}"
        zones = [self.parts.origins[event].zone for event in anatomy.replicas[position]]
        zone = next((zone for zone in zones if zone is not None), None)
        return _capital(name if zone is None else f"{name} in zone {zone}")

    def _event(self, event: str) -> str:
        origin, label = self.parts.origins[event], self.parts.events[event].label
        component = origin.component or ""
        match origin.what:
            case What.REGION:
                return f"Region {self.resolution.architecture.settings.region}"
            case What.REPLICA if event.startswith("replica:"):
                number = "" if origin.of == 1 else f" {int(event.rpartition(':')[2]) + 1}"
                return _capital(self.words.noun(component, 1)) + number
            case What.HOST:
                return _capital(label.rpartition(", ")[2])
            case What.SERVICE if label == self.resolution.component(component).name:
                return service_name(self.resolution.component(component))
            case What.NOTHING_RUNS:
                return f"No {self.words.noun(component, 1)} runs"
            case What.CROWD | What.REPLICA:
                return f"Enough of the {origin.of} replicas, each by itself"
            case _:
                return _capital(label)


def text(rows: list[Row]) -> str:
    """A formula as indented text, one line a row."""
    return "\n".join(f"{'  ' * row.depth}{row_text(row)}" for row in rows)


def row_text(row: Row) -> str:
    """One line of a formula without its indent."""
    value = f"{figure(row.value)}  " if row.value is not None else ""
    return f"{value}{row.label}" + (f" ({row.how})" if row.how else "")


def figure(share: float) -> str:
    """An availability with up to six digits behind the point; what is not certain never reads as 100 %."""
    digits = f"{share * 100:.6f}".rstrip("0").rstrip(".")
    return "> 99.999999 %" if digits == "100" and share < 1.0 else f"{digits} %"


def _label(term: Term) -> str:
    if term.node is None and term.join is Join.SOME:
        return f"{term.needed} of {len(term.parts)} {term.label}"
    if term.node is None and term.event is None and term.label.endswith("s") and len(term.parts) > 1:
        return f"all {len(term.parts)} {term.label}"
    return term.label


def _needed(term: Term) -> str:
    if term.join is Join.SOME:
        return f"{term.needed} of {len(term.parts)} needed"
    return "all needed" if len(term.parts) > 1 else "needed"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
