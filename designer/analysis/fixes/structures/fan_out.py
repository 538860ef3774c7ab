"""A topic that gives each message to every consumer, through a queue for each."""

from __future__ import annotations

from designer.analysis.fixes.draft import Draft, Refused
from designer.analysis.fixes.structures.queue import common_group, relation_out
from designer.model.entities import Component, Properties

_CONVERTED = ("calls", "invokes")
_LEAST = 2


def deliver_to_each(draft: Draft, key: str) -> None:
    """Gives every consumer of a queue a queue of its own; a topic fills them all.

    The first consumer keeps the queue. Raises `Refused` where something fills the queue that cannot publish.
    """
    queue = draft.architecture.components[key]
    taking = [wire for wire in draft.architecture.outgoing(key) if wire.relation in ("feeds", "triggers")]
    filling = draft.architecture.incoming(key)
    if len(taking) < _LEAST:
        raise Refused("the queue has one consumer")
    if any(wire.relation not in ("sends", "delivers") for wire in filling):
        raise Refused("the queue takes what failed elsewhere")
    senders = [wire for wire in filling if wire.relation == "sends"]
    topics = [wire.source for wire in filling if wire.relation == "delivers"]
    fifo: Properties = {"fifo": True} if draft.resolution.component(key).values["fifo"] else {}
    if senders or not topics:
        near = (*(draft.architecture.components[wire.source] for wire in senders), queue)
        topic = draft.add("sns", f"{queue.name} topic", near, boundary=queue.boundary, properties=fifo)
        for wire in senders:
            draft.connect(wire.source, topic.id, "publishes", wire.properties, key=wire.id)
        draft.connect(topic.id, key, "delivers")
        topics.append(topic.id)
    for wire in taking[1:]:
        consumer = draft.architecture.components[wire.target]
        name = f"{consumer.name} queue"
        own = draft.add("sqs", name, (queue, consumer), boundary=queue.boundary, properties=queue.properties)
        for topic_id in topics:
            draft.connect(topic_id, own.id, "delivers")
        draft.connect(own.id, consumer.id, wire.relation, wire.properties, key=wire.id)


def publish_instead(draft: Draft, key: str) -> None:
    """Lets a component publish once instead of asking many; each of them has a queue that the topic fills."""
    source = draft.architecture.components[key]
    wires = [wire for wire in draft.architecture.outgoing(key) if wire.relation in _CONVERTED]
    targets = {wire.id: draft.architecture.components[wire.target] for wire in wires}
    usable = [wire for wire in wires if _takes_from_queues(draft, targets[wire.id])]
    if len(usable) < _LEAST:
        raise Refused("fewer than two of what it calls can take work from a queue")
    topic = draft.add("sns", f"{source.name} events", (source, *(targets[wire.id] for wire in usable)))
    draft.connect(key, topic.id, "publishes")
    for wire in usable:
        consumer = targets[wire.id]
        home = common_group(draft, source, consumer)
        queue = draft.add("sqs", f"{consumer.name} queue", (topic, consumer), boundary=home)
        draft.connect(topic.id, queue.id, "delivers", key=None)
        draft.connect(queue.id, consumer.id, relation_out(draft, queue, consumer), key=wire.id)


def _takes_from_queues(draft: Draft, component: Component) -> bool:
    relations = draft.catalog.relations_between("sqs", component.kind)
    return any(relation.id in ("feeds", "triggers") for relation in relations)
