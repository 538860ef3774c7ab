"""D89: the policy of a bucket speaks of that bucket."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import possible_items, references
from designer.cloudformation.validation.views.policies import read_policy

_POLICY, _BUCKET = "AWS::S3::BucketPolicy", "AWS::S3::Bucket"


def _check(stack: Stack) -> Iterator[Fault]:
    for policy in stack.of(_POLICY):
        bucket = stack.target(policy.get("Bucket"), _BUCKET)
        if bucket is None:
            continue
        document = read_policy(policy.get("PolicyDocument"), policy.path("PolicyDocument"))
        for statement in document.statements:
            for item in possible_items(statement.body.get("Resource")):
                buckets = [found for each in references(item) if (found := stack.target(each, _BUCKET)) is not None]
                if buckets and bucket not in buckets:
                    text = f"{policy.id} is the policy of {bucket.id}, but speaks of {buckets[0].id}"
                    yield Fault((*statement.path, "Resource"), text, f"Name {bucket.id} and its objects.")
                    break


RULE = Rule(
    id="D89",
    title="Bucket policies speak of their own bucket",
    why="S3 refuses the policy: 'Policy has invalid resource'.",
    source="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_POLICY,),
)
