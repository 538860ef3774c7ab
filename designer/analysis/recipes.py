"""Fixes as data: what to set, where, and when, beside the rules that ask for it.

A recipe is an entry below `fixes` of a rule. A text there names a recipe of another rule, so that a proof (SPOF-01) and
the rule it proves (RDS-01) offer the same thing:

    fixes:
      - id: multi-az
        title: "Run {name} with a standby in a second zone"
        for: rds
        when: deployment == 'single'
        zones: 2
        set: {deployment: standby}
      - nat-per-zone
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from designer.analysis.rule_text import RuleText
from designer.catalog.expressions import Expression, ExpressionError, compile_expression
from designer.catalog.reader import Entry
from designer.errors import UserError

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class On(StrEnum):
    """What a recipe is applied to.

    COMPONENT is the first component of the finding, EACH every one of them that the recipe fits, one by one. SOURCE and
    TARGET are the ends of the finding's wire, WIRE each of its wires, NETWORK its VPC, drawn or implied.
    """

    COMPONENT = "component"
    EACH = "each"
    SOURCE = "source"
    TARGET = "target"
    WIRE = "wire"
    NETWORK = "network"
    ARCHITECTURE = "architecture"


class Structure(StrEnum):
    """What a recipe may `do` to rebuild a part of the drawing; see `designer.analysis.fixes.structures`."""

    WRAP_IN_GROUP = "wrap-in-group"
    PUT_BEHIND_LOAD_BALANCER = "put-behind-load-balancer"
    SPREAD_TARGETS = "spread-targets"
    PUT_QUEUE_BETWEEN = "put-queue-between"
    DELIVER_TO_EACH = "deliver-to-each"
    PUBLISH_INSTEAD = "publish-instead"
    MOVE_TO_PRIVATE = "move-to-private"
    MOVE_TO_PUBLIC = "move-to-public"
    MOVE_TO_VPC = "move-to-vpc"
    RELATE_RIGHTLY = "relate-rightly"
    LEAD_THROUGH = "lead-through"
    TAKE_AWAY_WIRE = "take-away-wire"
    AGREE_ON_ALTERNATIVES = "agree-on-alternatives"
    OUTLAST_TARGET = "outlast-target"
    CHECK_MORE_OFTEN = "check-more-often"
    HIDE_LONG_ENOUGH = "hide-long-enough"
    KEEP_KNOWN_ZONES = "keep-known-zones"


class Together(StrEnum):
    """Of a rule whose fixes are made in one step, to each place the first that fits: what the places are."""

    COMPONENTS = "components"
    WITNESS = "witness"


@dataclass(frozen=True, slots=True)
class Assignment:
    """A value to set: as it stands (`None` for "the default again"), or an expression over the effective values."""

    literal: Any
    formula: Expression | None

    def value(self, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
        """The value for one place."""
        return self.literal if self.formula is None else self.formula(values, functions)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One fix as data.

    `kinds` (or relations) it fits, empty for all; `when` it makes sense; `zones` how many zones it spreads over at
    least; `assignments` properties by name; `structure` the function that rebuilds the drawing.
    """

    id: str
    title: RuleText
    on: On
    kinds: tuple[str, ...]
    when: Expression | None
    zones: Expression | None
    assignments: Mapping[str, Assignment]
    structure: Structure | None


def read_recipes(entry: Entry) -> list[dict[str, Any] | str]:
    """The recipes of a rule as plain data, names of recipes elsewhere as text. Raises `UserError` with the line."""
    return [
        node.value if isinstance(node.value, str) else _read(Entry(node, entry.file, entry.name))
        for node in entry.list_of("fixes")
    ]


def _read(entry: Entry) -> dict[str, Any]:
    kinds = entry.take("for", (str, list), [])
    recipe = {
        "id": entry.text("id"),
        "title": entry.text("title"),
        "on": str(entry.member("on", On, On.COMPONENT)),
        "kinds": [kinds] if isinstance(kinds, str) else [str(kind) for kind in kinds],
        "when": entry.formula("when", None),
        "zones": entry.formula("zones", None),
        "set": entry.take("set", dict, {}),
        "structure": str(entry.member("do", Structure)) if "do" in entry.left else None,
        "line": entry.node.line,
    }
    entry.done()
    if not _ID.fullmatch(recipe["id"]):
        raise entry.error(f"{recipe['id']!r} is no name of a fix: lower-case words with hyphens in between", "id")
    try:
        recipe_of(recipe)
    except ExpressionError as error:
        raise entry.error(str(error)) from error
    if not recipe["set"] and recipe["zones"] is None and recipe["structure"] is None:
        raise entry.error("a fix says what to 'set', over how many 'zones' to spread, or what to 'do'")
    return recipe


def recipe_of(entry: Mapping[str, Any]) -> Recipe:
    """The recipe of an entry as `read_recipes` gives it. Raises `ExpressionError` for a broken text."""
    return Recipe(
        id=entry["id"],
        title=RuleText(entry["title"]),
        on=On(entry["on"]),
        kinds=tuple(entry["kinds"]),
        when=None if entry["when"] is None else compile_expression(entry["when"]),
        zones=None if entry["zones"] is None else compile_expression(entry["zones"]),
        assignments={name: _assignment(value) for name, value in entry["set"].items()},
        structure=None if entry["structure"] is None else Structure(entry["structure"]),
    )


def _assignment(value: Any) -> Assignment:
    """A text in braces is an expression, everything else the value itself."""
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return Assignment(None, compile_expression(value[1:-1]))
    return Assignment(value, None)


def all_recipes(entries: Sequence[Mapping[str, Any]]) -> dict[str, Recipe]:
    """Every recipe of the rules by its name. Raises `UserError` for a name given twice, or one that leads nowhere."""
    found: dict[str, Recipe] = {}
    for rule in entries:
        for entry in rule.get("fixes", ()):
            if isinstance(entry, str):
                continue
            if entry["id"] in found:
                raise _error(rule, f"the fix {entry['id']!r} is given twice", entry["line"])
            found[entry["id"]] = recipe_of(entry)
    for rule in entries:
        for entry in rule.get("fixes", ()):
            if isinstance(entry, str) and entry not in found:
                raise _error(rule, f"'fixes' names {entry!r}, and there is no such fix", rule["line"])
    return found


def _error(rule: Mapping[str, Any], message: str, line: int) -> UserError:
    from pathlib import Path

    return UserError(message, file=Path(rule["file"]), line=line, name=rule["id"])
