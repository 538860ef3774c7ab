"""D73: a function's environment variables have names that Lambda does not keep for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import FUNCTION

_RESERVED = {
    "_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME", "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API",
    "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR",
}  # fmt: skip
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]+")


def _check(stack: Stack) -> Iterator[Fault]:
    for function in stack.of(FUNCTION):
        variables = function.get("Environment", "Variables")
        for name in variables if isinstance(variables, dict) else ():
            path = function.path("Environment", "Variables", name)
            if name in _RESERVED:
                yield Fault(path, f"Lambda keeps the variable {name} for itself ({function.id})", "Use another name.")
            elif not _NAME.fullmatch(name):
                text = f"{name!r} is no name of a variable: a letter, then letters, digits and underscores"
                yield Fault(path, text, "Use another name, of two characters at least.")


RULE = Rule(
    id="D73",
    title="Environment variables are not reserved",
    why="Lambda refuses the function: 'Reserved keys used in this request'.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html",
    severity=Severity.ERROR,
    check=_check,
    types=(FUNCTION,),
    others=("E3663", "F3663"),
)
