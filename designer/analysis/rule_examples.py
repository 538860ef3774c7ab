"""An example of each built-in rule: a small drawing, and what the rule says of it.

The file is written from the drawings that the tests go by, so that no example can be wrong.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from designer.assets import data

FILE = ("facts", "rule_examples.json")


@dataclass(frozen=True, slots=True)
class Example:
    """`drawing` has one line for each component (`id: kind property=value`), wire (`id relation id`) or setting."""

    drawing: tuple[str, ...]
    says: str


@cache
def _examples() -> dict[str, Example]:
    entries = json.loads(data("resources").joinpath(*FILE).read_text(encoding="utf-8"))
    return {rule: Example(tuple(entry["drawing"]), entry["says"]) for rule, entry in entries.items()}


def example(rule: str) -> Example | None:
    """The example of a rule; `None` for one of the user's own, and where none can be drawn."""
    return _examples().get(rule)
