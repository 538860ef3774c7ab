"""CPL-14: components without any wire."""

from __future__ import annotations

from collections.abc import Iterator

from designer.analysis.findings import Finding
from designer.analysis.graph_rules.context import Context
from designer.language import tr


def find(context: Context) -> Iterator[Finding]:
    """One finding for each."""
    architecture = context.resolution.architecture
    for key in sorted(architecture.components):
        if not architecture.wires_of(key):
            message = tr("{name} has no wire.", name=context.name(key))
            yield context.rule("CPL-14").finding(message, components=(key,))
