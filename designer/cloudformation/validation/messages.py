"""What a validation says: one message a fault, with the place in the template and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

Path = tuple[str | int, ...]
"""Keys and indexes from the top of a template down to a value."""

DEPLOYMENT = "deployment"
"""The judge that is this program's own rules."""
ENGINE = "cloudformation-validate"
CFN_LINT = "cfn-lint"

MISSING = "missing"
FAILED = "failed"
"""The rules of messages that say that a linter is not there, or stumbled; their judge is that linter."""


class Severity(StrEnum):
    """How bad it is.

    ERROR: the deployment fails. WARNING: it can fail, or deploys something that does not work. INFO: worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that a judge says of a template.

    `path` leads to the value it is about and `line` (from 1) is where that stands; `resource` is the logical id of the
    resource it belongs to. `judge` is who says so and `rule` under which id. `hint` says what to do, `link` where the
    rule is explained; both may be empty.
    """

    severity: Severity
    rule: str
    text: str
    path: Path = ()
    line: int = 1
    resource: str | None = None
    judge: str = DEPLOYMENT
    hint: str = ""
    link: str = ""

    def as_data(self) -> dict[str, Any]:
        """The message as JSON can carry it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Message:
        """The message that `as_data` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
        fields = dict(data)
        fields["severity"] = Severity(fields["severity"])
        fields["path"] = tuple(fields["path"])
        return cls(**fields)


def in_order(messages: list[Message]) -> list[Message]:
    """Messages from the worst to the least, and from the top of the template to its end."""
    return sorted(messages, key=lambda message: (message.severity.rank, message.line, message.rule, message.text))
