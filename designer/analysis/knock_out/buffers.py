"""Where work waits while its consumer is down, and for how long."""

from __future__ import annotations

from collections.abc import Mapping

from designer.analysis.dependency import HANDOVER
from designer.analysis.wiring import Wiring
from designer.analysis.works import Failure
from designer.catalog.entries import Role, Style
from designer.catalog.resolve import Resolved, ResolvedWire

DELIVERY_RETRIES = 23 * 86_400
"""SNS tries to deliver to SQS and Lambda for 23 days (Amazon SNS Developer Guide, "Message delivery retries")."""

STREAM_RETENTION = 24 * 3_600
"""A DynamoDB stream keeps changes for 24 hours (Amazon DynamoDB Developer Guide, "Change data capture")."""


def bridges(wire: ResolvedWire) -> bool:
    """Whether the source keeps the work of a wire while its target is down: queues, topics, streams of changes."""
    return wire.style is Style.ASYNC and wire.source.kind.role in (Role.BROKER, Role.STORE)


def waits(wire: ResolvedWire, failed: Mapping[str, Failure]) -> bool:
    """Whether the work of a wire that bridges waits now.

    A consumer that fetches has to work; one that is given messages only has to take them in.
    """
    return bridges(wire) and (wire.target.id if _fetched(wire) else wire.target.id + HANDOVER) in failed


def kept_for(resolved: Resolved) -> int:
    """For how many seconds a component keeps what waits in it."""
    retention = resolved.values.get("retention")
    if isinstance(retention, int):
        return retention
    return STREAM_RETENTION if resolved.kind.role is Role.STORE else DELIVERY_RETRIES


def attempts(wire: ResolvedWire) -> int | None:
    """After how many failed attempts work leaves the source for a queue of failures; `None` where it never does."""
    if not _fetched(wire):
        return None
    if wire.source.kind.role is Role.STORE:
        retries = wire.values.get("retries")
        return retries + 1 if isinstance(retries, int) else None
    values = wire.source.values
    receives = values.get("max_receive_count")
    redriven = bool(values.get("dead_letter_queue")) or bool(wire.source.work_out("wires_out('fails-to')"))
    return receives if redriven and isinstance(receives, int) else None


def without_bridges(wiring: Wiring) -> Wiring:
    """The wiring without the wires whose work waits while their target is down."""
    bridged = Wiring(wiring.resolution)
    for table in (bridged.outgoing, bridged.incoming):
        for wires in table.values():
            wires[:] = [wire for wire in wires if not bridges(wire)]
    return bridged


def _fetched(wire: ResolvedWire) -> bool:
    buffered = wire.relation.traits.get("buffered")
    return buffered is not None and bool(wire.values.work_out(str(buffered)))
