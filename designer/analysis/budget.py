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

    ``nodes`` limits the decision diagram (or the number of cut sets held), ``seconds`` the wall clock (None: no
    limit, which makes the outcome independent of the machine). ``should_stop`` is polled; once it returns True
    the computation raises :class:`Cancelled`.
    """

    nodes: int = 20_000
    seconds: float | None = 0.05
    should_stop: Callable[[], bool] = _never


LIVE = Budget()
"""For results that appear while the user draws."""

PATIENT = Budget(nodes=200_000, seconds=0.5)
"""For results that are worked out beside the window, and given up when the drawing is another one."""

THOROUGH = Budget(nodes=2_000_000, seconds=10.0)
"""For results that the user waits for."""


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
