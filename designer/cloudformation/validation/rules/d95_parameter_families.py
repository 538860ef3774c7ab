"""D95: the family of a parameter group is that of the engine and version that use it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE, engine_of, version_of

_GROUPS = (
    (INSTANCE, "DBParameterGroupName", "AWS::RDS::DBParameterGroup"),
    (CLUSTER, "DBClusterParameterGroupName", "AWS::RDS::DBClusterParameterGroup"),
    (CLUSTER, "DBInstanceParameterGroupName", "AWS::RDS::DBParameterGroup"),
)
# mysql8.0, postgres17, aurora-postgresql16, mariadb11.4; other engines name editions and are left alone.
_FAMILY = re.compile(r"(mysql|mariadb|postgres|aurora-mysql|aurora-postgresql)([0-9]+(?:\.[0-9]+)?)")


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, name, group_type in _GROUPS:
        for database in stack.of(kind):
            group = stack.target(database.get(name), group_type)
            if group is not None:
                yield from _fault(stack, database, group, name)


def _fault(stack: Stack, database: Resource, group: Resource, name: str) -> Iterator[Fault]:
    family, engine, version = text_of(group.get("Family")), engine_of(stack, database), version_of(stack, database)
    match = None if family is None else _FAMILY.fullmatch(family)
    if match is None or engine is None:
        return
    if match[1] != engine:
        text = f"{group.id} is of the family {family}, but {database.id} runs {engine}"
        yield Fault(database.path(name), text, f"Use a family of {engine}.")
    elif version is not None and not _fits(match[2], version):
        text = f"{group.id} is of the family {family}, but {database.id} runs {engine} {version}"
        yield Fault(database.path(name), text, "Use the family of this major version.")


def _fits(family: str, version: str) -> bool:
    """Whether a version is of a family: 17.6 of 17, 8.0.36 and 8.0.mysql_aurora.3.05.2 of 8.0."""
    wanted = family.split(".")
    given = version.split(".")[: len(wanted)]
    return given == wanted[: len(given)]


RULE = Rule(
    id="D95",
    title="Parameter groups are of the database's family",
    why="RDS refuses the database: 'The parameter group with DBParameterGroupFamily can't be used for this instance'.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE, CLUSTER),
    others=("E3690", "F3690"),
)
