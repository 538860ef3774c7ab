"""How a severity is shown: always an icon and a word, with the colour on top."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QPixmap

from designer.analysis.scale import Severity
from designer.gui.icons import action_pixmap
from designer.gui.theme import current_theme
from designer.language import later, tr

WORDS: Mapping[Severity, str] = {
    Severity.ERROR: later("Error"),
    Severity.HIGH: later("High"),
    Severity.MEDIUM: later("Medium"),
    Severity.LOW: later("Low"),
    Severity.INFO: later("Info"),
}
_ICONS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.HIGH: "warning",
    Severity.MEDIUM: "medium",
    Severity.LOW: "low",
    Severity.INFO: "info",
}


def role_of(severity: Severity) -> str:
    """The colour role of a severity."""
    return f"severity-{severity.value}"


def severity_icon_name(severity: Severity) -> str:
    """The name of the icon of a severity: each has a shape of its own, for those who do not tell its colour."""
    return _ICONS[severity]


def severity_pixmap(severity: Severity, size: int, dpr: float) -> QPixmap:
    """The icon of a severity in its colour."""
    return action_pixmap(severity_icon_name(severity), size, current_theme().color(role_of(severity)), dpr)


def count_words(counts: Mapping[Severity, int]) -> str:
    """Counts in words: "2 high, 1 low"; "no findings" for none."""
    parts = [
        tr("{count} {severity}", count=counts[severity], severity=tr(WORDS[severity]).lower())
        for severity in Severity
        if counts.get(severity)
    ]
    return ", ".join(parts) or tr("no findings")
