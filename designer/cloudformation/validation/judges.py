"""Asks all judges about a template: the program's own rules, and the linters that are installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.cloudformation.limits import MAX_RESOURCES
from designer.cloudformation.validation.messages import DEPLOYMENT, Message, in_order
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.template import Template, read_template


def validate(text: str, *, engine: bool = True, lint: bool = False, regions: Sequence[str] = ()) -> list[Message]:
    """What there is to say of a template, the worst first; never raises for any text.

    The own rules always judge. With `engine` cloudformation-validate judges too; that takes some 250 MB of memory, so
    only a process of its own should ask for it. With `lint` cfn-lint judges too. Both judge for these Regions, or for
    us-east-1. A judge that is not installed says so in a message.
    """
    from designer.cloudformation.validation.duplicates import without_duplicates
    from designer.cloudformation.validation.linters import ask_cfn_lint, ask_engine

    template = read_template(text)
    messages = judge(template)
    if _may_be_linted(template):
        messages += ask_engine(template, regions) if engine else []
        messages += ask_cfn_lint(template, regions) if lint else []
    return in_order(without_duplicates(messages))


def _may_be_linted(template: Template) -> bool:
    """Whether linters can be asked; they follow aliases without end, and take minutes for thousands of resources."""
    count = len(section(template.tree, "Resources"))
    return template.readable and not template.has_aliases and count <= MAX_RESOURCES


def judge(template: Template) -> list[Message]:
    """What the own rules say of a template."""
    from designer.cloudformation.validation.rules import RULES

    stack = Stack(template)
    return in_order([message for rule in RULES if rule.concerns(stack) for message in _messages(rule, stack)])


def _messages(rule: Rule, stack: Stack) -> Iterable[Message]:
    seen: set[tuple[object, ...]] = set()
    for fault in rule.check(stack):
        message = _message(rule, fault, stack.template)
        if (message.path, message.text) not in seen:
            seen.add((message.path, message.text))
            yield message


def _message(rule: Rule, fault: Fault, template: Template) -> Message:
    path = template.existing(fault.path)
    return Message(
        severity=fault.severity or rule.severity,
        rule=rule.id,
        text=fault.text,
        path=path,
        # YAML counts the end of the text as a line of its own.
        line=min(fault.line or template.line(path), template.text.count("\n") + 1),
        resource=str(path[1]) if len(path) > 1 and path[0] == "Resources" else None,
        judge=DEPLOYMENT,
        hint=fault.hint,
        link=rule.source,
    )
