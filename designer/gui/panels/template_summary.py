"""What is known of the template, in a few words and an icon."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QPixmap

from designer.cloudformation.validation.messages import CFN_LINT, ENGINE, MISSING, Severity
from designer.gui.icons import action_pixmap
from designer.gui.live_validation import UNCHECKED, Phase, Verdict
from designer.gui.theme import current_theme
from designer.language import later, plural, tr

SEVERITY_WORDS = {Severity.ERROR: later("Error"), Severity.WARNING: later("Warning"), Severity.INFO: later("Info")}
_COUNTED = {
    Severity.ERROR: (later("{count} error"), later("{count} errors")),
    Severity.WARNING: (later("{count} warning"), later("{count} warnings")),
    Severity.INFO: (later("{count} info"), later("{count} infos")),
}
_ICONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
_ROLES = {
    Severity.ERROR: "severity-error",
    Severity.WARNING: "severity-high",
    Severity.INFO: "severity-info",
}


@dataclass(frozen=True, slots=True)
class Summary:
    """The words, more of them for a tooltip, and the worst severity; `None` where all is well or nothing is known."""

    words: str
    more: str
    worst: Severity | None


def role_of(severity: Severity) -> str:
    """The colour role of a severity."""
    return _ROLES[severity]


def message_pixmap(severity: Severity, size: int, dpr: float) -> QPixmap:
    """The icon of a severity in its colour."""
    return action_pixmap(_ICONS[severity], size, current_theme().color(_ROLES[severity]), dpr)


def summary_pixmap(worst: Severity | None, size: int, dpr: float) -> QPixmap:
    """The icon of a summary: a tick where there is nothing to say."""
    if worst is None:
        return action_pixmap("check", size, current_theme().color("ok"), dpr)
    return message_pixmap(worst, size, dpr)


def summary_of(verdict: Verdict) -> Summary:
    """What is known, in words; empty while nothing is to be judged."""
    if verdict.phase is Phase.IDLE:
        return Summary("", "", None)
    if verdict.phase is Phase.CHECKING:
        who = tr("cfn-lint reads it…") if verdict.lint else tr("Checking…")
        return Summary(who, tr("The template is being judged in a process of its own"), None)
    rules = {each.message.rule: each.message for each in verdict.said}
    if UNCHECKED in rules:
        return Summary(tr("Not checked"), rules[UNCHECKED].text, Severity.WARNING)
    counted = {severity: verdict.count(severity) for severity in Severity}
    missing = [each.message.judge for each in verdict.said if each.message.rule == MISSING]
    counted[Severity.INFO] -= len(missing)
    parts = [_counted(count, severity) for severity, count in counted.items() if count]
    words = ", ".join(parts) or tr("No messages")
    if ENGINE in missing:
        words += tr(" · own rules only")
    worst = next((severity for severity, count in counted.items() if count), Severity.INFO if missing else None)
    return Summary(words, _asked(verdict, missing), worst)


def _asked(verdict: Verdict, missing: list[str]) -> str:
    asked = [tr("the program's own rules"), ENGINE, *([CFN_LINT] if verdict.lint else [])]
    there = [judge for judge in asked if judge not in missing]
    text = tr("Judged by {names}.", names=tr(" and ").join(filter(None, [", ".join(there[:-1]), there[-1]])))
    absent = [tr("{judge} is not installed.", judge=judge) for judge in missing]
    return " ".join([text, *absent])


def _counted(count: int, severity: Severity) -> str:
    return plural(*_COUNTED[severity], count)
