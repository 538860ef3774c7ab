"""Copies of parts of a drawing as text in the format of the files, so that they travel between windows."""

from __future__ import annotations

import atexit

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from designer.catalog.catalog import Catalog
from designer.gui.canvas.emphasis import Selection
from designer.gui.canvas.placement import content_of
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put
from designer.model.entities import Boundary

PART_MIME = "application/x-aws-designer-part"
_FORMAT_KEY = "designer:"
_LARGEST = 8_000_000
"""Longer texts on the clipboard, in bytes, are not looked at."""
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
    """A part for the clipboard: in our own type and as plain text."""
    from designer.storage.files import dumps

    text = dumps(part)
    mime = QMimeData()
    mime.setText(text)
    mime.setData(PART_MIME, QByteArray(text.encode()))
    return mime


def put_on_clipboard(part: Architecture) -> None:
    """Puts a part on the clipboard. Raises `UserError` for what no file can hold."""
    global _leaves
    QGuiApplication.clipboard().setMimeData(to_mime(part))
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
    if mime is not None and mime.hasFormat(PART_MIME):
        QGuiApplication.clipboard().setText(mime.text())


def from_mime(mime: QMimeData | None, catalog: Catalog) -> Architecture | None:
    """The part on the clipboard, or `None` where there is none. Raises `UserError` for a text that has mistakes."""
    from designer.storage.files import loads

    text = _text(mime)
    return loads(text, catalog) if text is not None else None


def _text(mime: QMimeData | None) -> str | None:
    if mime is None:
        return None
    if mime.hasFormat(PART_MIME):
        raw = bytes(mime.data(PART_MIME).data())
        return raw.decode("utf-8", "replace") if len(raw) <= _LARGEST else None
    text = mime.text() if mime.hasText() else ""
    return text if _FORMAT_KEY in text[:2000] and len(text) <= _LARGEST else None


def _outermost_first(architecture: Architecture, chosen: set[str]) -> list[Boundary]:
    found = []
    for key in sorted(chosen, key=lambda key: (len(architecture.boundaries_around(key)), key)):
        boundary = architecture.boundaries[key]
        found.append(boundary if boundary.parent in chosen else boundary.with_(parent=None))
    return found
