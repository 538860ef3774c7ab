"""CloudFormation's intrinsic functions as plain dictionaries, for the templates to use."""

from __future__ import annotations

import re
from typing import Any

Tree = dict[str, Any]

_VARIABLE = re.compile(r"\$\{([A-Za-z0-9:_.]+)\}")


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

    A reference is written in place (`${Queue.Arn}`), text and numbers are put in as they are.
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
        variables[name] = value
        return match[0]

    filled = _VARIABLE.sub(fill, text)
    if variables:
        return {"Fn::Sub": [filled, variables]}
    return {"Fn::Sub": filled} if "${" in filled else filled
