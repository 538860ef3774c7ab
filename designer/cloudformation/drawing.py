"""The drawing inside the template, so that a template opens as a drawing again.

The section Metadata gets an entry with the lines of the architecture's file, one text each. Text is never evaluated by
CloudFormation, whatever names it holds; one text a line keeps the drawing readable, and its changes small, in YAML and
in JSON alike. `designer.importing.metadata` reads it back.
"""

from __future__ import annotations

import json

from designer.cloudformation.fragments import Tree
from designer.model.architecture import Architecture
from designer.storage.files import dumps

DRAWING = "AwsArchitectureDesigner"
"""The key of the entry."""
VERSION = 1
"""The version of the entry; that of the architecture is in its own first line."""

_GUARDED = {"${": "\\u0024{", "{{": "{\\u007b"}
"""What tools look for in every text of a template (variables, dynamic references), as JSON writes it otherwise."""


def drawing_metadata(architecture: Architecture) -> Tree:
    """The entry of the section Metadata that carries the drawing. Raises `UserError` where no file could hold it."""
    lines = dumps(architecture).removesuffix("\n").split("\n")
    return {DRAWING: {"Version": VERSION, "Drawing": [_guard(line) for line in lines]}}


def _guard(line: str) -> str:
    """A line of the file in which no tool sees a variable or a dynamic reference of the template."""
    if not any(text in line for text in _GUARDED):
        return line
    if line.lstrip().startswith("#"):
        line = json.dumps(line, ensure_ascii=False)
    for text, written in _GUARDED.items():
        # Both can only stand within the texts of a line, which are JSON.
        line = line.replace(text, written)
    return line
