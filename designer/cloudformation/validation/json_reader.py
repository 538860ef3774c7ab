"""Reads JSON with the line of every value. Tabs are white space here, as CloudFormation has it."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from designer.cloudformation.validation.builder import Builder, StopReadingError, shown
from designer.cloudformation.validation.template import Template

_TOKEN = re.compile(
    r'(?P<space>[\s\ufeff]+)|(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")|(?P<number>-?[0-9][0-9.eE+-]*)'
    r"|(?P<word>true|false|null)|(?P<mark>[{}\[\],:])",
    re.DOTALL,
)
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_DECODER = json.JSONDecoder(strict=False)


def read_json(template: Template) -> None:
    """Fills the template from its text of JSON."""
    builder = Builder(template)
    try:
        _Reader(builder, template.text).read()
    except StopReadingError:
        return


class _Reader:
    """Walks over the tokens; `expected` is what may stand at the place that has been reached."""

    def __init__(self, builder: Builder, text: str) -> None:
        self.builder, self.text = builder, text
        self.line = 1
        self.closers: list[str] = []
        self.expected = "value"

    def read(self) -> None:
        place = 0
        while place < len(self.text):
            match = _TOKEN.match(self.text, place)
            if match is None:
                raise self._unexpected(self.text[place : place + 1])
            self._token(match.lastgroup or "", match[0])
            self.line += match[0].count("\n")
            place = match.end()
        if self.expected != "nothing":
            raise self.builder.stop(self.line, "this is not JSON: it ends in the middle")
        self.builder.finish()

    def _token(self, kind: str, token: str) -> None:
        if kind == "space":
            return
        if kind == "mark":
            self._mark(token)
        elif kind == "text" and self.expected in ("key", "key or end"):
            self.builder.key(self._decoded(token), self.line)
            self.expected = "colon"
        elif self.expected in ("value", "value or end"):
            self.builder.scalar(self._scalar(kind, token), self.line)
            self._after_value()
        else:
            raise self._unexpected(token)

    def _mark(self, token: str) -> None:
        if token in "{[" and self.expected in ("value", "value or end"):
            self.builder.start({} if token == "{" else [], self.line)
            self.closers.append("}" if token == "{" else "]")
            self.expected = "key or end" if token == "{" else "value or end"
        elif token in "}]" and self.closers and token == self.closers[-1] and self.expected.endswith("end"):
            self.closers.pop()
            self.builder.end()
            self._after_value()
        elif token == "," and self.expected == "comma or end":
            self.expected = "key" if self.closers[-1] == "}" else "value"
        elif token == ":" and self.expected == "colon":
            self.expected = "value"
        else:
            raise self._unexpected(token)

    def _after_value(self) -> None:
        self.expected = "comma or end" if self.closers else "nothing"

    def _scalar(self, kind: str, token: str) -> Any:
        if kind == "text":
            return self._decoded(token)
        if kind == "word":
            return _WORDS[token]
        try:
            number = int(token) if len(token) < 20 and token.lstrip("-").isdigit() else float(token)
        except ValueError:
            raise self._unexpected(token) from None
        return token if isinstance(number, float) and math.isinf(number) else number

    def _decoded(self, token: str) -> str:
        try:
            return str(_DECODER.decode(token))
        except ValueError:
            raise self._unexpected(token) from None

    def _unexpected(self, token: str) -> StopReadingError:
        return self.builder.stop(self.line, f"this is not JSON: {shown(token)} where a {self.expected} is expected")
