"""The limits of a property in words, as the form shows them beside a field and in its explanation."""

from __future__ import annotations

from designer.catalog.check import MAX_LIST
from designer.catalog.entries import Property, PropertyType
from designer.language import number, tr
from designer.model.entities import Value

_USUAL_LENGTH = Property(name="", title="", type=PropertyType.TEXT).max_length


def limits_in_words(prop: Property) -> str:
    """What fits, as a sentence ("20 to 65,536 GiB."); empty where anything does."""
    match prop.type:
        case PropertyType.INTEGER | PropertyType.NUMBER:
            return _range_in_words(prop)
        case PropertyType.TEXT if prop.max_length != _USUAL_LENGTH:
            return tr("At most {count} characters.", count=_number(prop.max_length))
        case PropertyType.LIST:
            return tr("One entry per line, at most {count}.", count=MAX_LIST)
    return ""


def short_limits(prop: Property) -> str:
    """The limits of a number as they fit into its field ("20-65536"); empty where there are none on one side."""
    if prop.minimum is None or prop.maximum is None:
        return ""
    return f"{prop.minimum:.10g}–{prop.maximum:.10g}"  # noqa: RUF001 - a dash between numbers


def value_in_words(prop: Property, value: Value) -> str:
    """A value as a person reads it: with its unit, a choice by its title, on and off."""
    if value is None or value == "":
        return tr("Not set")
    match prop.type:
        case PropertyType.BOOLEAN:
            return tr("On") if value else tr("Off")
        case PropertyType.CHOICE:
            text = prop.choices.get(value, str(value))
        case PropertyType.LIST:
            return ", ".join(str(item) for item in value)
        case PropertyType.INTEGER | PropertyType.NUMBER if isinstance(value, (int, float)):
            text = _number(value)
        case _:
            text = str(value)
    return f"{text} {prop.unit}" if prop.unit else text


def _range_in_words(prop: Property) -> str:
    unit = f" {prop.unit}" if prop.unit else ""
    low, high = prop.minimum, prop.maximum
    if low is not None and high is not None:
        return tr("{low} to {high}{unit}.", low=_number(low), high=_number(high), unit=unit)
    if low is not None:
        return tr("At least {low}{unit}.", low=_number(low), unit=unit)
    return tr("At most {high}{unit}.", high=_number(high), unit=unit) if high is not None else ""


def _number(value: float) -> str:
    return number(f"{value:,}" if isinstance(value, int) else f"{value:,.10g}")
