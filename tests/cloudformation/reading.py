"""Reads a template back the way YAML defines it, with CloudFormation's short forms written out."""

from __future__ import annotations

from typing import Any

import yaml


def _intrinsic(loader: Any, tag: str, node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


class CLoader(yaml.CSafeLoader):
    """libyaml, reading dates, octal numbers and yes as YAML 1.1 does."""


class PythonLoader(yaml.SafeLoader):
    """The parser written in Python, whose scanner is another."""


for _loader in (CLoader, PythonLoader):
    _loader.add_multi_constructor("!", _intrinsic)


def read_template(text: str, loader: type[CLoader] | type[PythonLoader] = CLoader) -> Any:
    """The tree that a YAML text describes."""
    return yaml.load(text, Loader=loader)


def has_alias(text: str) -> bool:
    """Whether the text holds an anchor or an alias, which CloudFormation refuses."""
    return any(isinstance(token, (yaml.AliasToken, yaml.AnchorToken)) for token in yaml.scan(text))
