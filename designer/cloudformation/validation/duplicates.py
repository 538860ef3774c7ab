"""Keeps one message where several judges say the same about one place."""

from __future__ import annotations

import re

from designer.cloudformation.validation.messages import CFN_LINT, DEPLOYMENT, ENGINE, Message, Path

_TRUST = (DEPLOYMENT, ENGINE, CFN_LINT)
"""Whose message stays, the first one first: the own rules say what to do, the linters give their own numbers."""


def without_duplicates(messages: list[Message]) -> list[Message]:
    """The messages without those that a more trusted judge says already.

    Two judges say the same when their rules are known as the same and one place is, or lies in, the other, or the own
    rule names the resource. The two linters count their rules alike: E3012 of one is F3012 of the other.
    """
    from designer.cloudformation.validation.rules import RULES

    same = {rule.id: set(rule.others) for rule in RULES}
    kept: list[Message] = []
    for message in sorted(messages, key=lambda each: _TRUST.index(each.judge) if each.judge in _TRUST else len(_TRUST)):
        if not any(_says_the_same(other, message, same) for other in kept):
            kept.append(message)
    return kept


def _says_the_same(kept: Message, message: Message, same: dict[str, set[str]]) -> bool:
    if kept.judge == message.judge:
        return kept == message
    if kept.judge == DEPLOYMENT:
        return message.rule in same.get(kept.rule, ()) and (
            _one_place(kept.path, message.path) or _named(kept, message)
        )
    number = kept.rule[1:]
    return number.isdigit() and number == message.rule[1:] and _one_place(kept.path, message.path)


def _named(kept: Message, message: Message) -> bool:
    """Whether a message is about a resource that the kept one names, as one about a circle names all that are in it."""
    return message.resource is not None and message.resource in re.findall(r"[A-Za-z0-9]+", kept.text)


def _one_place(first: Path, second: Path) -> bool:
    """Whether one path is the start of the other, or both lie in one property of one resource."""
    shorter = min(len(first), len(second))
    if shorter < 2:
        return first[:1] == second[:1] or shorter == 0
    return first[:shorter] == second[:shorter] or (len(first) > 3 and first[:4] == second[:4])
