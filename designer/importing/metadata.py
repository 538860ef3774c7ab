"""Reads the drawing that `designer.cloudformation.drawing` has put into a template."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from designer.catalog.catalog import Catalog
from designer.cloudformation.diff.read import TemplateText, read_template
from designer.cloudformation.drawing import DRAWING, VERSION
from designer.errors import UserError, UserErrors
from designer.language import tr
from designer.model.architecture import Architecture
from designer.storage.files import loads
from designer.yaml_source import type_name


def architecture_from_template(text: str, catalog: Catalog, file: Path | None = None) -> Architecture:
    """The architecture that a template was exported from, whatever was edited elsewhere in it since.

    Raises `UserError` for a template without a drawing or with that of a newer version, and `UserErrors` with all that
    is wrong with a damaged one, each with the line and the id of the component or connection.
    """
    return drawing_in(read_template(text, file), catalog, file)


def drawing_in(template: TemplateText, catalog: Catalog, file: Path | None = None) -> Architecture:
    """The same for a template that has been read."""
    entry = _entry(template, file)
    line = template.line("Metadata", DRAWING)
    if not isinstance(entry, dict) or "Drawing" not in entry:
        raise _damaged(tr("expected a mapping with 'Drawing', got {type_name}", type_name=type_name(entry)), file, line)
    _check_version(entry.get("Version"), file, template.line("Metadata", DRAWING, "Version"))
    lines = _lines(entry["Drawing"], template, file)
    try:
        return loads("\n".join(map(_unguard, lines)) + "\n", catalog, file)
    except UserErrors as errors:
        raise UserErrors([_moved(error, template, file) for error in errors.errors]) from errors
    except UserError as error:
        raise _moved(error, template, file) from error


def _entry(template: TemplateText, file: Path | None) -> Any:
    metadata = template.tree.get("Metadata")
    if isinstance(metadata, dict) and DRAWING in metadata:
        return metadata[DRAWING]
    if "designer" in template.tree and "Resources" not in template.tree:
        raise UserError(
            tr("this is an architecture already, not a template"), file=file, hint=tr("open the file as it is")
        )
    message = tr(
        "this template was not made by the designer, or its drawing was left out: Metadata has no {drawing}",
        drawing=DRAWING,
    )
    hint = tr(
        "open the architecture file that it was exported from, or paste the template's text on the canvas: "
        "what can be drawn of it is drawn"
    )
    raise UserError(message, file=file, hint=hint)


def _check_version(version: Any, file: Path | None, line: int | None) -> None:
    number = int(version) if isinstance(version, str) and version.isascii() and version.isdigit() else version
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise _damaged(tr("'Version' is a whole number from 1 to {version}", version=VERSION), file, line)
    if number > VERSION:
        message = tr(
            "the drawing has version {number}, and this version of the program reads versions up to {version}",
            number=number,
            version=VERSION,
        )
        raise UserError(
            message, file=file, line=line, name=DRAWING, hint=tr("open it with a newer version of the program")
        )


def _lines(drawing: Any, template: TemplateText, file: Path | None) -> Sequence[str]:
    line = template.line("Metadata", DRAWING, "Drawing")
    if isinstance(drawing, str):
        drawing = drawing.split("\n")  # brought into one block by hand
    if not isinstance(drawing, list):
        raise _damaged(
            tr("'Drawing' is a list of lines, and this is {type_name}", type_name=type_name(drawing)), file, line
        )
    for index, item in enumerate(drawing):
        if not isinstance(item, str) or "\n" in item:
            line = template.line("Metadata", DRAWING, "Drawing", index)
            found = tr("text of several lines") if isinstance(item, str) else type_name(item)
            raise _damaged(
                tr(
                    "item {index} of 'Drawing' is {found}, and a line of text is expected", index=index + 1, found=found
                ),
                file,
                line,
            )
    return drawing


def _damaged(message: str, file: Path | None, line: int | None) -> UserError:
    hint = tr("export the architecture again, or take the line from an older copy of the template")
    return UserError(
        tr("the drawing is damaged: {message}", message=message), file=file, line=line, name=DRAWING, hint=hint
    )


def _moved(error: UserError, template: TemplateText, file: Path | None) -> UserError:
    """An error in the drawing's text, with its line in the template."""
    line = template.line("Metadata", DRAWING, "Drawing")
    if error.line is not None:
        drawing = template.tree["Metadata"][DRAWING]["Drawing"]
        inner = template.line("Metadata", DRAWING, "Drawing", error.line - 1) if isinstance(drawing, list) else None
        line = inner if inner is not None else line
    message = tr("the drawing is damaged: {message}", message=error.message)
    return UserError(message, file=file, line=line, name=error.name or DRAWING, hint=error.hint)


def _unguard(line: str) -> str:
    """The line of the file; JSON's escapes mean the same there, so only comments are written back."""
    if not line.startswith('"') or not line.endswith('"'):
        return line
    try:
        text = json.loads(line)
    except ValueError:
        return line
    return text if isinstance(text, str) and text.lstrip().startswith("#") and "\n" not in text else line
