"""D74: a function's environment variables take 4 KB at most."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.deliveries import FUNCTION

_MOST = 4096


def _check(stack: Stack) -> Iterator[Fault]:
    for function in stack.of(FUNCTION):
        variables = function.get("Environment", "Variables")
        if isinstance(variables, dict):
            # What is not known counts as empty: the sum is a lower bound.
            texts = [text for pair in variables.items() for part in pair if (text := text_of(part)) is not None]
            size = sum(len(text.encode(errors="replace")) for text in texts)
            if size > _MOST:
                text = f"the environment variables of {function.id} take {size:,} bytes; Lambda takes {_MOST:,}"
                yield Fault(function.path("Environment", "Variables"), text, "Keep large values in Parameter Store.")


RULE = Rule(
    id="D74",
    title="Environment variables take 4 KB",
    why="Lambda refuses the function: 'the environment variables you have provided exceeded the 4KB limit'.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
    severity=Severity.ERROR,
    check=_check,
    types=(FUNCTION,),
)
