"""Whether a value fits a property: the one check behind file, command line and inspector."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from designer.catalog.entries import Property, PropertyType
from designer.catalog.quantities import SCALES, written
from designer.language import number, tr
from designer.model.entities import Value
from designer.yaml_source import type_name

MAX_LIST = 40


def check_value(prop: Property, value: Value) -> str | None:
    """What is wrong with the value, as a sentence for the user; `None` when it fits.

    `None` as the value always fits: it stands for "the default".
    """
    if value is None:
        return None
    match prop.type:
        case PropertyType.BOOLEAN:
            return None if isinstance(value, bool) else tr("expected true or false, got {shown}", shown=_shown(value))
        case PropertyType.INTEGER:
            if isinstance(value, bool) or not isinstance(value, int):
                return tr("expected a whole number, got {shown}", shown=_shown(value))
            return _check_range(prop, value)
        case PropertyType.NUMBER:
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
                return tr("expected a number, got {shown}", shown=_shown(value))
            return _check_range(prop, value)
        case PropertyType.CHOICE:
            fits = isinstance(value, (str, int)) and not isinstance(value, bool) and value in prop.choices
            return (
                None
                if fits
                else tr(
                    "expected one of {names}, got {shown}", names=", ".join(map(str, prop.choices)), shown=_shown(value)
                )
            )
        case PropertyType.TEXT:
            return _check_text(prop, value)
        case PropertyType.LIST:
            return _check_list(prop, value)


def _check_range(prop: Property, value: float) -> str | None:
    shown = written(prop.unit, value) if prop.unit in SCALES else number(f"{value:.10g}")
    if prop.minimum is not None and value < prop.minimum:
        return tr("expected at least {minimum}, got {value}", minimum=_limit(prop, prop.minimum), value=shown)
    if prop.maximum is not None and value > prop.maximum:
        return tr("expected at most {maximum}, got {value}", maximum=_limit(prop, prop.maximum), value=shown)
    return None


def _limit(prop: Property, limit: float) -> str:
    """A limit as people write it, and as the file has it where that is something else: "15 min (900 s)"."""
    plain = number(f"{limit:.10g}")
    shown = written(prop.unit, limit) if prop.unit in SCALES else f"{plain} {prop.unit}".rstrip()
    return shown if shown.split()[0] == plain else f"{shown} ({plain} {prop.unit})"


def _check_text(prop: Property, value: Value) -> str | None:
    if not isinstance(value, str):
        return tr("expected text, got {shown}", shown=_shown(value))
    if len(value) > prop.max_length:
        return tr("expected at most {max_length} characters, got {count}", max_length=prop.max_length, count=len(value))
    if any("\ud800" <= character <= "\udfff" or character == "\0" for character in value):
        return tr("the text holds characters that are no Unicode text")
    if prop.pattern is not None and _pattern(prop.pattern).fullmatch(value) is None:
        wrong = tr("{shown} is not a valid value for {title}", shown=_shown(value), title=prop.title.lower())
        example = _example(prop)
        return wrong + tr(", such as {example!r}", example=example) if example else wrong
    return None


def _example(prop: Property) -> str:
    """A text that fits: the catalog's example, else a default or a suggestion."""
    candidates = (prop.example, prop.default, *prop.suggestions)
    return next((text for text in candidates if isinstance(text, str) and text), "")


def _check_list(prop: Property, value: Value) -> str | None:
    if not isinstance(value, (list, tuple)):
        return tr("expected a list, got {shown}", shown=_shown(value))
    if len(value) > MAX_LIST:
        return tr("expected at most {max_list} entries, got {count}", max_list=MAX_LIST, count=len(value))
    return next((message for item in value if (message := _check_text(prop, item))), None)


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return tr("the text {value!r}", value=value[:40])
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else type_name(value)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
