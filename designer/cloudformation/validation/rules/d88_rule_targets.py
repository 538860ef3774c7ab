"""D88: an EventBridge rule has at most five targets, with ids of their own and roles where they need one."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import is_plain, known_items, text_of

_RULE = "AWS::Events::Rule"
_MOST = 5
_NEED_ROLE = (
    "AWS::StepFunctions::StateMachine", "AWS::ECS::Cluster", "AWS::Kinesis::Stream",
    "AWS::KinesisFirehose::DeliveryStream", "AWS::CodePipeline::Pipeline", "AWS::CodeBuild::Project",
    "AWS::Batch::JobQueue",
)  # fmt: skip


def _check(stack: Stack) -> Iterator[Fault]:
    for rule in stack.of(_RULE):
        targets = known_items(rule.get("Targets")) or []
        if len(targets) > _MOST:
            text = f"{rule.id} has {len(targets)} targets; a rule takes {_MOST}"
            yield Fault(rule.path("Targets"), text, "Send to a topic, or write a second rule.")
        ids = [text_of(item.get("Id")) for item in targets if isinstance(item, dict) and is_plain(item.get("Id"))]
        for doubled in sorted({str(each) for each in ids if ids.count(each) > 1}):
            yield Fault(rule.path("Targets"), f"two targets of {rule.id} have the id {doubled}", "Change one of them.")
        for index, item in enumerate(targets):
            target = stack.target(item.get("Arn"), *_NEED_ROLE) if isinstance(item, dict) else None
            if target is not None and "RoleArn" not in item and not rule.has("RoleArn"):
                text = f"{rule.id} starts {target.id} without a role"
                hint = "Set RoleArn to a role for events.amazonaws.com that may do so."
                yield Fault(rule.path("Targets", index), text, hint)


RULE = Rule(
    id="D88",
    title="Rules have five targets, with roles where needed",
    why="EventBridge refuses the rule: 'LimitExceeded', 'RoleArn is required for target'.",
    source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
    severity=Severity.ERROR,
    check=_check,
    types=(_RULE,),
)
