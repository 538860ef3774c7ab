"""Renders all fragments in a fixed order and merges them into one template that knows who wrote what."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any

import jinja2

from designer.assets import data
from designer.catalog.entries import Scope
from designer.catalog.resolve import Resolution
from designer.cloudformation.circles import indirect_wires
from designer.cloudformation.code import cut, helpers
from designer.cloudformation.context import Contexts
from designer.cloudformation.encode import fragment_environment, render
from designer.cloudformation.fragments import (
    Fragment,
    Place,
    Sources,
    Template,
    drawn_id,
    merged_entry,
)
from designer.cloudformation.memory import Facts, Joined, Known, Memory, Rendered, reading
from designer.cloudformation.names import Names
from designer.cloudformation.network import plan_networks
from designer.cloudformation.owners import Owner
from designer.cloudformation.shapes import parse_fragment
from designer.errors import UserError
from designer.language import tr

MAX_DESCRIPTION = 1024
"""Bytes in the description of a template (CloudFormation User Guide, quotas)."""

_SECTIONS = (
    "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Resources",
    "Outputs",
)  # fmt: skip


@lru_cache(maxsize=1)
def _environment() -> Any:
    return fragment_environment(jinja2.FileSystemLoader(data("templates") / "cloudformation"))


def assemble(resolution: Resolution, memory: Memory | None = None) -> Template:
    """The whole template of an architecture. Raises `UserError` or `UserErrors` naming what cannot be exported.

    What did not change since the export that `memory` is of is taken from there; the template is the same without it.
    """
    memory = memory or Memory()
    networks, indirect = plan_networks(resolution), indirect_wires(resolution)
    facts = memory.look(resolution, networks, indirect)
    rendered: Known = {}
    lengthened: frozenset[str] = frozenset()
    while True:
        names = Names(lengthened)
        contexts = Contexts(resolution, networks, names, indirect)
        parts = _Assembly(contexts, facts, memory.fragments, rendered).parts()
        if not names.clashing:
            template, joined = _merged(parts, memory.joined)
            memory.settle(rendered, joined)
            return template
        if names.clashing <= lengthened:
            hint = tr("Rename one of {names}.", names=", ".join(sorted(map(drawn_id, names.clashing))))
            raise UserError(tr("two components come to the same logical ids"), hint=hint)
        lengthened |= names.clashing


def _merged(parts: list[Fragment], known: dict[Place, Joined]) -> tuple[Template, dict[Place, Joined]]:
    """The template made of the fragments, which stand in its order, and what is joined in it. Raises `ConflictError`.

    `known` is what was joined in the template before.
    """
    template = Template(holders=[*parts])
    first, several = _collect(parts, template)
    joined = {place: _joined(place, sources, known.get(place)) for place, sources in several.items()}
    template.put(
        (place, joined[place].entry if place in joined else entry)
        for fragment in parts
        for place, entry in fragment.entries.items()
        if first[place] is fragment
    )
    tree = template.tree
    # The mappings stay the same objects, so that the writers of their entries stay known.
    for section in _SECTIONS:
        if section in tree:
            tree[section] = tree.pop(section)
    return template, joined


def _collect(parts: list[Fragment], template: Template) -> tuple[dict[Place, Fragment], dict[Place, Sources]]:
    """Which fragment is the first to say something of an entry, and all that do where there are several.

    They are in the order in which they are to be merged. The template gets its sections.
    """
    first: dict[Place, Fragment] = {}
    several: dict[Place, Sources] = {}
    # What a wire adds to a component's resource comes after what the component itself says of it.
    for fragment in sorted(parts, key=lambda part: part.writer.startswith("connection:")):
        for section, entries in fragment.tree.items():
            if section not in template.tree or not isinstance(entries, dict):
                template.merge({section: {} if isinstance(entries, dict) else entries}, fragment.writer)
        for place in fragment.entries:
            if place in first:
                several.setdefault(place, [first[place]]).append(fragment)
            else:
                first[place] = fragment
    return first, several


def _joined(place: Place, sources: Sources, known: Joined | None) -> Joined:
    return known if known is not None and known.sources == sources else Joined(sources, merged_entry(place, sources))


class _Assembly:
    """One pass over the architecture with a given choice of names."""

    def __init__(self, contexts: Contexts, facts: Facts, known: Known, rendered: Known) -> None:
        self.contexts, self.facts, self.known, self.rendered = contexts, facts, known, rendered
        self.resolution = contexts.resolution

    def parts(self) -> list[Fragment]:
        """All fragments in the order of the template: shared parts, networks, components with the wires they start."""
        drawn = [*self._networks(), *self._components()]
        return [self._head(), *self._shared(), *drawn]

    def _head(self) -> Fragment:
        settings = self.resolution.architecture.settings
        text = " ".join(settings.description.split()) or settings.name
        head = {"AWSTemplateFormatVersion": "2010-09-09", "Description": cut(text, MAX_DESCRIPTION)}
        return Fragment("architecture", head)

    def _networks(self) -> Iterable[Fragment]:
        for key, network in self.contexts.networks.items():
            yield self._fragment(network.owner.writer, partial(self._network, key))

    def _components(self) -> Iterable[Fragment]:
        for resolved in self.resolution.components():
            if resolved.kind.placement.scope is not Scope.OUTSIDE:
                yield self._fragment(f"component:{resolved.id}", partial(self._component, resolved.id))
            for wire in self.resolution.architecture.outgoing(resolved.id):
                yield self._fragment(f"connection:{wire.id}", partial(self._wire, wire.id))

    def _shared(self) -> list[Fragment]:
        """The shared parts that were asked for. One may ask for another, so until nothing changes."""
        made: dict[str, tuple[tuple[str, ...], Fragment]] = {}
        wanted = self.contexts.shared.wanted
        changed = True
        while changed:
            changed = False
            for part in sorted(wanted):
                purposes = tuple(sorted(wanted[part]))
                if part not in made or made[part][0] != purposes:
                    render = partial(self._shared_part, part, purposes)
                    made[part] = purposes, self._fragment(f"shared:{part}", render, purposes)
                    changed = True
        return [made[part][1] for part in sorted(made)]

    def _fragment(self, writer: str, render: Callable[[], Fragment], purposes: tuple[str, ...] = ()) -> Fragment:
        """The fragment as it was last time, if all that was looked at for it is still so; else a new one."""
        occasion = writer, self.contexts.names.lengthened, purposes
        known = self.known.get(occasion)
        if known is not None and known.holds(self.facts):
            known.repeat(self.contexts)
        else:
            with reading(self.contexts) as read:
                fragment = render()
            self.facts.know(read.facts)
            known = Rendered(fragment, read)
        self.rendered[occasion] = known
        return known.fragment

    def _network(self, key: str) -> Fragment:
        network = self.contexts.networks[key]
        return self._rendered("network.yaml.j2", network.owner, {"vpc": network.plan, "network": network})

    def _component(self, key: str) -> Fragment:
        component = self.contexts.component(key)
        given = {"c": component, "p": component.p, "network": component.network}
        return self._rendered(f"services/{component.kind}.yaml.j2", component, given)

    def _wire(self, key: str) -> Fragment:
        wire = self.contexts.wire(key)
        given = {"w": wire, "p": wire.p, "source": wire.source, "target": wire.target}
        return self._rendered(f"relations/{wire.relation}.yaml.j2", wire, given)

    def _shared_part(self, part: str, purposes: tuple[str, ...]) -> Fragment:
        owner = self.contexts.shared.owner(part)
        return self._rendered(f"shared/{part}.yaml.j2", owner, {"purposes": list(purposes)})

    def _rendered(self, name: str, owner: Owner, given: dict[str, Any]) -> Fragment:
        given = {**self.contexts.functions(owner), **helpers(), **given}
        try:
            text, values = render(_environment().get_template(name), given)
            return parse_fragment(text, owner.writer, values)
        except jinja2.TemplateNotFound as error:
            raise UserError(
                tr("there is no template {name}, so this cannot be exported", name=error.name), name=owner.key
            ) from error
        except (jinja2.TemplateError, TypeError, ValueError, KeyError) as error:
            raise UserError(tr("cannot be exported: {error}", error=error), name=owner.key) from error
