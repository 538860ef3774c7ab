"""D96: a read replica leaves to its source what it has from there."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import false, number_of, true
from designer.cloudformation.validation.views.databases import INSTANCE, is_replica

_FROM_SOURCE = (
    "CharacterSetName", "DBClusterIdentifier", "DBName", "DBSnapshotIdentifier", "ManageMasterUserPassword",
    "MasterUserPassword", "MasterUserSecret", "MasterUsername", "Timezone",
)  # fmt: skip


def _check(stack: Stack) -> Iterator[Fault]:
    for replica in stack.of(INSTANCE):
        if is_replica(replica):
            yield from _own_settings(replica)
            source = stack.target(replica.get("SourceDBInstanceIdentifier"), INSTANCE)
            if source is not None:
                yield from _of_source(replica, source)


def _own_settings(replica: Resource) -> Iterator[Fault]:
    for name in _FROM_SOURCE:
        if replica.get(name) is not None and not false(replica.get(name)):
            text = f"the read replica {replica.id} has {name} from its source and cannot set it"
            yield Fault(replica.path(name), text, f"Take {name} out.")


def _of_source(replica: Resource, source: Resource) -> Iterator[Fault]:
    if number_of(source.get("BackupRetentionPeriod")) == 0:
        text = f"{source.id} has no backups, so it cannot have the replica {replica.id}"
        yield Fault(source.path("BackupRetentionPeriod"), text, "Set BackupRetentionPeriod to 1 or more.")
    if true(source.get("StorageEncrypted")) and false(replica.get("StorageEncrypted")):
        text = f"{source.id} is encrypted, so its replica {replica.id} is too"
        yield Fault(replica.path("StorageEncrypted"), text, "Take StorageEncrypted out.")


RULE = Rule(
    id="D96",
    title="Read replicas take storage and users from their source",
    why="RDS refuses the replica, or leaves out what it was told: users, names and backups come from the source.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbinstance.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE,),
    others=("W3691", "E3020", "F3020"),
)
