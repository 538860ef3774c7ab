"""D13: parameters have a type, and defaults that keep to their own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of, text_of

_TYPES = re.compile(r"String|Number|CommaDelimitedList|List<(Number|String|AWS::[A-Za-z0-9:]+)>|AWS::[A-Za-z0-9:<>]+")
_LIMITS = (("MinLength", "characters", -1), ("MaxLength", "characters", 1), ("MinValue", "", -1), ("MaxValue", "", 1))
# A search that can take for ever has one repetition inside another.
_SLOW = re.compile(r"[)\]][*+{].*\)[*+{]|\([^)]*[*+][^)]*\)[*+{]|\\[0-9]|\(\?[^:]")
_MAX_TESTED = 64


def _check(stack: Stack) -> Iterator[Fault]:
    for name, parameter in stack.parameters.items():
        path = ("Parameters", name)
        if not isinstance(parameter, dict):
            yield Fault(path, f"the parameter {name} has to be a mapping with a Type")
            continue
        kind = parameter.get("Type")
        if kind is None:
            yield Fault(path, f"the parameter {name} has no Type", "Say String, Number or a type of AWS.")
        elif not isinstance(kind, str) or not _TYPES.fullmatch(kind):
            yield Fault((*path, "Type"), f"{kind!r} is no type of a parameter")
        default = text_of(parameter.get("Default"))
        if default is not None and not str(kind).startswith("AWS::SSM"):
            for reason in _breaches(parameter, default):
                yield Fault((*path, "Default"), f"the default of {name} is {default!r}, but {reason}")


def _breaches(parameter: dict[str, Any], default: str) -> Iterator[str]:
    kind = str(parameter.get("Type"))
    if kind == "Number" and number_of(default) is None:
        yield "the type is Number"
    is_list = kind == "CommaDelimitedList" or kind.startswith("List<")
    parts = [part.strip() for part in default.split(",")] if is_list else [default]
    allowed = parameter.get("AllowedValues")
    if isinstance(allowed, list) and not set(parts) <= {text_of(value) for value in allowed}:
        yield f"AllowedValues are {', '.join(str(text_of(value)) for value in allowed[:8])}"
    for key, unit, side in _LIMITS:
        limit = number_of(parameter.get(key))
        measured = float(len(default)) if unit else number_of(default)
        if limit is not None and measured is not None and (measured - limit) * side > 0:
            yield f"{key} is {parameter[key]}"
    pattern = parameter.get("AllowedPattern")
    if isinstance(pattern, str) and not is_list and not _fits(pattern, default):
        yield f"AllowedPattern is {pattern}"


def _fits(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern of Java's; a pattern that Python reads otherwise or slowly counts as fitting."""
    if (
        len(text) > _MAX_TESTED
        or len(pattern) > 400
        or _SLOW.search(pattern)
        or len(re.findall(r"[*+]|,\}", pattern)) > 4
    ):
        return True
    try:
        return re.fullmatch(pattern, text) is not None
    except (re.error, OverflowError, RecursionError):
        return True


RULE = Rule(
    id="D13",
    title="Parameters have a type and a fitting default",
    why="CloudFormation refuses a parameter without a type, and a default that the parameter itself forbids.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E2001", "E2002", "E2012", "E2015", "F2001", "F2002", "F2015", "F2012"),
)
