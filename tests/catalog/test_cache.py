"""The cache of the catalog: right, fast, and harmless when it is damaged or tampered with."""

from __future__ import annotations

import os
import pickle
import shutil
import zlib
from pathlib import Path
from typing import Any

import pytest

from designer.assets import data
from designer.catalog import cache
from designer.catalog.catalog import Catalog, read_catalog
from designer.errors import UserError

RESOURCES = data("resources")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder of one test."""
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def load() -> Catalog:
    """The catalog, through the cache."""
    return cache.cached(RESOURCES / "catalog", RESOURCES / "facts", kind=Catalog, read=lambda: read_catalog(RESOURCES))


def stored(folder: Path) -> Path:
    """The one file in the cache."""
    (file,) = folder.glob("*")
    return file


def refuse() -> Catalog:
    """Stands for reading the data files where they must not be read."""
    raise AssertionError("the data files were read again")


def seal(file: Path, content: bytes) -> bytes:
    """Content under the file's key with the right checksum, as somebody who knows the format would write it."""
    kept = file.read_bytes()[4:]
    sealed = kept[: 4 + int.from_bytes(kept[:4], "big")] + content
    return zlib.crc32(sealed).to_bytes(4, "big") + sealed


def test_the_second_time_nothing_is_read(folder: Path) -> None:
    """And the content is the same."""
    first = load()
    assert stored(folder).stat().st_mode & 0o077 == 0
    again = cache.cached(RESOURCES / "catalog", RESOURCES / "facts", kind=Catalog, read=refuse)
    assert again == first == read_catalog(RESOURCES)


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "zeros", "text", "folder"])
def test_a_damaged_cache_is_read_anew(folder: Path, damage: str) -> None:
    """And mended."""
    first = load()
    file = stored(folder)
    content = file.read_bytes()
    if damage == "folder":
        file.unlink()
        file.mkdir()
        assert load() == first
        return
    middle = len(content) // 2
    file.write_bytes(
        {
            "empty": b"",
            "cut": content[:middle],
            "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "zeros": bytes(len(content)),
            "text": b"not a cache",
        }[damage]
    )
    assert load() == first
    assert stored(folder).read_bytes() == content


class _Run:
    """Unpickles to a call."""

    def __init__(self, function: Any, *arguments: Any) -> None:
        self.function, self.arguments = function, arguments

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self.function, self.arguments


def by_name(module: str, name: str, *arguments: str) -> bytes:
    """A pickle that calls a dotted name, as protocol 4 allows."""
    parts = [
        b"\x80\x04\x8c",
        bytes([len(module)]),
        module.encode(),
        b"\x8c",
        bytes([len(name)]),
        name.encode(),
        b"\x93(",
    ]
    for argument in arguments:
        parts += [b"\x8c", bytes([len(argument)]), argument.encode()]
    return b"".join([*parts, b"tR."])


@pytest.mark.parametrize(
    "content",
    [
        pickle.dumps(_Run(os.system, "touch EVIDENCE")),
        pickle.dumps(_Run(eval, "open('EVIDENCE', 'w')")),
        pickle.dumps(_Run(getattr, "x", "__class__")),
        by_name("designer.catalog.catalog", "Path.touch", "EVIDENCE"),
        by_name("designer.catalog.catalog", "read_text", "EVIDENCE"),
        by_name("designer.catalog.catalog", "load_catalog"),
        by_name("designer.catalog.entries", "dataclass"),
        by_name("designer.catalog.entries", "Kind.__init__.__globals__.get", "x"),
        by_name("builtins", "getattr", "x", "upper"),
        by_name("builtins", "eval", "1"),
        pickle.dumps("a text"),
        pickle.dumps({"kinds": {}}),
        pickle.dumps(None),
        b"\x80\x04]r\xff\xff\xff\xff.",
        b"\x80\x05\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.",
        b"(" * 100_000,
        b"\x80\xff.",
        b"I99999999999999999999999999x\n.",
    ],
)
def test_a_tampered_cache_runs_nothing(folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with the right key and checksum: only the catalog's own classes are made, anything else is read anew."""
    first = load()
    file = stored(folder)
    monkeypatch.chdir(folder)
    file.write_bytes(seal(file, content))
    assert load() == first
    assert not (folder / "EVIDENCE").exists()
    assert stored(folder) == file


@pytest.mark.usefixtures("folder")
def test_another_user_s_file_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files have owners."""
    if os.name != "posix":
        pytest.skip("files have no owners here")
    first = load()
    user = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: user + 1)
    with pytest.raises(AssertionError, match="read again"):
        cache.cached(RESOURCES / "catalog", RESOURCES / "facts", kind=Catalog, read=refuse)
    assert load() == first


def test_changed_data_are_read_anew(folder: Path, tmp_path: Path) -> None:
    """A file that changes, comes or goes."""
    root = tmp_path / "resources"
    shutil.copytree(RESOURCES / "catalog", root / "catalog")
    shutil.copytree(RESOURCES / "facts", root / "facts")

    def kinds() -> Catalog:
        return cache.cached(root / "catalog", root / "facts", kind=Catalog, read=lambda: read_catalog(root))

    assert "sqs" in kinds().kinds
    file = root / "catalog" / "services" / "sqs.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title: SQS queue", "title: A queue"), encoding="utf-8")
    assert kinds().kinds["sqs"].title == "A queue"
    assert len(list(folder.glob("*"))) == 1


def test_without_a_place_for_it_the_catalog_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be made, and a user without a home."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path / "file" / "cache")
    assert "sqs" in load().kinds

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(cache, "cache_folder", homeless)
    assert "sqs" in load().kinds


def test_a_program_without_source_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-alone program has its modules in an archive."""
    monkeypatch.setattr(cache, "__file__", str(folder / "archive" / "cache.py"))
    assert "sqs" in load().kinds


def test_an_error_in_the_data_is_not_kept(folder: Path) -> None:
    """The next start says it again."""

    def broken() -> Catalog:
        raise UserError("broken")

    for _ in range(2):
        with pytest.raises(UserError, match="broken"):
            cache.cached(RESOURCES / "catalog", kind=Catalog, read=broken)
    assert not folder.exists()


def test_a_sealed_content_is_taken(folder: Path) -> None:
    """So that the tests with tampered content fail by their content, and not by a wrong seal."""
    first = load()
    file = stored(folder)
    file.write_bytes(seal(file, pickle.dumps(first)))
    assert cache.cached(RESOURCES / "catalog", RESOURCES / "facts", kind=Catalog, read=refuse) == first
