"""Profiles: how findings are weighed and told for production, for learning, and for copies that may be down.

They are data, one file of `resources/profiles` each; `severity.py` applies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from designer.analysis.rules import Category, Rule
from designer.analysis.scale import Severity
from designer.assets import data
from designer.catalog.cache import cached
from designer.errors import UserError

USUAL = "production"
"""The profile that counts where none is chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A policy of severities.

    `nowhere` is the most that a finding weighs where no flow leads, `survived` the most that a rule of redundancy does
    where a flow survives the failure. `async_steps` are taken off where nobody waits, but for `async_same`. A flow with
    `demanding_goal` (a share of 1) or more adds `demanding_steps` to `demanding_categories`. `at_most` limits whole
    categories, but for the rules `unlimited`. With `explanation_first` findings are told reason first.
    """

    id: str
    title: str
    summary: str
    order: int
    nowhere: Severity
    survived: Severity
    async_steps: int
    async_same: frozenset[Category]
    demanding_goal: float
    demanding_steps: int
    demanding_categories: frozenset[Category]
    at_most: Mapping[Category, Severity]
    unlimited: frozenset[str]
    explanation_first: bool

    def limited(self, severity: Severity, rule: Rule) -> Severity:
        """The severity, or the most that this profile gives to the rule's category; an error stays one."""
        most = self.at_most.get(rule.category)
        if most is None or severity is Severity.ERROR or rule.id in self.unlimited:
            return severity
        return max(severity, most, key=lambda one: one.rank)


def load_profiles() -> Mapping[str, Profile]:
    """The built-in profiles by id, in their order. Raises `UserError` with file and line when a file is broken."""
    return _load(data("resources") / "profiles")


def profile_named(name: str) -> Profile:
    """A profile. Raises `UserError` for one that does not exist."""
    profiles = load_profiles()
    if name not in profiles:
        raise UserError(f"there is no profile {name!r}", hint=f"there are {', '.join(profiles)}")
    return profiles[name]


@lru_cache(maxsize=4)
def _load(folder: Path) -> Mapping[str, Profile]:
    entries: list[dict[str, Any]] = cached(
        folder, kind=list, read=lambda: read_profiles(folder), name="profiles", sources=[Path(__file__)]
    )
    profiles = [_profile(entry) for entry in entries]
    return {profile.id: profile for profile in sorted(profiles, key=lambda profile: (profile.order, profile.id))}


def read_profiles(folder: Path) -> list[dict[str, Any]]:
    """All profiles of a folder as plain data. Raises `UserError` for the first that does not fit."""
    return [_read(file) for file in sorted(folder.glob("*.yaml"))]


def _read(file: Path) -> dict[str, Any]:
    from designer.catalog.reader import Entry, entry_of

    entry = entry_of(file)
    found = {
        "id": file.stem,
        "title": entry.text("title"),
        "summary": entry.text("summary"),
        "order": entry.take("order", int),
        "nowhere": str(entry.member("nowhere", Severity)),
        "survived": str(entry.member("survived", Severity)),
        "explanation_first": entry.take("explanation_first", bool, False),
        "unlimited": [str(rule) for rule in entry.take("unlimited", list, [])],
        "at_most": {},
    }
    for key in ("behind_a_queue", "demanding", "at_most"):
        if key not in entry.left and key != "at_most":
            raise entry.error(f"the key {key!r} is missing")
        if key in entry.left:
            inner = Entry(entry.left.pop(key), file, key)
            found[key] = _READERS[key](inner)
            inner.done()
    entry.done()
    return found


def _queue(entry: Any) -> dict[str, Any]:
    return {"steps": entry.take("steps", int), "not": _categories(entry, "not")}


def _demanding(entry: Any) -> dict[str, Any]:
    goal = entry.take("goal", (int, float))
    if not 0 < goal <= 100:
        raise entry.error("'goal' is a percentage", "goal")
    return {"goal": goal, "steps": entry.take("steps", int), "categories": _categories(entry, "categories")}


def _at_most(entry: Any) -> dict[str, Any]:
    return {_category(entry, name): str(entry.member(name, Severity)) for name in list(entry.left)}


_READERS = {"behind_a_queue": _queue, "demanding": _demanding, "at_most": _at_most}


def _categories(entry: Any, key: str) -> list[str]:
    return [_category(entry, str(name)) for name in entry.take(key, list)]


def _category(entry: Any, name: str) -> str:
    if name not in Category.__members__:
        raise entry.error(f"{name!r} is no category; there are {', '.join(Category.__members__)}")
    return name


def _profile(entry: Mapping[str, Any]) -> Profile:
    queue, demanding = entry["behind_a_queue"], entry["demanding"]
    return Profile(
        id=entry["id"],
        title=entry["title"],
        summary=entry["summary"],
        order=entry["order"],
        nowhere=Severity(entry["nowhere"]),
        survived=Severity(entry["survived"]),
        async_steps=queue["steps"],
        async_same=frozenset(Category[name] for name in queue["not"]),
        demanding_goal=round(demanding["goal"] / 100, 10),
        demanding_steps=demanding["steps"],
        demanding_categories=frozenset(Category[name] for name in demanding["categories"]),
        at_most={Category[name]: Severity(severity) for name, severity in entry["at_most"].items()},
        unlimited=frozenset(entry["unlimited"]),
        explanation_first=entry["explanation_first"],
    )
