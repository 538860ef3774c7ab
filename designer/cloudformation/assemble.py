"""Renders all fragments in a fixed order and merges them into one template that knows who wrote what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import jinja2

from designer.assets import data
from designer.catalog.resolve import Resolution
from designer.cloudformation.code import helpers
from designer.cloudformation.context import ComponentContext, Contexts, NetworkContext, Owner, WireContext
from designer.cloudformation.encode import fragment_environment
from designer.cloudformation.fragments import Template, Tree, parse_fragment
from designer.cloudformation.names import NameClash, Names
from designer.cloudformation.network import plan_networks
from designer.errors import UserError

MAX_CLASHES = 200

_SECTIONS = (
    "AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Mappings", "Conditions", "Resources", "Outputs",
)  # fmt: skip


@lru_cache(maxsize=1)
def _environment() -> Any:
    return fragment_environment(jinja2.FileSystemLoader(data("templates") / "cloudformation"))


def assemble(resolution: Resolution) -> Template:
    """The whole template of an architecture. Raises `UserError` or `UserErrors` naming what cannot be exported."""
    networks = plan_networks(resolution)
    indirect = indirect_wires(resolution)
    lengthened: frozenset[str] = frozenset()
    for _ in range(MAX_CLASHES):
        try:
            return _Assembly(resolution, networks, Names(lengthened), indirect).run()
        except NameClash as clash:
            if clash.owner in lengthened:
                break
            lengthened |= {clash.owner}
    raise UserError("the names of the components give the same logical ids again and again", hint="Rename some.")


class _Assembly:
    def __init__(self, resolution: Resolution, networks: Mapping[str, Any], names: Names, indirect: frozenset[str]) -> None:
        self.resolution = resolution
        self.owners: list[str] = []
        self.template = Template()
        self.contexts = Contexts(resolution, networks, names, indirect, self._number)

    def run(self) -> Template:
        parts = [
            *self._networks(),
            *self._components(),
        ]
        shared = self._shared()
        self._merge_head()
        for writer, fragment in [*shared, *parts]:
            self.template.merge(fragment, writer)
        tree = self.template.tree
        # Sections in AWS's usual order; the mapping is the same object, so that its writers stay known.
        for section in _SECTIONS:
            if section in tree:
                tree[section] = tree.pop(section)
        return self.template

    def _number(self, owner: str) -> int:
        if owner not in self.owners:
            self.owners.append(owner)
        return self.owners.index(owner)

    def _merge_head(self) -> None:
        settings = self.resolution.architecture.settings
        text = " ".join(settings.description.split()) or settings.name
        self.template.merge(
            {"AWSTemplateFormatVersion": "2010-09-09", "Description": _shorten(text, 1024)}, "architecture"
        )

    def _networks(self) -> Iterable[tuple[str, Tree]]:
        for network in self.contexts.networks.values():
            plan = network.plan
            writer = plan.owner
            yield writer, self._render("network.yaml.j2", network.owner, writer, {"vpc": plan, "network": network})

    def _components(self) -> Iterable[tuple[str, Tree]]:
        for resolved in self.resolution.components():
            component = self.contexts.component(resolved.id)
            if not component.outside:
                yield resolved.id, self._component(component)
            for wire in component.wires_out:
                yield wire.key, self._wire(wire)

    def _component(self, component: ComponentContext) -> Tree:
        given = {"c": component, "p": component.p, "network": component.network}
        return self._render(f"services/{component.kind}.yaml.j2", component, component.key, given)

    def _wire(self, wire: WireContext) -> Tree:
        given = {"w": wire, "p": wire.p, "source": wire.source, "target": wire.target}
        return self._render(f"relations/{wire.relation}.yaml.j2", wire, wire.key, given)

    def _shared(self) -> list[tuple[str, Tree]]:
        """The shared parts that were asked for; one may ask for others, with more purposes, so until nothing changes."""
        rendered: dict[str, tuple[int, Tree]] = {}
        wanted = self.contexts.shared.wanted
        changed = True
        while changed:
            changed = False
            for part in sorted(wanted):
                asked = sum(len(users) for users in wanted[part].values())
                if part not in rendered or rendered[part][0] != asked:
                    owner = self.contexts.shared.owner(part)
                    fragment = self._render(f"shared/{part}.yaml.j2", owner, f"shared:{part}", {"purposes": sorted(wanted[part])})
                    rendered[part] = (asked, fragment)
                    changed = True
        return [(f"shared:{part}", rendered[part][1]) for part in sorted(rendered)]

    def _render(self, name: str, owner: Owner, user: str, given: dict[str, Any]) -> Tree:
        functions = self.contexts.functions(owner, user)
        try:
            text = _environment().get_template(name).render(**functions, **helpers(), **given)
        except jinja2.TemplateNotFound as error:
            raise UserError(f"there is no template {error.name}, so this cannot be exported", name=user) from error
        except (jinja2.TemplateError, TypeError, ValueError, KeyError) as error:
            raise UserError(f"cannot be exported: {error}", name=user) from error
        return parse_fragment(text, user, self.template, self.owners)


def indirect_wires(resolution: Resolution) -> frozenset[str]:
    """The wires whose environment variables would close a circle of references.

    A function that knows another's name refers to it; two that call each other would each have to exist first.
    Only wires between programs can do so: what else is called refers to nobody.
    """
    edges: dict[str, list[tuple[str, str]]] = {}
    for wire in resolution.wires():
        programs = "principal" in wire.source.kind.traits and "principal" in wire.target.kind.traits
        if programs and wire.relation.environment and not wire.target.kind.traits.get("discovery"):
            edges.setdefault(wire.source.id, []).append((wire.target.id, wire.id))
    component = _strong_components(edges)
    return frozenset(
        wire for source, found in edges.items() for target, wire in found if component[source] == component[target]
    )


def _strong_components(edges: Mapping[str, list[tuple[str, str]]]) -> dict[str, int]:
    """The number of the strongly connected component of each node (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    found: dict[str, int] = {}
    stack: list[str] = []
    nodes = sorted({*edges, *(target for targets in edges.values() for target, _ in targets)})
    for root in nodes:
        if root in index:
            continue
        work = [(root, iter(edges.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        while work:
            node, targets = work[-1]
            for target, _ in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(edges.get(target, ()))))
                    break
                if target not in found:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    number = len(set(found.values()))
                    while True:
                        member = stack.pop()
                        found[member] = number
                        if member == node:
                            break
    return found


def _shorten(text: str, size: int) -> str:
    """At most `size` bytes of UTF-8."""
    data_ = text.encode()
    return text if len(data_) <= size else data_[: size - 3].decode(errors="ignore") + "..."
