"""The limits of a property in words, as the form shows them beside a field and in its explanation."""

from __future__ import annotations

from designer.catalog.check import MAX_LIST
from designer.catalog.entries import Property, PropertyType
from designer.catalog.quantities import SCALES, written
from designer.language import tr
from designer.model.entities import Value

_USUAL_LENGTH = Property(name="", title="", type=PropertyType.TEXT).max_length


def limits_in_words(prop: Property) -> str:
    """What fits, as a sentence ("20 to 65,536 GiB."); empty where anything does."""
    match prop.type:
        case PropertyType.INTEGER | PropertyType.NUMBER:
            return _range_in_words(prop)
        case PropertyType.TEXT if prop.max_length != _USUAL_LENGTH:
            return tr("At most {count} characters.", count=written("", prop.max_length))
        case PropertyType.LIST:
            return tr("One entry per line, at most {count}.", count=MAX_LIST)
    return ""


def short_limits(prop: Property) -> str:
    """The limits of a number as they fit into its field ("20-65536"); empty where there are none on one side."""
    if prop.minimum is None or prop.maximum is None:
        return ""
    scaled = prop.unit in SCALES
    low, high = (written(prop.unit, one) if scaled else f"{one:.10g}" for one in (prop.minimum, prop.maximum))
    return f"{low}–{high}"  # noqa: RUF001 - a dash between numbers


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
            return written(prop.unit, value)
        case _:
            text = str(value)
    return f"{text} {prop.unit}" if prop.unit else text


def _range_in_words(prop: Property) -> str:
    low, high = prop.minimum, prop.maximum
    if low is not None and high is not None:
        return tr("{low} to {high}.", low=_low(prop, low), high=written(prop.unit, high))
    if low is not None:
        return tr("At least {low}.", low=written(prop.unit, low))
    return tr("At most {high}.", high=written(prop.unit, high)) if high is not None else ""


def _low(prop: Property, low: float) -> str:
    """The lower end of a range: it needs no unit that the upper end names."""
    return written(prop.unit, low) if prop.unit in SCALES and low else written("", low)
