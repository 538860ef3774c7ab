"""What people have pinned to a drawing: notes and decisions, as rows of a report."""

from __future__ import annotations

from collections.abc import Iterator

from designer.catalog.catalog import Catalog
from designer.model.architecture import Architecture
from designer.model.decisions import Decision
from designer.report.content import DecisionRow, NoteRow
from designer.report.names import Names


def note_rows(architecture: Architecture, catalog: Catalog, names: Names) -> Iterator[NoteRow]:
    """All notes: of the whole, of components, of connections, of boundaries, each by id."""
    for key, name, title, note, _decisions in _things(architecture, catalog, names):
        if note.strip():
            yield NoteRow(id=key, name=name, title=title, note=note)


def decision_rows(architecture: Architecture, catalog: Catalog, names: Names) -> Iterator[DecisionRow]:
    """All decisions, in the same order, and those of one thing as they are in the file."""
    for key, name, title, _note, decisions in _things(architecture, catalog, names):
        for made in decisions:
            yield DecisionRow(
                id=key,
                name=name,
                title=title,
                decision=made.title,
                status=made.status.value,
                why=made.why,
                date=made.date,
            )


_Thing = tuple[str, str, str, str, tuple[Decision, ...]]
"""Id, name, sort of thing, note, decisions."""


def _things(architecture: Architecture, catalog: Catalog, names: Names) -> Iterator[_Thing]:
    settings = architecture.settings
    whole = settings.name.strip() or catalog.architecture.title
    yield "", whole, catalog.architecture.title, settings.note, settings.decisions
    for key, component in sorted(architecture.components.items()):
        yield key, names.of(key), catalog.kinds[component.kind].title, component.note, component.decisions
    for key, wire in sorted(architecture.connections.items()):
        yield key, names.of_wire(wire), catalog.relations[wire.relation].title, wire.note, wire.decisions
    for key, boundary in sorted(architecture.boundaries.items()):
        title = catalog.boundaries[boundary.kind].title
        yield key, boundary.name.strip() or key, title, boundary.note, boundary.decisions
