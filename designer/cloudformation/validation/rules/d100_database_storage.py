"""D100: a database's storage has room to grow, and its windows do not overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import number_of, text_of
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE, engine_of, is_member, is_replica

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BACKUP = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])")
_MAINTENANCE = re.compile(r"([a-z]{3}):([0-2][0-9]):([0-5][0-9])-([a-z]{3}):([0-2][0-9]):([0-5][0-9])")
_DAY, _WEEK = 24 * 60, 7 * 24 * 60
_SHORTEST = 30
_LEAST = {"gp2": 20, "gp3": 20, "io1": 100, "io2": 100}
_MEASURED = ("postgres", "mysql", "mariadb")


def _check(stack: Stack) -> Iterator[Fault]:
    for database in stack.of(INSTANCE, CLUSTER):
        yield from _windows(database)
        if database.type == CLUSTER or is_member(database):
            continue
        size, most = number_of(database.get("AllocatedStorage")), number_of(database.get("MaxAllocatedStorage"))
        if size is not None and most is not None and most * 10 < size * 11:
            text = f"{database.id} has {size:g} GiB and may grow to {most:g} GiB"
            hint = "Set MaxAllocatedStorage at least a tenth above AllocatedStorage."
            yield Fault(database.path("MaxAllocatedStorage"), text, hint)
        kind = text_of(database.get("StorageType"))
        least = _LEAST.get(kind or "") if engine_of(stack, database) in _MEASURED else None
        if size is not None and least is not None and size < least and not is_replica(database):
            text = f"{database.id} has {size:g} GiB of {kind}, of which there are {least} GiB at least"
            yield Fault(database.path("AllocatedStorage"), text, f"Set AllocatedStorage to {least} or more.")


def _windows(database: Resource) -> Iterator[Fault]:
    backup = _BACKUP.fullmatch((text_of(database.get("PreferredBackupWindow")) or "").lower())
    maintenance = _MAINTENANCE.fullmatch((text_of(database.get("PreferredMaintenanceWindow")) or "").lower())
    if backup is not None:
        start, length = _span(_minute(backup[1], backup[2]), _minute(backup[3], backup[4]), _DAY)
        path = database.path("PreferredBackupWindow")
        if length < _SHORTEST:
            yield Fault(path, f"the backup window of {database.id} has {length} minutes; RDS wants {_SHORTEST}")
        if maintenance is not None and maintenance[1] in _DAYS and maintenance[4] in _DAYS:
            other, other_length = _maintenance_span(maintenance)
            if any(_overlap(start + day * _DAY, length, other, other_length) for day in range(7)):
                text = f"the backup window of {database.id} overlaps its maintenance window"
                yield Fault(path, text, "Move one of the two.")


def _minute(hour: str, minute: str) -> int:
    return int(hour) * 60 + int(minute)


def _maintenance_span(match: re.Match[str]) -> tuple[int, int]:
    first = _DAYS.index(match[1]) * _DAY + _minute(match[2], match[3])
    last = _DAYS.index(match[4]) * _DAY + _minute(match[5], match[6])
    return _span(first, last, _WEEK)


def _span(first: int, last: int, period: int) -> tuple[int, int]:
    """The start and the length of a window that may run over the end of its period, in minutes."""
    return first, (last - first) % period


def _overlap(first: int, length: int, other: int, other_length: int) -> bool:
    return (other - first) % _WEEK < length or (first - other) % _WEEK < other_length


RULE = Rule(
    id="D100",
    title="Storage can grow, and windows do not overlap",
    why="RDS refuses the database: 'Max storage size must be greater than storage size', 'The backup window and "
    "maintenance window must not overlap', 'Invalid storage size'.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE, CLUSTER),
)
