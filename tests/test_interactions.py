"""The list of what the canvas can do names a test for everything, and the tests are there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "interactions.md"
_ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+) \|$")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROWS = [match for line in LIST.read_text(encoding="utf-8").splitlines() if (match := _ROW.match(line))]


@cache
def _tests_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_list_is_complete() -> None:
    assert [int(row[1]) for row in ROWS] == list(range(1, 101))


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_the_tests_named_exist(row: re.Match[str]) -> None:
    """A row names tests that exist, or says why the thing was left out."""
    tests = _TEST.findall(row[3])
    assert tests or row[3].startswith("left out: ")
    for file, name in tests:
        assert (ROOT / file).is_file(), f"{file} is not there"
        assert name in _tests_in(ROOT / file), f"{file} has no {name}"
