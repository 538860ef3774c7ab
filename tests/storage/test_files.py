"""Saving: in one step, with the file's mode, through links; and whatever fails leaves the old file as it was."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from designer.catalog.catalog import load_catalog
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.model.entities import Component, Settings
from designer.storage import files

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links as POSIX has them")


def drawing(name: str = "Shop") -> Architecture:
    """An architecture with one queue."""
    return Architecture.of(Settings(name=name), [Component(id="q", kind="sqs", name="Q")])


def save_over(path: Path) -> None:
    """Saves where "old" stands."""
    files.write(drawing(), path)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A file in a folder of its own."""
    file = tmp_path / "folder" / "shop.arch.yaml"
    file.parent.mkdir()
    file.write_text("old", encoding="utf-8")
    return file


def test_what_was_written_is_read(tmp_path: Path) -> None:
    """A new file."""
    file = tmp_path / "größe 🦊.arch.yaml"
    files.write(drawing(), file)
    assert files.read(file, load_catalog()) == drawing()
    assert os.listdir(tmp_path) == [file.name]  # noqa: PTH208 - hidden files count


@posix
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    """That of the user's umask, not that of a temporary file."""
    before = os.umask(0o027)
    try:
        files.write(drawing(), tmp_path / "x.arch.yaml")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "x.arch.yaml").stat().st_mode) == 0o640


@posix
def test_an_old_file_keeps_its_mode(old: Path) -> None:
    """Whatever the umask."""
    old.chmod(0o664)
    save_over(old)
    assert stat.S_IMODE(old.stat().st_mode) == 0o664


@posix
def test_a_link_stays_a_link(old: Path, tmp_path: Path) -> None:
    """What it leads to is replaced, also over several links, and made where it leads nowhere."""
    link, second = tmp_path / "link.arch.yaml", tmp_path / "second.arch.yaml"
    link.symlink_to(old)
    second.symlink_to(link)
    save_over(second)
    assert link.is_symlink() and second.is_symlink()
    assert files.read(old, load_catalog()) == drawing()
    loose = tmp_path / "loose.arch.yaml"
    loose.symlink_to(tmp_path / "new.arch.yaml")
    save_over(loose)
    assert loose.is_symlink() and (tmp_path / "new.arch.yaml").is_file()


@posix
def test_a_circle_of_links_is_an_error(tmp_path: Path) -> None:
    """It leads nowhere."""
    link = tmp_path / "x.arch.yaml"
    link.symlink_to(link)
    with pytest.raises(UserError, match=r"x\.arch\.yaml: cannot be written"):
        save_over(link)
    with pytest.raises(UserError, match="cannot be read"):
        files.read(link, load_catalog())


def test_a_read_only_file_is_left_alone(old: Path) -> None:
    """Also for an administrator, who could."""
    old.chmod(0o444)
    with pytest.raises(UserError, match="cannot be written: the file is read-only"):
        save_over(old)
    assert untouched(old)
    old.chmod(0o644)


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="an administrator may write everywhere")
def test_a_read_only_folder(old: Path) -> None:
    """Nothing can be put beside the file, so it cannot be replaced."""
    old.parent.chmod(0o555)
    try:
        with pytest.raises(UserError, match="Permission denied"):
            save_over(old)
    finally:
        old.parent.chmod(0o755)
    assert untouched(old)


def test_a_folder_or_a_missing_folder_as_target(tmp_path: Path) -> None:
    """An error with the path."""
    with pytest.raises(UserError, match="cannot be written"):
        save_over(tmp_path)
    with pytest.raises(UserError, match=r"nowhere.*cannot be written: No such file"):
        save_over(tmp_path / "nowhere" / "x.arch.yaml")
    with pytest.raises(UserError, match="cannot be written"):
        save_over(Path("a\0b"))


@pytest.mark.parametrize("step", ["fsync", "fdopen", "replace", "chmod"])
def test_a_full_disk_at_any_step(old: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays, and nothing is left beside it."""

    def full(*_arguments: object, **_keywords: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path if step in ("replace", "chmod") else os, step, full)
    with pytest.raises(UserError, match=r"shop\.arch\.yaml: cannot be written: No space left on device"):
        save_over(old)
    monkeypatch.undo()
    assert untouched(old)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_devices_and_pipes_are_written_to() -> None:
    """They cannot be replaced; a full one says so."""
    with pytest.raises(UserError, match="No space left on device"):
        save_over(Path("/dev/full"))
    save_over(Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


def test_an_interruption_leaves_nothing_behind(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while writing."""

    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save_over(old)
    monkeypatch.undo()
    assert untouched(old)


def test_what_cannot_be_written_is_named(old: Path) -> None:
    """A lone surrogate is no text, and infinity no number of a file."""
    bad = Component(id="q", kind="sqs", name="a\ud800")
    with pytest.raises(UserError, match=r"shop\.arch\.yaml: q: cannot be saved: the text holds characters"):
        files.write(Architecture.of(Settings(), [bad]), old)
    bad = Component(id="q", kind="sqs", name="Q", properties={"delay": float("inf")})
    with pytest.raises(UserError, match="q: cannot be saved: the number is not finite"):
        files.write(Architecture.of(Settings(), [bad]), old)
    with pytest.raises(UserError, match="architecture: cannot be saved"):
        files.write(drawing("\ud800"), old)
    assert untouched(old)


def untouched(file: Path) -> bool:
    """Whether the old content is there, and nothing else in its folder."""
    return file.read_text(encoding="utf-8") == "old" and os.listdir(file.parent) == [file.name]  # noqa: PTH208


@pytest.mark.skipif(sys.platform == "win32", reason="names there are text")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    """File systems of Unix take any bytes."""
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.arch.yaml"))
    try:
        save_over(file)
    except UserError as error:
        assert "cannot be written" in str(error)  # a file system that takes only text
    else:
        assert files.read(file, load_catalog()) == drawing()
