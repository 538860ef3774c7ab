"""Access logs of load balancers: which bucket they go to."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, true
from designer.cloudformation.validation.views.balancers import BALANCER

_BUCKET = "AWS::S3::Bucket"


def log_buckets(stack: Stack) -> Iterator[tuple[Resource, Resource]]:
    """Load balancers that write access logs, each with its bucket, where that is of this stack."""
    for balancer in stack.of(BALANCER):
        attributes = {
            str(item.get("Key")): item.get("Value")
            for item in possible_items(balancer.get("LoadBalancerAttributes"))
            if isinstance(item, dict)
        }
        for kind in ("access_logs", "connection_logs"):
            bucket = stack.target(attributes.get(f"{kind}.s3.bucket"), _BUCKET)
            if bucket is not None and true(attributes.get(f"{kind}.s3.enabled")):
                yield balancer, bucket
