"""Reads YAML as CloudFormation does: short forms of functions, no aliases, numbers by YAML 1.1."""

from __future__ import annotations

import math
import re
from typing import Any

from designer.cloudformation.validation.builder import UNREAD, Builder, StopReadingError, shown
from designer.cloudformation.validation.template import DefectKind, Template

_WITHOUT_PREFIX = {"Ref", "Condition"}
_FUNCTIONS = {
    "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "GetStackOutput", "If", "ImportValue", "Join",
    "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString", "Transform",
    "Contains", "EachMemberEquals", "EachMemberIn", "RefAll", "ValueOf", "ValueOfAll",
} | _WITHOUT_PREFIX  # fmt: skip

_WORDS: dict[str, Any] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
    "yes": True, "Yes": True, "YES": True, "no": False, "No": False, "NO": False,
    "on": True, "On": True, "ON": True, "off": False, "Off": False, "OFF": False,
}  # fmt: skip
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9_]*)")
_OCTAL = re.compile(r"[-+]?0[0-7_]+")
_HEXADECIMAL = re.compile(r"[-+]?0x[0-9a-fA-F_]+")
_SEXAGESIMAL = re.compile(r"[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+")
_FLOAT = re.compile(r"[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")
_ACCOUNT = re.compile(r"[0-9]{12}")
_NUMBER_START = frozenset("-+.0123456789")


def read_yaml(template: Template) -> None:
    """Fills the template from its text of YAML."""
    import yaml

    builder = Builder(template)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _Events(builder).take(yaml.parse(template.text.removeprefix("\ufeff"), Loader=loader))
    except StopReadingError:
        return
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.stop(mark.line + 1 if mark else 1, f"this is not YAML: {error.problem or error.context}")
    except yaml.YAMLError as error:
        # A character that YAML forbids: the parser knows its place in bytes, not its line.
        place = getattr(error, "position", None)
        line = 1 if place is None else template.text.encode(errors="replace")[:place].count(b"\n") + 1
        builder.stop(line, f"this is not YAML: {str(error).splitlines()[0]}")
    except UnicodeEncodeError as error:
        line = template.text.count("\n", 0, error.start) + 1
        builder.stop(line, "the text holds characters that are no Unicode text")


class _Events:
    """Hands the parser's events to a builder."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder

    def take(self, events: Any) -> None:
        import yaml

        documents, line = 0, 1
        for event in events:
            line = event.start_mark.line + 1
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                self._start({} if isinstance(event, yaml.MappingStartEvent) else [], event, line)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self.builder.end()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event, line)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.builder.stop(line, "a template is one YAML document; here a second one begins")
        self.builder.finish()

    def _start(self, container: Any, event: Any, line: int) -> None:
        if self.builder.wants_key:
            raise self.builder.stop(line, "a key must be text, not a list or a mapping")
        self.builder.start(container, line, self._function(event.tag, line))

    def _alias(self, event: Any, line: int) -> None:
        text = f"the alias *{event.anchor}: CloudFormation refuses YAML aliases"
        if self.builder.wants_key:
            raise self.builder.stop(line, text)
        self.builder.defect(DefectKind.ALIAS, line, text)
        self.builder.scalar(event.anchor, line, UNREAD)

    def _scalar(self, event: Any, line: int) -> None:
        text: str = event.value
        if self.builder.wants_key:
            self.builder.key(text, line)
            if text == "<<" and event.implicit[0]:
                self.builder.defect(DefectKind.ALIAS, line, "the merge key <<: CloudFormation refuses it")
            return
        function = self._function(event.tag, line)
        if function == "Fn::GetAtt":
            self._attribute(text, line)
            return
        plain = event.implicit[0] or (function is not None and event.style in (None, ""))
        self.builder.scalar(self._value(text, line) if plain else text, line, function)

    def _attribute(self, text: str, line: int) -> None:
        self.builder.start([], line, "Fn::GetAtt")
        for part in text.split(".", 1):
            self.builder.scalar(part, line)
        self.builder.end()

    def _function(self, tag: str | None, line: int) -> str | None:
        """The long name of the function that a tag calls; `None` for text, numbers and containers without one."""
        if tag is None or tag == "!" or tag.startswith("tag:yaml.org,2002:"):
            return None
        name = tag[1:]
        if tag.startswith("!") and name in _FUNCTIONS:
            return name if name in _WITHOUT_PREFIX else f"Fn::{name}"
        self.builder.defect(DefectKind.TAG, line, f"the tag {shown(tag)} is no function of CloudFormation")
        return UNREAD

    def _value(self, text: str, line: int) -> Any:
        """What YAML 1.1 makes of a text without quotes; dates stay text, as in CloudFormation."""
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBER_START:
            return text
        digits = text.replace("_", "")
        if _OCTAL.fullmatch(text):
            self._number(f"{text} without quotes is an octal number", line)
            return int(digits, 8) if len(digits) < 20 else text
        if _DECIMAL.fullmatch(text):
            if _ACCOUNT.fullmatch(text):
                self._number(f"{text} without quotes is a number, not an account id", line)
            return int(digits) if len(digits) < 20 else float(digits) if len(digits) < 300 else text
        if _SEXAGESIMAL.fullmatch(text):
            self._number(f"{text} without quotes is a number to the base of 60", line)
            return text
        if _HEXADECIMAL.fullmatch(text):
            return int(digits, 16) if len(digits) < 20 else text
        return self._decimal(text, digits, line) if _FLOAT.fullmatch(text) else text

    def _decimal(self, text: str, digits: str, line: int) -> Any:
        number = float(digits)
        if math.isinf(number):
            return text
        if "." in text and "e" not in text.lower() and text.endswith("0") and not text.endswith(".0"):
            self._number(f"{text} without quotes is the number {number:g}", line)
        return number

    def _number(self, text: str, line: int) -> None:
        self.builder.defect(DefectKind.NUMBER, line, text)
