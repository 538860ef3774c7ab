"""D75: code in the template has a runtime, a handler and a size that go with it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.deliveries import FUNCTION

_MOST = 4_194_304


def _check(stack: Stack) -> Iterator[Fault]:
    for function in stack.of(FUNCTION):
        code = function.get("Code", "ZipFile")
        if code is None:
            continue
        runtime, handler = text_of(function.get("Runtime")), text_of(function.get("Handler"))
        if runtime is not None and not runtime.startswith(("nodejs", "python")):
            text = f"{function.id} has its code in the template, but the runtime {runtime}"
            yield Fault(function.path("Code", "ZipFile"), text, "Only nodejs and python take code from ZipFile.")
        if handler is not None and not handler.startswith("index."):
            text = f"the handler of {function.id} is {handler}, but code in the template becomes the file index"
            yield Fault(function.path("Handler"), text, f"Set Handler: index.{handler.rpartition('.')[2]}.")
        if len((text_of(code) or "").encode(errors="replace")) > _MOST:
            text = f"the code of {function.id} has more than 4 MB"
            yield Fault(function.path("Code", "ZipFile"), text, "Put it into a bucket.")


RULE = Rule(
    id="D75",
    title="Code in the template becomes index",
    why="The function is made but cannot start ('Unable to import module'), or Lambda refuses the code.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html",
    severity=Severity.ERROR,
    check=_check,
    types=(FUNCTION,),
    others=("E2531", "E3677", "F3677", "W2533"),
)
