"""Filter policies of SNS subscriptions and event filters of Lambda triggers: whether AWS takes them.

Amazon SNS Developer Guide, "Filter policy constraints in Amazon SNS" and "Amazon SNS subscription filter policies". AWS
Lambda Developer Guide, "Control which events Lambda sends to your function".
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

from designer.language import tr

MAX_KEYS = 5
"""Attributes that one policy names."""
MAX_COMBINATIONS = 150
"""Product of the numbers of values of all attributes."""

_OPERATORS = ("anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard")
_ALTERNATIVES = "$or"

MAX_PATTERNS = 5
"""Filters of one event source mapping, unless the quota was raised."""
MAX_PATTERN_LENGTH = 4096
"""Characters of one of them (Lambda API reference, "Filter")."""
_EVENT_OPERATORS = tuple(operator for operator in _OPERATORS if operator not in ("cidr", "wildcard"))


def filter_problem(text: str) -> str | None:
    """Why SNS would refuse a filter policy on message attributes, as the end of a sentence; `None` for one it takes."""
    try:
        policy = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return tr("is no JSON object")
    if not isinstance(policy, dict):
        return tr("is no JSON object")
    return next(_problems(policy), None)


def event_patterns(text: str) -> list[Any]:
    """The patterns of an event filter: a JSON object is one, a JSON list is as many as it has. Raises `ValueError`."""
    try:
        found = json.loads(text, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return found if isinstance(found, list) else [found]


def event_filter_problem(text: str, *, of_queue: bool) -> str | None:
    """Why Lambda would refuse an event filter, as the end of a sentence; `None` for one it takes.

    Of a queue's messages Lambda compares the body alone.
    """
    try:
        patterns = event_patterns(text)
    except ValueError:
        return tr("is no JSON")
    if not 1 <= len(patterns) <= MAX_PATTERNS:
        return tr(
            "has {count} patterns, and Lambda takes one to {max_patterns}",
            count=len(patterns),
            max_patterns=MAX_PATTERNS,
        )
    return next((problem for pattern in patterns if (problem := _pattern_problem(pattern, of_queue))), None)


def _pattern_problem(pattern: Any, of_queue: bool) -> str | None:
    if not isinstance(pattern, dict) or not pattern:
        return tr("has a pattern that is no JSON object with a key")
    length = len(json.dumps(pattern))
    if length > MAX_PATTERN_LENGTH:
        return tr(
            "has a pattern of {length} characters, and Lambda takes {max_pattern_length}",
            length=length,
            max_pattern_length=MAX_PATTERN_LENGTH,
        )
    if of_queue and set(pattern) != {"body"}:
        return tr("compares something other than the body of a message, which is all that Lambda compares here")
    return next(_event_problems(pattern), None)


def _event_problems(pattern: dict[str, Any]) -> Iterator[str]:
    for name, value in pattern.items():
        if name == _ALTERNATIVES:
            if not isinstance(value, list) or len(value) < 2 or not all(isinstance(each, dict) for each in value):
                yield tr("has no list of two or more objects for {ALTERNATIVES}", ALTERNATIVES=_ALTERNATIVES)
            else:
                for each in value:
                    yield from _event_problems(each)
        elif isinstance(value, dict) and value:
            yield from _event_problems(value)
        elif isinstance(value, list) and value:
            yield from _event_value_problems(name, value)
        else:
            yield tr("has no list of values for {name!r}", name=name)


def _event_value_problems(name: str, values: list[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, list):
            yield tr("has a list inside the list of values for {name!r}", name=name)
        elif isinstance(value, dict) and (len(value) != 1 or next(iter(value)) not in _EVENT_OPERATORS):
            yield tr("has no operator that Lambda knows for {name!r}", name=name)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _problems(policy: dict[str, Any]) -> Iterator[str]:
    names = [key for key in policy if key != _ALTERNATIVES]
    if len(names) > MAX_KEYS:
        yield tr("names {count} attributes, and SNS takes {max_keys}", count=len(names), max_keys=MAX_KEYS)
    for name in names:
        yield from _value_problems(name, policy[name])
    combinations = math.prod(len(policy[name]) for name in names if isinstance(policy[name], list))
    if combinations > MAX_COMBINATIONS:
        yield tr(
            "has {combinations} combinations of values, and SNS takes {max_combinations}",
            combinations=combinations,
            max_combinations=MAX_COMBINATIONS,
        )
    if _ALTERNATIVES in policy:
        yield from _alternative_problems(policy[_ALTERNATIVES])


def _alternative_problems(policies: Any) -> Iterator[str]:
    if not isinstance(policies, list) or len(policies) < 2 or not all(isinstance(each, dict) for each in policies):
        yield tr("has no list of two or more objects for {ALTERNATIVES}", ALTERNATIVES=_ALTERNATIVES)
        return
    for policy in policies:
        yield from _problems(policy)


def _value_problems(name: str, values: Any) -> Iterator[str]:
    if isinstance(values, dict):
        yield tr("is nested at {name!r}, and attributes of messages are not", name=name)
    elif not isinstance(values, list) or not values:
        yield tr("has no list of values for {name!r}", name=name)
    else:
        for value in values:
            if isinstance(value, list):
                yield tr("has a list inside the list of values for {name!r}", name=name)
            elif isinstance(value, dict) and (len(value) != 1 or next(iter(value)) not in _OPERATORS):
                yield tr("has no operator that SNS knows for {name!r}", name=name)
