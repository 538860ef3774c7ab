"""Which instance types a Region has and how large they are, as far as is known.

The tables are `instance_types.json` and `instance_sizes.json` of `resources/facts`, which say where they come from and
of when they are. Nothing is said of a Region or a type that they do not know.
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


def instance_vcpus(resolved: Resolved) -> int | None:
    """The vCPUs of a component's first instance type; `None` where it has none, or one that is not known."""
    return _size(resolved)[0]


def instance_memory(resolved: Resolved) -> int | None:
    """The memory in MiB that EC2 states for a component's first instance type; `None` where that is not known."""
    return _size(resolved)[1]


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


def _size(resolved: Resolved) -> tuple[int | None, int | None]:
    formula = resolved.kind.traits.get("instance_types")
    types = resolved.work_out(str(formula)) if formula is not None else []
    family, _, size = types[0].partition(".") if types else ("", "", "")
    vcpus, memory = _sizes()["families"].get(family, {}).get(size, (None, None))
    return vcpus, memory


@lru_cache(maxsize=1)
def _table() -> Any:
    return json.loads((data("resources") / "facts" / "instance_types.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _sizes() -> Any:
    return json.loads((data("resources") / "facts" / "instance_sizes.json").read_text(encoding="utf-8"))
