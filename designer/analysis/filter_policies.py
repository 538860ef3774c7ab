"""Filter policies of SNS subscriptions: whether SNS takes them.

Amazon SNS Developer Guide, "Filter policy constraints in Amazon SNS" and "Amazon SNS subscription filter policies".
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

MAX_KEYS = 5
"""Attributes that one policy names."""
MAX_COMBINATIONS = 150
"""Product of the numbers of values of all attributes."""

_OPERATORS = ("anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard")
_ALTERNATIVES = "$or"


def filter_problem(text: str) -> str | None:
    """Why SNS would refuse a filter policy on message attributes, as the end of a sentence; `None` for one it takes."""
    try:
        policy = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return "is no JSON object"
    if not isinstance(policy, dict):
        return "is no JSON object"
    return next(_problems(policy), None)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _problems(policy: dict[str, Any]) -> Iterator[str]:
    names = [key for key in policy if key != _ALTERNATIVES]
    if len(names) > MAX_KEYS:
        yield f"names {len(names)} attributes, and SNS takes {MAX_KEYS}"
    for name in names:
        yield from _value_problems(name, policy[name])
    combinations = math.prod(len(policy[name]) for name in names if isinstance(policy[name], list))
    if combinations > MAX_COMBINATIONS:
        yield f"has {combinations} combinations of values, and SNS takes {MAX_COMBINATIONS}"
    if _ALTERNATIVES in policy:
        yield from _alternative_problems(policy[_ALTERNATIVES])


def _alternative_problems(policies: Any) -> Iterator[str]:
    if not isinstance(policies, list) or len(policies) < 2 or not all(isinstance(each, dict) for each in policies):
        yield f"has no list of two or more objects for {_ALTERNATIVES}"
        return
    for policy in policies:
        yield from _problems(policy)


def _value_problems(name: str, values: Any) -> Iterator[str]:
    if isinstance(values, dict):
        yield f"is nested at {name!r}, and attributes of messages are not"
    elif not isinstance(values, list) or not values:
        yield f"has no list of values for {name!r}"
    else:
        for value in values:
            if isinstance(value, list):
                yield f"has a list inside the list of values for {name!r}"
            elif isinstance(value, dict) and (len(value) != 1 or next(iter(value)) not in _OPERATORS):
                yield f"has no operator that SNS knows for {name!r}"
