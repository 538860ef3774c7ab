"""Keeps the values of a template's expressions apart from its text, so that no value can change the YAML.

While a fragment renders, each expression leaves a numbered place in the text, and its value goes on a list; `shapes`
puts the values in. Here is also how text and numbers are written where YAML and JSON need them quoted.
"""

from __future__ import annotations

import json
import math
import re
from contextvars import ContextVar
from functools import lru_cache
from types import BuiltinMethodType, FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, Template, Undefined, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

if TYPE_CHECKING:
    from designer.cloudformation.fragments import Writers

MAX_KEY = 1000
"""A YAML parser looks 1,024 characters ahead for the colon after a key; counted as written, with escapes and quotes."""

MAX_DEPTH = 60

DYNAMIC_REFERENCE = "{{resolve:"
"""What starts so is replaced by a parameter or a secret, wherever it stands; there is no escape for it."""

PLACE = "\ue000"
"""What a place in a rendered text starts with, in double quotes, before its number. No AWS text has this character."""

_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RISKY_FILTERS = ("safe", "escape", "e", "forceescape", "tojson", "xmlattr", "pprint", "urlize")
_SURE_LENGTH = MAX_KEY // 6 - 1
"""An escaped character has at most six: a key of this length fits whatever it holds."""


class Tagged:
    """A value that somebody else wrote than the fragment it stands in: a wire's variable in its source's resource."""

    __slots__ = ("value", "writer")

    def __init__(self, value: Any, writer: str) -> None:
        self.value, self.writer = value, writer


def plain(value: Any, writers: Writers, depth: int = 0) -> Any:
    """A value as it stands in a template: a copy of plain dictionaries, lists, texts and numbers.

    Who wrote `Tagged` values inside it is added to `writers`. Raises `ValueError` or `TypeError` for what has no place
    in a template.
    """
    if isinstance(value, str):
        return _plain_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number must be finite")
        return float(value)
    if depth > MAX_DEPTH:
        raise ValueError(f"a value is nested deeper than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        result: Any = {}
        for key, item in value.items():
            result[checked_key(key)] = _plain_item(result, key, item, writers, depth + 1)
        return result
    if isinstance(value, (list, tuple)):
        result = []
        for index, item in enumerate(value):
            result.append(_plain_item(result, index, item, writers, depth + 1))
        return result
    raise TypeError(f"{type(value).__name__} has no place in a template")


def _plain_item(holder: Any, key: Any, item: Any, writers: Writers, depth: int) -> Any:
    if item.__class__ is str:
        return _plain_text(item)
    if isinstance(item, Tagged):
        writers.setdefault(id(holder), {})[key] = item.writer
        item = item.value
    return plain(item, writers, depth)


def _plain_text(text: str) -> str:
    if DYNAMIC_REFERENCE in text:
        found = text[text.index(DYNAMIC_REFERENCE) :][:60]
        raise ValueError(f"{found!r} is what CloudFormation looks up, and puts what it finds in its place")
    _refuse_half_pairs(text)
    return str(text)


def _refuse_half_pairs(text: str) -> None:
    if not text.isascii() and _SURROGATE.search(text):
        raise ValueError("the text holds characters that are no Unicode text")


def checked_key(key: Any) -> str:
    """A key of a mapping. Raises `TypeError` for what is no text, `ValueError` for one that YAML cannot take."""
    if not isinstance(key, str):
        raise TypeError("a key is text")
    if len(key) > _SURE_LENGTH and len(encode_text(key)) > MAX_KEY:
        raise ValueError(f"a key has more than {MAX_KEY} characters")
    _refuse_half_pairs(key)
    return str(key)


@lru_cache(maxsize=4096)
def encode_text(value: str) -> str:
    """Text as a double-quoted scalar of YAML, on one line. Raises `ValueError` for half a surrogate pair."""
    if _SURROGATE.search(value):
        raise ValueError("the text holds characters that are no Unicode text")
    # JSON's quoting, but with characters beyond the basic plane left as they are: YAML reads no surrogate pairs.
    text = json.dumps(str(value), ensure_ascii=False)
    return escaped(text)


def escaped(text: str) -> str:
    """JSON with those characters escaped that a reader of YAML would refuse or fold."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def encode_float(value: float) -> str:
    """A decimal number as YAML 1.1 reads it: with a point. Raises `ValueError` for infinity and what is no number."""
    if not math.isfinite(value):
        raise ValueError("a number must be finite")
    text = repr(float(value))
    return text if "." in text else text.replace("e", ".0e")


_values: ContextVar[list[Any]] = ContextVar("values of the expressions of the fragment that is being rendered")


def render(template: Template, given: dict[str, Any]) -> tuple[str, list[Any]]:
    """The text of a fragment, with places in it, and the values for them by number."""
    values: list[Any] = []
    token = _values.set(values)
    try:
        return template.render(given), values
    finally:
        _values.reset(token)


# It asks for the context so that Jinja2 does not call it for constants while it compiles a template.
@pass_eval_context
def _finalize(_context: EvalContext, value: Any) -> Any:
    if isinstance(value, (Undefined, Markup)):
        return value
    values = _values.get()
    values.append(value)
    return _place(len(values) - 1)


@lru_cache(maxsize=4096)
def _place(number: int) -> Markup:
    return Markup(f'"{PLACE}{number}"')


def fragment_environment(loader: Any) -> ImmutableSandboxedEnvironment:
    """The Jinja2 environment of CloudFormation fragments: sandboxed, strict, and keeping each expression apart."""
    # Autoescaping makes macros give Markup, which has its places already.
    environment = _environment(loader, autoescape=True, finalize=_finalize, optimized=False)
    for name in _RISKY_FILTERS:
        environment.filters.pop(name, None)
    return environment


def text_environment(loader: Any) -> ImmutableSandboxedEnvironment:
    """The Jinja2 environment of start scripts and function code: plain text, expressions go through named filters."""
    return _environment(loader, autoescape=False)


_MISSING = object()
_OF_DICTIONARIES = frozenset(dir(dict))
_METHODS = (MethodType, BuiltinMethodType)
_FORMATS = ("format", "format_map")


class _Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox that decides once for each attribute of a class, and for each function that templates call.

    Its rules look at the class and the name of an attribute alone, and at marks that functions carry from the start.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._decided: dict[tuple[type, str], bool] = {}
        self._plain: set[object] = set()

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may use an attribute of an object."""
        key = type(obj), attr
        decided = self._decided.get(key)
        if decided is None:
            decided = self._decided[key] = super().is_safe_attribute(obj, attr, value)
        return decided

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute of an object, or else the item of this name."""
        kind = type(obj)
        if kind is dict and attribute in obj and attribute not in _OF_DICTIONARIES:
            return obj[attribute]
        if self._decided.get((kind, attribute)):
            value = getattr(obj, attribute, _MISSING)
            if value is not _MISSING and not (isinstance(value, _METHODS) and value.__name__ in _FORMATS):
                return value
        return super().getattr(obj, attribute)

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - as in Jinja2
        """Calls what a template calls, if it may."""
        key = _key_of(__obj)
        if key is None:
            return super().call(__context, __obj, *args, **kwargs)
        if key not in __self._plain:
            if hasattr(__obj, "jinja_pass_arg"):  # it asks for the context
                return super().call(__context, __obj, *args, **kwargs)
            if not __self.is_safe_callable(__obj):
                raise SecurityError(f"{__obj!r} is not safely callable")
            __self._plain.add(key)
        # What Jinja2 hands on for functions that ask for the context.
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        try:
            return __obj(*args, **kwargs)
        except StopIteration:
            return __self.undefined(f"nothing was found by {__obj.__name__}")


def _key_of(function: Any) -> object:
    """What tells whether a function may be called, as its marks are known from it; `None` where they are not."""
    if isinstance(function, MethodType):
        return function.__func__
    return function.__code__ if isinstance(function, FunctionType) and not function.__dict__ else None


def _environment(loader: Any, **options: Any) -> ImmutableSandboxedEnvironment:
    return _Sandbox(
        loader=loader,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        **options,
    )
