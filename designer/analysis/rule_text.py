"""The text of a rule: words with expressions in braces, worked out for what the finding is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from designer.catalog.expressions import Constants, Expression, compile_expression
from designer.language import ENGLISH, language, number, tr

_PART = re.compile(r"\{([^{}]*)\}")


class RuleText:
    """A text such as "{name} hides messages for {time(timeout)}". Raises `ExpressionError` when it is none."""

    __slots__ = ("_constants", "_language", "_parts", "_spoken", "plain")

    def __init__(self, text: str, constants: Constants = ()) -> None:
        self.plain = text
        self._constants = constants
        self._parts = _parsed(text, constants)
        self._language = ENGLISH
        self._spoken = self._parts

    @property
    def spoken(self) -> str:
        """The text in the language spoken now, with its expressions as they are written."""
        return tr(self.plain)

    @property
    def expressions(self) -> list[Expression]:
        """What is worked out in it."""
        return [part for part in self._parts if isinstance(part, Expression)]

    @property
    def names(self) -> set[str]:
        """The names whose values it asks for."""
        return {name for part in self.expressions for name in part.names}

    def filled(self, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> str:
        """The text with the values in place of the expressions."""
        parts = self._parts if language() == ENGLISH else self._translated()
        if len(parts) == 1:
            return str(parts[0])
        return "".join(part if isinstance(part, str) else _shown(part(values, functions)) for part in parts)

    def _translated(self) -> list[str | Expression]:
        if self._language != language():
            self._spoken, self._language = _parsed(self.spoken, self._constants), language()
        return self._spoken


def _parsed(text: str, constants: Constants) -> list[str | Expression]:
    """The words and the expressions between them, one after the other."""
    return [compile_expression(part, constants) if place % 2 else part for place, part in enumerate(_PART.split(text))]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or tr("none")
    if isinstance(value, float):
        return number(f"{value:g}")
    return tr("nothing") if value is None else str(value)
