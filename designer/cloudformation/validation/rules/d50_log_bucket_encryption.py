"""D50: a bucket for access logs of load balancers is encrypted with keys of S3."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, text_of
from designer.cloudformation.validation.views.balancers import BALANCER
from designer.cloudformation.validation.views.logs import log_buckets


def _check(stack: Stack) -> Iterator[Fault]:
    for _, bucket in log_buckets(stack):
        for keys, rule in _rules(bucket):
            algorithm = text_of(rule.get("SSEAlgorithm")) or ""
            if algorithm.startswith("aws:kms"):
                text = f"{bucket.id} receives access logs of a load balancer, but is encrypted with {algorithm}"
                yield Fault(bucket.path(*keys), text, "Set SSEAlgorithm: AES256.")


def _rules(bucket: Resource) -> Iterator[tuple[tuple[str | int, ...], dict[str, object]]]:
    encryption = ("BucketEncryption", "ServerSideEncryptionConfiguration")
    for index, item in enumerate(possible_items(bucket.get(*encryption))):
        rule = item.get("ServerSideEncryptionByDefault") if isinstance(item, dict) else None
        if isinstance(rule, dict):
            yield (*encryption, index, "ServerSideEncryptionByDefault", "SSEAlgorithm"), rule


RULE = Rule(
    id="D50",
    title="Access logs go to a bucket with keys of S3",
    why="Elastic Load Balancing cannot write to a bucket with KMS encryption; the load balancer fails: 'Access Denied "
    "for bucket'.",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    severity=Severity.ERROR,
    check=_check,
    types=(BALANCER,),
)
