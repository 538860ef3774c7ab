"""The house keeps its walls: imports run downward, and only the graphical interface knows Qt."""

from __future__ import annotations

import ast
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "designer"
HEADLESS = ["cli", "report", "importing", "cloudformation", "analysis", "layout", "storage", "catalog", "model"]
BESIDE = ["errors", "assets", "garbage", "language", "preflight", "yaml_source"]
PRESENT = [name for name in HEADLESS if (PACKAGE / name / "__init__.py").exists()]

LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None, no_cache=True))"
IMPORT_ALL = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
assert "designer.gui" not in sys.modules
"""


def run(code: str, *arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Runs code in a new interpreter that finds the package in this folder first."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_runs_downward() -> None:
    """The contracts of pyproject.toml."""
    result = run(LINT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("model/breach.py", "import designer.catalog", "imports run downward"),
        ("cli/breach.py", "import designer.gui", "imports run downward"),
        ("storage/breach.py", "from PySide6 import QtCore", "only the graphical interface knows Qt"),
        ("breach.py", "import shiboken6", "only the graphical interface knows Qt"),
        ("errors.py", "import designer.model", "the modules beside the layers stand alone"),
    ],
)
def test_a_breach_is_found(tmp_path: Path, module: str, statement: str, contract: str) -> None:
    """The contracts are not empty words: a planted import breaks the one that forbids it."""
    shutil.copytree(PACKAGE, tmp_path / "designer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "designer" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    result = run(LINT, folder=tmp_path)
    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout


def test_every_package_is_a_layer() -> None:
    """A new package has to be given its place in the contracts."""
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= {"gui", *HEADLESS}


@pytest.mark.parametrize("name", [*PRESENT, *BESIDE])
def test_headless_packages_import_without_qt(name: str) -> None:
    """All modules of a package load where PySide6 cannot be imported, and none of them pulls in the window."""
    result = run(IMPORT_ALL, f"designer.{name}")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("heavy", ["networkx", "jinja2", "yaml", "PySide6"])
def test_the_command_starts_without_heavy_libraries(heavy: str) -> None:
    """`aws-designer --help` is at once: networkx alone costs more than all of Qt."""
    result = run(f"import sys, designer.cli.main; sys.exit({heavy!r} in sys.modules)")
    assert result.returncode == 0, result.stderr


def test_the_command_line_names_the_window_in_one_place() -> None:
    """It opens the window by importlib in one function; everything else of it runs without Qt."""
    places = {
        f"{path.name}:{block.lineno}"
        for path in sorted((PACKAGE / "cli").rglob("*.py"))
        for block in ast.parse(path.read_text(encoding="utf-8")).body
        for node in ast.walk(block)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("designer.gui")
    }
    assert len(places) == 1, places


def test_the_name_packaging_is_left_to_the_library() -> None:
    """The checkout is first on the path under `python -m`; the folder packaging/ must not hide the distribution."""
    result = run("import packaging.version as v; print(v.__file__)")
    assert result.returncode == 0, result.stderr
    assert not Path(result.stdout.strip()).is_relative_to(ROOT / "packaging")
    assert importlib.util.find_spec("packaging.version") is not None
