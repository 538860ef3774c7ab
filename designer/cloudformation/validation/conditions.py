"""Which conditions of a template hold, with its parameters at their defaults or at other values.

A condition is looked at as a function of the parameters in it. Each of those takes the texts it is compared with, its
default, and one value that is none of them; so what can hold, and what can hold together, is found by trying.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from designer.cloudformation.validation.values import Unknown, text_of

MAX_TRIES = 512

Assignment = Mapping[str, Any]
"""Values of parameters (plain, or `Unknown` with the texts it differs from)."""


class Conditions:
    """The conditions of a template. Broken ones are undecided, never an error."""

    def __init__(self, conditions: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
        self.conditions = conditions
        self.parameters = parameters
        self._candidates = self._compared()
        self.defaults: Assignment = {name: self._default(name) for name in parameters}
        self._scenarios: dict[frozenset[str], Assignment | None] = {}
        self._lacks: dict[tuple[str, str | None], bool] = {}

    def holds(self, name: str, assignment: Assignment) -> bool | None:
        """Whether a condition holds; `None` where that depends on something that is not known."""
        return self._named(name, assignment, ())

    def scenario(self, names: Iterable[str]) -> Assignment | None:
        """Parameter values, as near to the defaults as possible, with which all these conditions hold.

        `None` where they cannot hold together. The defaults where nothing better is known.
        """
        wanted = frozenset(names)
        if wanted not in self._scenarios:
            self._scenarios[wanted] = self._find(wanted)
        return self._scenarios[wanted]

    def together(self, first: str | None, second: str | None) -> bool:
        """Whether two conditions can hold at once; `None` stands for no condition."""
        return self.scenario([name for name in (first, second) if name]) is not None

    def can_lack(self, needed: str, given: str | None) -> bool:
        """Whether, with `given` (or nothing) holding, `needed` can surely not hold."""
        key = (needed, given)
        if key not in self._lacks:
            self._lacks[key] = self._can_lack(needed, given)
        return self._lacks[key]

    def _can_lack(self, needed: str, given: str | None) -> bool:
        names = [needed] if given is None else [needed, given]
        for count, assignment in enumerate(self._assignments(self._parameters_of(names))):
            holds = True if given is None else self.holds(given, assignment)
            if holds and self.holds(needed, assignment) is False:
                return True
            if count >= MAX_TRIES:
                break
        return False

    def _find(self, wanted: frozenset[str]) -> Assignment | None:
        possible: Assignment | None = None
        for count, assignment in enumerate(self._assignments(self._parameters_of(wanted))):
            verdicts = [self.holds(name, assignment) for name in wanted]
            if all(verdicts):
                return assignment
            if False not in verdicts:
                possible = possible or assignment
            if count >= MAX_TRIES:
                return possible or self.defaults
        return possible

    def _assignments(self, names: list[str]) -> Iterator[Assignment]:
        """The defaults first, then all combinations of candidate values."""
        yield self.defaults
        for values in product(*(self._candidates[name] for name in names)):
            yield {**self.defaults, **dict(zip(names, values, strict=True))}

    def _default(self, name: str) -> Any:
        parameter = self.parameters[name]
        if isinstance(parameter, dict) and text_of(parameter.get("Default")) is not None:
            kind = parameter.get("Type")
            if not (isinstance(kind, str) and kind.startswith("AWS::SSM::Parameter::Value")):
                return parameter["Default"]
        return Unknown(f"parameter {name}")

    def _compared(self) -> dict[str, list[Any]]:
        """For each parameter what it is worth trying: what it is compared with, what it may be, and none of these."""
        texts: dict[str, set[str]] = {name: set() for name in self.parameters}
        for expression in self.conditions.values():
            for call in _calls(expression, "Fn::Equals"):
                if isinstance(call, list) and len(call) == 2:
                    for one, other in (call, call[::-1]):
                        name = _parameter(one)
                        if name in texts and (text := text_of(other)) is not None:
                            texts[name].add(text)
        return {name: self._tried(name, found) for name, found in texts.items() if found}

    def _tried(self, name: str, texts: set[str]) -> list[Any]:
        parameter = self.parameters[name]
        allowed = parameter.get("AllowedValues") if isinstance(parameter, dict) else None
        if isinstance(allowed, list) and allowed and len(allowed) <= 16:
            return [text for item in allowed if (text := text_of(item)) is not None]
        return [*sorted(texts), Unknown(f"parameter {name}", frozenset(texts))]

    def _parameters_of(self, names: Iterable[str]) -> list[str]:
        found: dict[str, None] = {}
        waiting, seen = list(names), set(names)
        while waiting:
            expression = self.conditions.get(waiting.pop())
            for name in _calls(expression, "Ref"):
                if isinstance(name, str) and name in self._candidates:
                    found[name] = None
            for name in _calls(expression, "Condition"):
                if isinstance(name, str) and name not in seen:
                    seen.add(name)
                    waiting.append(name)
        return list(found)

    def _named(self, name: str, assignment: Assignment, within: tuple[str, ...]) -> bool | None:
        if name in within or name not in self.conditions:
            return None
        return self._holds(self.conditions[name], assignment, (*within, name))

    def _holds(self, expression: Any, assignment: Assignment, within: tuple[str, ...]) -> bool | None:
        if not isinstance(expression, dict) or len(expression) != 1:
            return None
        ((function, argument),) = expression.items()
        if function == "Condition" and isinstance(argument, str):
            return self._named(argument, assignment, within)
        if not isinstance(argument, list):
            return None
        if function == "Fn::Equals" and len(argument) == 2:
            return _equal(self._operand(argument[0], assignment), self._operand(argument[1], assignment))
        parts = [self._holds(part, assignment, within) for part in argument]
        if function == "Fn::Not" and len(parts) == 1:
            return None if parts[0] is None else not parts[0]
        if function == "Fn::And":
            return False if False in parts else None if None in parts else True
        if function == "Fn::Or":
            return True if True in parts else None if None in parts else False
        return None

    def _operand(self, expression: Any, assignment: Assignment) -> Any:
        name = _parameter(expression)
        if name is not None:
            return assignment.get(name, Unknown(name))
        return expression


def _parameter(expression: Any) -> str | None:
    if isinstance(expression, dict) and len(expression) == 1 and isinstance(expression.get("Ref"), str):
        return str(expression["Ref"])
    return None


def _equal(first: Any, second: Any) -> bool | None:
    one, other = text_of(first), text_of(second)
    if one is not None and other is not None:
        return one == other
    for value, text in ((first, other), (second, one)):
        if isinstance(value, Unknown) and text is not None and text in value.differs:
            return False
    return True if isinstance(first, Unknown) and first == second else None


def _calls(expression: Any, function: str) -> Iterator[Any]:
    """The arguments of all calls of a function in an expression."""
    if isinstance(expression, dict):
        for key, value in expression.items():
            if key == function:
                yield value
            yield from _calls(value, function)
    elif isinstance(expression, list):
        for item in expression:
            yield from _calls(item, function)
