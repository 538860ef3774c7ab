"""D17: no two outputs are exported under one name."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    first: dict[str, str] = {}
    for key, output in stack.outputs.items():
        if not isinstance(output, dict):
            continue
        if "Value" not in output:
            yield Fault(("Outputs", key), f"the output {key} has no Value")
        name = stack.resolver.value(section(output, "Export").get("Name"))
        if name is None:
            continue
        other = first.setdefault(str(name), key)
        if other != key and stack.conditions.together(_condition(stack, other), _condition(stack, key)):
            text = f"{key} is exported as {name}, and so is {other}"
            yield Fault(("Outputs", key, "Export", "Name"), text, "Give each export a name of its own.")


def _condition(stack: Stack, key: str) -> str | None:
    condition = stack.outputs[key].get("Condition")
    return condition if isinstance(condition, str) else None


RULE = Rule(
    id="D17",
    title="Outputs have a value, exports a name of their own",
    why="An export's name is unique in an account and Region; the stack fails on the second one.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E6102", "E6101", "F6101"),
)
