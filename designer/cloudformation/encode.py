"""Encodes every expression of a template as one JSON scalar or flow collection, so that no value can change the YAML.

The traps this avoids: emoji as surrogate pairs, control characters that YAML refuses, numbers such as 1e22 that YAML
reads as text, and keys that are longer than YAML looks ahead for their colon.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MAX_KEY = 1000
"""A YAML parser looks 1,024 characters ahead for the colon after a key; counted as written, with escapes and quotes."""

MAX_DEPTH = 60

DYNAMIC_REFERENCE = "{{resolve:"
"""What starts so is replaced by a parameter or a secret, wherever it stands; there is no escape for it."""

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RISKY_FILTERS = ("safe", "escape", "e", "forceescape", "tojson", "xmlattr", "pprint", "urlize")


class Tagged:
    """A value with the number of the contributor that wrote it; the number travels as a YAML tag."""

    __slots__ = ("owner", "value")

    def __init__(self, value: Any, owner: int) -> None:
        self.value, self.owner = value, owner


def encode(value: Any, depth: int = 0) -> str:
    """The value as YAML flow text that means exactly this value. Raises `ValueError` or `TypeError` if none does."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        _refuse_dynamic_reference(value)
        return encode_text(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return encode_float(value)
    if depth > MAX_DEPTH:
        raise ValueError(f"a value is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, Tagged):
        return f"!from{value.owner} {encode(value.value, depth + 1)}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_encode_key(key)}: {encode(item, depth + 1)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join([encode(item, depth + 1) for item in value]) + "]"
    raise TypeError(f"{type(value).__name__} has no place in a template")


def _refuse_dynamic_reference(text: str) -> None:
    if DYNAMIC_REFERENCE in text:
        found = text[text.index(DYNAMIC_REFERENCE) :][:60]
        raise ValueError(f"{found!r} is what CloudFormation looks up, and puts what it finds in its place")


@lru_cache(maxsize=4096)
def encode_text(value: str) -> str:
    """Text as a double-quoted scalar of YAML, on one line. Raises `ValueError` for half a surrogate pair."""
    if _SURROGATE.search(value):
        raise ValueError("the text holds characters that are no Unicode text")
    # JSON's quoting, but with characters beyond the basic plane left as they are: YAML reads no surrogate pairs.
    text = json.dumps(str(value), ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encode_float(value: float) -> str:
    """A decimal number as YAML 1.1 reads it: with a point. Raises `ValueError` for infinity and what is no number."""
    if not math.isfinite(value):
        raise ValueError("a number must be finite")
    text = repr(float(value))
    return text if "." in text else text.replace("e", ".0e")


def _encode_key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError("a key is text")
    text = encode_text(key)
    if len(text) > MAX_KEY:
        raise ValueError(f"a key has more than {MAX_KEY} characters")
    return text


class _Encoded(Markup):
    """Text that is YAML already."""


def _finalize(value: Any) -> Any:
    if isinstance(value, (Undefined, Markup)):
        return value
    return _Encoded(encode(value))


def fragment_environment(loader: Any) -> ImmutableSandboxedEnvironment:
    """The Jinja2 environment of CloudFormation fragments: sandboxed, strict, and encoding each expression."""
    # Autoescaping makes macros give Markup, which is not encoded a second time.
    environment = _environment(loader, autoescape=True, finalize=_finalize)
    for name in _RISKY_FILTERS:
        environment.filters.pop(name, None)
    return environment


def text_environment(loader: Any) -> ImmutableSandboxedEnvironment:
    """The Jinja2 environment of start scripts and function code: plain text, expressions go through named filters."""
    return _environment(loader, autoescape=False)


def _environment(loader: Any, **options: Any) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        **options,
    )
