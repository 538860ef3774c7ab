"""Decision diagrams against truth tables."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.analysis.bdd import FALSE, TRUE, Diagram
from designer.analysis.budget import Budget, BudgetExceeded, Cancelled

VARIABLES = 5
TABLES = st.integers(0, 2 ** (2**VARIABLES) - 1)
STATES = [frozenset(state) for size in range(VARIABLES + 1) for state in itertools.combinations(range(VARIABLES), size)]


def from_table(diagram: Diagram, table: int) -> int:
    """The function that is true in the states whose bit is set in ``table``, by Shannon expansion."""

    def build(variable: int, chosen: frozenset[int]) -> int:
        if variable == VARIABLES:
            return TRUE if table >> STATES.index(chosen) & 1 else FALSE
        high = build(variable + 1, chosen | {variable})
        return diagram.ite(diagram.variable(variable), high, build(variable + 1, chosen))

    return build(0, frozenset())


def table_of(diagram: Diagram, function: int) -> int:
    return sum(diagram.value(function, state) << position for position, state in enumerate(STATES))


@given(TABLES, TABLES, TABLES)
def test_operations_agree_with_truth_tables(left: int, right: int, third: int) -> None:
    diagram = Diagram()
    f, g, h = (from_table(diagram, table) for table in (left, right, third))
    every = 2 ** (2**VARIABLES) - 1
    assert table_of(diagram, f) == left
    assert diagram.either(f, g) == from_table(diagram, left | right)
    assert diagram.both(f, g) == from_table(diagram, left & right)
    assert diagram.ite(f, g, h) == from_table(diagram, (left & right) | (every & ~left & third))


@given(st.lists(TABLES, max_size=5), st.integers(-1, 6))
def test_thresholds_agree_with_counting(tables: list[int], count: int) -> None:
    diagram = Diagram()
    functions = [from_table(diagram, table) for table in tables]
    expected = sum(
        (sum(table >> position & 1 for table in tables) >= count) << position for position in range(len(STATES))
    )
    assert table_of(diagram, diagram.at_least(count, functions)) == expected


@given(TABLES, st.lists(st.floats(0, 1), min_size=VARIABLES, max_size=VARIABLES))
def test_probability_and_derivatives_agree_with_enumeration(table: int, q: list[float]) -> None:
    diagram = Diagram()
    function = from_table(diagram, table)

    def enumerated(q: list[float]) -> float:
        total = 0.0
        for position, state in enumerate(STATES):
            weight = float(table >> position & 1)
            for variable in range(VARIABLES):
                weight *= q[variable] if variable in state else 1 - q[variable]
            total += weight
        return total

    assert diagram.probability(function, q) == pytest.approx(enumerated(q), abs=1e-12)
    probability, slopes = diagram.derivatives(function, q)
    assert probability == pytest.approx(enumerated(q), abs=1e-12)
    for variable in range(VARIABLES):
        certain, never = ([*q[:variable], value, *q[variable + 1 :]] for value in (1.0, 0.0))
        assert slopes[variable] == pytest.approx(enumerated(certain) - enumerated(never), abs=1e-12)


def test_constants_have_the_obvious_probability() -> None:
    diagram = Diagram()
    assert diagram.probability(TRUE, []) == 1.0
    assert diagram.probability(FALSE, []) == 0.0
    assert diagram.derivatives(TRUE, [0.5]) == (1.0, [0.0])


@pytest.mark.parametrize("combine", ["any_of", "all_of", "half_of"])
def test_ten_thousand_variables_are_not_too_deep(combine: str) -> None:
    size = 10_000 if combine != "half_of" else 200
    diagram = Diagram()
    literals = [diagram.variable(number) for number in range(size)]
    build: dict[str, Callable[[], int]] = {
        "any_of": lambda: diagram.any_of(literals),
        "all_of": lambda: diagram.at_least(size, literals),
        "half_of": lambda: diagram.at_least(size // 2, literals),
    }
    q = [0.5] * size
    expected = {"any_of": 1.0, "all_of": 0.0, "half_of": 0.5281742395046044}
    assert diagram.probability(build[combine](), q) == pytest.approx(expected[combine], abs=1e-12)


def _tangled(diagram: Diagram) -> int:
    """A function with an exponential diagram in this order: pairs of variables that are 20 apart."""
    pairs = [diagram.both(diagram.variable(number), diagram.variable(number + 20)) for number in range(20)]
    return diagram.any_of(pairs)


def test_the_node_budget_holds() -> None:
    diagram = Diagram(Budget(nodes=2_000, seconds=None))
    with pytest.raises(BudgetExceeded, match="more than 2000 nodes"):
        _tangled(diagram)
    assert len(diagram) <= 2_000


def test_the_time_budget_holds() -> None:
    with pytest.raises(BudgetExceeded, match="longer than"):
        _tangled(Diagram(Budget(nodes=10**9, seconds=0.01)))


def test_cancelling_stops_the_computation() -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 3

    diagram = Diagram(Budget(nodes=10**9, seconds=None, should_stop=stop))
    with pytest.raises(Cancelled):
        _tangled(diagram)
    assert len(diagram) < 20_000


def test_equal_functions_are_one_node() -> None:
    rng = random.Random(7)
    diagram = Diagram()
    literals = [diagram.variable(number) for number in range(8)]
    assert len({diagram.any_of(rng.sample(literals, 8)) for _ in range(20)}) == 1
    assert len({diagram.at_least(3, rng.sample(literals, 8)) for _ in range(20)}) == 1
