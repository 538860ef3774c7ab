"""CloudFormation's intrinsic functions as plain dictionaries, for the templates to use."""

from __future__ import annotations

import hashlib
import re
from typing import Any

Tree = dict[str, Any]

_VARIABLE = re.compile(r"\$\{([A-Za-z0-9:_.]+)\}")

STACK: Tree = {
    "Fn::Select": [0, {"Fn::Split": ["-", {"Fn::Select": [2, {"Fn::Split": ["/", {"Ref": "AWS::StackId"}]}]}]}]
}
"""Eight hexadecimal digits of the stack's own id: tells stacks apart where a name of the stack would be too long."""

_STACK_LENGTH = 8


def ref(logical_id: str) -> Tree:
    """`Ref`."""
    return {"Ref": logical_id}


def get_att(logical_id: str, attribute: str) -> Tree:
    """`Fn::GetAtt`."""
    return {"Fn::GetAtt": [logical_id, attribute]}


def literal(text: str) -> str:
    """Text as it has to stand inside `Fn::Sub` to mean itself."""
    return text.replace("${", "${!")


def placeholder(value: Any) -> str | None:
    """The `${...}` that stands for a reference inside `Fn::Sub`; `None` where the value has to be a variable."""
    if isinstance(value, dict) and len(value) == 1:
        if "Ref" in value:
            return f"${{{value['Ref']}}}"
        if "Fn::GetAtt" in value:
            return f"${{{'.'.join(value['Fn::GetAtt'])}}}"
        if isinstance(value.get("Fn::Sub"), str):
            return str(value["Fn::Sub"])
    return None


def sub(text: str, values: dict[str, Any]) -> Any:
    """`Fn::Sub` of a text of ours, with `${name}` for each of the values; plain text where nothing is left to fill in.

    A reference is written in place (`${Queue.Arn}`), text and numbers are put in as they are, another `Fn::Sub` comes
    with its variables.
    """
    variables: Tree = {}

    def fill(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            return match[0]
        value = values[name]
        if isinstance(value, (str, int)):
            return literal(str(value))
        written = placeholder(value)
        if written is not None:
            return written
        inner = value.get("Fn::Sub") if isinstance(value, dict) else None
        if isinstance(inner, list):
            variables.update(inner[1])
            return str(inner[0])
        variables[name] = value
        return match[0]

    return substituted(_VARIABLE.sub(fill, text), variables)


def substituted(text: str, variables: Tree) -> Any:
    """A text with `${...}` as `Fn::Sub`, with its variables where it has any; other text as it is."""
    if variables:
        return {"Fn::Sub": [text, variables]}
    return {"Fn::Sub": text} if "${" in text else text


def stack_name(key: str, limit: int) -> Tree:
    """A physical name for a component, its id with the stack's digits: unique, and never longer than the limit."""
    return {"Fn::Sub": [f"{shorten(key, limit - _STACK_LENGTH - 1)}-${{Stack}}", {"Stack": STACK}]}


def shorten(key: str, limit: int) -> str:
    """An id cut to a length, with a digest in the place of what is cut, so that different ids stay different."""
    if len(key) <= limit:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:8]
    return f"{key[: limit - 9].rstrip('-')}-{digest}"
