"""D16: intrinsic functions can give a value: indexes exist, blocks fit, keys are in their mapping."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.cloudformation.validation.messages import Path, Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    for resource in stack.resources.values():
        _ = resource.properties
    for output in stack.outputs.values():
        stack.resolver.value(output)
    if stack.faults and not stack.transformed:
        for path, node in _nodes(stack.template.tree, ()):
            if id(node) in stack.faults:
                yield Fault(path, stack.faults[id(node)])


def _nodes(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        if len(value) == 1:
            ((name, _),) = value.items()
            yield (*path, name), value
        for key, item in value.items():
            yield from _nodes(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nodes(item, (*path, index))


RULE = Rule(
    id="D16",
    title="Intrinsic functions give a value",
    why="CloudFormation stops with a template error when it works the function out.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E1011", "E1017", "E1018", "E1022", "E1024", "E1028", "F1011", "F1017", "F1024"),
)
