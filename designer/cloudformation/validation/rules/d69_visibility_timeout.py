"""D69: a queue hides a message at least as long as the function that reads it may run."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of
from designer.cloudformation.validation.views.deliveries import QUEUE
from designer.cloudformation.validation.views.mappings import MAPPING, Mappings

_DEFAULT_VISIBILITY, _DEFAULT_TIMEOUT = 30.0, 3.0


def _check(stack: Stack) -> Iterator[Fault]:
    for mapping in stack.view(Mappings).all:
        queue, function = mapping.source, mapping.function
        if queue is None or function is None or queue.type != QUEUE:
            continue
        hidden = number_of(queue.get("VisibilityTimeout")) if queue.has("VisibilityTimeout") else _DEFAULT_VISIBILITY
        runs = number_of(function.get("Timeout")) if function.has("Timeout") else _DEFAULT_TIMEOUT
        if hidden is not None and runs is not None and hidden < runs:
            text = f"{queue.id} hides messages for {hidden:g} s, but {function.id} may run for {runs:g} s"
            yield Fault(
                queue.path("VisibilityTimeout"), text, f"Set VisibilityTimeout to {6 * runs:g}, six times as long."
            )


RULE = Rule(
    id="D69",
    title="Queues hide messages while their function runs",
    why="Lambda refuses the mapping: 'Queue visibility timeout is less than Function timeout'.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    severity=Severity.ERROR,
    check=_check,
    types=(MAPPING,),
    others=("E3505", "F3505"),
)
