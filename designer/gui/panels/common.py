"""The properties that entries of several kinds have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from designer.catalog.entries import Property

Properties = Mapping[str, Property]


def common_properties(tables: Sequence[Properties]) -> dict[str, Property]:
    """The properties that all tables know under one name and that mean the same, in the order of the first table.

    Of limits the narrowest count, and of choices those that are everywhere, so that a value that fits here fits each.
    """
    first, *others = tables
    found = {}
    for name, prop in first.items():
        alike: Property | None = prop
        for table in others:
            alike = _both(alike, table.get(name)) if alike is not None else None
        if alike is not None:
            found[name] = alike
    return found


def _both(one: Property, other: Property | None) -> Property | None:
    """A property that takes what both take; `None` where they mean different things, or no value fits both."""
    if other is None or _meaning(one) != _meaning(other):
        return None
    choices = {value: title for value, title in one.choices.items() if value in other.choices}
    minimums = [limit for limit in (one.minimum, other.minimum) if limit is not None]
    maximums = [limit for limit in (one.maximum, other.maximum) if limit is not None]
    both = replace(
        one,
        choices=choices,
        suggestions=tuple(value for value in one.suggestions if value in other.suggestions),
        minimum=max(minimums, default=None),
        maximum=min(maximums, default=None),
        max_length=min(one.max_length, other.max_length),
        help=one.help if one.help == other.help else "",
        default=one.default if one.default == other.default else None,
        formula=one.formula if one.formula == other.formula else None,
        sets=one.sets if one.sets == other.sets else "",
    )
    empty = bool(one.choices) and not choices
    crossed = both.minimum is not None and both.maximum is not None and both.minimum > both.maximum
    return None if empty or crossed else both


def _meaning(prop: Property) -> tuple[object, ...]:
    return prop.type, prop.title, prop.unit, prop.pattern, prop.multiline, prop.analysis_only
