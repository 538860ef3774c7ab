"""Policies: statements, and whether they could allow something. What is not known counts as allowed.

How policies are evaluated: IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.values import (
    SYMBOLS,
    Joined,
    Reference,
    Value,
    possible_items,
    references,
    text_of,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a policy, with the path where it stands; its parts as they are resolved."""

    body: dict[str, Any]
    path: Path

    @property
    def allows(self) -> bool:
        """Whether the statement grants something, as opposed to denying it."""
        return self.body.get("Effect") != "Deny"

    def could_allow_action(self, action: str) -> bool:
        """Whether the statement could grant an action such as `sqs:SendMessage`."""
        if not self.allows:
            return False
        if "NotAction" in self.body:
            return not any(_matches(item, action) for item in possible_items(self.body["NotAction"]))
        return any(_matches(item, action) for item in possible_items(self.body.get("Action")))

    def could_cover(self, target: str, rivals: Iterable[str]) -> bool:
        """Whether the statement could be about a resource of this stack, given other resources of its type."""
        if "NotResource" in self.body or "Resource" not in self.body:
            return True
        return any(could_name(item, target, rivals) for item in possible_items(self.body["Resource"]))

    def could_admit_service(self, service: str) -> bool:
        """Whether the statement's principal could be a service such as `sns.amazonaws.com`."""
        principal = self.body.get("Principal")
        if not isinstance(principal, dict):
            return principal != "" and (
                "NotPrincipal" in self.body or principal == "*" or isinstance(principal, SYMBOLS)
            )
        if any(item == "*" for item in possible_items(principal.get("AWS"))):
            return True
        return any(could_be_service(item, service) for item in possible_items(principal.get("Service")))

    def services(self) -> list[Value]:
        """The services that the statement names as principals."""
        principal = self.body.get("Principal")
        return possible_items(principal.get("Service")) if isinstance(principal, dict) else []

    def conditions(self, *keys: str) -> Iterator[Value]:
        """The values that the statement's conditions give for these keys, whatever the operator; case is ignored."""
        wanted = {key.lower() for key in keys}
        condition = self.body.get("Condition")
        for tests in condition.values() if isinstance(condition, dict) else ():
            for key, value in tests.items() if isinstance(tests, dict) else ():
                if key.lower() in wanted:
                    yield from possible_items(value)


@dataclass(frozen=True, slots=True)
class Policy:
    """The statements of a policy document. One that is not `known` may hold more than these."""

    statements: tuple[Statement, ...]
    known: bool


def read_policy(document: Value, path: Path) -> Policy:
    """The policy in a resolved document that stands at a path."""
    if isinstance(document, str):
        document = _decoded(document)
    if not isinstance(document, dict) or isinstance(document.get("Statement"), SYMBOLS):
        return Policy((), known=False)
    found = document.get("Statement")
    if isinstance(found, dict):
        return Policy((Statement(found, (*path, "Statement")),), known=True)
    if not isinstance(found, list):
        return Policy((), known=False)
    statements = [
        Statement(each, (*path, "Statement", index))
        for index, item in enumerate(found)
        for each in possible_items(item)
        if isinstance(each, dict)
    ]
    return Policy(tuple(statements), known=all(isinstance(item, dict) for item in found))


def _decoded(text: str) -> Any:
    """A policy that is written as JSON inside the template; `None` where it is something else."""
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def could_be(value: Value, text: str) -> bool:
    """Whether a value is this text, or may turn out to be."""
    known = text_of(value)
    if known is not None:
        return known == text
    if isinstance(value, Joined):
        return re.fullmatch(_pattern(value), text) is not None
    return not isinstance(value, (dict, list))


def could_be_service(value: Value, service: str) -> bool:
    """Whether a principal could be a service, in its plain form or in that of one Region or partition."""
    known = text_of(value)
    name = service.removesuffix(".amazonaws.com")
    if known is not None:
        return (
            re.fullmatch(rf"{re.escape(name)}(\.[a-z0-9-]+)?\.(amazonaws\.com(\.cn)?|aws\.[a-z.]+)", known) is not None
        )
    return could_be(value, service) or could_be(value, f"{name}.a-region-1.amazonaws.com")


def could_name(value: Value, target: str, rivals: Iterable[str]) -> bool:
    """Whether the resource of a statement could be a resource of this stack: by reference, pattern or written ARN."""
    named = [reference.resource for reference in references(value)]
    if target in named:
        return True
    return not any(name in rivals for name in named) and not isinstance(value, Reference)


def _matches(pattern: Value, action: str) -> bool:
    text = text_of(pattern)
    return True if text is None else bool(_wildcard(text.lower()).fullmatch(action.lower()))


@lru_cache(maxsize=2048)
def _wildcard(pattern: str) -> re.Pattern[str]:
    # Stars in a row would make the search slow and mean the same as one.
    parts = re.split(r"(\*+|\?)", pattern)
    return re.compile("".join(".*" if p.startswith("*") else "." if p == "?" else re.escape(p) for p in parts))


def _pattern(value: Joined) -> str:
    return "".join(re.escape(part) if isinstance(part, str) else ".+" for part in value.parts)
