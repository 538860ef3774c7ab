"""Encodes every expression of a template as one JSON scalar or flow collection, so that no value can change the YAML.

The traps this avoids: emoji as surrogate pairs, control characters that YAML refuses, and numbers such as 1e22 that YAML
reads as text.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

MAX_KEY = 512

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Tagged:
    """A value with the number of the contributor that wrote it; the number travels as a YAML tag."""

    __slots__ = ("owner", "value")

    def __init__(self, value: Any, owner: int) -> None:
        self.value, self.owner = value, owner


def encode(value: Any) -> str:
    """The value as YAML flow text that means exactly this value. Raises `ValueError` or `TypeError` if there is none."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _encode_text(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _encode_float(value)
    if isinstance(value, Tagged):
        return f"!from{value.owner} {encode(value.value)}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_encode_key(key)}: {encode(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(encode(item) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} has no place in a template")


def _encode_text(value: str) -> str:
    if _SURROGATE.search(value):
        raise ValueError("the text holds characters that are no Unicode text")
    text = json.dumps(str(value), ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _encode_float(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError("a number must be finite")
    text = repr(float(value))
    return text if "." in text else text.replace("e", ".0e")


def _encode_key(key: Any) -> str:
    if not isinstance(key, str) or len(key) > MAX_KEY:
        raise TypeError("a key is text of at most 512 characters")
    return _encode_text(key)


class _Encoded(Markup):
    """Text that is YAML already."""


def _finalize(value: Any) -> Any:
    if isinstance(value, (Undefined, Markup)):
        return value
    return _Encoded(encode(value))


def fragment_environment(loader: Any) -> ImmutableSandboxedEnvironment:
    """The Jinja2 environment of CloudFormation fragments: sandboxed, strict, and encoding each expression."""
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,  # macros then give Markup, which is not encoded again
        finalize=_finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    for name in ("safe", "escape", "e", "forceescape", "tojson", "xmlattr", "pprint", "urlize"):
        environment.filters.pop(name, None)
    return environment


def text_environment(loader: Any) -> ImmutableSandboxedEnvironment:
    """The Jinja2 environment of start scripts and function code: plain text, every expression through a named filter."""
    return ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
