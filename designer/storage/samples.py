"""The architectures that come with the program, and the names by which files and samples are opened."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from designer.assets import data
from designer.catalog.catalog import Catalog
from designer.errors import UserError
from designer.language import tr
from designer.model.architecture import Architecture
from designer.records import record
from designer.storage.files import SUFFIX, read
from designer.storage.lines import read_lines
from designer.yaml_source import read_text

PREFIX = "sample:"
"""`sample:three-tier` opens the sample of that name wherever a file is expected."""

_FIRST = ("three-tier", "three-tier-fragile", "fan-out", "worker-fleet")
"""In the order in which they teach; all others follow by name."""


@record(kw_only=True)
class Sample:
    """One sample: its name, its title, what it teaches in a sentence or two, and its file."""

    name: str
    title: str
    teaches: str
    path: Path


@record(kw_only=True)
class Opened:
    """What a name led to. `path` is `None` for a sample, which is opened as a new, unsaved architecture."""

    architecture: Architecture
    path: Path | None


@cache
def samples() -> tuple[Sample, ...]:
    """All samples, the simple ones first."""
    found = [_sample(file) for file in _files()]
    order = {name: place for place, name in enumerate(_FIRST)}
    return tuple(sorted(found, key=lambda sample: (order.get(sample.name, len(order)), sample.name)))


def sample_path(name: str) -> Path:
    """The file of a sample. Raises `UserError` with the names that there are."""
    found = {_name(file): file for file in _files()}
    if name not in found:
        names = ", ".join(sample.name for sample in samples())
        raise UserError(tr("there is no sample {name!r}", name=name), hint=tr("there are {names}", names=names))
    return found[name]


def open_sample(name: str, catalog: Catalog) -> Architecture:
    """A fresh copy of a sample."""
    return read(sample_path(name), catalog)


def open_source(text: str, catalog: Catalog) -> Opened:
    """Opens a file by its path, or a sample by `sample:NAME`. Raises `UserError` for what cannot be opened."""
    if text.startswith(PREFIX):
        return Opened(architecture=open_sample(text.removeprefix(PREFIX), catalog), path=None)
    path = Path(text)
    return Opened(architecture=read(path, catalog), path=path)


def _sample(file: Path) -> Sample:
    source = read_lines(read_text(file))
    if source is None:
        raise UserError("a sample is written one entry a line, as the program saves it", file=file)
    header = source.header
    return Sample(name=_name(file), title=str(header["name"]), teaches=str(header["description"]), path=file)


def _files() -> Iterable[Path]:
    return (data("resources") / "samples").glob(f"*{SUFFIX}")


def _name(file: Path) -> str:
    return file.name.removesuffix(SUFFIX)
