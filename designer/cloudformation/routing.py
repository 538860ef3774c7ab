"""Names and order of what a load balancer routes by: its target groups and the rules of its listener.

Both are named after the balancer and what they stand for, never after a wire: several wires share them, and taking
one of these away must not replace what the others use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from designer.catalog.resolve import ResolvedWire
from designer.cloudformation.names import camel, id_prefix

MAX_PRIORITY = 50_000
"""The last priority of a listener rule (Elastic Load Balancing, `CreateRule`)."""

Rule = tuple[str, str]
"""The path and the host of a listener rule; either may be empty."""

_SLOTS = 128
_LONGEST = 128
"""Characters in a path pattern or a host name."""
_PLAIN_PATH = re.compile(r"(/(?!to/|at/)[a-z][a-z0-9]*)+/\*")
"""Paths that can be read back from their words in capitals."""


def group_prefix(wire: ResolvedWire) -> str:
    """The start of the logical ids of a wire's target group: "ElbToInstances8080" or "ElbToServices80AtApi".

    It holds what a target group cannot change while it lives (its sort of targets and its port) and the rule it serves.
    """
    port = wire.values.work_out("target('port')") or ""
    sorts = {"ec2": f"Instances{port}", "asg": f"Instances{port}", "ecs": f"Services{port}"}
    targets = sorts.get(wire.target.kind.id, id_prefix(wire.target.id))
    words = rule_words((str(wire.values["path"]), str(wire.values["host"])))
    return f"{id_prefix(wire.source.id)}To{targets}{'At' if words else ''}{words}"


def rule_words(rule: Rule) -> str:
    """A rule in words: "/api/*" is "Api"; what cannot be read back from its words has a digest of it at the end."""
    path, host = rule
    if not path and not host:
        return ""
    words = camel(host) + camel(path)
    return words if not host and _PLAIN_PATH.fullmatch(path) else words + _digest(rule)[:8]


def priorities(rules: Iterable[Rule]) -> dict[Rule, int]:
    """The priority of each rule of a listener: hosts before any host, exact before wild, long before short.

    A rule's place follows from itself, so that another rule does not move it: AWS refuses an update that gives a rule
    the place of one which has yet to move. Only rules that want the very same place stand one behind the other.
    """
    found: dict[Rule, int] = {}
    last = 0
    for place, _digest_of_rule, rule in sorted((_place(rule), _digest(rule), rule) for rule in set(rules)):
        found[rule] = last = max(place, last + 1)
    return found


def _place(rule: Rule) -> int:
    """Between rules that take the same request, the narrower comes first; the others stand anywhere between."""
    path, host = rule
    wild_host = _is_wild(host)
    host_class = 2 if not host else 1 if wild_host else 0
    path_class = _LONGEST + 1 if not path else _LONGEST + 1 - len(path) if _is_wild(path) else 0
    slot = _LONGEST - len(host) if wild_host else int(_digest(rule), 16) % _SLOTS
    return 1 + (host_class * (_LONGEST + 2) + path_class) * _SLOTS + slot


def _is_wild(pattern: str) -> bool:
    return "*" in pattern or "?" in pattern


def _digest(rule: Rule) -> str:
    return hashlib.sha256("\n".join(rule).encode()).hexdigest()
