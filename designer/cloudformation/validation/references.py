"""Who refers to whom in a template: every Ref, GetAtt, Sub, DependsOn and condition, with the path where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from designer.cloudformation.validation.messages import Path
from designer.cloudformation.validation.resolve import SUBSTITUTED

Tree = dict[str, Any]


class Via(StrEnum):
    """How one thing names another."""

    REF = "Ref"
    GET_ATT = "Fn::GetAtt"
    SUB = "Fn::Sub"
    DEPENDS_ON = "DependsOn"
    CONDITION = "Condition"
    MAPPING = "Fn::FindInMap"


@dataclass(frozen=True, slots=True)
class Link:
    """One reference. `section` and `owner` say which entry of the template it stands in (`Resources`, `Queue`).

    `attribute` is what of the target is asked for, empty for the target itself. `optional` links stand inside `Fn::If`.
    """

    section: str
    owner: str
    path: Path
    via: Via
    target: str
    attribute: str = ""
    optional: bool = False


def find_links(tree: Tree) -> list[Link]:
    """All references of a template, from its top to its end."""
    found: list[Link] = []
    for section, entries in tree.items():
        if section in ("Metadata", "Parameters", "Mappings") or not isinstance(entries, dict):
            continue
        for owner, entry in entries.items():
            _Finder(section, owner, found).entry(entry)
    return found


class _Finder:
    """Collects the links of one entry of a section."""

    def __init__(self, section: str, owner: str, found: list[Link]) -> None:
        self.section, self.owner, self.found = section, owner, found
        self.optional = False

    def entry(self, entry: Any) -> None:
        path: tuple[str | int, ...] = (self.section, self.owner)
        if self.section not in ("Resources", "Outputs") or not isinstance(entry, dict):
            self._walk(entry, path)
            return
        for key, value in entry.items():
            if key == "DependsOn":
                self._depends_on(value, (*path, key))
            elif key == "Condition" and isinstance(value, str):
                self._add((*path, key), Via.CONDITION, value)
            elif key != "Metadata":
                self._walk(value, (*path, key))

    def _depends_on(self, value: Any, path: Path) -> None:
        if isinstance(value, str):
            self._add(path, Via.DEPENDS_ON, value)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, str):
                    self._add((*path, index), Via.DEPENDS_ON, item)

    def _add(self, path: Path, via: Via, target: str, attribute: str = "") -> None:
        self.found.append(Link(self.section, self.owner, path, via, target, attribute, self.optional))

    def _walk(self, node: Any, path: Path) -> None:
        if isinstance(node, list):
            for index, item in enumerate(node):
                if isinstance(item, (dict, list)):
                    self._walk(item, (*path, index))
        elif isinstance(node, dict):
            if len(node) == 1 and self._call(node, path):
                return
            for key, item in node.items():
                if isinstance(item, (dict, list)):
                    self._walk(item, (*path, key))

    def _call(self, node: Tree, path: Path) -> bool:
        """Notes what a function's call refers to; whether the node was one whose parts are done with."""
        ((name, argument),) = node.items()
        here = (*path, name)
        if name == "Ref":
            if isinstance(argument, str):
                self._add(here, Via.REF, argument)
            return True
        if name == "Fn::GetAtt":
            return self._get_att(argument, here)
        if name == "Fn::Sub":
            self._sub(argument, here)
            return True
        if name == "Fn::If":
            self._if(argument, here)
            return True
        if name == "Condition" and self.section == "Conditions" and isinstance(argument, str):
            self._add(here, Via.CONDITION, argument)
            return True
        if name == "Fn::FindInMap" and isinstance(argument, list) and argument and isinstance(argument[0], str):
            self._add(here, Via.MAPPING, argument[0])
        return False

    def _get_att(self, argument: Any, path: Path) -> bool:
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if not isinstance(parts, list) or len(parts) < 2 or not isinstance(parts[0], str):
            return False
        known = all(isinstance(part, str) for part in parts)
        self._add(path, Via.GET_ATT, parts[0], ".".join(parts[1:]) if known else "")
        return known

    def _if(self, argument: Any, path: Path) -> None:
        if isinstance(argument, list) and argument and isinstance(argument[0], str):
            self._add((*path, 0), Via.CONDITION, argument[0])
        before, self.optional = self.optional, True
        self._walk(argument, path)
        self.optional = before

    def _sub(self, argument: Any, path: Path) -> None:
        text, variables = argument, {}
        if isinstance(argument, list) and argument:
            text = argument[0]
            if len(argument) > 1 and isinstance(argument[1], dict):
                variables = argument[1]
                self._walk(variables, (*path, 1))
        if isinstance(text, str):
            for name in substituted_names(text):
                if name not in variables:
                    target, _, attribute = name.partition(".")
                    pseudo = name.startswith("AWS::")
                    self._add(path, Via.SUB, name if pseudo else target, "" if pseudo else attribute)


def substituted_names(text: str) -> Iterator[str]:
    """The names that `Fn::Sub` replaces in a text."""
    for match in SUBSTITUTED.finditer(text):
        name = match[1].strip()
        if not name.startswith("!"):
            yield name
