"""`aws-designer merge`: as a command, and as a merge driver of Git."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from designer.catalog.catalog import load_catalog
from designer.model.entities import Component
from designer.storage.files import read
from tests.cli.commands import ROOT, run

Capture = pytest.CaptureFixture[str]
BASE = """designer: 1
name: "Shop"
region: "eu-central-1"
zones: ["a", "b"]
components:
  jobs: {"kind": "sqs", "name": "Jobs"}
  mail: {"kind": "sqs", "name": "Mail"}
"""


def write(folder: Path, mine: str, theirs: str) -> list[str]:
    """The three files, as arguments."""
    files = []
    for name, text in (("base", BASE), ("mine", mine), ("theirs", theirs)):
        (folder / f"{name}.arch.yaml").write_text(text)
        files.append(str(folder / f"{name}.arch.yaml"))
    return files


def component(path: Path, key: str) -> Component:
    return read(path, load_catalog()).components[key]


def test_two_changes_are_put_together(capsys: Capture, tmp_path: Path) -> None:
    out = tmp_path / "out.arch.yaml"
    files = write(tmp_path, BASE.replace('"Jobs"', '"Tasks"'), BASE.replace('"Mail"', '"Post"'))
    result = run(capsys, "merge", *files, "-o", str(out))
    assert (result.code, result.out, result.err) == (0, "", "")
    assert (component(out, "jobs").name, component(out, "mail").name) == ("Tasks", "Post")


def test_a_conflict_is_told_and_marked(capsys: Capture, tmp_path: Path) -> None:
    files = write(tmp_path, BASE.replace('"Jobs"', '"Tasks"'), BASE.replace('"Jobs"', '"Work"'))
    result = run(capsys, "merge", *files, "-o", files[1])
    assert result.code == 1
    assert "conflict: Component jobs (Tasks): changed name in mine, changed name in theirs; taken: mine" in result.err
    assert '  # CONFLICT jobs: theirs has {"kind": "sqs", "name": "Work"}\n' in Path(files[1]).read_text()
    assert component(Path(files[1]), "jobs").name == "Tasks"


@pytest.mark.parametrize(("side", "name"), [("mine", "Tasks"), ("theirs", "Work")])
def test_conflicts_can_be_decided_beforehand(capsys: Capture, tmp_path: Path, side: str, name: str) -> None:
    files = write(tmp_path, BASE.replace('"Jobs"', '"Tasks"'), BASE.replace('"Jobs"', '"Work"'))
    result = run(capsys, "merge", *files, "-o", files[1], "--prefer", side)
    assert (result.code, result.err) == (0, "")
    assert component(Path(files[1]), "jobs").name == name and "CONFLICT" not in Path(files[1]).read_text()


def test_a_conflict_of_the_settings(capsys: Capture, tmp_path: Path) -> None:
    files = write(tmp_path, BASE.replace("Shop", "Laden"), BASE.replace("Shop", "Boutique"))
    assert run(capsys, "merge", *files, "-o", files[1]).code == 1
    assert "# CONFLICT name: theirs has 'Boutique'\n" in Path(files[1]).read_text()


def test_a_conflict_of_decisions_keeps_both(capsys: Capture, tmp_path: Path) -> None:
    """What is not taken stands in the file as a file has it."""
    decided = [
        'decisions: [{"title": "One"}]\ncomponents:',
        'decisions: [{"title": "Two", "status": "accepted"}]\ncomponents:',
    ]
    files = write(tmp_path, *(BASE.replace("components:", text) for text in decided))
    result = run(capsys, "merge", *files, "-o", files[1])
    assert "set to ['One'] in mine, set to ['Two'] in theirs" in result.err
    assert '# CONFLICT decisions: theirs has [{"title": "Two", "status": "accepted"}]\n' in Path(files[1]).read_text()


def test_without_a_common_ancestor(capsys: Capture, tmp_path: Path) -> None:
    files = write(tmp_path, BASE, BASE + '  post: {"kind": "sqs", "name": "Post"}\n')
    Path(files[0]).write_text("")
    assert run(capsys, "merge", *files, "-o", files[1]).code == 0
    assert component(Path(files[1]), "post").name == "Post"


def test_a_file_that_cannot_be_read_leaves_everything(capsys: Capture, tmp_path: Path) -> None:
    files = write(tmp_path, BASE, "{{{")
    result = run(capsys, "merge", *files, "-o", files[1])
    assert result.code == 2 and "theirs.arch.yaml" in result.err
    assert Path(files[1]).read_text() == BASE


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_git_merges_with_it(tmp_path: Path) -> None:
    """As the documentation says."""

    def git(*words: str) -> subprocess.CompletedProcess[str]:
        setup = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
        return subprocess.run(["git", *setup, *words], cwd=tmp_path, capture_output=True, text=True, check=False)

    def commit(text: str, name: str) -> None:
        (tmp_path / "shop.arch.yaml").write_text(text)
        assert git("add", "-A").returncode == 0 and git("commit", "-q", "-m", name).returncode == 0

    git("init", "-q")
    (tmp_path / ".gitattributes").write_text("*.arch.yaml merge=architecture\n")
    program = f"PYTHONPATH={ROOT} {sys.executable} -m designer"
    git("config", "merge.architecture.driver", f"{program} merge %O %A %B -o %A")
    commit(BASE, "base")
    git("checkout", "-q", "-b", "other")
    commit(BASE.replace('"Mail"', '"Post"'), "theirs")
    git("checkout", "-q", "-")
    commit(BASE.replace('"Jobs"', '"Tasks"'), "mine")
    done = git("merge", "-q", "other")
    assert done.returncode == 0, done.stdout + done.stderr
    path = tmp_path / "shop.arch.yaml"
    assert (component(path, "jobs").name, component(path, "mail").name) == ("Tasks", "Post")
    git("checkout", "-q", "-b", "third", "other")
    commit(BASE.replace('"Jobs"', '"Work"'), "third")
    git("checkout", "-q", "main")
    assert git("merge", "-q", "third").returncode == 1
    assert git("diff", "--name-only", "--diff-filter=U").stdout == "shop.arch.yaml\n"
    assert component(path, "jobs").name == "Tasks" and "# CONFLICT jobs" in path.read_text()
