"""Whether a value fits a property: the one check behind file, command line and inspector."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from designer.catalog.entries import Property, PropertyType
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
            return None if isinstance(value, bool) else f"expected true or false, got {_shown(value)}"
        case PropertyType.INTEGER:
            if isinstance(value, bool) or not isinstance(value, int):
                return f"expected a whole number, got {_shown(value)}"
            return _check_range(prop, value)
        case PropertyType.NUMBER:
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
                return f"expected a number, got {_shown(value)}"
            return _check_range(prop, value)
        case PropertyType.CHOICE:
            fits = isinstance(value, (str, int)) and not isinstance(value, bool) and value in prop.choices
            return None if fits else f"expected one of {', '.join(map(str, prop.choices))}, got {_shown(value)}"
        case PropertyType.TEXT:
            return _check_text(prop, value)
        case PropertyType.LIST:
            return _check_list(prop, value)


def _check_range(prop: Property, value: float) -> str | None:
    unit = f" {prop.unit}" if prop.unit else ""
    if prop.minimum is not None and value < prop.minimum:
        return f"expected at least {prop.minimum:g}{unit}, got {value:g}"
    if prop.maximum is not None and value > prop.maximum:
        return f"expected at most {prop.maximum:g}{unit}, got {value:g}"
    return None


def _check_text(prop: Property, value: Value) -> str | None:
    if not isinstance(value, str):
        return f"expected text, got {_shown(value)}"
    if len(value) > prop.max_length:
        return f"expected at most {prop.max_length} characters, got {len(value)}"
    if any("\ud800" <= character <= "\udfff" or character == "\0" for character in value):
        return "the text holds characters that are no Unicode text"
    if prop.pattern is not None and _pattern(prop.pattern).fullmatch(value) is None:
        return f"{_shown(value)} is not a valid value for {prop.title.lower()}"
    return None


def _check_list(prop: Property, value: Value) -> str | None:
    if not isinstance(value, (list, tuple)):
        return f"expected a list, got {_shown(value)}"
    if len(value) > MAX_LIST:
        return f"expected at most {MAX_LIST} entries, got {len(value)}"
    return next((message for item in value if (message := _check_text(prop, item))), None)


def _shown(value: Value) -> str:
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else type_name(value)


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)
