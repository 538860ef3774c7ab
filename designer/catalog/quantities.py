"""Times and sizes as people write and read them: a setting keeps the number of its own unit (5400 s).

A time is written in all the units that it takes ("1 h 30 min"), a size in the largest that it is a whole number of
("2 GiB", but "1536 MiB"), so that what is written always says exactly what is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from designer.language import later, number, plural, tr, typed_number
from designer.records import record

_PART = re.compile(r"\s*([\d.,]+)\s*([^\W\d_]*)")


@record
class Unit:
    """One unit of a scale: how many of the scale's first it is, its symbol, and all words by which it may be meant.

    A day has no symbol; its name is written.
    """

    size: int
    symbol: str
    words: str


@record
class Scale:
    """The units that a number may be written in, from the one that it counts to the largest.

    `mixed` says that several are written one after the other. `wrong` is said of a text that is no such quantity.
    """

    units: tuple[Unit, ...]
    mixed: bool
    wrong: str


_TOO_LARGE = 10**12
"""What nobody means, such as the days of 10^30 seconds, is not worked out."""
_WRONG_TIME = later("expected a time such as 15 min or 1 h 30 min, got {shown}")
_WRONG_SIZE = later("expected a size such as 512 MiB or 2 GiB, got {shown}")
_SECONDS, _MINUTES = later("s sec secs second seconds"), later("min mins minute minutes m")
_HOURS, _DAYS = later("h hr hrs hour hours"), later("d day days")
_SIZE_WORDS = {"M": "mb mib m", "G": "gb gib g", "T": "tb tib t"}


def _time(seconds: int) -> Scale:
    """Times of a unit of so many seconds, and the larger ones."""
    units = ((1, "s", _SECONDS), (60, "min", _MINUTES), (3_600, "h", _HOURS), (86_400, "", _DAYS))
    fitting = tuple(Unit(size // seconds, symbol, words) for size, symbol, words in units if size >= seconds)
    return Scale(fitting, mixed=True, wrong=_WRONG_TIME)


def _size(*symbols: str) -> Scale:
    """Sizes, each 1024 times the one before."""
    units = tuple(Unit(1024**power, symbol, _SIZE_WORDS[symbol[0]]) for power, symbol in enumerate(symbols))
    return Scale(units, mixed=False, wrong=_WRONG_SIZE)


SCALES: Mapping[str, Scale] = {
    "s": _time(1),
    "minutes": _time(60),
    "MB": _size("MB", "GB", "TB"),
    "MiB": _size("MiB", "GiB", "TiB"),
    "GiB": _size("GiB", "TiB"),
}
"""The scales by the unit that the catalog gives a setting; other units are written as they are. The MB of Lambda are
binary ones: 10,240 MB are the 10 GB that it has at most (AWS Lambda Developer Guide: Lambda quotas)."""


def written(unit: str, value: float) -> str:
    """A number of a unit as people write it ("1 h 30 min", "7 days", "70 %"); without a unit the number alone."""
    scale = SCALES.get(unit)
    if scale is None or not 0 <= value < _TOO_LARGE or value != int(value):
        text = _plain(value)
        return f"{text} {tr(unit)}" if unit else text
    return " ".join(_counted(one, count) for one, count in _split(scale, int(value)))


def typed(unit: str, text: str) -> float:
    """The number of a unit that somebody typed: a plain number, or with units ("90", "1 h 30", "1.5 h", "2 GiB").

    A number without a unit behind one with a unit counts the next smaller one. Raises ValueError for anything else.
    """
    scale = SCALES.get(unit)
    parts = list(_PART.finditer(text)) if scale is not None else []
    if scale is None or not any(part[2] for part in parts):
        return typed_number(text)
    if "".join(part[0] for part in parts) != text.rstrip():
        raise ValueError(text)
    total, before = 0.0, len(scale.units)
    for part in parts:
        place = _meant(scale, part[2]) if part[2] else before - 1
        if not 0 <= place < before or (part is parts[0] and not part[2]):
            raise ValueError(text)
        total, before = total + typed_number(part[1]) * scale.units[place].size, place
    return round(total, 6)


def stepped(unit: str, value: int, up: bool) -> int:
    """The next larger or smaller value in the smallest unit that the value is written in: 1 h, 2 h, but 59 min below.

    Raises KeyError for a unit without a scale.
    """
    scale = SCALES[unit]
    parts = _split(scale, value)
    smallest, _count = parts[-1]
    if not up and value == smallest.size and smallest is not scale.units[0]:
        smallest = scale.units[scale.units.index(smallest) - 1]
    return value + smallest.size if up else value - smallest.size


def _split(scale: Scale, value: int) -> list[tuple[Unit, int]]:
    """The units that a value is written in, each with how many of it."""
    if not scale.mixed:
        fitting = [one for one in scale.units if value >= one.size and value % one.size == 0]
        one = fitting[-1] if fitting else scale.units[0]
        return [(one, value // one.size)]
    parts = []
    for one in reversed(scale.units):
        count, value = divmod(value, one.size)
        if count:
            parts.append((one, count))
    return parts or [(scale.units[0], 0)]


def _counted(one: Unit, count: int) -> str:
    return f"{count} {one.symbol}" if one.symbol else plural("{count} day", "{count} days", count)


def _meant(scale: Scale, word: str) -> int:
    """The place of the unit that a word stands for, in English or the language spoken now. Raises ValueError."""
    for place, one in enumerate(scale.units):
        if word.lower() in f"{one.words} {tr(one.words)}".split():
            return place
    raise ValueError(word)


def _plain(value: float) -> str:
    exact = isinstance(value, int) and abs(value) < _TOO_LARGE
    return number(f"{value:,}" if exact else f"{value:,.10g}")
