"""What becomes of the data of a resource that an update replaces or removes.

Sources: CloudFormation template reference, "DeletionPolicy attribute" (what holds where none is given, and that a
bucket with objects is not deleted) and "UpdateReplacePolicy attribute".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.cloudformation.diff.changes import Risk
from designer.language import tr

_BUCKETS = ("AWS::S3::Bucket", "AWS::S3Express::DirectoryBucket", "AWS::ECR::Repository")
"""Deleted only when empty."""


def when_replaced(kept: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Risk, str]:
    """The risk for what a resource keeps ("its items") when another takes its place, and what happens in words.

    Which template's policy counts is not documented, so the worse of the two is taken.
    """
    policies = {_policy(old, "UpdateReplacePolicy"), _policy(new, "UpdateReplacePolicy")}
    if "Delete" in policies:
        if old.get("Type") in _BUCKETS:
            return Risk.KEPT, tr(
                "the new one starts without {kept}; the old one is deleted only if it is empty", kept=kept
            )
        return Risk.LOST, tr("loses {kept}: its UpdateReplacePolicy is Delete", kept=kept)
    if "Snapshot" in policies:
        return Risk.KEPT, tr("the new one starts without {kept}; a snapshot of the old one is kept", kept=kept)
    return Risk.KEPT, tr("the new one starts without {kept}; the old one is kept outside the stack", kept=kept)


def when_removed(kept: str, old: Mapping[str, Any]) -> tuple[Risk, str]:
    """The same for a resource that is taken out of the template."""
    policy = _policy(old, "DeletionPolicy")
    if policy == "Delete":
        if old.get("Type") in _BUCKETS:
            return Risk.KEPT, tr("CloudFormation deletes it only when it is empty of {kept}", kept=kept)
        return Risk.LOST, tr("loses {kept}: its DeletionPolicy is Delete", kept=kept)
    if policy == "Snapshot":
        return Risk.KEPT, tr("a snapshot keeps {kept}", kept=kept)
    return Risk.KEPT, tr("keeps {kept}: the resource stays outside the stack", kept=kept)


def _policy(resource: Mapping[str, Any], attribute: str) -> str:
    """Delete, Snapshot or Retain. A policy that only the deployment knows counts as Delete."""
    given = resource.get(attribute)
    if given is None:
        return "Snapshot" if attribute == "DeletionPolicy" and _is_database(resource) else "Delete"
    if isinstance(given, str) and given.startswith("Retain"):
        return "Retain"
    return "Snapshot" if given == "Snapshot" else "Delete"


def _is_database(resource: Mapping[str, Any]) -> bool:
    """The types that are snapshotted where nothing is said: clusters, and instances outside of one."""
    kind, properties = resource.get("Type"), resource.get("Properties")
    member = isinstance(properties, dict) and "DBClusterIdentifier" in properties
    return kind == "AWS::RDS::DBCluster" or (kind == "AWS::RDS::DBInstance" and not member)
