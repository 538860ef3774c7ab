"""What the judges of templates say, as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from designer.cli import console

if TYPE_CHECKING:
    from designer.cloudformation.validation.messages import Message
    from designer.cloudformation.validation.writers import Placed


def tell(messages: Sequence[Placed], say: Callable[[str], None]) -> None:
    """Each message with its place, who in the drawing wrote it, and what to do."""
    for placed in messages:
        message = placed.message
        say(f"{message.severity.upper():8}{console.printable(message.text)}  [{message.rule}]")
        about = [f"line {message.line}", message.resource or "", placed.title and f"written by {placed.title}"]
        if not _is_about_a_judge(message):
            say(console.printable(f"        {', '.join(part for part in about if part)}"))
        if message.hint:
            say(console.printable(f"        {message.hint}"))


def _is_about_a_judge(message: Message) -> bool:
    """Whether a message says that a judge is not there or stumbled; it has no place in the template."""
    from designer.cloudformation.validation.messages import FAILED, MISSING

    return message.rule in (FAILED, MISSING)


def faulty(messages: Sequence[Message]) -> bool:
    """Whether there is an error or a warning: what `validate` and `export --lint` exit with 1 for."""
    from designer.cloudformation.validation.messages import Severity

    return any(message.severity is not Severity.INFO for message in messages)
