"""Export: from an architecture to the text of a template that deploys, or to the reasons why it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.cloudformation.assemble import assemble
from designer.cloudformation.emit import Line, to_json, to_lines
from designer.cloudformation.fragments import Template
from designer.cloudformation.limits import check_limits
from designer.model.architecture import Architecture

Format = Literal["yaml", "json"]


@dataclass(slots=False)
class Export:
    """A template, its text, and what the deployer should know (`notes`)."""

    template: Template
    titles: dict[str, str]
    notes: list[str]

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the YAML text, each with who wrote it."""
        return to_lines(self.template, self.titles)

    def text(self, format: Format = "yaml") -> str:
        """The template as YAML or JSON; the same architecture gives the same bytes everywhere."""
        if format == "json":
            return to_json(self.template)
        return "\n".join(line.text for line in self.lines) + "\n"


def export(architecture: Architecture, catalog: Catalog) -> Export:
    """The template of an architecture.

    Raises `UserErrors` naming each component or connection that stands in the way; nothing is left out in silence.
    """
    return export_resolved(Resolution(architecture, catalog))


def export_resolved(resolution: Resolution) -> Export:
    """The same, for an architecture whose effective properties are worked out already."""
    refuse_what_cannot_deploy(resolution)
    template = assemble(resolution)
    exported = Export(template, _titles(resolution), [])
    exported.notes = check_limits(template, exported.text())
    return exported


def refuse_what_cannot_deploy(resolution: Resolution) -> None:
    """Raises `UserErrors` for contradictions that AWS would refuse, found by the rules of severity error."""
    from designer.analysis.component_rules import contradictions
    from designer.errors import UserError, UserErrors

    found = contradictions(resolution)
    if found:
        raise UserErrors([UserError(finding.message, name=_name_of(resolution, finding), hint=finding.fix) for finding in found])


def _name_of(resolution: Resolution, finding: object) -> str:
    components = getattr(finding, "components", ())
    connections = getattr(finding, "connections", ())
    return (components or connections or ("architecture",))[0] if not connections else connections[0]


def _titles(resolution: Resolution) -> dict[str, str]:
    titles = {"shared:network": "Network"}
    for boundary in resolution.architecture.boundaries.values():
        titles[boundary.id] = _comment(f"{boundary.name} (network)")
    for resolved in resolution.components():
        titles[resolved.id] = _comment(f"{resolved.name} ({resolved.kind.title})")
    for wire in resolution.wires():
        titles[wire.id] = _comment(f"{wire.source.name} {wire.verb} {wire.target.name}")
    for part, title in _SHARED_TITLES.items():
        titles[f"shared:{part}"] = title
    return titles


_SHARED_TITLES = {
    "key": "Encryption key",
    "alarms": "Alarms",
    "access-logs": "Access logs of load balancers",
    "images": "Machine images",
    "namespace": "Names of services",
}


def _comment(text: str) -> str:
    """A text for a comment: one line of printable characters."""
    return "".join(character if character.isprintable() else " " for character in text)[:200]
