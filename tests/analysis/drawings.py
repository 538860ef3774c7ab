"""Drawings as text, one thing a line (or between semicolons), so that a test shows at a glance what it is about.

settings: zones=ab region=eu-central-1 alarms=false
net: vpc zones=a nat=single
inside: tier access=private in=net
web: asg min=1 max=4 in=inside
users requests web
web queries db access=read
flow: entry=users goal=0.999 mode=accept
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import yaml

from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component, Connection, Entity, Flow, Mode, Settings

CATALOG = load_catalog()


def rule_drawings() -> dict[str, tuple[list[str], list[str]]]:
    """For every rule the drawings that it speaks of, and those that it is silent about."""
    file = Path(__file__).with_name("rule_drawings.yaml")
    entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {rule: (entry["speaks"], entry["silent"]) for rule, entry in entries.items()}


def draw(text: str) -> Architecture:
    """The architecture of a text; `zones` are letters, other values are JSON where they can be, else text."""
    settings = Settings()
    entities: list[Entity] = []
    for line in filter(None, map(str.strip, re.split("[\n;]", text))):
        head, *rest = shlex.split(line)
        if head == "settings:":
            settings = _settings(_values(rest))
        elif head == "flow:":
            entities.append(_flow(_values(rest)))
        elif head.endswith(":"):
            entities.append(_thing(head[:-1], rest[0], _values(rest[1:])))
        else:
            entities.append(_wire(head, rest[0], rest[1], _values(rest[2:]), len(entities)))
    return Architecture.of(settings, entities)


def _values(words: list[str]) -> dict[str, Any]:
    return {name: _value(name, value) for name, _, value in (word.partition("=") for word in words)}


def _value(name: str, text: str) -> Any:
    if name == "zones":
        return tuple(text)
    if name in ("in", "entry", "region", "name", "id", "path", "host", "version", "filter"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _settings(values: dict[str, Any]) -> Settings:
    fields = {name: values.pop(name) for name in ("zones", "region", "name") if name in values}
    return Settings(**fields, properties=values)


def _flow(values: dict[str, Any]) -> Flow:
    key = values.get("id", "flow")
    mode = Mode(values.get("mode", "complete"))
    return Flow(
        id=key,
        name=values.get("name", key),
        entry=values["entry"],
        goal=values.get("goal"),
        mode=mode,
        rto=values.get("rto"),
        rpo=values.get("rpo"),
    )


def _thing(key: str, kind: str, values: dict[str, Any]) -> Entity:
    place, zones, name = values.pop("in", None), values.pop("zones", ()), values.pop("name", key)
    if kind in CATALOG.boundaries:
        return Boundary(id=key, kind=kind, name=name, parent=place, zones=zones, properties=values)
    return Component(id=key, kind=kind, name=name, boundary=place, zones=zones, properties=values)


def _wire(source: str, relation: str, target: str, values: dict[str, Any], number: int) -> Connection:
    key = values.pop("id", f"{source}-{target}-{number}")
    return Connection(id=key, source=source, target=target, relation=relation, properties=values)
