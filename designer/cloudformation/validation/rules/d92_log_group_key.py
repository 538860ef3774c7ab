"""D92: the key of a log group admits CloudWatch Logs."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.deliveries import LOGS
from designer.cloudformation.validation.views.keys import could_admit, key_of

_GROUP = "AWS::Logs::LogGroup"


def _check(stack: Stack) -> Iterator[Fault]:
    for group in stack.of(_GROUP):
        key = key_of(stack, group.get("KmsKeyId"))
        if key is not None and not could_admit(key, LOGS, "kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"):
            text = f"{group.id} is encrypted with {key.id}, whose policy does not admit CloudWatch Logs"
            hint = (
                f"Allow kms:Encrypt, Decrypt, ReEncrypt*, GenerateDataKey* and DescribeKey to {LOGS} in the KeyPolicy."
            )
            yield Fault(group.path("KmsKeyId"), text, hint)


RULE = Rule(
    id="D92",
    title="Keys of log groups admit CloudWatch Logs",
    why="CloudWatch Logs refuses the group: 'The specified KMS key does not exist or is not allowed to be used'.",
    source="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_GROUP,),
)
