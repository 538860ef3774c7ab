"""Decisions pinned to a drawing, each in the form of a short architecture decision record (ADR)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from designer.records import record


class Status(StrEnum):
    """How far a decision has come: still open, in force, or replaced by a later one."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"


@record(kw_only=True)
class Decision:
    """What was decided, and why.

    `date` is the day of the decision as `YYYY-MM-DD`, or empty where nobody gave one. `extra` keeps keys of the file
    that this version does not know.
    """

    title: str
    status: Status = Status.PROPOSED
    why: str = ""
    date: str = ""
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
