"""Drawings of any size built from the catalog: independent cells, one wide fan-out, and a tangled mesh."""

from __future__ import annotations

import random
from collections.abc import Callable

from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component, Connection, Entity, Settings, Value

_CELL = ("users", "elb", "asg", "ecs", "rds", "sns", "sqs", "lambda", "dynamodb", "sqs")
_PITCH = (280, 150)


class Drawing:
    """A drawing while it is being made; components stand in rows of sixteen."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.kinds: list[str] = []
        self._wires: set[tuple[int, str, int]] = set()

    def boundary(self, kind: str, parent: str | None, **properties: Value) -> str:
        """Draws a boundary; returns its id."""
        key = f"b{len(self.entities)}"
        self.entities.append(Boundary(id=key, kind=kind, name=key, parent=parent, properties=properties))
        return key

    def component(self, kind: str, boundary: str | None = None, **properties: Value) -> int:
        """Draws a component; returns its number, "c7" being the id of number 7."""
        number = len(self.kinds)
        self.kinds.append(kind)
        row, column = divmod(number, 16)
        self.entities.append(
            Component(
                id=f"c{number}",
                kind=kind,
                name=f"{kind.title()} {number}",
                boundary=boundary,
                x=column * _PITCH[0],
                y=row * _PITCH[1],
                properties=properties,
            )
        )
        return number

    def wire(self, source: int, relation: str, target: int, **properties: Value) -> None:
        """Draws a wire, once."""
        if (source, relation, target) not in self._wires:
            self._wires.add((source, relation, target))
            ends = {"source": f"c{source}", "target": f"c{target}"}
            key = f"w{len(self._wires)}"
            self.entities.append(Connection(id=key, relation=relation, properties=properties, **ends))

    def architecture(self) -> Architecture:
        """What was drawn so far."""
        return Architecture.of(Settings(), self.entities)


def cells(size: int) -> Architecture:
    """Three-tier applications of ten components with a background part, each with users and a network of its own."""
    drawing = Drawing()
    for _ in range(max(1, size // len(_CELL))):
        network = drawing.boundary("vpc", None)
        inside = drawing.boundary("tier", network, access="private")
        place = {"elb": network, "asg": inside, "ecs": inside, "rds": inside}
        users, balancer, web, api, database, topic, queue, worker, table, dead = (
            drawing.component(kind, place.get(kind)) for kind in _CELL
        )
        drawing.wire(users, "requests", balancer)
        drawing.wire(balancer, "routes", web)
        drawing.wire(balancer, "routes", api, path="/api/*")
        drawing.wire(web, "queries", database)
        drawing.wire(api, "queries", database)
        drawing.wire(api, "publishes", topic)
        drawing.wire(topic, "delivers", queue)
        drawing.wire(queue, "triggers", worker)
        drawing.wire(worker, "reads-writes", table)
        drawing.wire(queue, "fails-to", dead)
    return drawing.architecture()


def fan_out(size: int) -> Architecture:
    """One entry, and topics that hand on to queues, functions and further topics."""
    drawing = Drawing()
    users, balancer, api = (drawing.component(kind) for kind in ("users", "elb", "ecs"))
    drawing.wire(users, "requests", balancer)
    drawing.wire(balancer, "routes", api)
    topics = [drawing.component("sns")]
    drawing.wire(api, "publishes", topics[0])
    for topic in topics:
        for _ in range(8):
            if len(drawing.kinds) + 3 > size:
                return drawing.architecture()
            queue, worker, table = (drawing.component(kind) for kind in ("sqs", "lambda", "dynamodb"))
            drawing.wire(topic, "delivers", queue)
            drawing.wire(queue, "triggers", worker)
            drawing.wire(worker, "reads-writes", table)
            if len(drawing.kinds) < size and len(topics) <= len(drawing.kinds) // 16:
                topics.append(drawing.component("sns"))
                drawing.wire(worker, "publishes", topics[-1])
    return drawing.architecture()


def mesh(size: int) -> Architecture:
    """Services in layers that call one to three others by load balancers with two targets each, over one entry."""
    rng = random.Random(size)
    drawing = Drawing()
    previous = [drawing.component("users")]
    while len(drawing.kinds) + 4 <= size:
        layer = []
        for _ in range(min(8, (size - len(drawing.kinds)) // 4)):
            balancer, one, other = (drawing.component(kind) for kind in ("elb", "ecs", "ecs"))
            store = drawing.component(rng.choice(("rds", "dynamodb")))
            drawing.wire(balancer, "routes", one)
            drawing.wire(balancer, "routes", other)
            for service in (one, other):
                drawing.wire(service, "queries" if drawing.kinds[store] == "rds" else "reads-writes", store)
            layer.append((balancer, one, other))
        for balancer, _one, _other in layer:
            callers = rng.sample(previous, min(len(previous), rng.randint(1, 3)))
            for caller in callers:
                drawing.wire(caller, "requests" if drawing.kinds[caller] == "users" else "calls", balancer)
        previous = [service for _balancer, one, other in layer for service in (one, other)]
    return drawing.architecture()


SHAPES: dict[str, Callable[[int], Architecture]] = {"cells": cells, "fan-out": fan_out, "mesh": mesh}
"""The shapes by name; each takes the number of components."""
