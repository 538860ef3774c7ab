"""The deployment rules: one a file `dNN_*.py`, each with its reason and its source, found by that name."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

from designer.cloudformation.validation.rules.rule import Rule


def _find() -> tuple[Rule, ...]:
    """The rules of this folder by number. A program packed into one file lists its modules in the same way."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if re.match(r"d[0-9]+_", module.name)]
    rules: list[Rule] = [import_module(f"{__name__}.{name}").RULE for name in names]
    return tuple(sorted(rules, key=lambda rule: int(rule.id[1:])))


RULES: tuple[Rule, ...] = _find()
"""All rules, in the order of their numbers."""
