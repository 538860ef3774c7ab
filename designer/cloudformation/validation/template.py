"""A template as text becomes a plain tree that knows the line of every value.

The text may be YAML or JSON, whole or broken, friendly or hostile; reading it never raises. What cannot be read, and
what CloudFormation would read otherwise than it looks, is kept as defects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from designer.cloudformation.validation.messages import Path

Tree = dict[str, Any]

MAX_BYTES = 4 * 1024 * 1024
"""Longer texts are not read; CloudFormation itself takes at most one megabyte."""

MAX_DEPTH = 100
"""Deeper templates are not read."""


class DefectKind(StrEnum):
    """What is wrong with the text as a text."""

    UNREADABLE = "unreadable"
    ALIAS = "alias"
    DUPLICATE = "duplicate"
    TAG = "tag"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that the reader met: of which kind, at which path and line (from 1), and in words."""

    kind: DefectKind
    path: Path
    line: int
    text: str


@dataclass(slots=True)
class Template:
    """A template's text and the tree in it, with the short forms of intrinsic functions written out.

    `tree` is empty where the text holds no mapping. `lines` gives the lines of a container's entries, by the identity
    of the container, which the tree keeps alive.
    """

    text: str
    tree: Tree = field(default_factory=dict)
    lines: dict[int, dict[str | int, int]] = field(default_factory=dict)
    defects: list[Defect] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        """Whether the whole text could be read."""
        return not any(defect.kind is DefectKind.UNREADABLE for defect in self.defects)

    @property
    def has_aliases(self) -> bool:
        """Whether YAML aliases stand in the text; whoever follows them may read a template without end."""
        return any(defect.kind is DefectKind.ALIAS for defect in self.defects)

    def existing(self, path: Path) -> Path:
        """The part of a path that the tree has; a resolved value may lie deeper than the text that it comes from."""
        return path[: len(self._walk(path))]

    def line(self, path: Path) -> int:
        """The line of the value at a path, or of the deepest value on the way to it."""
        return next(reversed(self._walk(path)), 1)

    def _walk(self, path: Path) -> list[int]:
        """The lines of the values on the way, as far as the way exists."""
        found: list[int] = []
        value: Any = self.tree
        for key in path:
            line = self.lines.get(id(value), {}).get(key)
            if line is None:
                break
            found.append(line)
            value = value[key]
        return found


def read_template(text: str) -> Template:
    """The template in a text of YAML or JSON. What is wrong with it stands in `defects`."""
    from designer.cloudformation.validation.json_reader import read_json
    from designer.cloudformation.validation.yaml_reader import read_yaml

    template = Template(text)
    if len(text) > MAX_BYTES:
        kind = DefectKind.UNREADABLE
        message = f"the template has {len(text):,} characters; at most {MAX_BYTES:,} are read"
        template.defects.append(Defect(kind, (), 1, message))
        return template
    read = read_json if text.lstrip("\ufeff \t\r\n").startswith("{") else read_yaml
    read(template)
    return template
