"""Which instance types a Region has, as far as is known.

The table is that of `resources/facts/instance_types.json`, which says where it comes from and of when it is. Nothing is
said of a Region or a type that it does not know.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from designer.assets import data
from designer.catalog.processors import is_arm
from designer.catalog.resolve import Resolved


def unoffered_types(resolved: Resolved, region: str) -> list[str]:
    """The instance types of a component that the Region is known not to have."""
    formula = resolved.kind.traits.get("instance_types")
    if formula is None:
        return []
    types = dict.fromkeys(resolved.work_out(str(formula)))
    return [name for name in types if is_offered(name, region) is False]


def types_of_other_processors(resolved: Resolved) -> list[str]:
    """The instance types of a component that cannot run the machine image of the first one."""
    formula = resolved.kind.traits.get("instance_types")
    types = resolved.work_out(str(formula)) if formula is not None else []
    return [name for name in types if is_arm(name) is not is_arm(types[0])]


def is_offered(instance_type: str, region: str) -> bool | None:
    """Whether a Region has an instance type; `None` where that is not known."""
    table = _table()
    family, _, size = instance_type.partition(".")
    row = next((row for row in table["families"].get(family, ()) if size in row["sizes"]), None)
    if row is None or region not in table["regions"]:
        return None
    return region not in row["missing"] if "missing" in row else region in row["only"]


def as_of() -> str:
    """The day of the table, as "2026-11-21"."""
    return str(_table()["as_of"])


@lru_cache(maxsize=1)
def _table() -> Any:
    return json.loads((data("resources") / "facts" / "instance_types.json").read_text(encoding="utf-8"))
