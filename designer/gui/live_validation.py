"""What the judges of templates say of the drawing's template, kept up to date in a process of its own.

The window asks and goes on at once. The process is started with the first question and lives until the window closes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from designer.cloudformation.validation.messages import FAILED, MISSING, Message, Severity
from designer.language import tr

if TYPE_CHECKING:
    from designer.cloudformation.validation.client import ValidationError
    from designer.cloudformation.validation.writers import WrittenLine

UNCHECKED = "unchecked"
"""The rule of the message that says why there is no judgement."""


class Judged(Protocol):
    """An export, as far as it is judged."""

    @property
    def lines(self) -> Sequence[WrittenLine]:
        """The lines of the YAML text with their writers."""

    @property
    def titles(self) -> Mapping[str, str]:
        """The names of the writers."""

    def text(self, format: str = "yaml") -> str:
        """The template as "yaml" or "json"."""


class Judge(Protocol):
    """Who is asked: `client.ValidationProcess`."""

    def request(self, text: str, *, engine: bool = True, lint: bool = False, regions: Sequence[str] = ()) -> int:
        """Asks; the id of the question."""

    def cancel(self) -> None:
        """Gives the newest question up."""

    def close(self) -> None:
        """Ends it."""


class Phase(Enum):
    """How far the judgement is."""

    IDLE = "nothing to judge"
    CHECKING = "being judged"
    DONE = "judged"


@dataclass(frozen=True, slots=True)
class Said:
    """A message, who in the drawing wrote what it is about, and its line (from 1) in each format.

    `origin` is the id of a component, connection or boundary, or the name of a shared part; `title` is for people.
    """

    message: Message
    origin: str = ""
    title: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def line(self, format: str) -> int:
        """The line in a format."""
        return self.lines.get(format, self.message.line)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of the template. `said` stays from before while it is judged anew.

    `lint` says that cfn-lint has been asked, or while it is CHECKING, that it is being asked.
    """

    phase: Phase = Phase.IDLE
    said: tuple[Said, ...] = ()
    lint: bool = False

    @property
    def checking(self) -> bool:
        """Whether an answer is still to come."""
        return self.phase is Phase.CHECKING

    @property
    def faults(self) -> int:
        """How many errors and warnings there are."""
        return self.count(Severity.ERROR) + self.count(Severity.WARNING)

    def count(self, severity: Severity) -> int:
        """How many messages have a severity."""
        return sum(each.message.severity is severity for each in self.said)


Heard = Callable[[int, "list[Message] | ValidationError"], None]


def start_judge(heard: Heard) -> Judge:
    """The process that judges; it starts with its first question."""
    from designer.cloudformation.validation.client import ValidationProcess

    return ValidationProcess(heard)


class LiveValidation(QObject):
    """Asks about each export that it is given, and tells what is known; only the newest answer counts."""

    changed = Signal(object)
    """The `Verdict`, whenever it is another one."""
    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.verdict = Verdict()
        self._judge: Judge | None = None
        self._closed = False
        self._exported: Judged | None = None
        self._text = self._region = ""
        self._judged: tuple[str, str, Verdict] = ("", "", Verdict())
        self._newest = 0
        self._opinion_wanted = False
        # The answer comes from a thread of the client.
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def check(self, exported: Judged | None, region: str) -> None:
        """The template is this one now, to be deployed in this Region; `None` while there is none."""
        self._exported = exported
        if exported is None:
            self.outdate(soon=False)
            return
        self._text, self._region = exported.text("yaml"), region
        lint, self._opinion_wanted = self._opinion_wanted, False
        if not lint and self._known():
            # A component was moved, or an edit undone before it was judged: what was said still holds.
            self._newest = -1
            self._show(self._judged[2])
        else:
            self._ask(lint=lint)

    def outdate(self, *, soon: bool) -> None:
        """The drawing is another one now; `soon` its template comes, or else nothing is known until it does."""
        self._newest = -1
        self._exported = None
        if soon:
            self._show(Verdict(Phase.CHECKING, self.verdict.said, lint=self._opinion_wanted))
        else:
            self._opinion_wanted = False
            self._show(Verdict())

    def second_opinion(self) -> None:
        """Asks cfn-lint too; where the template is not there yet, as soon as it is."""
        if self._exported is None:
            self._opinion_wanted = True
            self._show(Verdict(Phase.CHECKING, self.verdict.said, lint=True))
        else:
            self._ask(lint=True)

    def cancel(self) -> None:
        """Gives cfn-lint up; what was known before holds, and what was not is asked again without it."""
        if not (self.verdict.lint and self.verdict.phase is Phase.CHECKING):
            return
        self._opinion_wanted = False
        if self._judge is not None:
            self._judge.cancel()
        self._newest = -1
        if self._exported is None:
            self._show(Verdict(Phase.CHECKING, self.verdict.said))
        elif self._known():
            self._show(self._judged[2])
        else:
            self._ask(lint=False)

    def close(self) -> None:
        """Ends the process. May be called more than once; nothing is judged afterwards."""
        self._closed = True
        self._newest = -1
        judge, self._judge = self._judge, None
        if judge is not None:
            judge.close()

    def _known(self) -> bool:
        """Whether this text was judged for this Region already."""
        return (self._text, self._region) == self._judged[:2]

    def _ask(self, *, lint: bool) -> None:
        if self._closed:
            return
        if self._judge is None:
            self._judge = start_judge(self._hear)
        self._show(Verdict(Phase.CHECKING, self.verdict.said, lint))
        self._newest = self._judge.request(self._text, lint=lint, regions=(self._region,))

    def _hear(self, key: int, result: list[Message] | ValidationError) -> None:
        """Runs in a thread of the client, where finding the places costs the window nothing."""
        exported = self._exported
        said = _placed(result, exported) if isinstance(result, list) and exported is not None else result
        self._answered.emit(key, said)

    def _take(self, key: int, said: object) -> None:
        if key != self._newest or self._closed:
            return
        if isinstance(said, tuple):
            verdict = Verdict(Phase.DONE, said, self.verdict.lint)
            self._judged = (self._text, self._region, verdict)
        else:
            verdict = Verdict(Phase.DONE, (_unchecked(str(said)),), lint=False)
        self._show(verdict)

    def _show(self, verdict: Verdict) -> None:
        if verdict != self.verdict:
            self.verdict = verdict
            self.changed.emit(verdict)


def _placed(messages: list[Message], exported: Judged) -> tuple[Said, ...]:
    """Each message with its writer and its lines."""
    if not messages:
        return ()
    from designer.cloudformation.validation.json_places import json_places
    from designer.cloudformation.validation.writers import place_all

    in_json = json_places(exported.text("json"))
    said = []
    for placed in place_all(messages, exported.lines, exported.titles):
        message = placed.message
        if message.rule in (FAILED, MISSING):
            said.append(Said(message))
            continue
        lines = {"yaml": message.line, "json": in_json.get(message.path, 1)}
        said.append(Said(message, placed.origin, placed.title, lines))
    return tuple(said)


def _unchecked(reason: str) -> Said:
    text = tr("The template has not been judged: {reason}", reason=reason)
    hint = tr("The next edit tries again. `aws-designer validate` judges the exported file.")
    return Said(Message(severity=Severity.WARNING, rule=UNCHECKED, text=text, judge="", hint=hint))
