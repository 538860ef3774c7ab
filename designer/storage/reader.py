"""Turns the text of a file into an architecture, or says everything that is wrong with it, each with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from designer.catalog.catalog import Catalog
from designer.errors import UserError, UserErrors
from designer.garbage import no_collections
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Entity
from designer.storage.entries import Entries
from designer.storage.fields import Problems
from designer.storage.lines import read_lines
from designer.storage.source import Item, Source
from designer.storage.writer import FORMAT


def loads(text: str, catalog: Catalog, file: Path | None = None) -> Architecture:
    """The architecture that a text describes. Raises `UserErrors` with all that is wrong, in the order of the lines.

    `file` is only named in errors. A text that is no YAML, or of a newer format, gives a single `UserError`.
    """
    with no_collections():
        return build(source_of(text, file), catalog, file)


def source_of(text: str, file: Path | None = None) -> Source:
    """The entries of a text, not yet checked one by one. Raises `UserError` as `loads` does."""
    plain = _normal(text, file)
    source = read_lines(plain) or _read_blocks(plain, file)
    _check_format(source, file)
    return source


def _read_blocks(text: str, file: Path | None) -> Source:
    # A file as the program writes it does without.
    from designer.storage.blocks import read_blocks

    return read_blocks(text, file)


def _normal(text: str, file: Path | None) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise UserError(tr("the text holds characters that are no Unicode text"), file=file, line=line) from error
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _check_format(source: Source, file: Path | None) -> None:
    if "designer" not in source.header:
        hint = tr("an architecture starts with the line 'designer: 1'")
        if "Resources" in source.header:
            hint = tr("this looks like a CloudFormation template; {hint}", hint=hint)
        raise UserError(tr("the key 'designer' is missing"), file=file, line=1, hint=hint)
    found, line = source.header["designer"], source.header_lines["designer"]
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        message = tr("'designer' is the version of the format, a whole number from 1 to {format}", format=FORMAT)
        raise UserError(message, file=file, line=line)
    if found > FORMAT:
        message = tr(
            "the file has format {found}, and this version of the program reads formats up to {format}",
            found=found,
            format=FORMAT,
        )
        raise UserError(message, file=file, line=line, hint=tr("open it with a newer version of the program"))


def build(source: Source, catalog: Catalog, file: Path | None = None) -> Architecture:
    """The architecture that these entries describe. Raises `UserErrors` with all that is wrong."""
    problems = Problems(source, file)
    entries = Entries(source, catalog, problems)
    settings = entries.settings()
    read = {
        "boundaries": entries.boundary,
        "components": entries.component,
        "connections": entries.connection,
        "flows": entries.flow,
    }
    entities: list[Entity] = []
    for section, items in source.sections.items():
        entities += [entity for item in items if (entity := read[section](item)) is not None]
    boundaries = {entity.id: entity for entity in entities if isinstance(entity, Boundary)}
    for item in _in_circles(source.sections["boundaries"], boundaries):
        problems.add(
            tr("stands inside itself"), item, "in", hint=tr("give one of the boundaries another 'in', or none")
        )
    if problems.found:
        raise UserErrors(sorted(problems.found, key=lambda error: error.line or 0))
    return Architecture.of(settings, entities)


def _in_circles(items: Iterable[Item], boundaries: Mapping[str, Boundary]) -> Iterator[Item]:
    """The boundaries through whose parents one comes back to them."""
    for item in items:
        seen: set[str] = set()
        place = boundaries.get(item.id)
        while place is not None and place.id not in seen:
            seen.add(place.id)
            place = boundaries.get(place.parent) if place.parent is not None else None
        if place is not None and place.id == item.id:
            yield item
