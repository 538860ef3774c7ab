"""Writes an architecture as text: fixed order of keys, ids sorted, one entity a line, defaults left out.

The same architecture gives the same bytes on every machine, a moved component is a change of one line, and two people's
changes of different components merge by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from designer.errors import UserError
from designer.language import tr
from designer.model.architecture import Architecture
from designer.model.decisions import Decision, Status
from designer.model.entities import Boundary, Component, Connection, Drawn, Entity, Flow, Mode, Placed, Settings
from designer.storage.scalars import key, mapping, text, value

FORMAT = 1
"""The version of the format, the value of the file's first key."""

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+")


def dumps(architecture: Architecture) -> str:
    """The architecture as the text of a file, which ends with a line break.

    Raises `UserError`, with the id as its name, for text or numbers that no file can hold (a lone surrogate, infinity).
    """
    lines = list(_header(architecture))
    lines += _section("boundaries", architecture.boundaries)
    lines += _section("components", architecture.components)
    lines += _section("connections", architecture.connections)
    lines += _section("flows", architecture.flows)
    lines += _comments(architecture.settings.closing_comments, "")
    return "\n".join(lines) + "\n"


def percent(goal: float) -> int | float:
    """A share between 0 and 1 as the percentage with the same digits: 0.9995 is 99.95."""
    from decimal import Decimal

    number = float(Decimal(repr(float(goal))).scaleb(2))
    return int(number) if number.is_integer() else number


def header(settings: Settings) -> Iterable[tuple[str, str]]:
    """The keys of the header in their order, each with its value as JSON. Raises ValueError as `entry` does."""
    yield "designer", str(FORMAT)
    yield "name", text(settings.name)
    if settings.description:
        yield "description", text(settings.description)
    yield "region", text(settings.region)
    yield "zones", value(settings.zones)
    if settings.properties:
        yield "properties", mapping(settings.properties)
    if settings.note:
        yield "note", text(settings.note)
    if settings.decisions:
        yield "decisions", decisions(settings.decisions)
    if settings.accepted:
        yield "accepted", mapping(settings.accepted)
    for name in sorted(settings.extra):
        yield name, value(settings.extra[name])


def entry(entity: Entity) -> str:
    """An entity without its id, as a JSON mapping on one line.

    Raises ValueError for text or numbers that no file can hold.
    """
    return f"{{{_WRITERS[type(entity)](entity)}{_accepted(entity)}{_rest(entity)}}}"


def decisions(made: Iterable[Decision]) -> str:
    """Decisions as a JSON list of mappings, in their order. Raises ValueError as `entry` does."""
    return f"[{', '.join([_decision(one) for one in made])}]"


def _decision(made: Decision) -> str:
    line = f'"title": {text(made.title)}'
    if made.status is not Status.PROPOSED:
        line += f', "status": {text(made.status)}'
    if made.why:
        line += f', "why": {text(made.why)}'
    if made.date:
        line += f', "date": {text(made.date)}'
    rest = "".join([f", {text(name)}: {value(made.extra[name])}" for name in sorted(made.extra)])
    return f"{{{line}{rest}}}"


def _header(architecture: Architecture) -> Iterable[str]:
    settings = architecture.settings
    yield from _comments(settings.comments, "")
    try:
        for name, content in header(settings):
            yield f"{key(name)}: {content}"
    except ValueError as error:
        raise UserError(tr("cannot be saved: {error}", error=error), name="architecture") from error


def _section(name: str, table: Mapping[str, Entity]) -> Iterable[str]:
    if table:
        yield f"{name}:"
    for entity_id in sorted(table):
        entity = table[entity_id]
        if entity.comments:
            yield from _comments(entity.comments, "  ")
        try:
            yield f"  {key(entity_id)}: {entry(entity)}"
        except ValueError as error:
            raise UserError(tr("cannot be saved: {error}", error=error), name=entity_id) from error


def _component(component: Component) -> str:
    line = f'"kind": {text(component.kind)}, "name": {text(component.name)}'
    if component.zones:
        line += f', "zones": {value(component.zones)}'
    if component.boundary is not None:
        line += f', "in": {text(component.boundary)}'
    return line + _place(component.x, component.y) + _standing(component) + _properties(component) + _pinned(component)


def _boundary(boundary: Boundary) -> str:
    line = f'"kind": {text(boundary.kind)}, "name": {text(boundary.name)}'
    if boundary.zones:
        line += f', "zones": {value(boundary.zones)}'
    if boundary.parent is not None:
        line += f', "in": {text(boundary.parent)}'
    line += _place(boundary.x, boundary.y) + f', "size": [{boundary.width}, {boundary.height}]'
    if boundary.collapsed:
        line += ', "collapsed": true'
    return line + _standing(boundary) + _properties(boundary) + _pinned(boundary)


def _connection(wire: Connection) -> str:
    line = f'"from": {text(wire.source)}, "relation": {text(wire.relation)}, "to": {text(wire.target)}'
    via = f', "via": [{", ".join([f"[{x}, {y}]" for x, y in wire.via])}]' if wire.via else ""
    return line + via + _properties(wire) + _pinned(wire)


def _flow(flow: Flow) -> str:
    line = f'"name": {text(flow.name)}, "entry": {text(flow.entry)}'
    if flow.mode is not Mode.COMPLETE:
        line += f', "mode": {text(flow.mode)}'
    if flow.goal is not None:
        line += f', "goal": {value(percent(flow.goal))}'
    if flow.rto is not None:
        line += f', "rto": {value(flow.rto)}'
    if flow.rpo is not None:
        line += f', "rpo": {value(flow.rpo)}'
    return line + _properties(flow)


_WRITERS: Mapping[type[Entity], Callable[[Any], str]] = {
    Boundary: _boundary,
    Component: _component,
    Connection: _connection,
    Flow: _flow,
}


def _place(x: int, y: int) -> str:
    return f', "at": [{x}, {y}]' if x or y else ""


def _standing(placed: Placed) -> str:
    layer = f', "layer": {placed.layer}' if placed.layer else ""
    return f'{layer}, "locked": true' if placed.locked else layer


def _properties(entity: Entity) -> str:
    return f', "properties": {mapping(entity.properties)}' if entity.properties else ""


def _pinned(drawn: Drawn) -> str:
    note = f', "note": {text(drawn.note)}' if drawn.note else ""
    return f'{note}, "decisions": {decisions(drawn.decisions)}' if drawn.decisions else note


def _accepted(entity: Entity) -> str:
    return f', "accepted": {mapping(entity.accepted)}' if entity.accepted else ""


def _rest(entity: Entity) -> str:
    """The keys that this version does not know."""
    extra: Mapping[str, Any] = entity.extra
    return "".join([f", {text(name)}: {value(extra[name])}" for name in sorted(extra)]) if extra else ""


def _comments(comments: Iterable[str], indent: str) -> Iterable[str]:
    for comment in comments:
        line = _BREAKS.sub(" ", comment).strip()
        if line:
            yield f"{indent}{line}" if line.startswith("#") else f"{indent}# {line}"
