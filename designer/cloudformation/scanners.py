"""Checks of security scanners that exports fail for a good reason, as `resources/scanners` lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from designer.assets import data
from designer.errors import UserError
from designer.yaml_source import parse, read_text


@dataclass(frozen=True, slots=True)
class ScannerException:
    """A check such as CKV_AWS_18 that fails on resources of a type, and why that is right."""

    check: str
    type: str
    reason: str


def scanner_exception(name: str) -> ScannerException:
    """The exception that the list calls so. Raises `ValueError` for one that is not listed."""
    listed = exceptions_in(_list())
    if name not in listed:
        raise ValueError(f"the list of scanner exceptions has no {name!r}; it has {', '.join(listed)}")
    return listed[name]


@lru_cache(maxsize=1)
def _list() -> Path:
    return data("resources") / "scanners" / "checkov.yaml"


@lru_cache(maxsize=2)
def exceptions_in(file: Path) -> Mapping[str, ScannerException]:
    """What a list of exceptions has the export write, by name. Raises `UserError` when it cannot be read."""
    root = parse(read_text(file), file)
    try:
        return {name: ScannerException(**entry) for name, entry in (root.plain() if root else {})["written"].items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(f"the list of scanner exceptions cannot be read: {error}", file=file) from error
