"""Circles: resources that wait for each other."""

from __future__ import annotations

from functools import cached_property

from designer.cloudformation.validation.references import Link
from designer.cloudformation.validation.stack import Stack


class Circles:
    """The circular references of a stack, one for each group of resources that wait for each other."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    @cached_property
    def all(self) -> list[list[Link]]:
        """A shortest circle of each group, as the links that close it, starting at the first resource of the template.

        References inside `Fn::If` are left out: the side that is not taken waits for nothing.
        """
        from designer.analysis.scc import strongly_connected

        keys = list(self.stack.definitions)
        numbers = {key: number for number, key in enumerate(keys)}
        links = {key: [link for link in self.stack.links_of[key] if not link.optional] for key in keys}
        successors = [sorted({numbers[link.target] for link in links[key]}) for key in keys]
        found = []
        for members in strongly_connected(successors):
            start = keys[min(members)]
            if len(members) > 1 or any(link.target == start for link in links[start]):
                circle = _shortest(start, links, {keys[member] for member in members})
                if circle != [] and not (len(circle) == 1 and circle[0].via == "DependsOn"):
                    found.append(circle)
        return found


def _shortest(start: str, links: dict[str, list[Link]], members: set[str]) -> list[Link]:
    """The shortest way from a resource back to itself, through members of its group only."""
    ways: dict[str, list[Link]] = {start: []}
    waiting = [start]
    for key in waiting:
        for link in links[key]:
            if link.target == start:
                return [*ways[key], link]
            if link.target in members and link.target not in ways:
                ways[link.target] = [*ways[key], link]
                waiting.append(link.target)
    return []
