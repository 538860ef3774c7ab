"""Finding the data files in a checkout, in a wheel and in an editable installation."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from designer import assets

ROOT = Path(__file__).resolve().parent.parent
ASK = "from designer.assets import data; print(data('resources')); print(data('templates'))"


def test_a_checkout_has_the_folders_beside_the_package() -> None:
    """What the tests themselves run from."""
    assert assets.data("resources") == ROOT / "resources"
    assert assets.data("templates") == ROOT / "templates"


def test_an_unknown_kind_is_an_error_of_the_caller() -> None:
    """No path can be asked for, so none can leave the installation."""
    with pytest.raises(ValueError, match="resources, templates"):
        assets.data("../etc")  # type: ignore[arg-type]


def test_an_incomplete_installation_says_where_it_looked(tmp_path: Path) -> None:
    """The package without its data."""
    installed(tmp_path, data=False)
    result = ask(tmp_path)
    assert result.returncode != 0
    assert str(tmp_path / "designer" / "resources") in result.stderr
    assert "install aws-architecture-designer again" in result.stderr


def test_an_installed_package_carries_the_folders_inside(tmp_path: Path) -> None:
    """The layout of a wheel and of the stand-alone program, which wins over folders that happen to lie beside it."""
    installed(tmp_path, data=True)
    for name in ("resources", "templates"):
        (tmp_path / name).mkdir()
    found = ask(tmp_path).stdout.split()
    assert found == [str(tmp_path / "designer" / "resources"), str(tmp_path / "designer" / "templates")]


def test_the_wheel_holds_every_data_file_and_no_other(tmp_path: Path) -> None:
    """A real build; a file that git ignores must not slip into it."""
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    copy = tmp_path / "checkout"
    for name in ("designer", "resources", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", ".gitignore", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    (copy / "README.md").write_text("# Test\n", encoding="utf-8")
    (copy / "resources" / "left.swp").write_text("an editor's file", encoding="utf-8")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    subprocess.run(build, cwd=copy, check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    for kind in ("resources", "templates"):
        files = {path for path in (ROOT / kind).rglob("*") if path.is_file() and path.suffix not in (".pyc", ".swp")}
        expected = {f"designer/{path.relative_to(ROOT).as_posix()}" for path in files}
        assert expected == {name for name in packed if name.startswith(f"designer/{kind}/")}
    assert "designer/py.typed" in packed
    assert not {name for name in packed if name.split("/")[0] not in ("designer",) and ".dist-info/" not in name}


def installed(folder: Path, data: bool) -> None:
    """Puts what knows where data files are, and where asked the data folders, into a folder."""
    package = folder / "designer"
    package.mkdir()
    for name in ("__init__.py", "assets.py", "errors.py", "language.py"):
        shutil.copy(ROOT / "designer" / name, package / name)
    for name in ("resources", "templates") if data else ():
        (package / name).mkdir()


def ask(folder: Path) -> subprocess.CompletedProcess[str]:
    """Asks the package in this folder, in a process of its own, where its data is."""
    command = [sys.executable, "-c", ASK]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
