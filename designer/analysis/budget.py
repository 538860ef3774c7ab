"""How much work an exact computation may do before it gives way to a bound, and how it is cancelled."""

import time
from collections.abc import Callable
from dataclasses import dataclass


class BudgetExceeded(RuntimeError):  # noqa: N818 - an expected outcome that callers handle, not a fault
    """The exact computation needs more nodes or time than it was given; a bound may still be found."""


class Cancelled(RuntimeError):  # noqa: N818 - an expected outcome that callers handle, not a fault
    """The caller asked to stop; there is no result."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one exact computation.

    ``nodes`` limits the work, counted in nodes of a decision diagram or what is as much work as these. ``seconds``
    limits the wall clock, for results that are handed over to a worker when they take long; None, as for everything
    that is reported, makes the outcome independent of the machine. ``should_stop`` is polled; once it returns True
    the computation raises :class:`Cancelled`.
    """

    nodes: int = 40_000
    seconds: float | None = None
    should_stop: Callable[[], bool] = _never


LIVE = Budget()
"""For everything that the analysis says of a drawing, in the window and elsewhere: everywhere the same."""

THOROUGH = Budget(nodes=400_000)
"""For single results that the user asked for and waits for."""


class Meter:
    """A running budget: started when made, polled by the computation."""

    def __init__(self, budget: Budget) -> None:
        self.nodes = budget.nodes
        self.should_stop = budget.should_stop
        self._seconds = budget.seconds
        self._deadline = None if budget.seconds is None else time.perf_counter() + budget.seconds

    def poll(self) -> None:
        """Raise :class:`Cancelled` or, when the time is up, :class:`BudgetExceeded`."""
        if self.should_stop():
            raise Cancelled("the computation was cancelled")
        if self._deadline is not None and time.perf_counter() > self._deadline:
            raise BudgetExceeded(f"the exact result takes longer than {self._seconds} seconds")

    def require(self, nodes: int) -> None:
        """Raise :class:`BudgetExceeded` when ``nodes`` is more than the budget allows."""
        if nodes > self.nodes:
            raise BudgetExceeded(f"the exact result takes more than {self.nodes} nodes")
