"""Knock-out: make something fail, and see what that does to every component and every flow.

Restoring something is asking again without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from designer.analysis.knock_out.failures import Failure, UnknownFailure, what_can_fail
from designer.analysis.knock_out.outcome import Effect, FlowEffect, KnockOut, State
from designer.analysis.knock_out.simulation import Simulation
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture

__all__ = [
    "Effect",
    "Failure",
    "FlowEffect",
    "KnockOut",
    "Simulation",
    "State",
    "UnknownFailure",
    "knock_out",
    "what_can_fail",
]


def knock_out(
    architecture: Architecture,
    catalog: Catalog,
    failed: Iterable[str | Failure],
    *,
    resolution: Resolution | None = None,
) -> KnockOut:
    """What an architecture does while everything in `failed` is down; exact, for any number of failures at once.

    A failure is the id of a component, which then fails as a whole; `zone:a`; `region`; `nat:a`, the NAT gateways in a
    zone; or the id of an event of the failure model, such as `host:shop:0`. `component:region` is a component with the
    id "region". `resolution` saves working out effective properties that are known already. Whoever asks often for one
    architecture keeps a `Simulation`. Raises `UnknownFailure`, which lists what there is.
    """
    return Simulation(resolution or Resolution(architecture, catalog)).knock_out(failed)
