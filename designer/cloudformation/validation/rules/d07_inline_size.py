"""D07: a template that is sent with the request is short enough for it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.limits import MAX_BYTES, MAX_INLINE_BYTES
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack


def _check(stack: Stack) -> Iterator[Fault]:
    size = len(stack.template.text.encode(errors="replace"))
    if MAX_INLINE_BYTES < size <= MAX_BYTES:
        text = f"the template has {size:,} bytes, more than the {MAX_INLINE_BYTES:,} that can be sent with a request"
        yield Fault((), text, "Deploy it from S3: aws cloudformation deploy --s3-bucket BUCKET.")


RULE = Rule(
    id="D07",
    title="Large templates are deployed from S3",
    why="CreateStack takes 51,200 bytes of template in the request and one megabyte from an S3 bucket.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
    severity=Severity.INFO,
    check=_check,
    others=("I1002",),
)
