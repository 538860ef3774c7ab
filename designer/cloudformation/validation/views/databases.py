"""Databases: members, replicas, and what they run."""

from __future__ import annotations

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import text_of

INSTANCE, CLUSTER = "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"

_RESTORED = (
    "DBSnapshotIdentifier", "DBClusterSnapshotIdentifier", "SnapshotIdentifier", "SourceDBInstanceAutomatedBackupsArn",
    "SourceDbiResourceId", "SourceDBClusterIdentifier", "GlobalClusterIdentifier", "ReplicationSourceIdentifier",
    "RestoreType",
)  # fmt: skip


def is_member(database: Resource) -> bool:
    """Whether an instance is a member of a cluster."""
    return database.type == INSTANCE and database.get("DBClusterIdentifier") is not None


def is_replica(database: Resource) -> bool:
    """Whether an instance is a read replica of another one."""
    return any(database.get(name) is not None for name in ("SourceDBInstanceIdentifier", "SourceDBClusterIdentifier"))


def is_restored(database: Resource) -> bool:
    """Whether a database may start from a copy, which has users already."""
    return any(database.has(name) for name in _RESTORED)


def engine_of(stack: Stack, database: Resource) -> str | None:
    """The engine that a database runs, in small letters; that of its source or cluster where it says none."""
    return _inherited(stack, database, "Engine")


def version_of(stack: Stack, database: Resource) -> str | None:
    """The version of the engine; that of its source or cluster where it says none."""
    return _inherited(stack, database, "EngineVersion")


def _inherited(stack: Stack, database: Resource, name: str) -> str | None:
    holder: Resource | None = database
    for _ in range(3):
        if holder is None or holder.has(name):
            break
        source = holder.get("SourceDBInstanceIdentifier") or holder.get("DBClusterIdentifier")
        holder = stack.target(source, INSTANCE, CLUSTER)
    text = None if holder is None else text_of(holder.get(name))
    return None if text is None else text.lower()
