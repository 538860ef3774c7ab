"""Finds resources that only have another logical id: for CloudFormation, one is deleted and another is made."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from designer.cloudformation.diff.references import renamed
from designer.cloudformation.diff.values import Place, canonical
from designer.cloudformation.fragments import Tree


def renames(removed: Tree, added: Tree) -> dict[str, str]:
    """From the old logical id of a resource to the new one, where type, attributes and properties are the same.

    References among the removed and among the added resources count as the same when they lead to the same type. Where
    more of the resources that are alike went than came, or the other way round, none of them is called renamed.
    """
    old, new = _alike(removed), _alike(added)
    found: dict[str, str] = {}
    for text, names in old.items():
        others = new.get(text, [])
        if len(names) == len(others):
            found.update(zip(names, others, strict=True))
    return found


def _alike(resources: Tree) -> dict[str, list[str]]:
    """The logical ids by what their resources have in common."""
    stand_ins = {name: f"a {_type_of(resource)}" for name, resource in resources.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(resources):
        resource = resources[name]
        if not isinstance(resource, dict):
            continue
        rest = {key: value for key, value in resource.items() if key != "DependsOn"}
        found[canonical(renamed(rest, stand_ins), Place())].append(name)
    return found


def _type_of(resource: Any) -> str:
    return str(resource.get("Type", "")) if isinstance(resource, dict) else ""
