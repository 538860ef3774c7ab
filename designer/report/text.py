"""Texts from a drawing made safe for a page: no character that is not shown, no markup that was not meant."""

from __future__ import annotations

import re
import unicodedata

_SHOWN_AS = "\N{REPLACEMENT CHARACTER}"
_JOINERS = "\u200c\u200d"
"""Letters of some scripts, and emoji, need them between them."""
_MARKDOWN = re.compile(r"([\\`*_\[\]|~#$])")
_SPACE = re.compile(r"\s+")
_LEADING = re.compile(r"^(\s*)(?=[-+=])|^(\s*\d{1,9})(?=[.)](\s|$))")
"""What would begin a list, a rule or a heading; a digit cannot be escaped, the dot behind it can."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def valid_xml(text: str) -> str:
    """The text without the characters that XML 1.0 forbids, even escaped."""
    return _NOT_XML.sub(_SHOWN_AS, text)


def clean(text: str) -> str:
    """The text without control characters, half characters, and characters that reorder or hide others.

    Line breaks and tabs stay.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text.replace("\r\n", "\n").replace("\r", "\n"))


def _shown(character: str) -> str:
    if character in "\n\t" or character in _JOINERS:
        return character
    category = unicodedata.category(character)
    # Noncharacters (Cn) would make XML invalid; unassigned characters of later Unicode versions go with them.
    return _SHOWN_AS if category in ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp") else character


def one_line(text: str) -> str:
    """The clean text with every run of white space as one space."""
    return _SPACE.sub(" ", clean(text))


def markdown(text: str) -> str:
    """The text on one line, as Markdown that shows it as it is, in a paragraph or in a cell of a table."""
    plain = one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LEADING.sub(r"\g<0>\\", _MARKDOWN.sub(r"\\\1", plain))
