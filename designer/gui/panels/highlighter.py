"""Colours for YAML and JSON in the template view, by the theme's `code-*` roles."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from designer.gui.theme import Theme, current_theme, theme_switch

_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'"
_YAML = re.compile(
    rf"""(?P<key>(?:^|(?<=[\s{{,\[-]))(?:{_STRING}|[A-Za-z_][\w.:/-]*?)(?=\s*:(?:\s|$)))
    |(?P<string>{_STRING})
    |(?P<comment>(?:^|(?<=\s))\#.*$)
    |(?P<tag>!\w+)
    |(?P<number>(?<![\w.-])(?:-?\d+(?:\.\d+)?|true|false|null)(?![\w.:/-]))""",
    re.VERBOSE,
)
_JSON = re.compile(
    rf"""(?P<key>{_STRING}(?=\s*:))
    |(?P<string>{_STRING})
    |(?P<number>-?\b\d+(?:\.\d+)?\b|\b(?:true|false|null)\b)""",
    re.VERBOSE,
)
_INTRINSIC = re.compile(r"\"(?:Fn::\w+|Ref)\"|(?:Fn::\w+|Ref)")


class CodeHighlighter(QSyntaxHighlighter):
    """Colours one line at a time: neither language needs more, as templates hold no multi-line scalars but blocks."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._rules = _YAML
        self._formats = _formats(current_theme())
        theme_switch().theme_changed.connect(self._recolour)

    def use(self, language: str) -> None:
        """Says whether the text is "yaml" or "json"."""
        rules = _JSON if language == "json" else _YAML
        if rules is not self._rules:
            self._rules = rules
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Qt asks for one line."""
        for match in self._rules.finditer(text):
            role = match.lastgroup
            if role == "key" and _INTRINSIC.fullmatch(match.group()):
                role = "tag"
            if role is not None:
                self.setFormat(match.start(), match.end() - match.start(), self._formats[role])

    def _recolour(self, theme: Theme) -> None:
        self._formats = _formats(theme)
        self.rehighlight()


def _formats(theme: Theme) -> dict[str, QTextCharFormat]:
    made = {}
    for part in ("key", "string", "tag", "comment", "number"):
        made[part] = QTextCharFormat()
        made[part].setForeground(theme.brush(f"code-{part}"))
    return made
