"""D97: a member of a database cluster leaves to the cluster what is the cluster's."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import Nothing, false, text_of
from designer.cloudformation.validation.views.databases import CLUSTER, INSTANCE, engine_of, is_member

_OF_CLUSTER = (
    "AllocatedStorage", "BackupRetentionPeriod", "DBName", "KmsKeyId", "ManageMasterUserPassword", "MasterUsername",
    "MasterUserPassword", "MultiAZ", "PreferredBackupWindow", "StorageEncrypted", "VPCSecurityGroups",
)  # fmt: skip
_REFUSED = (
    "MultiAZ",
    "MasterUsername",
    "MasterUserPassword",
    "ManageMasterUserPassword",
    "DBName",
    "BackupRetentionPeriod",
)


def _check(stack: Stack) -> Iterator[Fault]:
    for member in stack.of(INSTANCE):
        if not is_member(member):
            continue
        for name in _OF_CLUSTER:
            value = member.get(name)
            if value is None or isinstance(value, Nothing) or false(value):
                continue
            text = f"{member.id} is a member of a cluster, which decides about {name}"
            severity = None if name in _REFUSED else Severity.INFO
            yield Fault(member.path(name), text, f"Set {name} on the cluster.", severity)
        cluster = stack.target(member.get("DBClusterIdentifier"), CLUSTER)
        own, of_cluster = text_of(member.get("Engine")), None if cluster is None else engine_of(stack, cluster)
        if own is not None and of_cluster is not None and own != of_cluster:
            text = f"{member.id} runs {own}, but its cluster runs {of_cluster}"
            yield Fault(member.path("Engine"), text, f"Set Engine: {of_cluster}.")


RULE = Rule(
    id="D97",
    title="Members leave storage and users to their cluster",
    why="RDS refuses the member: 'The requested DB Instance will be a member of a DB Cluster'.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-rds-dbinstance.html",
    severity=Severity.ERROR,
    check=_check,
    types=(INSTANCE,),
    others=("W3688", "W3693", "E3707"),
)
