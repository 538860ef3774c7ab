"""Logical ids: readable, stable when other things change, free of collisions, at most 255 characters."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

MAX_LOGICAL_ID = 255

COMPOUND = frozenset(
    (
        "CallersPolicy", "ClusterRole", "ControlPlaneSecurityGroup", "ControllerRole", "DeadLettersPolicy",
        "ExecutionRole", "FailuresPolicy", "FargateRole", "HasAdministrator", "InstanceProfile", "InstanceRole",
        "InstancesSecurityGroup",
        "InvokePermission", "MonitoringRole", "NetworkAddonRole", "NodeRole", "NodeTemplate", "ParameterPolicy",
        "PodRole", "ProxyEgress", "ProxyIngress", "ProxyRole", "ProxySecurityGroup", "PublishersPolicy", "QueueUrl",
        "ReadScaling", "RedirectIngress", "RedirectListener", "SecurityGroup", "SendersPolicy", "SubnetGroup",
        "TargetGroup", "TaskRole", "UndeliveredPolicy", "UrlPermission", "WriteScaling",
    )
)  # fmt: skip
"""Suffixes that end in another suffix: "TaskRole" of `orders` and "Role" of `orders-task` would be one logical id."""

UNOWNED = frozenset(
    (
        "AccessLogs", "AccessLogsPolicy", "AlarmSubscription", "AlarmTopic", "AlarmTopicPolicy",
        "EndpointsSecurityGroup", "FlowLogRole", "FlowLogs", "IsolatedRouteTable", "PublicRouteTable",
    )
)  # fmt: skip
"""Logical ids of shared parts and of the implied network that end in a suffix of components."""

_SHARED = "shared:"
_WORD_START = re.compile("[A-Z]")
_UNCLEAR_WORD = re.compile(r"to|at|no[0-9].*|wire[0-9a-f].*")
"""Words of ids that logical ids use for something else: "AToB", "ElbAtApi", "Orders" and "No2", "AToBWire2"."""


def camel(text: str) -> str:
    """ "orders-queue" as "OrdersQueue": letters and digits only."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", text))


@lru_cache(maxsize=4096)
def id_prefix(key: str) -> str:
    """The start of the logical ids of what is drawn under an id, another one for every id.

    "orders-queue" is "OrdersQueue", "orders-2" is "OrdersNo2" and "orders2" is "Orders2". An id with a word that
    logical ids have another use for, such as "a-to-b", has a digest at the end.
    """
    words = key.split("-")
    name = "".join(f"No{word}" if word[:1].isdigit() else word[:1].upper() + word[1:] for word in words)
    return name + _digest(key) if any(map(_UNCLEAR_WORD.fullmatch, words)) else name


@lru_cache(maxsize=65_536)
def _is_unclear(prefix: str, suffix: str) -> bool:
    """Whether another owner, drawn or not yet, could come to the same logical id, its suffix being a longer one."""
    if prefix + suffix in UNOWNED or prefix.endswith("Other"):  # a VPC has "OtherPrivate" subnets
        return True
    ends = [start.start() for start in _WORD_START.finditer(prefix)]
    return any(prefix[end:] + suffix in COMPOUND for end in ends if end)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


class Names:
    """Gives out logical ids. An owner is a component, a wire, a boundary, or a part that several share.

    Each owner has a prefix made from its id alone, and a digest of the id is put in wherever another owner could come
    to the same logical id, so that none depends on what else is drawn. Should two come to one all the same, the
    second of them by id stands in `clashing` afterwards: the caller starts again with it among `lengthened`.
    """

    def __init__(self, lengthened: frozenset[str] = frozenset()) -> None:
        self.lengthened = lengthened
        self._owners: dict[str, str] = {}
        self.clashing: set[str] = set()
        self.noted: dict[tuple[str, str], None] | None = None
        """Where somebody wants to know them: the (logical id, owner) given out, in order."""

    def logical_id(self, owner: str, prefix: str, suffix: str) -> str:
        """The logical id of an owner's resource, parameter or output."""
        if owner in self.lengthened or (prefix and _is_unclear(prefix, suffix)):
            prefix += _digest(owner)
        name = prefix if prefix == suffix else prefix + suffix
        if len(name) > MAX_LOGICAL_ID:
            name = name[: MAX_LOGICAL_ID - 8] + _digest(name)
        self.claim(name, owner)
        return name

    def claim(self, name: str, owner: str) -> None:
        """Says that a logical id belongs to an owner; where another had it first, they clash."""
        if self.noted is not None:
            self.noted[name, owner] = None
        first = self._owners.setdefault(name, owner)
        if first != owner:
            self.clashing.add(self._yielding(first, owner))

    def claim_all(self, claims: Iterable[tuple[str, str]]) -> None:
        """Claims each (logical id, owner), as giving them out would."""
        owners = self._owners
        for name, owner in claims:
            if owners.setdefault(name, owner) != owner:
                self.clashing.add(self._yielding(owners[name], owner))

    def _yielding(self, *owners: str) -> str:
        """Which of two owners takes a longer name: a drawn thing rather than a shared part, then the later id."""
        return max(owners, key=lambda owner: (owner not in self.lengthened, not owner.startswith(_SHARED), owner))
