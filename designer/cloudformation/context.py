"""What a fragment's template sees: the component or wire it is for, its ends, its subnets, and what is shared."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from designer.analysis.networks import set_key
from designer.catalog.entries import Scope
from designer.catalog.resolve import Resolution, Resolved, ResolvedWire, exported
from designer.cloudformation.code import allow
from designer.cloudformation.encode import Tagged
from designer.cloudformation.intrinsics import sub
from designer.cloudformation.names import Names, id_prefix
from designer.cloudformation.network import LETTERS, Vpc, needed_endpoints
from designer.cloudformation.owners import NetworkContext, Owner, SharedParts
from designer.cloudformation.routing import group_prefix, priorities, rule_words
from designer.model.names import wire_id

Tree = dict[str, Any]

_OWN_REFERENCE = re.compile(r"\$\{([A-Z][A-Za-z0-9]*)(\.[A-Za-z.]+)?\}")


class ComponentContext(Owner):
    """A component as templates see it. `p` are its effective properties, without judgements."""

    def __init__(self, contexts: Contexts, resolved: Resolved) -> None:
        super().__init__(contexts.names, f"component:{resolved.id}", id_prefix(resolved.id))
        self._contexts, self._resolved = contexts, resolved
        self.p = exported(resolved.kind.properties, resolved.values)
        self.kind = resolved.kind.id
        self.name = resolved.name
        self.title = resolved.kind.title
        self.zones = list(resolved.zones)
        self.tier = resolved.tier
        self.traits = resolved.kind.traits
        self.outside = resolved.kind.placement.scope is Scope.OUTSIDE

    @property
    def network(self) -> NetworkContext | None:
        """The VPC it stands in."""
        vpc = self._resolved.vpc
        return None if vpc is None else self._contexts.networks[vpc]

    @property
    def in_vpc(self) -> bool:
        """Whether it has a network interface in a VPC."""
        return self._resolved.vpc is not None

    @property
    def subnets(self) -> list[Tree]:
        """References to the subnets of its tier in its zones."""
        assert self.network is not None
        return self.network.subnets(set_key(self._contexts.resolution, self._resolved), self.zones)

    @property
    def all_subnets(self) -> list[Tree]:
        """References to the subnets of its tier in all zones of the VPC."""
        assert self.network is not None
        return self.network.subnets(set_key(self._contexts.resolution, self._resolved))

    @property
    def routes(self) -> list[str]:
        """What must exist before it can reach the internet, or without a way there AWS, for `DependsOn`."""
        network, resolution = self.network, self._contexts.resolution
        if network is None:
            return []
        if network.has_way_out(self._resolved):
            return network.routes(set_key(resolution, self._resolved))
        indirect = frozenset(wire.key for wire in self.wires_out if wire.indirect)
        # Amazon Linux has its packages in S3, which a start script may ask for.
        needed = (needed_endpoints(resolution, self._resolved, indirect) | {"s3"}) & network.endpoints
        return [network.endpoint_id(service) for service in sorted(needed)]

    @property
    def zone_indexes(self) -> list[int]:
        """The places of its zones in `Fn::GetAZs`."""
        return [LETTERS.index(zone) for zone in self.zones]

    def reference(self, name: str) -> Any:
        """One of the references that the kind's entry lists: address, arn, role ..."""
        if name == "port":
            return str(self.port)
        entry = self.traits["references"][name]
        for choice in entry if isinstance(entry, list) else [entry]:
            if "when" not in choice or self._resolved.work_out(str(choice["when"])):
                return self._written(choice)
        raise KeyError(f"{self.kind} has no {name} with these properties")

    def _written(self, choice: Mapping[str, Any]) -> Any:
        if "GetAtt" in choice:
            return self.att(*choice["GetAtt"])
        if "Ref" in choice:
            return self.ref_to(choice["Ref"])
        if "HostName" in choice:
            assert self.network is not None
            return self.network.host(self.key)
        return self._resolved.work_out(str(choice["value"]))

    @property
    def port(self) -> int:
        """The port on which it takes connections."""
        return int(self._resolved.work_out(str(self.traits["listens"]["port"])))

    @property
    def uses_key(self) -> bool:
        """Whether what it keeps is encrypted with the key of the stack."""
        return bool(self._resolved.work_out(self.traits.get("key_when", "False")))

    @property
    def environment(self) -> list[Tree]:
        """The variables that its wires give it, as {name, value, tagged}, in the order of the wires."""
        variables: dict[str, Tree] = {}
        for wire in self._telling_wires():
            for name, value in wire.variables().items():
                given = wire.parameter_name(name) if wire.indirect else value
                key = f"{name}_PARAMETER" if wire.indirect else name
                # Two wires to one thing tell the same of it: a worker that also sends to its queue.
                variables.setdefault(key, {"name": key, "value": given, "tagged": Tagged(given, wire.writer)})
        return list(variables.values())

    def _telling_wires(self) -> Iterable[WireContext]:
        """The wires that give it variables: those it starts, and those that tell their target of their source."""
        yield from self.wires_out
        for wire in self.wires_in:
            if wire.traits.get("environment_to_target"):
                yield wire.reversed()

    @property
    def public(self) -> bool:
        """Whether it is reached by a public address, even from inside its VPC."""
        return self.p.get("scheme") == "internet-facing"

    def is_source_of(self, relation: str) -> bool:
        """Whether a wire of a relation starts here."""
        return any(wire.relation == relation for wire in self.wires_out)

    def is_target_of(self, relation: str) -> bool:
        """Whether a wire of a relation ends here."""
        return any(wire.relation == relation for wire in self.wires_in)

    @property
    def is_fed_by_queue(self) -> bool:
        """Whether all its work comes from queues, whose event sources say how many runs there are at once."""
        return bool(self.wires_in) and all(w.relation == "triggers" and w.source.kind == "sqs" for w in self.wires_in)

    @property
    def asynchronous(self) -> bool:
        """Whether events are pushed to it, so that its own failures are its own to keep."""
        return any(w.relation == "delivers" or w.p.get("mode") == "event" for w in self.wires_in)

    def pools(self, path: str, host: str) -> list[WireContext]:
        """The target groups for a path and host (both empty: for whatever no rule takes), each by its first wire."""
        routes = [wire for wire in self.wires_out if wire.relation == "routes"]
        chosen = [wire for wire in routes if (wire.p["path"], wire.p["host"]) == (path, host)]
        return [wire for wire in chosen if wire.pool is wire]

    @property
    def wires_in(self) -> list[WireContext]:
        """The wires that end here."""
        return [self._contexts.wire(w.id) for w in self._contexts.resolution.architecture.incoming(self.key)]

    @property
    def wires_out(self) -> list[WireContext]:
        """The wires that start here."""
        return [self._contexts.wire(w.id) for w in self._contexts.resolution.architecture.outgoing(self.key)]


class WireContext(Owner):
    """A connection as templates see it. `p` are its effective properties; logical ids start with both ends' names."""

    def __init__(self, contexts: Contexts, wire: ResolvedWire) -> None:
        super().__init__(contexts.names, f"connection:{wire.id}", _wire_prefix(wire))
        self._contexts, self._wire = contexts, wire
        self.p = exported(wire.relation.properties, wire.values)
        self.relation = wire.relation.id
        self.traits = wire.relation.traits
        self.label = wire.label

    @property
    def source(self) -> ComponentContext:
        """The component it starts at."""
        return self._contexts.component(self._wire.source.id)

    @property
    def target(self) -> ComponentContext:
        """The component it ends at."""
        return self._contexts.component(self._wire.target.id)

    @property
    def indirect(self) -> bool:
        """Whether the target's name must travel through Parameter Store, since a reference would close a circle."""
        return self.key in self._contexts.indirect_wires

    def reversed(self) -> WireContext:
        """The same wire, telling its target of its source."""
        return _ReversedWire(self._contexts, self._wire)

    def key_statements(self, store: ComponentContext) -> list[Tree]:
        """What the wire's program may do with the key of the stack, where the other end is encrypted with it."""
        if not store.uses_key:
            return []
        key = self._contexts.shared.use("key", "data", self.writer).att("Key", "Arn")
        return [allow([f"kms:{action}" for action in self.traits["key"]], key)]

    @property
    def alike(self) -> list[WireContext]:
        """The wires of its relation that end where it ends; the first writes what they share."""
        return [wire for wire in self.target.wires_in if wire.relation == self.relation]

    def alike_sources(self, name: str) -> Any:
        """A reference of the sources of these wires, each the text of its own wire: a list where there are several."""
        references = [Tagged(wire.source.reference(name), wire.writer) for wire in self.alike]
        return references[0].value if len(references) == 1 else references

    @property
    def pool(self) -> WireContext:
        """The first of the wires that share a target group with this one: it writes the group, the others join it."""
        key = self._wire.alternatives
        others = (wire for wire in self.source.wires_out if wire.relation == self.relation)
        return next(wire for wire in others if wire._wire.alternatives == key)

    @property
    def group(self) -> Owner:
        """Gives the logical ids of its target group. Of two that only differ in how they check, one has a digest."""
        prefix = group_prefix(self._wire)
        routes = (wire for wire in self.source.wires_out if wire.relation == self.relation)
        first = next(wire for wire in routes if group_prefix(wire._wire) == prefix)
        if first.pool is not self.pool:
            prefix += sha256(str(self._wire.alternatives).encode()).hexdigest()[:8]
        return Owner(self._contexts.names, f"targets:{self.source.key}:{prefix}", prefix)

    @property
    def rule(self) -> Owner:
        """Gives the logical ids of the listener rule for its path and host."""
        prefix = f"{self.source.prefix}At{rule_words((self.p['path'], self.p['host']))}"
        return Owner(self._contexts.names, f"rule:{self.source.key}:{prefix}", prefix)

    @property
    def opens_rule(self) -> bool:
        """Whether it is the first of the wires with its path and host: it writes the listener rule."""
        return self.source.pools(self.p["path"], self.p["host"])[0] is self

    @property
    def entrance(self) -> Tree:
        """The security group through which the wire enters its target."""
        name = self._wire.values.work_out(str(self.traits.get("entrance", "'security_group'")))
        group: Tree = self.target.reference(str(name))
        return group

    @property
    def opens_path(self) -> bool:
        """Whether it writes the rules of both security groups: the first of parallel wires, as EC2 takes none twice."""
        parallel = (w for w in self.source.wires_out if (w.relation, w.target) == (self.relation, self.target))
        return self._is_first(wire for wire in parallel if wire.entrance == self.entrance)

    @property
    def opens_door(self) -> bool:
        """Whether it is the first wire from people outside to its target, which lets in whoever asks."""
        return self._is_first(wire for wire in self.target.wires_in if wire.relation == self.relation)

    @property
    def opens_way_out(self) -> bool:
        """Whether it is the first wire from its source to a public address with this port."""
        calls = (wire for wire in self.source.wires_out if wire.relation == self.relation and wire.target.public)
        return self._is_first(wire for wire in calls if wire.target.port == self.target.port)

    @property
    def opens_way_back(self) -> bool:
        """Whether it is the first wire from private subnets of its VPC to the public address of its target."""
        calls = (
            wire for wire in self.target.wires_in if wire.relation == self.relation and wire.source.tier == "private"
        )
        return self._is_first(wire for wire in calls if wire.source.network is self.source.network)

    def _is_first(self, wires: Iterable[WireContext]) -> bool:
        return self is next(iter(wires), None)

    @property
    def priority(self) -> int:
        """The place of its listener rule: narrow paths and hosts come before wide ones."""
        routes = [wire for wire in self.source.wires_out if wire.relation == self.relation]
        rules = {(wire.p["path"], wire.p["host"]) for wire in routes} - {("", "")}
        return priorities(rules)[self.p["path"], self.p["host"]]

    def variables(self) -> dict[str, Any]:
        """The environment variables it gives its source: name to reference."""
        wire = self._wire
        prefix = _variable_prefix(wire.target.id)
        formulas = wire.relation.environment
        names = {suffix: str(wire.values.work_out(str(formula))) for suffix, formula in formulas.items()}
        return {f"{prefix}_{suffix}": self.target.reference(name) for suffix, name in names.items() if name}

    def own_variables(self) -> dict[str, Any]:
        """Those of its variables that no earlier wire of its source gives: a name exists once in Parameter Store."""
        earlier = itertools.takewhile(lambda wire: wire is not self, self.source.wires_out)
        taken = {name for wire in earlier if wire.indirect for name in wire.variables()}
        return {name: value for name, value in self.variables().items() if name not in taken}

    def parameter_name(self, variable: str) -> Any:
        """The name in Parameter Store that holds a variable's value for an indirect wire."""
        return sub("/stacks/${AWS::StackName}/${source}/${variable}", {"source": self.source.key, "variable": variable})


class _ReversedWire(WireContext):
    """A wire whose target gets the variables: a worker is told the queue that feeds it."""

    def variables(self) -> dict[str, Any]:
        """The environment variables that the wire's target gets, about its source."""
        prefix = _variable_prefix(self._wire.source.id)
        given = self.traits["environment_to_target"]
        return {f"{prefix}_{suffix}": self.source.reference(name) for suffix, name in given.items()}


class Contexts:
    """All contexts of one export, made when first asked for."""

    def __init__(
        self,
        resolution: Resolution,
        networks: Mapping[str, Vpc],
        names: Names,
        indirect_wires: frozenset[str],
    ) -> None:
        self.resolution, self.names, self.indirect_wires = resolution, names, indirect_wires
        self.networks = {key: NetworkContext(vpc, names, resolution.note) for key, vpc in networks.items()}
        self.shared = SharedParts(names)
        self._components: dict[str, ComponentContext] = {}
        self._wires: dict[str, WireContext] = {}

    def component(self, key: str) -> ComponentContext:
        """A component's context."""
        resolved = self.resolution.component(key)
        found = self._components.get(key)
        if found is None:
            found = self._components[key] = ComponentContext(self, resolved)
        return found

    def wire(self, key: str) -> WireContext:
        """A wire's context."""
        wire = self.resolution.wire(key)
        found = self._wires.get(key)
        if found is None:
            found = self._wires[key] = WireContext(self, wire)
        return found

    def functions(self, owner: Owner) -> dict[str, Any]:
        """The functions that templates call, bound to the owner of the fragment."""
        return {
            "id": owner.id,
            "ref": owner.ref_to,
            "att": owner.att,
            "sub": lambda text, **values: owned_sub(owner, text, values),
            "shared": lambda part, purpose: self.shared.use(part, purpose, owner.writer),
            "settings": exported(self.resolution.catalog.architecture.properties, self.resolution.settings),
        }


def owned_sub(owner: Owner, text: str, values: Mapping[str, Any]) -> Any:
    """`Fn::Sub` whose `${Name}` and `${Name.Attribute}` mean the owner's own resources, unless given as values."""
    filled = dict(values)
    for name, attribute in _OWN_REFERENCE.findall(text):
        if name + attribute not in filled:
            own = owner.att(name, attribute[1:]) if attribute else owner.ref_to(name)
            filled[name + attribute] = own
    return sub(text, filled)


def _wire_prefix(wire: ResolvedWire) -> str:
    """ "OrdersToWorkerWire2" for the wire "orders-worker-2"; of an id of another form, a digest is put in."""
    ends = id_prefix(wire.source.id) + "To" + id_prefix(wire.target.id)
    if wire.id == wire_id(wire.source.id, wire.target.id):
        return ends
    number = wire.id.removeprefix(f"{wire.source.id}-{wire.target.id}-")
    return f"{ends}Wire{number if number.isdigit() else sha256(wire.id.encode()).hexdigest()[:8]}"


def _variable_prefix(key: str) -> str:
    return key.replace("-", "_").upper()
