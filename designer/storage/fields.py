"""The keys of one entry of a file: each is taken once, with its check, and what is wrong is noted with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from sys import intern
from typing import Any

from designer.catalog.check import check_value
from designer.catalog.entries import Property
from designer.errors import UserError
from designer.language import later, tr
from designer.model.decisions import Decision
from designer.model.entities import EMPTY, NONE_ACCEPTED, Acceptances, Properties
from designer.storage.decisions import DECISION_HINT, MOST_DECISIONS, read_decision
from designer.storage.scalars import MAX_KEY, refusal
from designer.storage.source import Item, Source
from designer.yaml_source import type_name

FARTHEST = 1_000_000
"""Positions and sizes stay within this many canvas units, far beyond what can be scrolled to."""

MOST_CORNERS = 32
"""A wire has at most so many corners of its own."""

LONGEST = 365 * 86_400
"""Objectives for recovery are at most a year, in seconds."""

MAX_REASON = 1000
"""A reason for accepting a finding has so many characters at most."""

_RULE = re.compile(r"[A-Z0-9]{2,4}-[0-9]{2}", re.ASCII)
_ACCEPTED_HINT = later('write the rule and your reason, such as {"SPOF-02": "one zone is enough for a test"}')
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+){1,3}-[0-9]{1,2}")
_ZONE_HINT = later('zones are letters, such as ["a", "b"]')


class Problems:
    """Everything that is wrong with a file, as found."""

    def __init__(self, source: Source, file: Path | None) -> None:
        self.source, self.file = source, file
        self.found: list[UserError] = []

    def add(self, message: str, item: Item | None, key: str, inner: str | None = None, hint: str | None = None) -> None:
        """Notes an error at a key of an entry, or of the header where there is no entry."""
        line = self.source.line_of(key, inner) if item is None else item.line_of(key, inner)
        name = key if item is None else item.id
        self.found.append(UserError(message, file=self.file, line=line, name=name, hint=hint))


class Fields:
    """Takes the keys of an entry (of the header where `item` is `None`); after an error it goes on with the default."""

    def __init__(self, values: Mapping[str, Any], problems: Problems, item: Item | None) -> None:
        self.left = dict(values)
        self.problems, self.item = problems, item

    def problem(self, message: str, key: str, inner: str | None = None, hint: str | None = None) -> None:
        """Notes an error at a key."""
        self.problems.add(message, self.item, key, inner, hint)

    def text(self, key: str, default: str | None = None) -> str:
        """A text. Without a default the key is needed; the empty text stands for it when it is missing or wrong."""
        value = self.left.pop(key, None)
        if isinstance(value, str):
            return value
        if value is not None:
            hint = tr("put it in quotes") if isinstance(value, (bool, int, float)) else None
            self.problem(tr("{key!r} takes text, got {type_name}", key=key, type_name=type_name(value)), key, hint=hint)
        elif default is None:
            self.problem(tr("the key {key!r} is missing", key=key), key)
        return default or ""

    def member(self, key: str, known: Collection[str], what: str) -> str | None:
        """One of the known names, or `None` where it is missing or not one of them.

        Equal names are one object: a large drawing repeats each many times.
        """
        given = self.left.get(key)
        value = self.text(key)
        if value in known:
            return intern(value)
        if isinstance(given, str):
            self.problem(
                tr("there is no {what} {value!r}", what=what, value=value[:MAX_KEY]), key, hint=nearest(value, known)
            )
        return None

    def place(self, key: str, known: Collection[str], what: str) -> str | None:
        """The same for a key that may be missing."""
        return self.member(key, known, what) if self.left.get(key) is not None else self.left.pop(key, None)

    def region(self, default: str) -> str:
        """The code of an AWS Region."""
        value = self.text("region", default)
        if not _REGION.fullmatch(value):
            self.problem(
                tr("{value!r} is no Region", value=value[:40]),
                "region",
                hint=tr("Regions have codes such as 'eu-central-1'"),
            )
        return value

    def zones(self, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Zone letters, each once."""
        value = self.left.pop("zones", None)
        if value is None:
            return default
        if not isinstance(value, list):
            self.problem(
                tr("'zones' takes a list, got {type_name}", type_name=type_name(value)), "zones", hint=tr(_ZONE_HINT)
            )
            return default
        for zone in value:
            if not (isinstance(zone, str) and len(zone) == 1 and "a" <= zone <= "z"):
                shown = repr(zone[:20]) if isinstance(zone, str) else type_name(zone)
                self.problem(tr("{shown} is no zone", shown=shown), "zones", hint=tr(_ZONE_HINT))
                return default
        if len(set(value)) < len(value):
            self.problem(tr("a zone is given twice"), "zones")
            return default
        return tuple(value)

    def pair(self, key: str, default: tuple[int, int], least: int = -FARTHEST) -> tuple[int, int]:
        """Two whole numbers: a position or a size."""
        value = self.left.pop(key, None)
        if value is None:
            return default
        if not (isinstance(value, list) and len(value) == 2 and all(type(number) is int for number in value)):
            self.problem(tr("{key!r} takes two whole numbers, such as [120, 80]", key=key), key)
            return default
        if not all(least <= number <= FARTHEST for number in value):
            self.problem(
                tr("{key!r} takes numbers from {least} to {farthest}", key=key, least=least, farthest=FARTHEST), key
            )
            return default
        return value[0], value[1]

    def points(self, key: str) -> tuple[tuple[int, int], ...]:
        """Corners of a wire, each two whole numbers."""
        value = self.left.pop(key, None)
        if value is None:
            return ()
        fits = isinstance(value, list) and all(
            isinstance(point, list) and len(point) == 2 and all(type(number) is int for number in point)
            for point in value
        )
        if not fits:
            self.problem(tr("{key!r} takes pairs of whole numbers, such as [[120, 80], [120, 200]]", key=key), key)
        elif len(value) > MOST_CORNERS:
            self.problem(
                tr(
                    "{key!r} takes at most {most_corners} corners, got {count}",
                    key=key,
                    most_corners=MOST_CORNERS,
                    count=len(value),
                ),
                key,
            )
        elif not all(-FARTHEST <= number <= FARTHEST for point in value for number in point):
            self.problem(
                tr("{key!r} takes numbers from {least} to {farthest}", key=key, least=-FARTHEST, farthest=FARTHEST), key
            )
        else:
            return tuple((x, y) for x, y in value)
        return ()

    def share(self, key: str) -> float | None:
        """A percentage above 0, as a share of 1 with the same digits."""
        value = self.left.pop(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 100:
            self.problem(tr("{key!r} takes a percentage above 0 and up to 100, such as 99.95", key=key), key)
            return None
        digits, _, exponent = repr(value).partition("e")
        return float(f"{digits}e{int(exponent or 0) - 2}")

    def whole(self, key: str, default: int, least: int, most: int) -> int:
        """A whole number within limits."""
        value = self.left.pop(key, None)
        if value is None or (type(value) is int and least <= value <= most):
            return default if value is None else value
        self.problem(tr("{key!r} takes whole numbers from {least} to {most}", key=key, least=least, most=most), key)
        return default

    def flag(self, key: str) -> bool:
        """Yes or no; no where it is missing."""
        value = self.left.pop(key, None)
        if value is not None and not isinstance(value, bool):
            self.problem(tr("{key!r} takes true or false, got {type_name}", key=key, type_name=type_name(value)), key)
        return value is True

    def seconds(self, key: str) -> int | None:
        """A time in whole seconds, at most a year."""
        value = self.left.pop(key, None)
        if value is None or (type(value) is int and 0 <= value <= LONGEST):
            return value
        self.problem(
            tr("{key!r} takes whole seconds from 0 to {longest}, such as 3600 for an hour", key=key, longest=LONGEST),
            key,
        )
        return None

    def accepted(self) -> Acceptances:
        """Reasons by the id of the rule whose findings are accepted here."""
        given = self.left.pop("accepted", None)
        if given is None:
            return NONE_ACCEPTED
        if not isinstance(given, dict):
            self.problem(
                tr("'accepted' takes a mapping, got {type_name}", type_name=type_name(given)),
                "accepted",
                hint=tr(_ACCEPTED_HINT),
            )
            return NONE_ACCEPTED
        for rule, reason in given.items():
            if (message := _wrong_acceptance(rule, reason)) is not None:
                self.problem(message, "accepted", rule, hint=tr(_ACCEPTED_HINT))
        return given or NONE_ACCEPTED

    def decisions(self) -> tuple[Decision, ...]:
        """Decisions pinned to the thing, in their order."""
        given = self.left.pop("decisions", None)
        if given is None:
            return ()
        if not isinstance(given, list):
            self.problem(
                tr("'decisions' takes a list, got {type_name}", type_name=type_name(given)),
                "decisions",
                hint=tr(DECISION_HINT),
            )
            return ()
        if len(given) > MOST_DECISIONS:
            self.problem(
                tr(
                    "'decisions' takes at most {most_decisions}, got {count}",
                    most_decisions=MOST_DECISIONS,
                    count=len(given),
                ),
                "decisions",
            )
            return ()
        found = [read_decision(one) for one in given]
        for number, one in enumerate(found, 1):
            if isinstance(one, str):
                self.problem(
                    tr("decision {number}: {one}", number=number, one=one), "decisions", hint=tr(DECISION_HINT)
                )
        return tuple(one for one in found if isinstance(one, Decision))

    def properties(self, known: Mapping[str, Property], owner: str) -> Properties:
        """The properties that the user chose, each checked against the catalog; `owner` names the kind in errors."""
        given = self.left.pop("properties", None)
        if given is None:
            return EMPTY
        if not isinstance(given, dict):
            self.problem(tr("'properties' takes a mapping, got {type_name}", type_name=type_name(given)), "properties")
            return EMPTY
        for name, value in given.items():
            prop = known.get(name)
            if prop is None:
                hint = nearest(name, known) if known else None
                self.problem(
                    tr("{owner} has no property {name!r}", owner=owner, name=name[:MAX_KEY]), "properties", name, hint
                )
            elif (message := check_value(prop, value)) is not None:
                self.problem(tr("property {name!r}: {message}", name=name, message=message), "properties", name)
        return {name: value for name, value in given.items() if value is not None} or EMPTY

    def rest(self) -> Properties:
        """The keys that nobody asked for, to be written back as they are."""
        if not self.left:
            return EMPTY
        for key, value in self.left.items():
            message = refusal({key: value})
            if message is not None:
                self.problem(tr("{key!r} cannot be kept: {message}", key=key[:MAX_KEY], message=message), key)
        return self.left


def _wrong_acceptance(rule: str, reason: Any) -> str | None:
    """What is wrong with an acceptance, in words; `None` when nothing is."""
    if not _RULE.fullmatch(rule):
        return tr("{rule!r} is no id of a rule", rule=rule[:MAX_KEY])
    if not isinstance(reason, str):
        return tr("accepting {rule} takes a reason as text, got {type_name}", rule=rule, type_name=type_name(reason))
    if not reason.strip():
        return tr("accepting {rule} needs a reason", rule=rule)
    if len(reason) > MAX_REASON:
        return tr(
            "the reason for accepting {rule} has at most {max_reason} characters, got {count}",
            rule=rule,
            max_reason=MAX_REASON,
            count=len(reason),
        )
    return None


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint: the known word most like this one, or what there is, where that is little."""
    import difflib

    words = list(known)
    close = difflib.get_close_matches(word[:MAX_KEY], words, 1)
    if close:
        return tr("did you mean {close!r}?", close=close[0])
    return tr("there are {names}", names=", ".join(words)) if 0 < len(words) <= 20 else ""
