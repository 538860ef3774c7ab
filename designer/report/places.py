"""Where things stand in an architecture file, for those who show findings beside its lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from designer.analysis.findings import Finding
from designer.model.entities import Collection
from designer.storage.blocks import read_blocks
from designer.storage.lines import read_lines
from designer.storage.source import Item
from designer.yaml_source import read_text

_COLLECTIONS = ("components", "connections", "boundaries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One entry of the file: its collection, its id, and the line (from 1) on which it starts."""

    collection: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class Places:
    """The lines of a file. `file` is how the user called it; a file that is not there has no lines."""

    file: str
    items: Mapping[tuple[str, str], Item] = field(default_factory=dict)

    @classmethod
    def of(cls, file: str, path: Path | None) -> Places:
        """The lines of the file at a path; without a path (a sample) there are none. Raises `UserError`."""
        if path is None:
            return cls(file)
        text = read_text(path).removeprefix("\ufeff").replace("\r\n", "\n")
        source = read_lines(text) or read_blocks(text, path)
        items = {(section, item.id): item for section, found in source.sections.items() for item in found}
        return cls(file, items)

    @property
    def uri(self) -> str:
        """The file as a reference by the rules of URIs: relative where the user called it so."""
        if self.file.startswith("sample:"):
            return self.file
        path = Path(self.file)
        if path.is_absolute():
            return path.as_uri()
        # A colon is quoted too: in the first part it would read as the scheme of an address.
        return quote(path.as_posix(), safe="/")

    def of_finding(self, finding: Finding) -> list[Place]:
        """What a finding is about, the place to mend first; of a finding about a flow alone, the flow."""
        found = [
            self._place(collection, key, finding.property)
            for collection in _COLLECTIONS
            for key in getattr(finding, collection)
        ]
        if not found and finding.flow is not None:
            found.append(self._place(str(Collection.FLOWS), finding.flow, None))
        return found

    def line(self, collection: str, key: str, prop: str | None = None) -> int:
        """The line of an entry, or of one of its properties where it has a line of its own; 1 where it is unknown."""
        item = self.items.get((collection, key))
        if item is None:
            return 1
        return item.line if prop is None else item.line_of("properties", prop)

    def collection_of(self, key: str) -> str | None:
        """The collection that an id of a path belongs to."""
        return next((name for name in _COLLECTIONS if (name, key) in self.items), None)

    def _place(self, collection: str, key: str, prop: str | None) -> Place:
        return Place(collection=collection, id=key, line=self.line(collection, key, prop))
