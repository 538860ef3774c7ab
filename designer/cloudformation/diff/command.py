"""Comparing by name: each side is a template, an architecture file, or a sample, which are exported first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.changes import Change
from designer.cloudformation.diff.compare import diff
from designer.cloudformation.diff.pinned import pinned_changes
from designer.cloudformation.diff.read import MAX_BYTES, read_template
from designer.cloudformation.diff.text import one_line
from designer.cloudformation.export import export
from designer.cloudformation.fragments import Tree
from designer.errors import UserError, UserErrors
from designer.language import tr
from designer.model.architecture import Architecture
from designer.storage.files import SUFFIX, loads
from designer.storage.samples import PREFIX, open_sample
from designer.yaml_source import read_text


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs, and what the reader of either side should know (a key given twice in a template)."""

    changes: list[Change]
    notes: tuple[str, ...]


def compare(old: str, new: str, catalog: Catalog) -> Comparison:
    """Compares two sides, each a path or `sample:NAME`.

    Raises `UserError` for a side that cannot be read, and `UserErrors` for an architecture that cannot be exported.
    """
    before, after = open_side(old, catalog), open_side(new, catalog)
    pinned: tuple[str, ...] = ()
    if before.architecture is not None and after.architecture is not None:
        pinned = tuple(pinned_changes(before.architecture, after.architecture))
    return Comparison(diff(before.tree, after.tree), (*before.notes, *after.notes, *map(one_line, pinned)))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its template, notes on it, and the architecture that it was exported from, if any."""

    tree: Tree
    notes: tuple[str, ...] = ()
    architecture: Architecture | None = None


def open_side(name: str, catalog: Catalog) -> Side:
    """What a name leads to."""
    if name.startswith(PREFIX):
        return _drawn(open_sample(name.removeprefix(PREFIX), catalog), catalog, None)
    file = Path(name)
    text = read_text(file, MAX_BYTES)
    if file.name.endswith(SUFFIX):
        return _drawn(loads(text, catalog, file), catalog, file)
    read = read_template(text, file)
    if "designer" in read.tree and "Resources" not in read.tree:
        return _drawn(loads(text, catalog, file), catalog, file)
    if not isinstance(read.tree.get("Resources"), dict):
        hint = tr("A template has the key 'Resources'; an architecture starts with the line 'designer: 1'.")
        raise UserError(tr("this is neither a template nor an architecture"), file=file, hint=hint)
    return Side(read.tree, tuple(f"{file}: {note}" for note in read.notes))


def _drawn(architecture: Architecture, catalog: Catalog, file: Path | None) -> Side:
    return Side(_exported(architecture, catalog, file), architecture=architecture)


def _exported(architecture: Architecture, catalog: Catalog, file: Path | None) -> Tree:
    try:
        return export(architecture, catalog).template.tree
    except UserErrors as errors:
        raise UserErrors([_in_file(error, file) for error in errors.errors]) from errors
    except UserError as error:
        raise _in_file(error, file) from error


def _in_file(error: UserError, file: Path | None) -> UserError:
    return UserError(error.message, file=error.file or file, line=error.line, name=error.name, hint=error.hint)
