"""What a deployment rule is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from designer.cloudformation.validation.messages import Path, Severity
from designer.cloudformation.validation.stack import Stack


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of a rule: at which path, what is wrong, and what to do about this one.

    `severity` is set where a breach weighs otherwise than the rule, `line` where the text has it at another line than
    the path.
    """

    path: Path
    text: str
    hint: str = ""
    severity: Severity | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule on a stack. `check` yields its breaches.

    `title` says what has to be so, `why` what happens otherwise, `source` is the page that says so. A rule with `types`
    is asked only about stacks that have a resource of one of them. `others` are the ids under which linters say the
    same.
    """

    id: str
    title: str
    why: str
    source: str
    severity: Severity
    check: Callable[[Stack], Iterator[Fault]]
    types: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def concerns(self, stack: Stack) -> bool:
        """Whether the stack has anything that the rule is about."""
        return not self.types or any(kind in stack.types for kind in self.types)
