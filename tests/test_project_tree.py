"""The shape of the repository: what lies at its top, and that every installed library has a pinned version."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import designer

ROOT = Path(__file__).resolve().parent.parent
TOP = {
    "pyproject.toml", "README.md", "Makefile", "CHANGELOG.md", "LICENSE", ".gitignore", ".ci",
    "docs", "designer", "resources", "templates", "tests", "packaging",
}  # fmt: skip


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The paths that git tracks; a source archive has none, and a machine that only runs the program has no git."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout, or no git")
    # A container often runs as another user than the one that owns the clone.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")[:-1]


@pytest.fixture(scope="module")
def project() -> dict[str, object]:
    """pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def test_the_top_level_holds_nothing_else(tracked: list[str]) -> None:
    """Everything has its folder."""
    assert {path.split("/")[0] for path in tracked} <= TOP


def test_folders_that_are_no_packages() -> None:
    """packaging/__init__.py would hide the `packaging` library, the others would shadow names of their own."""
    for folder in ("packaging", "resources", "templates"):
        assert not list((ROOT / folder).rglob("__init__.py"))


def test_no_lock_file_and_no_download_address(tracked: list[str], project: dict[str, object]) -> None:
    """Where packages come from is a matter of the machine that installs them."""
    assert "uv.lock" not in tracked
    assert not {"index", "index-url", "extra-index-url", "find-links", "sources"} & set(tool(project, "uv"))
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8") + (ROOT / "Makefile").read_text(encoding="utf-8")
    assert not re.findall(r"https?://|file://|index-url|find-links", text)


def test_no_file_is_large_or_generated(tracked: list[str]) -> None:
    """Caches and builds stay out; a file of a megabyte is one that somebody did not mean to add."""
    assert not [path for path in tracked if path.endswith((".pyc", ".whl", ".egg-info", ".deb"))]
    assert not [path for path in tracked if (ROOT / path).exists() and (ROOT / path).stat().st_size > 1_000_000]


def test_the_version_stands_in_one_place(project: dict[str, object]) -> None:
    """designer/__init__.py; the build reads it there."""
    assert re.fullmatch(r"\d+\.\d+\.\d+", designer.__version__)
    metadata = project["project"]
    assert isinstance(metadata, dict)
    assert metadata["dynamic"] == ["version"]
    assert "version" not in metadata


def test_there_is_one_command(project: dict[str, object]) -> None:
    """The window and the headless commands have one name."""
    metadata = project["project"]
    assert isinstance(metadata, dict)
    assert metadata["scripts"] == {"aws-designer": "designer.cli.main:main"}
    assert "gui-scripts" not in metadata


def test_every_library_is_pinned(project: dict[str, object]) -> None:
    """What pyproject.toml names, and everything that pulls in on this machine, has its version in the constraints."""
    pins = constraints(project)
    seen: set[str] = set()
    todo = direct(project)
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        assert name in pins, f"{requirement} has no pin in [tool.uv] constraint-dependencies"
        assert requirement.specifier.contains(pins[name], prereleases=True), f"{requirement} excludes {pins[name]}"
        key = f"{name}[{','.join(sorted(requirement.extras))}]"
        if key not in seen:
            seen.add(key)
            todo += required_by(requirement, pins[name])
    assert len(seen) > 4


def test_the_bootstrap_starts_on_an_old_python() -> None:
    """Only then can it say that the Python is too old, or find a newer one."""
    path = ROOT / "packaging" / "bootstrap.py"
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert os.access(path, os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def tool(project: dict[str, object], name: str) -> dict[str, list[str]]:
    """One table of [tool]."""
    tables = project["tool"]
    assert isinstance(tables, dict)
    table = tables[name]
    assert isinstance(table, dict)
    return table


def constraints(project: dict[str, object]) -> dict[str, str]:
    """The pinned version of each distribution, by its normalized name."""
    table = tool(project, "uv")
    lines = table["constraint-dependencies"] + table["build-constraint-dependencies"]
    pairs = [line.split("==") for line in lines]
    pins = {canonicalize_name(name): version for name, version in pairs}
    assert all(pins[canonicalize_name(name)] == version for name, version in pairs), "two pins for one distribution"
    return pins


def direct(project: dict[str, object]) -> list[Requirement]:
    """Everything that pyproject.toml asks for by name."""
    metadata = project["project"]
    assert isinstance(metadata, dict)
    lines = list(metadata["dependencies"])
    for extra in metadata["optional-dependencies"].values():
        lines += extra
    return [Requirement(line) for line in lines]


def required_by(requirement: Requirement, version: str) -> list[Requirement]:
    """What this version of a distribution asks for on this machine; nothing where another version or none is there."""
    try:
        found = importlib.metadata.distribution(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return []
    if found.version != version:
        return []
    asked = [Requirement(line) for line in found.requires or []]
    extras = requirement.extras or {""}
    return [r for r in asked if r.marker is None or any(r.marker.evaluate({"extra": extra}) for extra in extras)]
