"""What resource schemas say about updates: which properties force a replacement, and which lists are sets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from designer.assets import data
from designer.errors import UserError
from designer.language import tr
from designer.yaml_source import read_text

Pointer = tuple[str, ...]
"""A path below a resource's properties; "*" stands for every item of a list."""


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """One resource type. `create_only` properties replace the resource, `conditional` ones do so for some values;
    `unordered` lists mean the same in any order."""

    create_only: tuple[Pointer, ...] = ()
    conditional: tuple[Pointer, ...] = ()
    unordered: frozenset[Pointer] = frozenset()


@dataclass(frozen=True, slots=True)
class UpdateFacts:
    """All resource types, and what is kept in the `stateful` ones: "its items" for a table."""

    types: Mapping[str, TypeFacts]
    stateful: Mapping[str, str]

    def of(self, resource_type: str) -> TypeFacts:
        """The facts about a type; none for one that is not known."""
        return self.types.get(resource_type, _NOTHING)


_NOTHING = TypeFacts()


def load_facts() -> UpdateFacts:
    """The facts that come with the program. Raises `UserError` when their file is broken."""
    return _load(data("resources") / "facts" / "replacement.json")


@lru_cache(maxsize=2)
def _load(file: Path) -> UpdateFacts:
    try:
        content: dict[str, Any] = json.loads(read_text(file))
        types = {name: _type_facts(entry) for name, entry in content["types"].items()}
        return UpdateFacts(types, dict(content["stateful"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(tr("the facts about updates cannot be read: {error}", error=error), file=file) from error


def _type_facts(entry: Mapping[str, Iterable[str]]) -> TypeFacts:
    return TypeFacts(
        create_only=_pointers(entry.get("create_only", ())),
        conditional=_pointers(entry.get("conditional", ())),
        unordered=frozenset(_pointers(entry.get("unordered", ()))),
    )


def _pointers(texts: Iterable[str]) -> tuple[Pointer, ...]:
    return tuple(tuple(text.split("/")) for text in texts)
