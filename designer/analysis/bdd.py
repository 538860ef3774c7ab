"""Reduced ordered binary decision diagrams, as far as the failure engine needs them.

R. Bryant, "Graph-based algorithms for Boolean function manipulation", 1986. Functions are node numbers of one
:class:`Diagram`; equal functions have equal numbers. Number 0 is false, 1 is true. Variables are 0, 1, ... and
are tested in that order. Children have smaller numbers than their parents, so one loop over sorted numbers is a
bottom-up pass. Nothing recurses: depth is limited by memory only.
"""

from collections.abc import Iterable, Sequence

from designer.analysis.budget import Budget, Meter

FALSE = 0
TRUE = 1
_NO_VARIABLE = 1 << 60
_POLL_EVERY = 512


class Diagram:
    """A store of shared nodes. Every operation may raise :class:`BudgetExceeded` or :class:`Cancelled`."""

    def __init__(self, budget: Budget | Meter | None = None) -> None:
        if budget is None:
            budget = Budget(nodes=_NO_VARIABLE, seconds=None)
        self._meter = budget if isinstance(budget, Meter) else Meter(budget)
        self._variable = [_NO_VARIABLE, _NO_VARIABLE]
        self._low = [FALSE, TRUE]
        self._high = [FALSE, TRUE]
        self._unique: dict[tuple[int, int, int], int] = {}
        self._or: dict[tuple[int, int], int] = {}
        self._and: dict[tuple[int, int], int] = {}
        self._ite: dict[tuple[int, int, int], int] = {}
        self._steps = 0

    def __len__(self) -> int:
        """Return how many nodes have been made, the two constants included."""
        return len(self._variable)

    def variable(self, number: int) -> int:
        """Return the function that is true when variable ``number`` is true."""
        return self._make(number, FALSE, TRUE)

    def node(self, function: int) -> tuple[int, int, int]:
        """Return (variable tested, function if false, function if true) of a function that is not constant."""
        return self._variable[function], self._low[function], self._high[function]

    def either(self, left: int, right: int) -> int:
        """Return ``left`` or ``right``."""
        return self._apply(left, right, FALSE, TRUE, self._or)

    def both(self, left: int, right: int) -> int:
        """Return ``left`` and ``right``."""
        return self._apply(left, right, TRUE, FALSE, self._and)

    def any_of(self, functions: Sequence[int]) -> int:
        """Return the disjunction. Folds from the last to the first: linear when later ones test later variables."""
        result = FALSE
        for function in reversed(functions):
            result = self.either(function, result)
        return result

    def at_least(self, count: int, functions: Sequence[int]) -> int:
        """Return the function that is true when at least ``count`` of the functions are."""
        if count <= 0:
            return TRUE
        if count > len(functions):
            return FALSE
        if count == 1:
            return self.any_of(functions)
        reached = [TRUE] + [FALSE] * count
        for seen, function in enumerate(reversed(functions), start=1):
            lowest_of_use = max(1, count - len(functions) + seen)
            for level in range(min(count, seen), lowest_of_use - 1, -1):
                reached[level] = self.ite(function, reached[level - 1], reached[level])
        return reached[count]

    def _step(self) -> None:
        """Count a step and look at the budget now and then."""
        self._steps += 1
        if self._steps % _POLL_EVERY == 0:
            self._meter.poll()

    def _make(self, variable: int, low: int, high: int) -> int:
        if low == high:
            return low
        key = (variable, low, high)
        found = self._unique.get(key)
        if found is not None:
            return found
        number = len(self._variable)
        self._meter.require(number + 1)
        self._variable.append(variable)
        self._low.append(low)
        self._high.append(high)
        self._unique[key] = number
        return number

    def _apply(self, left: int, right: int, neutral: int, absorbing: int, cache: dict[tuple[int, int], int]) -> int:
        """Combine two functions by the operation with these neutral and absorbing constants (or, and).

        A pair is looked at, its two cofactor pairs are put on the stack unless known, and it is looked at again.
        """
        top, low, high = self._variable, self._low, self._high

        def known(f: int, g: int) -> int | None:
            if f in (neutral, g):
                return g
            if g == neutral:
                return f
            if absorbing in (f, g):
                return absorbing
            return cache.get((f, g) if f < g else (g, f))

        result = known(left, right)
        stack = [] if result is not None else [(left, right)]
        while stack:
            self._step()
            f, g = stack[-1]
            level = min(top[f], top[g])
            f0, f1 = (low[f], high[f]) if top[f] == level else (f, f)
            g0, g1 = (low[g], high[g]) if top[g] == level else (g, g)
            below, above = known(f0, g0), known(f1, g1)
            if below is not None and above is not None:
                stack.pop()
                result = self._make(level, below, above)
                cache[(f, g) if f < g else (g, f)] = result
                continue
            if below is None:
                stack.append((f0, g0))
            if above is None:
                stack.append((f1, g1))
        assert result is not None
        return result

    def ite(self, condition: int, then: int, otherwise: int) -> int:
        """Return ``then`` where ``condition`` is true and ``otherwise`` elsewhere."""
        result = self._ite_known(condition, then, otherwise)
        stack = [] if result is not None else [(condition, then, otherwise)]
        while stack:
            self._step()
            triple = stack[-1]
            level = min(self._variable[function] for function in triple)
            low, high = self._cofactors(triple, level)
            below, above = self._ite_known(*low), self._ite_known(*high)
            if below is not None and above is not None:
                stack.pop()
                result = self._make(level, below, above)
                self._ite[triple] = result
                continue
            if below is None:
                stack.append(low)
            if above is None:
                stack.append(high)
        assert result is not None
        return result

    def _ite_known(self, condition: int, then: int, otherwise: int) -> int | None:
        if condition == TRUE or then == otherwise:
            return then
        if condition == FALSE:
            return otherwise
        if then == TRUE and otherwise == FALSE:
            return condition
        return self._ite.get((condition, then, otherwise))

    def _cofactors(self, triple: tuple[int, int, int], level: int) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        f, g, h = triple
        top, low, high = self._variable, self._low, self._high
        f0, f1 = (low[f], high[f]) if top[f] == level else (f, f)
        g0, g1 = (low[g], high[g]) if top[g] == level else (g, g)
        h0, h1 = (low[h], high[h]) if top[h] == level else (h, h)
        return (f0, g0, h0), (f1, g1, h1)

    def reachable(self, function: int) -> list[int]:
        """Return the non-constant nodes of a function, children before parents."""
        seen = {FALSE, TRUE, function}
        stack = [function]
        while stack:
            number = stack.pop()
            for child in (self._low[number], self._high[number]):
                if child not in seen:
                    seen.add(child)
                    stack.append(child)
        return sorted(seen - {FALSE, TRUE})

    def value(self, function: int, true_variables: Iterable[int]) -> bool:
        """Evaluate a function where exactly ``true_variables`` are true."""
        true = frozenset(true_variables)
        while function > TRUE:
            function = self._high[function] if self._variable[function] in true else self._low[function]
        return function == TRUE

    def probability(self, function: int, probabilities: Sequence[float]) -> float:
        """Return the probability that a function is true; ``probabilities[v]`` is that of variable v, independent."""
        return self._probabilities(self.reachable(function), probabilities)[function]

    def _probabilities(self, numbers: Sequence[int], probabilities: Sequence[float]) -> dict[int, float]:
        result = {FALSE: 0.0, TRUE: 1.0}
        for number in numbers:
            p = probabilities[self._variable[number]]
            result[number] = p * result[self._high[number]] + (1.0 - p) * result[self._low[number]]
        return result

    def derivatives(self, function: int, probabilities: Sequence[float]) -> tuple[float, list[float]]:
        """Return the probability and its partial derivative by the probability of every variable.

        One pass up for the probabilities below each node and one pass down for the probability of coming to it;
        the derivative of variable v is the sum over its nodes of reach x (P(high) - P(low)).
        """
        numbers = self.reachable(function)
        below = self._probabilities(numbers, probabilities)
        reach = dict.fromkeys(numbers, 0.0)
        reach |= {FALSE: 0.0, TRUE: 0.0, function: 1.0}
        slopes = [0.0] * len(probabilities)
        for number in reversed(numbers):
            variable, low, high = self.node(number)
            p = probabilities[variable]
            slopes[variable] += reach[number] * (below[high] - below[low])
            reach[low] += reach[number] * (1.0 - p)
            reach[high] += reach[number] * p
        return below[function], slopes
