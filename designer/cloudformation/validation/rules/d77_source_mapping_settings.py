"""D77: an event source mapping has the settings of its kind of source."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of, true
from designer.cloudformation.validation.views.deliveries import QUEUE
from designer.cloudformation.validation.views.mappings import MAPPING, Mapping, Mappings

_SMALL = 10


def _check(stack: Stack) -> Iterator[Fault]:
    for mapping in stack.view(Mappings).all:
        if mapping.source is not None:
            yield from _queue(mapping) if mapping.source.type == QUEUE else _stream(mapping)


def _queue(mapping: Mapping) -> Iterator[Fault]:
    holder, source = mapping.holder, mapping.source
    batch, window = number_of(holder.get("BatchSize")), number_of(holder.get("MaximumBatchingWindowInSeconds"))
    fifo = source is not None and true(source.get("FifoQueue"))
    if fifo and batch is not None and batch > _SMALL:
        yield Fault(holder.path("BatchSize"), f"{holder.id} takes {batch:g} messages; a FIFO queue gives {_SMALL}")
    if fifo and window:
        path = holder.path("MaximumBatchingWindowInSeconds")
        yield Fault(path, f"{holder.id} waits to fill its batches, which FIFO queues do not allow", "Take it out.")
    if not fifo and batch is not None and batch > _SMALL and not window:
        if window is None and holder.has("MaximumBatchingWindowInSeconds"):
            return
        text = f"{holder.id} takes {batch:g} messages at once, but has no time to gather more than {_SMALL}"
        yield Fault(holder.path("BatchSize"), text, "Set MaximumBatchingWindowInSeconds to 1 or more.")
    if holder.has("StartingPosition"):
        yield Fault(holder.path("StartingPosition"), f"{holder.id} reads a queue, which has no StartingPosition")


def _stream(mapping: Mapping) -> Iterator[Fault]:
    if not mapping.holder.has("StartingPosition"):
        text = f"{mapping.holder.id} reads a stream, but does not say from where"
        yield Fault(mapping.holder.path("StartingPosition"), text, "Set StartingPosition: LATEST or TRIM_HORIZON.")


RULE = Rule(
    id="D77",
    title="Event source mappings have the settings of their source",
    why="Lambda refuses the mapping: 'Maximum batch window in seconds must be greater than 0 if maximum batch size is "
    "greater than 10', 'StartingPosition is required'.",
    source="https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html",
    severity=Severity.ERROR,
    check=_check,
    types=(MAPPING,),
    others=("E3634", "F3634", "E3633", "F3633"),
)
