"""Copies of parts of a drawing as text in the format of the files, so that they travel between windows."""

from __future__ import annotations

import atexit
import re
from dataclasses import dataclass
from textwrap import dedent

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from designer.catalog.catalog import Catalog
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.placement import content_of
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary

PART_MIME = "application/x-aws-designer-part"
CONFIGURATION_MIME = "application/x-aws-designer-configuration"
_LARGEST = 8_000_000
"""Longer texts on the clipboard, in bytes, are not looked at."""
_WHOLE = re.compile(r"^\"?designer\"?\s*:", re.MULTILINE)
_SECTION = re.compile(r"^(components|boundaries|connections|flows)\s*:", re.MULTILINE)
_ENTRY = re.compile(r"\s*(#.*\n\s*)*[a-z][a-z0-9-]*\s*:\s*\{[^\n]*\"?kind\"?\s*:")
_FRAME = re.compile(r"\"?kind\"?\s*:\s*\"?(vpc|tier|group)\b")
_TEMPLATE = re.compile(
    r"^\s*[\"']?(Resources|AWSTemplateFormatVersion)[\"']?\s*:|\bType[\"']?\s*:\s*[\"']?AWS::", re.MULTILINE
)
_leaves = False
"""Whether the end of the program is prepared for what was put on the clipboard."""


def part_of(architecture: Architecture, selection: Selection) -> Architecture:
    """An architecture with the selected things, what stands in selected boundaries, and the wires among them."""
    inside, boundaries = content_of(architecture, selection.boundaries)
    components = inside | set(selection.components)
    edits: list[Edit] = [Put(boundary) for boundary in _outermost_first(architecture, boundaries)]
    for key in sorted(components):
        component = architecture.components[key]
        home = component.boundary if component.boundary in boundaries else None
        edits.append(Put(component.with_(boundary=home)))
    wires = {wire.id: wire for key in components for wire in architecture.outgoing(key) if wire.target in components}
    edits += [Put(wire) for _, wire in sorted(wires.items())]
    part = Architecture(architecture.settings.with_(name="Part", description="", comments=(), extra={}))
    part.apply(Batch("Copy", tuple(edits)))
    return part


def to_mime(part: Architecture) -> QMimeData:
    """A part for the clipboard: in our own type and as plain text. Raises `UserError` for what no file can hold."""
    from designer.storage.files import dumps

    text = dumps(part)
    mime = QMimeData()
    mime.setText(text)
    mime.setData(PART_MIME, QByteArray(text.encode()))
    return mime


def put_on_clipboard(mime: QMimeData) -> None:
    """Puts data made by Python on the clipboard."""
    global _leaves
    QGuiApplication.clipboard().setMimeData(mime)
    if not _leaves:
        _leaves = True
        atexit.register(_leave_text)


def _leave_text() -> None:
    """At the end of the program the clipboard gets its text from Qt alone.

    Qt lets go of the clipboard after Python is gone, and what Python has made for it would be freed too late.
    """
    if QGuiApplication.instance() is None:
        return
    mime = QGuiApplication.clipboard().mimeData()
    if mime is not None and (mime.hasFormat(PART_MIME) or mime.hasFormat(CONFIGURATION_MIME)):
        QGuiApplication.clipboard().setText(mime.text())


@dataclass(frozen=True, slots=True)
class Pasted:
    """What the clipboard holds: a part of a drawing, and what its text says that the part does not have (`notes`).

    What is `foreign` was not copied here: it has no place that anybody knows.
    """

    part: Architecture
    notes: tuple[str, ...] = ()
    foreign: bool = False


def from_mime(mime: QMimeData | None, catalog: Catalog) -> Pasted | None:
    """What is on the clipboard, or `None` where it holds nothing of the kind.

    Text may be a whole file of ours, some of its sections or entries, or a CloudFormation template. Raises `UserError`
    for a text that is meant to be one of these and has mistakes.
    """
    from designer.storage.files import loads

    if mime is None:
        return None
    if mime.hasFormat(PART_MIME):
        raw = bytes(mime.data(PART_MIME).data())
        return Pasted(loads(raw.decode("utf-8", "replace"), catalog)) if len(raw) <= _LARGEST else None
    text = dedent(mime.text()) if mime.hasText() and len(mime.text()) <= _LARGEST else ""
    if _TEMPLATE.search(text) and not _WHOLE.search(text):
        from designer.importing.command import read_pasted

        imported = read_pasted(text, catalog)
        return Pasted(imported.architecture, imported.notes, foreign=True)
    whole = _completed(text)
    return Pasted(loads(whole, catalog), foreign=True) if whole else None


def _completed(text: str) -> str:
    """A text of ours as a whole file, or nothing where it is none."""
    if _WHOLE.search(text):
        return text
    header = "designer: 1\n"
    if _SECTION.search(text):
        # At the end, so that errors name the lines that were copied.
        return f"{text.rstrip()}\n{header}"
    if not _ENTRY.match(text):
        return ""
    # Entries without their section, one a line, as a file has them.
    lines = text.rstrip().splitlines()
    frames = [line for line in lines if _FRAME.search(line)]
    cards = [line for line in lines if line not in frames]
    sections = (("components", cards), ("boundaries", frames))
    return header + "".join(
        f"{section}:\n" + "".join(f"  {line}\n" for line in found) for section, found in sections if found
    )


def _outermost_first(architecture: Architecture, chosen: set[str]) -> list[Boundary]:
    found = []
    for key in sorted(chosen, key=lambda key: (len(architecture.boundaries_around(key)), key)):
        boundary = architecture.boundaries[key]
        found.append(boundary if boundary.parent in chosen else boundary.with_(parent=None))
    return found
