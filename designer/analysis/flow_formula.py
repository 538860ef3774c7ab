"""The formula of a flow's availability in the words of its drawing, each figure with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from designer.analysis.budget import THOROUGH, Budget
from designer.analysis.dependency import HANDOVER, What, component_of, service_name
from designer.analysis.flow_models import FlowModels
from designer.analysis.formula import TOGETHER, Formula, Join, Naming, Term, formula
from designer.analysis.knock_out.wording import Words
from designer.analysis.known_facts import STANDING, facts_of, figure_key
from designer.analysis.wording import listed
from designer.catalog.entries import Fact
from designer.catalog.resolve import Resolution
from designer.language import number, tr
from designer.model.entities import Mode

MOST_PARTS = 8
"""Of more parts than this, only the first are told, and how many more there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a formula: how deep it stands, the probability that it works, what it is, how that comes about.

    `value` is `None` where it is counted in another line or not known. `sources` are the keys of the facts that the
    figures in the line come from. `component` is the id of the component that it is about.
    """

    depth: int
    value: float | None
    label: str
    note: str = ""
    sources: tuple[str, ...] = ()
    component: str | None = None


class FlowFormulas:
    """The formulae of one drawing."""

    def __init__(self, resolution: Resolution, budget: Budget = THOROUGH, *, models: FlowModels | None = None) -> None:
        """`models` saves making those of the drawing that are there already."""
        self.resolution, self.budget = resolution, budget
        self._models = models or FlowModels(resolution)
        self.parts = self._models.parts
        self.known_facts = facts_of(resolution)
        self.words = Words(resolution, self.parts)
        self._naming = Naming(node=self._node, event=self._event, replicas=self._replicas, replica=self._replica)

    def formula(self, entry: str, mode: Mode) -> Formula:
        """The formula of the flow that enters at a component, in one mode. Raises `Cancelled`."""
        return formula(self._models.model(mode), entry, self._naming, budget=self.budget)

    def rows(self, found: Formula, title: str) -> list[Row]:
        """A formula line by line, from the whole, called by the flow's name, to its figures."""
        uses = Counter(term.event for term in found.root.all_terms() if term.event is not None)
        shared = frozenset(event for event, count in uses.items() if count > 1)
        root = replace(found.root, label=title, node=None)
        rows = [*self._rows(root, 0, shared)]
        if not found.exact:
            rows[0] = replace(rows[0], note=tr("at least: too large to be worked out exactly"))
        return rows

    def facts(self) -> list[Fact]:
        """The facts that figures of the drawing come from: the catalog's in its order, then those of components."""
        facts = self.known_facts
        keys = {event.source for event in self.parts.events.values()}
        return [facts[key] for key in facts if key in keys]

    def _rows(self, term: Term, depth: int, shared: frozenset[str]) -> Iterator[Row]:
        label, inner = self._label(term), term
        while len(inner.parts) == 1 and depth > 0:
            (inner,) = inner.parts
            label = f"{label}: {self._label(inner)}"
        figures = [part for part in inner.parts if part.event is not None]
        flat = len(figures) == len(inner.parts) and inner.join is Join.ALL and not inner.shared and depth > 0
        note = " x ".join(self._factor(part) for part in figures) if flat else self._note(inner, shared)
        yield Row(
            depth=depth,
            value=None if inner.join is Join.COUNTED else inner.value,
            label=label,
            note=note,
            sources=self._sources(figures if flat else [inner]),
            component=None if term.node is None else component_of(term.node),
        )
        if flat:
            return
        told = inner.parts if len(inner.parts) <= MOST_PARTS or depth == 0 else inner.parts[: MOST_PARTS - 2]
        for part in told:
            yield from self._rows(part, depth + 1, shared)
        if len(told) < len(inner.parts):
            yield Row(
                depth=depth + 1, value=None, label=tr("and {count} more like these", count=len(inner.parts) - len(told))
            )

    def _label(self, term: Term) -> str:
        if term.join is Join.SOME:
            return tr("{needed} of {count} {label}", needed=term.needed, count=len(term.parts), label=term.label)
        if term.label == TOGETHER and term.node is None:
            return tr("{names}, together", names=listed([self._label(part) for part in term.parts]))
        return term.label

    def _factor(self, figure_: Term) -> str:
        return tr("{label} {figure}", label=figure_.label, figure=figure(figure_.value or 0.0))

    def _note(self, term: Term, shared: frozenset[str]) -> str:
        match term.join:
            case Join.EVENT:
                return "shared" if term.event in shared else ""
            case Join.COUNTED:
                return tr("counted elsewhere in this formula")
            case Join.CLOSED:
                return tr("not told in detail")
            case _ if term.shared:
                names = listed([self._event(event) for event in term.shared])
                known = (
                    tr("which the decision diagram counts once")
                    if term.value is not None
                    else tr("too large to work out")
                )
                return tr("its parts share {names}, {known}", names=names, known=known)
            case _:
                return "" if term.parts else tr("no figure")

    def _sources(self, terms: Iterable[Term]) -> tuple[str, ...]:
        keys = (self.parts.events[term.event].source for term in terms if term.event is not None)
        return tuple(dict.fromkeys(key for key in keys if key in self.known_facts))

    def _node(self, node: str) -> str:
        name = self.words.name(component_of(node))
        return tr("{name}, taking work in", name=name) if node.endswith(HANDOVER) else name

    def _replicas(self, node: str) -> str:
        return self.words.noun(component_of(node))

    def _replica(self, node: str, position: int) -> str:
        component = component_of(node)
        noun = self.words.noun(component, 1)
        anatomy = self.parts.anatomies[component]
        name = noun if len(anatomy.replicas) == 1 else f"{noun} {position + 1}"
        zones = [self.parts.origins[event].zone for event in anatomy.replicas[position]]
        zone = next((zone for zone in zones if zone is not None), None)
        return _capital(name if zone is None else tr("{name} in zone {zone}", name=name, zone=zone))

    def _event(self, event: str) -> str:
        origin, label = self.parts.origins[event], self.parts.events[event].label
        component = origin.component or ""
        if event == figure_key(component):
            return tr("{name} by itself", name=self.words.name(component))
        match origin.what:
            case What.REGION:
                return tr("Region {region}", region=self.resolution.architecture.settings.region)
            case What.REPLICA if event.startswith("replica:"):
                number = "" if origin.of == 1 else f" {int(event.rpartition(':')[2]) + 1}"
                return _capital(self.words.noun(component, 1)) + number
            case What.HOST:
                return _capital(label.rpartition(", ")[2])
            case What.SERVICE if component and label == self.resolution.component(component).name:
                return service_name(self.resolution.component(component))
            case What.NOTHING_RUNS:
                return tr("No {noun} runs", noun=self.words.noun(component, 1))
            case What.CROWD | What.REPLICA:
                return tr("Enough of the {of} replicas, each by itself", of=origin.of)
            case _:
                return _capital(label)


def text(rows: Iterable[Row], numbers: Mapping[str, int]) -> str:
    """A formula as indented text, one line a row; figures bear the number of their source in brackets."""
    return "\n".join(f"{'  ' * row.depth}{row_text(row, numbers)}" for row in rows)


def row_text(row: Row, numbers: Mapping[str, int]) -> str:
    """One line of a formula without its indent."""
    value = f"{figure(row.value)}  " if row.value is not None else ""
    note = f" ({row.note})" if row.note else ""
    marks = "".join(f" [{numbers[key]}]" for key in row.sources if key in numbers)
    return f"{value}{row.label}{note}{marks}"


def source_text(fact: Fact) -> str:
    """Where a figure comes from, and how far it can be relied on: "Amazon RDS SLA, 22 January 2024 (agreement)"."""
    return tr("{source} ({standing})", source=fact.source, standing=tr(STANDING.get(fact.verified, fact.verified)))


def figure(share: float) -> str:
    """An availability with up to six digits behind the point; what is not certain never reads as 100 %."""
    digits = f"{share * 100:.6f}".rstrip("0").rstrip(".")
    return number("> 99.999999 %" if digits == "100" and share < 1.0 else f"{digits} %")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
