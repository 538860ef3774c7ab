"""JSON values as the file holds them: text that is JSON and YAML 1.1 at the same time, and means the same in both.

Three things keep JSON from being YAML: escapes above U+FFFF (two surrogates in JSON, which YAML refuses), characters
that YAML takes only escaped or for line breaks, and exponents without a decimal point, which YAML 1.1 reads as text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any

from designer.language import tr

MAX_DEPTH = 30
MAX_KEY = 256
"""YAML takes a key of at most 1024 characters, escapes counted."""
MAX_INTEGER = 10**19

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_-]*")
_YAML_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def text(value: str) -> str:
    """A text in double quotes. Raises ValueError when it is no Unicode text (a lone surrogate)."""
    quoted: str = encode_basestring(value)
    if quoted.isascii() and "\x7f" not in quoted:
        return quoted
    if _SURROGATE.search(value):
        raise ValueError("the text holds characters that are no Unicode text")
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def value(item: Any) -> str:
    """Any JSON value on one line; the keys of mappings are sorted. Raises ValueError when it is none."""
    if isinstance(item, str):
        return text(item)
    if item is None:
        return "null"
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, int):
        return str(int(item))
    if isinstance(item, float):
        return _number(item)
    if isinstance(item, Mapping):
        return mapping(item)
    if isinstance(item, (list, tuple)):
        return "[" + ", ".join([value(part) for part in item]) + "]"
    raise ValueError(f"{type(item).__name__} cannot be written")


def mapping(items: Mapping[str, Any]) -> str:
    """A mapping on one line, with its keys sorted."""
    return "{" + ", ".join([f"{text(name)}: {value(items[name])}" for name in sorted(items)]) + "}"


def key(name: str) -> str:
    """A key at the start of a line, in quotes where YAML would not take it for text."""
    return name if _PLAIN_KEY.fullmatch(name) and name not in _YAML_WORDS else text(name)


def refusal(item: Any) -> str | None:
    """Why a value of an unknown key cannot be kept, in words; `None` when it can."""
    level = [item]
    for _ in range(MAX_DEPTH):
        if not level:
            return None
        for part in level:
            if isinstance(part, (int, float)) and not (math.isfinite(part) and abs(part) <= 1e300):
                return tr("the number is too large")
            if isinstance(part, int) and abs(part) > MAX_INTEGER:
                return tr("the number is too large")
            if isinstance(part, dict) and any(len(name) > MAX_KEY for name in part):
                return tr("a key has more than {max_key} characters", max_key=MAX_KEY)
        level = [inner for part in level for inner in _parts(part)]
    return tr("the value is nested deeper than {max_depth} levels", max_depth=MAX_DEPTH) if level else None


def _parts(item: Any) -> list[Any]:
    if isinstance(item, dict):
        return list(item.values())
    return item if isinstance(item, list) else []


def _number(number: float) -> str:
    if not math.isfinite(number):
        raise ValueError("the number is not finite")
    digits = repr(float(number))
    return digits if "." in digits else digits.replace("e", ".0e")
