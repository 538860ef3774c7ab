"""Cron expressions as EC2 Auto Scaling takes them: what is wrong with one.

Amazon EC2 Auto Scaling User Guide, "Scheduled scaling", "Recurring schedules": the traditional five fields of crontab
(minute, hour, day of month, month, day of week), and not the six of EventBridge with its `?`, `L`, `W` and `#`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(?P<any>\*)|(?P<first>\d{1,2}|[a-z]{3})(?:-(?P<last>\d{1,2}|[a-z]{3}))?")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field with its lowest and highest number; `words` stand for the numbers from the lowest on."""

    name: str
    lowest: int
    highest: int
    words: tuple[str, ...] = ()

    def problem(self, text: str) -> str:
        """Why the text is none for this field, as the end of a sentence; empty for one that is."""
        return next((problem for part in text.split(",") if (problem := self._part_problem(part))), "")

    def _part_problem(self, text: str) -> str:
        part, slash, step = text.partition("/")
        match = _PART.fullmatch(part.lower())
        if match is None or (slash and not (step.isascii() and step.isdecimal() and int(step[:4]) > 0)):
            return f"{text[:40]!r} for the {self.name}"
        if match["any"]:
            return ""
        first = self._number(match["first"])
        last = self._number(match["last"]) if match["last"] else first
        if first is None or last is None:
            return f"{text[:40]!r} for the {self.name}, which goes from {self.lowest} to {self.highest}"
        return f"{text[:40]!r} for the {self.name}, a range that ends before it starts" if last < first else ""

    def _number(self, text: str) -> int | None:
        if not text.isdecimal():
            return self.words.index(text) + self.lowest if text in self.words else None
        return int(text) if self.lowest <= int(text) <= self.highest else None


# Seven is a second number for Sunday.
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _DAYS),
)


def cron_problem(text: str) -> str:
    """What makes a text no cron expression, such as "'25' for the hour, which goes from 0 to 23"; empty for one."""
    parts = text.split()
    if len(parts) != len(_FIELDS):
        return f"{len(parts)} fields, and not minute, hour, day of the month, month and day of the week"
    return next((problem for field, part in zip(_FIELDS, parts, strict=True) if (problem := field.problem(part))), "")
