"""Errors that a person can act on: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class UserError(Exception):
    """Something the user can put right, as opposed to a defect of the program.

    `message` says what is wrong and what was expected, `file` and `line` (counted from 1) where, `name` which component
    or connection, `hint` what to do. As text: `file:line: name: message. hint`, without the parts that are not known.
    """

    def __init__(
        self,
        message: str,
        *,
        file: Path | None = None,
        line: int | None = None,
        name: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.name = name
        self.hint = hint

    @property
    def place(self) -> str:
        """Where it is wrong: `file:line`, `file`, `line N`, or the empty string."""
        from designer.language import tr

        if self.file is None:
            return "" if self.line is None else tr("line {line}", line=self.line)
        return str(self.file) if self.line is None else f"{self.file}:{self.line}"

    def __str__(self) -> str:
        text = ": ".join(part for part in (self.place, self.name, self.message) if part)
        if not self.hint:
            return text
        return f"{text} {self.hint}" if text.endswith((".", "!", "?", ":")) else f"{text}. {self.hint}"


class UserErrors(UserError):  # noqa: N818 - the plural of the class above
    """Several errors found in one go, in the order in which they stand in the source; as text, one a line.

    Raises ValueError when there is none to report: that would be an error without a reason.
    """

    def __init__(self, errors: Sequence[UserError]) -> None:
        if not errors:
            raise ValueError("UserErrors needs at least one error")
        # The language reads its files, and says by these errors what is wrong with them.
        from designer.language import tr

        several = tr("{count} errors", count=len(errors))
        super().__init__(several if len(errors) > 1 else errors[0].message, file=errors[0].file)
        self.errors = list(errors)

    def __str__(self) -> str:
        return "\n".join(str(error) for error in self.errors)
