"""Decisions as a file has them: each a mapping, checked before it becomes part of a drawing."""

from __future__ import annotations

import re
from typing import Any

from designer.language import later, tr
from designer.model.decisions import Decision, Status
from designer.model.entities import EMPTY
from designer.storage.scalars import MAX_KEY, refusal
from designer.yaml_source import type_name

MOST_DECISIONS = 100
"""So many decisions can be pinned to one thing."""

MAX_TITLE = 200
MAX_WHY = 10_000
"""Characters of a decision's title, and of its reasons."""

DECISION_HINT = later('write them such as [{"title": "Queue before mail", "status": "accepted", "date": "2026-03-01"}]')
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def read_decision(given: Any) -> Decision | str:
    """The decision that a value of a file stands for, or what is wrong with it, in words."""
    if not isinstance(given, dict):
        return tr("expected a mapping, got {type_name}", type_name=type_name(given))
    left = dict(given)
    texts = {name: left.pop(name, None) or "" for name in ("title", "why", "date")}
    status = left.pop("status", None) or Status.PROPOSED.value
    for name, value in texts.items():
        if not isinstance(value, str):
            return tr("{name!r} takes text, got {type_name}", name=name, type_name=type_name(value))
    wrong = what_is_wrong(**texts)
    if wrong is not None:
        return wrong
    if status not in set(Status):
        shown = repr(status[:MAX_KEY]) if isinstance(status, str) else type_name(status)
        return tr("there is no status {shown}: it is {names}", shown=shown, names=", ".join(Status))
    kept = refusal({"decisions": [left]})
    if kept is not None:
        return tr("unknown keys cannot be kept: {kept}", kept=kept)
    return Decision(**texts, status=Status(status), extra=left or EMPTY)


def what_is_wrong(title: str, why: str = "", date: str = "") -> str | None:
    """What keeps a decision of these texts from being written, in words; `None` where nothing does."""
    if not title.strip():
        return tr("a title is needed")
    if len(title) > MAX_TITLE:
        return tr("the title has at most {max_title} characters, got {count}", max_title=MAX_TITLE, count=len(title))
    if len(why) > MAX_WHY:
        return tr("the reasons have at most {max_why} characters, got {count}", max_why=MAX_WHY, count=len(why))
    return None if not date or is_day(date) else tr("{date!r} is no day such as 2026-03-01", date=date[:20])


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar, as `YYYY-MM-DD`."""
    if not _DAY.fullmatch(text):
        return False
    from datetime import date

    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
