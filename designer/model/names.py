"""Ids from names: short, ASCII, unique within a collection."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

ID_PATTERN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAX_ID = 64


def is_id(text: str) -> bool:
    """Whether the text may be an id: lower-case letters, digits and single hyphens, at most 64 characters."""
    return len(text) <= MAX_ID and ID_PATTERN.fullmatch(text) is not None


def slug(name: str, fallback: str) -> str:
    """An id made from a name ("Orders queue" gives "orders-queue"); `fallback` where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    while words and not words[0][0].isalpha():
        words.pop(0)
    text = "-".join(words)[: MAX_ID - 8].strip("-")
    return text if is_id(text) else fallback


def unique(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or the first of "wanted-2", "wanted-3" ... that is free, cut to the length of an id."""
    key, number = _cut(wanted, ""), 1
    while key in taken:
        number += 1
        key = _cut(wanted, f"-{number}")
    return key


def wire_id(source: str, target: str) -> str:
    """The id of a wire between two components: "source-target", cut to the length of an id."""
    return _cut(f"{source}-{target}", "")


def _cut(stem: str, suffix: str) -> str:
    return stem[: MAX_ID - len(suffix)].rstrip("-") + suffix


def unique_name(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or the first of "wanted 2", "wanted 3" ... that is free."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted} {number}" in taken:
        number += 1
    return f"{wanted} {number}"
