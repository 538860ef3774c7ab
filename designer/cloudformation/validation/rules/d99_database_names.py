"""D99: names of databases and their first user are names that the engine takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import text_of
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE, engine_of

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_USER = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_RESERVED = {
    "postgres": {"admin", "rdsadmin", "rds_superuser", "user", "master"},
    "mysql": {"rdsadmin", "rdsrepladmin"},
    "mariadb": {"rdsadmin", "rdsrepladmin"},
}
_LONGEST = {"postgres": 63, "mysql": 64, "mariadb": 64}


def _check(stack: Stack) -> Iterator[Fault]:
    for database in stack.of(INSTANCE, CLUSTER):
        engine = (engine_of(stack, database) or "").removeprefix("aurora-").replace("postgresql", "postgres")
        if engine not in _RESERVED:
            continue
        name = "DBName" if database.type == INSTANCE else "DatabaseName"
        given = text_of(database.get(name))
        if given is not None and (not _NAME.fullmatch(given) or len(given) > _LONGEST[engine]):
            text = f"{given!r} is no name of a database of {engine}"
            hint = f"Use letters, digits and underscores, a letter first, at most {_LONGEST[engine]}."
            yield Fault(database.path(name), text, hint)
        user = text_of(database.get("MasterUsername"))
        if user is not None and (user.lower() in _RESERVED[engine] or not _USER.fullmatch(user)):
            text = f"{engine} takes no first user named {user!r}"
            yield Fault(database.path("MasterUsername"), text, "Use another name, for example dbadmin.")


RULE = Rule(
    id="D99",
    title="Databases and their users have names that the engine takes",
    why="RDS refuses it: 'DBName must begin with a letter and contain only alphanumeric characters', 'MasterUsername "
    "admin cannot be used as it is a reserved word used by the engine'.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE, CLUSTER),
)
