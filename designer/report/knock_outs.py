"""The knock-out section: what happens to each flow when a zone, a gateway or a component fails."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.knock_out import Failure, FlowEffect, KnockOut, Simulation, State
from designer.catalog.entries import Role
from designer.report.content import ComponentCell, FlowCell, KnockOutRow, KnockOutSection
from designer.report.names import Names

MOST_COMPONENTS = 200
"""So many components are knocked out one by one."""


def knock_out_section(simulation: Simulation, names: Names) -> KnockOutSection:
    """Every zone, every gateway that something uses, and every component but the users, each failing alone."""
    failures = simulation.failures()
    components = [failure for failure in failures if _is_inside(simulation, failure.component)]
    told = components[:MOST_COMPONENTS]
    return KnockOutSection(
        places=tuple(_row(simulation.knock_out([failure]), failure, names) for failure in _places(failures)),
        components=tuple(_row(simulation.knock_out([failure]), failure, names) for failure in told),
        left_out=len(components) - len(told),
    )


def _is_inside(simulation: Simulation, component: str | None) -> bool:
    return component is not None and simulation.resolution.component(component).kind.role is not Role.ENTRY


def outcome(flow: FlowEffect) -> str:
    """What happens to a flow, in one word: completes, waits, incomplete or stopped."""
    if not flow.accepted:
        return "stopped"
    if flow.completed:
        return "completes"
    return "waits" if flow.waits else "incomplete"


def _places(failures: list[Failure]) -> Iterator[Failure]:
    for failure in failures:
        is_zone = failure.name == f"zone:{failure.zone}"
        is_gateway = failure.name == f"nat:{failure.zone}" and bool(failure.events)
        if is_zone or is_gateway:
            yield failure


def _row(found: KnockOut, failure: Failure, names: Names) -> KnockOutRow:
    return KnockOutRow(
        failure=failure.name,
        label=failure.label,
        flows=tuple(
            FlowCell(flow=flow.id, outcome=outcome(flow), works=flow.works, text=flow.text) for flow in found.flows
        ),
        components=tuple(
            ComponentCell(id=key, name=names.of(key), state=str(effect.state), reasons=effect.reasons)
            for wave in found.order
            for key in wave
            if (effect := found.components[key]).state is not State.FINE
        ),
    )
