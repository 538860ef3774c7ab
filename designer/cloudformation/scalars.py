"""How single values of a template are written in YAML: plain, quoted, as a block, or as an intrinsic's short form."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from designer.cloudformation.encode import encode_float, encode_text

_PLAIN = re.compile(r"[A-Za-z0-9_./$(\\^][A-Za-z0-9_./$(){}=+*@,;<>^|\\?~%:&!'\[\]\"# -]*")
# What YAML 1.1 or 1.2 reads as something else than text: words, numbers in all their forms, times, dates.
_RESOLVED = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null)"
    r"|[0-9][0-9_,.]*(e[-+]?[0-9]+)?"
    r"|\.[0-9_]+(e[-+]?[0-9]+)?"
    r"|0x[0-9a-f_]+|0o[0-7_]+|0b[01_]+"
    r"|[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"
    r"|\.(inf|nan)"
    r"|\d{4}-\d\d?-\d\d?.*",
    re.IGNORECASE,
)
_NOT_IN_QUOTES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U00010000-\U0010ffff]")
_NOT_IN_BLOCK = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U00010000-\U0010ffff]| (\n|$)")
MAX_QUOTES = 20

_SEPARATOR = re.compile(r"[,\[\]{}]")
_SHORT_FORMS = {
    "Ref", "Condition", "Fn::Sub", "Fn::GetAtt", "Fn::Join", "Fn::Select", "Fn::GetAZs", "Fn::Cidr", "Fn::If",
    "Fn::Not", "Fn::Equals", "Fn::And", "Fn::Or", "Fn::FindInMap", "Fn::ImportValue", "Fn::Split", "Fn::Base64",
}  # fmt: skip
_ON_ONE_LINE = ("Fn::Select", "Fn::Split", "Fn::Cidr")


@lru_cache(maxsize=16_384)
def scalar(text: str) -> str:
    """A text as a YAML scalar: plain where that means the text itself, else quoted."""
    plain = _PLAIN.fullmatch(text) and not _RESOLVED.fullmatch(text)
    if plain and ": " not in text and " #" not in text and not text.endswith((" ", ":")):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text in single quotes, or in double quotes with escapes where single quotes cannot hold it, or at length."""
    if _NOT_IN_QUOTES.search(text) or text.count("'") > MAX_QUOTES:
        return encode_text(text)
    return "'" + text.replace("'", "''") + "'"


def block_lines(text: str) -> list[str] | None:
    """A text of several lines as a literal block: its header, then its lines; `None` where it has to be quoted."""
    if "\n" not in text or text.startswith((" ", "\n")) or text.endswith("\n\n") or _NOT_IN_BLOCK.search(text):
        return None
    header = "|" if text.endswith("\n") else "|-"
    return [header, *text.removesuffix("\n").split("\n")]


def intrinsic(value: Any) -> tuple[str | None, Any]:
    """The name and argument of an intrinsic function that has a short form here; (None, None) for anything else."""
    if isinstance(value, dict) and len(value) == 1:
        name, argument = next(iter(value.items()))
        if name in _SHORT_FORMS and _fits_short_form(name, argument):
            return name, argument
    return None, None


def _fits_short_form(name: str, argument: Any) -> bool:
    if name in ("Ref", "Condition"):
        return isinstance(argument, str)
    if name == "Fn::GetAtt":
        return (
            isinstance(argument, list)
            and len(argument) == 2
            and all(isinstance(part, str) and part for part in argument)
            and "." not in argument[0]
        )
    # YAML has no two tags in a row: `!Base64 !Sub x` cannot be written.
    return isinstance(argument, (str, dict, list)) and intrinsic(argument)[0] is None


def inline(value: Any) -> str | None:
    """The value on one line; `None` if it is to go below its key."""
    if isinstance(value, str):
        return None if "\n" in value else scalar(value)
    if not isinstance(value, (dict, list)):
        return _number(value)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    name, argument = intrinsic(value)
    return None if name is None else inline_call(name, argument)


def inline_call(name: str, argument: Any) -> str | None:
    """An intrinsic function on one line, where its short form fits on one; it may be too long for it all the same."""
    tag = f"!{name.removeprefix('Fn::')}"
    if name == "Fn::GetAtt":
        return f"{tag} {scalar('.'.join(argument))}"
    if isinstance(argument, str):
        return None if "\n" in argument else f"{tag} {scalar(argument)}"
    if isinstance(argument, list) and name in _ON_ONE_LINE:
        items = [_flow(item) for item in argument]
        if all(item is not None for item in items):
            return f"{tag} [{', '.join(item for item in items if item is not None)}]"
    return f"{tag} {'{}' if isinstance(argument, dict) else '[]'}" if not argument else None


def _flow(value: Any) -> str | None:
    """A value inside a flow list."""
    text = inline(value)
    if text is None:
        return None
    if isinstance(value, str):
        return _flow_text(value)
    name, argument = intrinsic(value)
    if name == "Fn::GetAtt":
        argument = ".".join(argument)
    return f"!{name.removeprefix('Fn::')} {_flow_text(argument)}" if name and isinstance(argument, str) else text


def _flow_text(text: str) -> str:
    plain = scalar(text)
    return quoted(text) if plain == text and _SEPARATOR.search(text) else plain


def _number(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else encode_float(value)
    return str(value)
