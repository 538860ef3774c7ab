"""The text of a template: YAML as a person would write it, line by line with who wrote it, or JSON.

No anchors (CloudFormation refuses them), short forms of the intrinsic functions, text quoted only where YAML would
read it as something else.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from designer.cloudformation.fragments import Template

WIDTH = 110

_PLAIN = re.compile(r"[A-Za-z0-9_./$(%\\^][A-Za-z0-9_./$(){}=+*@,;<>^|\\?~%:&!'\[\]\"# -]*")
_RESOLVED = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|~|=|<<)|[-+]?[0-9][0-9_,.]*([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+([eE][-+]?[0-9]+)?"
    r"|0x[0-9a-fA-F_]+|0o?[0-7_]+|0b[01_]+|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|[-+]?\.(inf|nan|Inf|NaN|INF|NAN)"
    r"|\d{4}-\d\d?-\d\d?.*"
)
_BAD_IN_BLOCK = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff\U00010000-\U0010ffff\t]")
_SHORT_FORMS = {
    "Ref", "Condition", "Fn::Sub", "Fn::GetAtt", "Fn::Join", "Fn::Select", "Fn::GetAZs", "Fn::Cidr", "Fn::If", "Fn::Not",
    "Fn::Equals", "Fn::And", "Fn::Or", "Fn::FindInMap", "Fn::ImportValue", "Fn::Split", "Fn::Base64",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text. `writer` is the component, wire, boundary or shared part that wrote it.

    `path` leads from the section down to the entry that the line shows; `resource` is the logical id it belongs to.
    """

    text: str
    writer: str
    path: tuple[str | int, ...] = ()

    @property
    def resource(self) -> str | None:
        """The logical id of the resource, parameter or output that the line is part of."""
        return str(self.path[1]) if len(self.path) > 1 else None


def to_json(template: Template) -> str:
    """The template as JSON, in the long form of the intrinsic functions."""
    return json.dumps(template.tree, indent=2, ensure_ascii=False) + "\n"


def to_lines(template: Template, titles: dict[str, str]) -> list[Line]:
    """The template as lines of YAML. `titles` name the writers, for the comments over their resources."""
    return _Emitter(template, titles).emit()


class _Emitter:
    def __init__(self, template: Template, titles: dict[str, str]) -> None:
        self.template, self.titles = template, titles
        self.lines: list[Line] = []

    def emit(self) -> list[Line]:
        tree = self.template.tree
        for section, value in tree.items():
            writer = self.template.writer(tree, section, "architecture")
            if isinstance(value, dict):
                if self.lines:
                    self._add("", "architecture", ())
                self._add(f"{section}:", "architecture", (section,))
                self._section(section, value)
            else:
                self._entry(0, section, value, writer, (section,))
        return self.lines

    def _section(self, section: str, entries: dict[str, Any]) -> None:
        last: str | None = None
        for name, value in entries.items():
            writer = self.template.writer(entries, name, "architecture")
            if section == "Resources" and writer != last and writer in self.titles:
                if last is not None:
                    self._add("", writer, ())
                self._add(f"  # {self.titles[writer]}", writer, (section,))
            last = writer
            self._entry(2, name, value, writer, (section, name))

    def _add(self, text: str, writer: str, path: tuple[str | int, ...]) -> None:
        self.lines.append(Line(text, writer, path))

    def _entry(self, indent: int, key: str, value: Any, writer: str, path: tuple[str | int, ...]) -> None:
        self._value(indent, f"{' ' * indent}{_scalar(key)}:", value, writer, path)

    def _value(self, indent: int, head: str, value: Any, writer: str, path: tuple[str | int, ...]) -> None:
        """Writes `head` and the value: on its line when short, below it when not."""
        short = _inline(value)
        if short is not None and len(head) + len(short) <= WIDTH + 40:
            self._add(f"{head} {short}", writer, path)
            return
        name, argument = _intrinsic(value)
        if name is not None:
            tag = f"!{name.removeprefix('Fn::')}"
            if isinstance(argument, (dict, list)) and not _intrinsic(argument)[0]:
                self._below(indent, f"{head} {tag}", argument, writer, path)
                return
            if isinstance(argument, str):
                self._text(indent, f"{head} {tag}", argument, writer, path)
                return
        if isinstance(value, str):
            self._text(indent, head, value, writer, path)
        else:
            self._below(indent, head, value, writer, path)

    def _text(self, indent: int, head: str, value: str, writer: str, path: tuple[str | int, ...]) -> None:
        if "\n" not in value or _BAD_IN_BLOCK.search(value) or value.startswith((" ", "\n")) or _has_trailing_space(value):
            self._add(f"{head} {_quoted(value)}", writer, path)
            return
        chomp = "" if value.endswith("\n") and not value.endswith("\n\n") else "-" if not value.endswith("\n") else "+"
        self._add(f"{head} |{chomp}", writer, path)
        for line in value.removesuffix("\n").split("\n"):
            self._add(f"{' ' * (indent + 2)}{line}" if line else "", writer, path)

    def _below(self, indent: int, head: str, value: Any, writer: str, path: tuple[str | int, ...]) -> None:
        self._add(head, writer, path)
        if isinstance(value, dict):
            for key, item in value.items():
                own = self.template.writer(value, key, writer)
                self._entry(indent + 2, key, item, own, (*path, key))
        else:
            for index, item in enumerate(value):
                own = self.template.writer(value, index, writer)
                self._item(indent + 2, item, own, (*path, index))

    def _item(self, indent: int, value: Any, writer: str, path: tuple[str | int, ...]) -> None:
        """A list item. A mapping starts on the dash's own line."""
        dash = f"{' ' * indent}-"
        if isinstance(value, dict) and value and _inline(value) is None and _intrinsic(value)[0] is None:
            start = len(self.lines)
            for key, item in value.items():
                own = self.template.writer(value, key, writer)
                self._entry(indent + 2, key, item, own, (*path, key))
            first = self.lines[start]
            self.lines[start] = Line(f"{dash} {first.text[indent + 2 :]}", first.writer, first.path)
        else:
            self._value(indent, dash, value, writer, path)


def _intrinsic(value: Any) -> tuple[str | None, Any]:
    """The name and argument of an intrinsic function; (None, None) for anything else."""
    if isinstance(value, dict) and len(value) == 1:
        name, argument = next(iter(value.items()))
        if name in _SHORT_FORMS and (name != "Condition" or isinstance(argument, str)):
            # YAML has no two tags in a row: `!Base64 !Sub x` cannot be written.
            return (None, None) if _intrinsic(argument)[0] else (name, argument)
    return None, None


def _inline(value: Any) -> str | None:
    """The value on one line, if it is short enough for that; `None` if it is to go below."""
    if isinstance(value, str):
        return None if "\n" in value else _scalar(value)
    if not isinstance(value, (dict, list)):
        return _number(value)
    if not value:
        return "{}" if isinstance(value, dict) else "[]"
    name, argument = _intrinsic(value)
    if name is None:
        return None
    tag = f"!{name.removeprefix('Fn::')}"
    if name == "Fn::GetAtt":
        return f"{tag} {'.'.join(argument)}"
    if isinstance(argument, str):
        return None if "\n" in argument else f"{tag} {_scalar(argument)}"
    if isinstance(argument, list) and name in ("Fn::Select", "Fn::Cidr"):
        items = [_flow(item) for item in argument]
        if all(item is not None for item in items):
            return f"{tag} [{', '.join(item for item in items if item is not None)}]"
    return None


def _flow(value: Any) -> str | None:
    """A value inside a flow list."""
    if isinstance(value, str):
        text = _scalar(value)
        return _quoted(value) if re.search(r"[,\[\]{}]", text) and not text.startswith(("'", '"')) else text
    return _inline(value)


def _number(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _scalar(text: str) -> str:
    """A text as a YAML scalar: plain where that means the text itself, else quoted."""
    plain = _PLAIN.fullmatch(text) and not _RESOLVED.fullmatch(text)
    if plain and ": " not in text and " #" not in text and not text.endswith((" ", ":")):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    if _BAD_IN_BLOCK.search(text) or "\n" in text:
        return _double_quoted(text)
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    """JSON's quoting, with characters beyond the basic plane left as they are: YAML reads no surrogate pairs."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _has_trailing_space(text: str) -> bool:
    return any(line != line.rstrip(" ") for line in text.split("\n"))
