"""D101: enhanced monitoring of a database has a role."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import number_of
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE


def _check(stack: Stack) -> Iterator[Fault]:
    for database in stack.of(INSTANCE, CLUSTER):
        interval = number_of(database.get("MonitoringInterval"))
        if interval and not database.has("MonitoringRoleArn"):
            text = f"{database.id} is monitored every {interval:g} s, but without a role to write the metrics"
            hint = "Set MonitoringRoleArn to a role for monitoring.rds.amazonaws.com."
            yield Fault(database.path("MonitoringInterval"), text, hint)
        elif interval == 0 and database.has("MonitoringRoleArn"):
            text = f"{database.id} has a role for monitoring, but the interval 0"
            yield Fault(database.path("MonitoringRoleArn"), text, "Set MonitoringInterval to 60, or take the role out.")


RULE = Rule(
    id="D101",
    title="Enhanced monitoring has a role",
    why="RDS refuses the database: 'A MonitoringRoleARN value is required if you specify a MonitoringInterval value "
    "other than 0'.",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE, CLUSTER),
    others=("E3693", "E3689"),
)
