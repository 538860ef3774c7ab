"""Export: from an architecture to the text of a template that deploys, or to the reasons why it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Literal

from designer.analysis.findings import Finding
from designer.analysis.kept import Kept
from designer.analysis.memory import Memory as PartsMemory
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.cloudformation.assemble import assemble
from designer.cloudformation.drawing import drawing_metadata
from designer.cloudformation.emit import Line, Text, to_json, to_text
from designer.cloudformation.fragments import Template
from designer.cloudformation.limits import check_drawing, check_template
from designer.cloudformation.memory import Memory
from designer.cloudformation.network import NETWORK
from designer.cloudformation.notes import notes_on
from designer.errors import UserError, UserErrors
from designer.garbage import no_collections
from designer.model.architecture import Architecture

Format = Literal["yaml", "json"]

MAX_TITLE = 200

_SHARED_TITLES = {
    NETWORK: "Network",
    "shared:key": "Encryption key",
    "shared:alarms": "Alarms",
    "shared:access-logs": "Access logs of load balancers",
    "shared:images": "Machine images",
}


@dataclass
class Export:
    """A template, its text, and what the deployer should know (`notes`). `titles` name the writers of its resources."""

    template: Template
    titles: dict[str, str]
    notes: list[str]

    @cached_property
    def _text(self) -> Text:
        return to_text(self.template, self.titles)

    @property
    def lines(self) -> list[Line]:
        """The lines of the YAML text, each with who wrote it."""
        return self._text.lines

    def text(self, format: Format = "yaml") -> str:
        """The template as YAML or JSON; the same architecture gives the same bytes everywhere."""
        if format == "json":
            return to_json(self.template)
        return self._text.whole()


class Exporter:
    """Exports a drawing again and again while it is edited; it keeps what an edit leaves as it is.

    Each export is the same, byte for byte, as one made afresh. It holds the fragments of the last one, no more. Several
    threads may call it, and wait for one another. What an export is made of is shared with the next: it is to be read.
    """

    def __init__(self) -> None:
        self._memory = Memory()
        self._lock = Lock()

    def export(self, architecture: Architecture, catalog: Catalog, *, drawing: bool = False) -> Export:
        """The template of an architecture; with its `drawing`, it can be opened again.

        Raises `UserErrors` naming each component or connection that stands in the way; nothing is left out in silence.
        """
        with self._lock, no_collections():
            return _export(architecture, self._memory.begin(architecture, catalog), self._memory, drawing)


def export(architecture: Architecture, catalog: Catalog, *, drawing: bool = False) -> Export:
    """The template of an architecture; with its `drawing`, it can be opened again.

    Raises `UserErrors` naming each component or connection that stands in the way; nothing is left out in silence.
    """
    return Exporter().export(architecture, catalog, drawing=drawing)


def _export(architecture: Architecture, kept: Kept, memory: Memory, drawing: bool) -> Export:
    resolution = kept.resolution
    refuse_what_cannot_deploy(resolution, kept.memory)
    template = assemble(resolution, memory)
    if drawing:
        # What was kept has no positions and notes.
        template.merge({"Metadata": drawing_metadata(architecture)}, "architecture")
    exported = Export(template, _titles(resolution, kept.memory), [])
    too_large = check_template(template, exported.text())
    exported.notes = [*too_large, *notes_on(resolution, template.tree, memory.networks, kept.memory)]
    return exported


def refuse_what_cannot_deploy(resolution: Resolution, memory: PartsMemory | None = None) -> None:
    """Raises `UserErrors` for what AWS would refuse: contradictory properties, and limits that cannot be passed.

    `memory` has what was found of components and wires that nothing touched.
    """
    from designer.analysis.component_rules import contradictions

    errors = [
        UserError(finding.message, name=_place_of(finding), hint=finding.fix)
        for finding in contradictions(resolution, memory)
    ]
    errors += check_drawing(resolution)
    if errors:
        raise UserErrors(errors)


def _place_of(finding: Finding) -> str:
    return (*finding.connections, *finding.components, *finding.boundaries, "architecture")[0]


def _titles(resolution: Resolution, memory: PartsMemory) -> dict[str, str]:
    titles = dict(_SHARED_TITLES)
    for _key, boundary in sorted(resolution.architecture.boundaries.items()):
        titles[f"boundary:{boundary.id}"] = _comment(f"{boundary.name} (network)")
    of_components, of_wires = memory.of_components("titles"), memory.of_wires("titles")
    for resolved in resolution.components():
        if resolved.id not in of_components:
            of_components[resolved.id] = _comment(f"{resolved.name} ({resolved.kind.title})")
        titles[f"component:{resolved.id}"] = of_components[resolved.id]
    for wire in resolution.wires():
        if wire.id not in of_wires:
            of_wires[wire.id] = _comment(f"{wire.source.name} {wire.verb} {wire.target.name}")
        titles[f"connection:{wire.id}"] = of_wires[wire.id]
    return titles


def _comment(text: str) -> str:
    """A text for a comment: one line of printable characters."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(text.split())[:MAX_TITLE]
