"""D93: a new database has a user and one way to its password."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import true
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE, is_member, is_replica, is_restored


def _check(stack: Stack) -> Iterator[Fault]:
    for database in stack.of(INSTANCE, CLUSTER):
        managed = true(database.get("ManageMasterUserPassword"))
        if managed and database.has("MasterUserPassword"):
            text = f"{database.id} gives a password and has RDS manage it too"
            yield Fault(database.path("MasterUserPassword"), text, "Take MasterUserPassword out.")
        elif not (is_member(database) or is_replica(database) or is_restored(database)):
            yield from _missing(database)


def _missing(database: Resource) -> Iterator[Fault]:
    if not database.has("MasterUsername"):
        yield Fault(database.path("MasterUsername"), f"{database.id} has no MasterUsername", "Name the first user.")
    if not database.has("MasterUserPassword") and not database.has("ManageMasterUserPassword"):
        text = f"{database.id} has no password and nobody to make one"
        yield Fault(database.path("ManageMasterUserPassword"), text, "Set ManageMasterUserPassword: true.")


RULE = Rule(
    id="D93",
    title="Databases have one way to their password",
    why="RDS refuses the database: 'You can't specify MasterUserPassword when ManageMasterUserPassword is true', 'The "
    "parameter MasterUserPassword must be provided'.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE, CLUSTER),
    others=("E3682", "F3682"),
)
