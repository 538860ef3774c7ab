"""How well a name fits what somebody types: one order for the palette, the search at the pointer and the commands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_FUZZY_FROM = 3
"""So many letters are needed before letters may be left out."""
_FUZZY_UP_TO = 40
"""In a longer name, a sentence, nearly all letters can be found somewhere."""


def folded(text: str) -> str:
    """A text as it is compared: small letters without accents."""
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


def rank(query: str, names: Iterable[str], *, forgiving: bool = True) -> int | None:
    """How well folded names fit a folded query, 0 best, or `None` where they do not.

    0 is a whole name, 1 the start of one, 2 the start of a word in one, 3 all words of the query somewhere, 4 the
    query with letters left out of one name that begins with its first letter; only where that is forgiven.
    """
    best: int | None = None
    for name in names:
        if name == query:
            return 0
        if name.startswith(query):
            best = 1
        elif best is None and f" {query}" in name:
            best = 2
    if best is not None:
        return best
    together = " ".join(names)
    if all(part in together for part in query.split()):
        return 3
    if forgiving and len(query) >= _FUZZY_FROM and any(_lettered(query, name) for name in names):
        return 4
    return None


def _lettered(query: str, name: str) -> bool:
    """Whether the letters of a query stand in a short name in their order, the first at the start of a word."""
    if len(name) > _FUZZY_UP_TO:
        return False
    for start in (0, *(at + 1 for at, letter in enumerate(name) if letter == " ")):
        if name[start : start + 1] != query[:1]:
            continue
        left = iter(name[start:])
        if all(letter in left for letter in query):
            return True
    return False
