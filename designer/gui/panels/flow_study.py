"""Why a flow is as available as it is, worked out beside the window on a copy of the drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from designer.catalog.catalog import Catalog
from designer.model.architecture import Architecture
from designer.model.entities import Mode

if TYPE_CHECKING:
    from designer.analysis.flow_formula import Row
    from designer.analysis.flow_weights import FlowWeights

MOST_LINES = 400
"""So many lines of a formula, and so many combinations and weights, are listed at most."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the flow that enters at a component, its name, the mode, and whether for formula or weights."""

    entry: str
    name: str
    mode: Mode
    weights: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer: the first `MOST_LINES` lines of the formula and how many there are, or the weights."""

    question: Question
    rows: tuple[Row, ...] = ()
    count: int = 0
    found: FlowWeights | None = None


def explain(
    question: Question, architecture: Architecture, catalog: Catalog, stale: Callable[[], bool]
) -> Explanation | None:
    """Answers a question; `None` when nobody waits for it any more."""
    from designer.analysis.budget import LIVE, Cancelled
    from designer.analysis.flow_formula import FlowFormulas
    from designer.analysis.flow_weights import Weigher
    from designer.catalog.resolve import Resolution

    budget = replace(LIVE, should_stop=stale)
    resolution = Resolution(architecture, catalog)
    try:
        if question.weights:
            return Explanation(question, found=Weigher(resolution, budget).weigh(question.entry, question.mode))
        formulas = FlowFormulas(resolution, budget)
        rows = formulas.rows(formulas.formula(question.entry, question.mode), question.name)
    except Cancelled:
        return None
    return Explanation(question, tuple(rows[:MOST_LINES]), len(rows))
