"""Renders all fragments in a fixed order and merges them into one template that knows who wrote what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import jinja2

from designer.assets import data
from designer.catalog.resolve import Resolution
from designer.cloudformation.circles import indirect_wires
from designer.cloudformation.code import cut, helpers
from designer.cloudformation.context import ComponentContext, Contexts, WireContext
from designer.cloudformation.encode import fragment_environment
from designer.cloudformation.fragments import Template, Tree, drawn_id, parse_fragment
from designer.cloudformation.names import Names
from designer.cloudformation.network import Vpc, plan_networks
from designer.cloudformation.owners import Owner
from designer.errors import UserError

MAX_DESCRIPTION = 1024
"""Bytes in the description of a template (CloudFormation User Guide, quotas)."""

Part = tuple[str, Tree]
"""A fragment and who wrote it."""

_SECTIONS = (
    "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Resources",
    "Outputs",
)  # fmt: skip


@lru_cache(maxsize=1)
def _environment() -> Any:
    return fragment_environment(jinja2.FileSystemLoader(data("templates") / "cloudformation"))


def assemble(resolution: Resolution) -> Template:
    """The whole template of an architecture. Raises `UserError` or `UserErrors` naming what cannot be exported."""
    networks = plan_networks(resolution)
    indirect = indirect_wires(resolution)
    lengthened: frozenset[str] = frozenset()
    while True:
        names = Names(lengthened)
        assembly = _Assembly(resolution, networks, names, indirect)
        parts = assembly.render()
        if not names.clashing:
            return assembly.merge(parts)
        if names.clashing <= lengthened:
            hint = f"Rename one of {', '.join(sorted(map(drawn_id, names.clashing)))}."
            raise UserError("two components come to the same logical ids", hint=hint)
        lengthened |= names.clashing


class _Assembly:
    """One pass over the architecture with a given choice of names."""

    def __init__(
        self, resolution: Resolution, networks: Mapping[str, Vpc], names: Names, indirect: frozenset[str]
    ) -> None:
        self.resolution = resolution
        self.template = Template()
        self.contexts = Contexts(resolution, networks, names, indirect, self._number)
        self._writers: dict[str, int] = {}

    def render(self) -> list[Part]:
        """All fragments in the order of the template: shared parts, networks, components with the wires they start."""
        drawn = [*self._networks(), *self._components()]
        return [self._head(), *self._shared(), *drawn]

    def merge(self, parts: list[Part]) -> Template:
        """The template made of the fragments. Raises `ConflictError`."""
        # What a wire adds to a component's resource comes after what the component itself says of it.
        for writer, fragment in sorted(parts, key=lambda part: part[0].startswith("connection:")):
            self.template.merge(fragment, writer)
        ranks = {writer: rank for rank, (writer, _fragment) in enumerate(parts)}
        tree = self.template.tree
        # The mappings stay the same objects, so that the writers of their entries stay known.
        for section in _SECTIONS:
            if section in tree:
                tree[section] = tree.pop(section)
                if isinstance(tree[section], dict):
                    self._arrange(tree[section], ranks)
        return self.template

    def _arrange(self, entries: Tree, ranks: Mapping[str, int]) -> None:
        arranged = sorted(entries.items(), key=lambda entry: ranks[self.template.writer(entries, entry[0], "")])
        entries.clear()
        entries.update(arranged)

    def _number(self, writer: str) -> int:
        return self._writers.setdefault(writer, len(self._writers))

    def _head(self) -> Part:
        settings = self.resolution.architecture.settings
        text = " ".join(settings.description.split()) or settings.name
        return "architecture", {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": cut(text, MAX_DESCRIPTION),
        }

    def _networks(self) -> Iterable[Part]:
        for network in self.contexts.networks.values():
            owner = network.owner
            yield owner.writer, self._render("network.yaml.j2", owner, {"vpc": network.plan, "network": network})

    def _components(self) -> Iterable[Part]:
        for resolved in self.resolution.components():
            component = self.contexts.component(resolved.id)
            if not component.outside:
                yield component.writer, self._component(component)
            for wire in component.wires_out:
                yield wire.writer, self._wire(wire)

    def _component(self, component: ComponentContext) -> Tree:
        given = {"c": component, "p": component.p, "network": component.network}
        return self._render(f"services/{component.kind}.yaml.j2", component, given)

    def _wire(self, wire: WireContext) -> Tree:
        given = {"w": wire, "p": wire.p, "source": wire.source, "target": wire.target}
        return self._render(f"relations/{wire.relation}.yaml.j2", wire, given)

    def _shared(self) -> list[Part]:
        """The shared parts that were asked for. One may ask for another, so until nothing changes."""
        rendered: dict[str, tuple[int, Tree]] = {}
        wanted = self.contexts.shared.wanted
        changed = True
        while changed:
            changed = False
            for part in sorted(wanted):
                asked = len(wanted[part])
                if part not in rendered or rendered[part][0] != asked:
                    owner = self.contexts.shared.owner(part)
                    fragment = self._render(f"shared/{part}.yaml.j2", owner, {"purposes": sorted(wanted[part])})
                    rendered[part] = (asked, fragment)
                    changed = True
        return [(f"shared:{part}", rendered[part][1]) for part in sorted(rendered)]

    def _render(self, name: str, owner: Owner, given: dict[str, Any]) -> Tree:
        functions = self.contexts.functions(owner)
        try:
            text = _environment().get_template(name).render(**functions, **helpers(), **given)
        except jinja2.TemplateNotFound as error:
            raise UserError(f"there is no template {error.name}, so this cannot be exported", name=owner.key) from error
        except (jinja2.TemplateError, TypeError, ValueError, KeyError) as error:
            raise UserError(f"cannot be exported: {error}", name=owner.key) from error
        return parse_fragment(text, owner.key, self.template, list(self._writers))
