"""The icons of the AWS Architecture Icons package that the user has downloaded: a zip file or the folder made from it.

The program ships icons of its own. AWS's are read from the user's package, which belongs to AWS and stays where it is:
https://aws.amazon.com/architecture/icons/. Nothing of a package is trusted: see `designer.catalog.svg_check`.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from designer.catalog.svg_check import MAX_BYTES, is_harmless
from designer.errors import UserError

MAX_FILES = 100_000
"""A package holds some 10 000 files; more than this is something else."""
MAX_PACKAGE = 128 * 1024 * 1024
"""Bytes of a zip file. Those of AWS have some 20 MB."""
_BEST_SIZE = 48
_NAME = re.compile(
    r"(?:Arch_|Res_)?(?P<name>.+?)(?:_(?P<size>\d{1,3}))?(?:_(?P<ground>light|dark)(?:-bg)?)?\.svg", re.IGNORECASE
)
_HINT = "Choose the zip file from https://aws.amazon.com/architecture/icons/, or the folder made from it."
_UNREADABLE = (
    *(OSError, EOFError, ValueError, struct.error, zlib.error, zipfile.BadZipFile),
    *(NotImplementedError, RuntimeError),
)
"""What `zipfile` says of damaged archives, and last of unknown compressions and of passwords."""
_Reader = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class IconPackage:
    """What was found of it: SVG by the name of our icon ("sqs", "tier-public"), and the names of which nothing was.

    `dark` holds those icons that the package has in another version for a dark ground.
    """

    source: Path
    light: Mapping[str, bytes] = field(repr=False)
    dark: Mapping[str, bytes] = field(repr=False)
    missing: tuple[str, ...]

    def icon(self, name: str, dark: bool) -> bytes | None:
        """The SVG for a ground; `None` where the package has none."""
        return (self.dark.get(name) if dark else None) or self.light.get(name)


@dataclass(order=True)
class _Found:
    """A file that may serve; the least one is the best."""

    rank: tuple[int, int, str]
    read: _Reader = field(compare=False)


def read_icon_package(source: Path, wanted: Mapping[str, Sequence[str]]) -> IconPackage:
    """Reads the icons for the names that are `wanted`: ours, each with what AWS calls it, the best name first.

    Names are compared by their letters and digits; of several sizes the one nearest to 48 is taken. A file that could
    do more than draw is left out. Raises `UserError` for what is no package, or one in which no icon is found.
    """
    try:
        if source.is_dir():
            light, dark = _pick(_in_folder(source), wanted)
        else:
            _check_size(source)
            with zipfile.ZipFile(source) as archive:
                light, dark = _pick(_in_zip(archive), wanted)
    except _UNREADABLE as error:
        raise UserError(f"the icons cannot be read: {error}", file=source, hint=_HINT) from error
    if not light:
        raise UserError("there are no AWS icons in it", file=source, hint=_HINT)
    return IconPackage(source, light, dark, tuple(name for name in wanted if name not in light))


def _pick(
    files: Iterator[tuple[str, _Reader]], wanted: Mapping[str, Sequence[str]]
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The icons for a light ground and those for a dark one, read while the package is open."""
    names: dict[str, list[tuple[str, int]]] = {}
    for ours, theirs in wanted.items():
        for place, name in enumerate(theirs):
            names.setdefault(_letters(name), []).append((ours, place))
    grounds: dict[bool, dict[str, list[_Found]]] = {False: {}, True: {}}
    for path, read in files:
        match = _NAME.fullmatch(PurePosixPath(path).name)
        if match is None:
            continue
        on_dark = (match["ground"] or "").lower() == "dark"
        size = int(match["size"] or _BEST_SIZE)
        for ours, place in names.get(_letters(match["name"]), ()):
            found = _Found((place, abs(size - _BEST_SIZE), path), read)
            grounds[on_dark].setdefault(ours, []).append(found)
    light, dark = ({ours: svg for ours, found in each.items() if (svg := _first(found))} for each in grounds.values())
    # What is only there for a dark ground is better than nothing.
    return {**dark, **light}, {ours: svg for ours, svg in dark.items() if ours in light}


def _first(found: list[_Found]) -> bytes | None:
    """The best file that is harmless."""
    for each in sorted(found)[:8]:
        content = each.read()
        if is_harmless(content):
            return content
    return None


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()


def _in_zip(archive: zipfile.ZipFile) -> Iterator[tuple[str, _Reader]]:
    """Nothing is written to disk, so that names like `../x` mean nothing."""
    entries = archive.infolist()
    _check_count(len(entries))
    for entry in entries:
        if _is_icon(entry.filename):

            def read(entry: zipfile.ZipInfo = entry) -> bytes:
                with archive.open(entry) as file:
                    return file.read(MAX_BYTES + 1)

            yield entry.filename, read


def _in_folder(folder: Path) -> Iterator[tuple[str, _Reader]]:
    """Links are not followed."""
    count = 0
    for place, folders, files in os.walk(folder):
        folders.sort()
        count += len(files)
        _check_count(count)
        for name in sorted(files):
            path = Path(place) / name
            if _is_icon(name) and not path.is_symlink():

                def read(path: Path = path) -> bytes:
                    with path.open("rb") as file:
                        return file.read(MAX_BYTES + 1)

                yield path.relative_to(folder).as_posix(), read


def _is_icon(path: str) -> bool:
    # What a Mac adds to archives are no pictures.
    return path.lower().endswith(".svg") and not PurePosixPath(path).name.startswith("._")


def _check_size(source: Path) -> None:
    if source.stat().st_size > MAX_PACKAGE:
        raise UserError(f"the file is larger than {MAX_PACKAGE // 1024**2} MB", file=source, hint=_HINT)


def _check_count(count: int) -> None:
    if count > MAX_FILES:
        raise UserError(f"it holds more than {MAX_FILES} files", hint=_HINT)
