"""The text of a rule: words with expressions in braces, worked out for what the finding is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from designer.catalog.expressions import Constants, Expression, compile_expression

_PART = re.compile(r"\{([^{}]*)\}")


class RuleText:
    """A text such as "{name} hides messages for {visibility_timeout} s". Raises `ExpressionError` when it is none."""

    __slots__ = ("_parts", "plain")

    def __init__(self, text: str, constants: Constants = ()) -> None:
        self.plain = text
        self._parts: list[str | Expression] = []
        for number, part in enumerate(_PART.split(text)):
            self._parts.append(compile_expression(part, constants) if number % 2 else part)

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
        if len(self._parts) == 1:
            return self.plain
        return "".join(part if isinstance(part, str) else _shown(part(values, functions)) for part in self._parts)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, float):
        return f"{value:g}"
    return "nothing" if value is None else str(value)
