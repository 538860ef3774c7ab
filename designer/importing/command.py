"""Importing by name: the drawing of a template becomes an architecture file."""

from __future__ import annotations

from pathlib import Path

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.changes import grouped
from designer.cloudformation.diff.compare import diff
from designer.cloudformation.diff.read import MAX_BYTES, read_template
from designer.cloudformation.drawing import DRAWING
from designer.cloudformation.export import export
from designer.cloudformation.fragments import Tree
from designer.errors import UserError
from designer.importing.imported import Imported
from designer.importing.metadata import drawing_in
from designer.importing.sketch import sketch
from designer.language import tr
from designer.model.architecture import Architecture
from designer.storage.files import write
from designer.yaml_source import read_text

MAX_NAMED = 5
"""So many entries that differ are named in a note."""


def open_template(file: Path, catalog: Catalog) -> Imported:
    """The architecture in a template, with a note where the template was edited by hand.

    Raises `UserError` or `UserErrors` for a template that has no drawing, or none that can be read.
    """
    read = read_template(read_text(file, MAX_BYTES), file)
    architecture = drawing_in(read, catalog, file)
    return Imported(architecture, (*read.notes, *_edited(architecture, read.tree, catalog)))


def read_pasted(text: str, catalog: Catalog) -> Imported:
    """The architecture in the text of a template, or else a sketch of what the template builds.

    Raises `UserError` or `UserErrors` for a text that is no template, or has nothing that can be drawn.
    """
    read = read_template(text)
    metadata = read.tree.get("Metadata")
    if not isinstance(metadata, dict) or DRAWING not in metadata:
        return sketch(read, catalog)
    architecture = drawing_in(read, catalog)
    return Imported(architecture, (*read.notes, *_edited(architecture, read.tree, catalog)))


def import_template(template: Path, out: Path, catalog: Catalog, *, force: bool = False) -> Imported:
    """Writes the architecture in a template to a file; one that exists is only replaced with `force`.

    Raises `UserError`; then nothing was written.
    """
    if out.exists() and template.exists() and out.samefile(template):
        raise UserError(tr("this is the template itself"), file=out, hint=tr("name another file for the architecture"))
    if not force and (out.exists() or out.is_symlink()):
        raise UserError(tr("the file exists"), file=out, hint=tr("choose another name, or add --force to replace it"))
    imported = open_template(template, catalog)
    write(imported.architecture, out)
    return imported


def _edited(architecture: Architecture, tree: Tree, catalog: Catalog) -> tuple[str, ...]:
    """A note on what the template has and the drawing does not know: edits by hand, or another version's export."""
    try:
        expected = export(architecture, catalog).template.tree
    except UserError as error:
        first = str(error).splitlines()[0]
        return (
            tr(
                "the drawing cannot be exported as it is, so edits of the template were not looked for: {first}",
                first=first,
            ),
        )
    entries = grouped(diff(expected, tree))
    if not entries:
        return ()
    names = [entry.logical_id or entry.section for entry in entries[:MAX_NAMED]]
    more = tr(" and {count} more", count=len(entries) - MAX_NAMED) if len(entries) > MAX_NAMED else ""
    return (
        tr(
            "the template differs from what the drawing is exported to, in {names}{more}: it was "
            "edited by hand or made by another version of the program. The drawing lacks these "
            "differences.",
            names=", ".join(names),
            more=more,
        ),
    )
