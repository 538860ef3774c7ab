"""What a fragment's template sees: the component or wire it is for, its ends, its subnets, and the parts that are shared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from designer.catalog.entries import Scope
from designer.catalog.resolve import Resolution, Resolved, ResolvedWire
from designer.cloudformation.code import allow
from designer.cloudformation.encode import Tagged
from designer.cloudformation.intrinsics import get_att, ref, sub
from designer.cloudformation.names import Names, camel
from designer.cloudformation.network import SubnetSet, Vpc, set_key

Tree = dict[str, Any]


class Owner:
    """Who writes a fragment: gives logical ids with the owner's prefix, and references to them."""

    def __init__(self, names: Names, key: str, prefix: str) -> None:
        self._names, self.key, self.prefix = names, key, prefix

    def id(self, suffix: str = "") -> str:
        """The logical id of one of the owner's resources, parameters or outputs."""
        return self._names.logical_id(self.key, self.prefix, suffix)

    def ref_to(self, suffix: str) -> Tree:
        """`Ref` of one of the owner's resources."""
        return ref(self.id(suffix))

    def att(self, suffix: str, attribute: str) -> Tree:
        """`Fn::GetAtt` of one of the owner's resources."""
        return get_att(self.id(suffix), attribute)


class SharedParts:
    """The parts of a stack that several components use: what was asked for, and by whom."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self.wanted: dict[str, dict[str, set[str]]] = {}

    def use(self, part: str, purpose: str, user: str) -> Owner:
        """Asks for a shared part for a purpose; returns the owner that names its resources."""
        self.wanted.setdefault(part, {}).setdefault(purpose, set()).add(user)
        return self.owner(part)

    def owner(self, part: str) -> Owner:
        """The owner of a shared part's resources; these have no prefix."""
        return Owner(self._names, f"shared:{part}", "")


class NetworkContext:
    """A VPC as templates see it."""

    def __init__(self, vpc: Vpc, names: Names) -> None:
        self.plan = vpc
        self.owner = Owner(names, vpc.owner, camel(vpc.prefix))
        self.id = self.owner.ref_to("Vpc")
        self.cidr = self.owner.ref_to("VpcCidr")

    def subnets(self, key: str, zones: Iterable[str] | None = None) -> list[Tree]:
        """References to the subnets of a set, in all zones or in some."""
        chosen = set(self.plan.zones if zones is None else zones)
        subnets = self.plan.sets[key].subnets
        return [self.owner.ref_to(subnet.suffix) for subnet in subnets if subnet.zone in chosen]

    def routes(self, key: str) -> list[str]:
        """The logical ids that must exist before something in a set can reach the internet."""
        plan, subnet_set = self.plan, self.plan.sets[key]
        if subnet_set.access == "private" and plan.nat_zones:
            return [self.owner.id(f"{subnet_set.name}DefaultRoute{zone.upper()}") for zone in plan.zones]
        return [self.owner.id("PublicDefaultRoute")] if subnet_set.access == "public" else []

    def route_tables(self) -> list[Tree]:
        """References to the route tables of private and isolated subnets."""
        tables = []
        for subnet_set in self.plan.sets.values():
            if subnet_set.access == "private":
                tables += [self.owner.ref_to(f"{subnet_set.name}RouteTable{s.zone.upper()}") for s in subnet_set.subnets]
            elif subnet_set.access == "isolated":
                tables.append(self.owner.ref_to(f"{subnet_set.name}RouteTable"))
        return tables

    def endpoint_subnets(self) -> list[Tree]:
        """References to the subnets that interface endpoints are put in: one in each zone."""
        return self.subnets(self.tier_of_access("private").key)

    def tier_of_access(self, access: str) -> SubnetSet:
        """The first set with an access."""
        return next(s for s in self.plan.sets.values() if s.access == access)


class ComponentContext(Owner):
    """A component as templates see it. `p` are its effective properties."""

    def __init__(self, exporter: Contexts, resolved: Resolved) -> None:
        super().__init__(exporter.names, resolved.id, camel(resolved.id))
        self._exporter, self._resolved = exporter, resolved
        self.p = resolved.values
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
        return None if vpc is None else self._exporter.networks[vpc]

    @property
    def subnets(self) -> list[Tree]:
        """References to the subnets of its tier in its zones."""
        assert self.network is not None
        return self.network.subnets(set_key(self._exporter.resolution, self._resolved), self.zones)

    @property
    def all_subnets(self) -> list[Tree]:
        """References to the subnets of its tier in all zones of the VPC."""
        assert self.network is not None
        return self.network.subnets(set_key(self._exporter.resolution, self._resolved))

    @property
    def routes(self) -> list[str]:
        """What must exist before it can reach the internet, for `DependsOn`."""
        if self.network is None:
            return []
        return self.network.routes(set_key(self._exporter.resolution, self._resolved))

    @property
    def in_vpc(self) -> bool:
        """Whether it has a network interface in a VPC."""
        return self._resolved.vpc is not None

    @property
    def zone_indexes(self) -> list[int]:
        """The places of its zones in `Fn::GetAZs`."""
        return ["abcdef".index(zone) for zone in self.zones]

    def reference(self, name: str) -> Any:
        """One of the references that the kind's entry lists: address, arn, role ..."""
        if name == "port":
            return str(self.port)
        entry = self.traits["references"][name]
        for choice in entry if isinstance(entry, list) else [entry]:
            if "when" not in choice or self._resolved.work_out(str(choice["when"])):
                return self._written(choice)
        raise KeyError(f"{self.kind} has no {name} with these properties")

    def has_reference(self, name: str) -> bool:
        """Whether the kind's entry lists such a reference."""
        return name in self.traits.get("references", {})

    def _written(self, choice: Mapping[str, Any]) -> Any:
        if "GetAtt" in choice:
            return self.att(*choice["GetAtt"])
        if "Ref" in choice:
            return self.ref_to(choice["Ref"])
        if "Sub" in choice:
            return self._exporter.owned_sub(self, choice["Sub"].replace("{id}", self.key), {})
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
        """The variables that its wires give it, as {name, value}, each tagged with the wire."""
        return self._exporter.environment_of(self)

    def is_source_of(self, relation: str) -> bool:
        """Whether a wire of a relation starts here."""
        return any(wire.relation == relation for wire in self.wires_out)

    def is_target_of(self, relation: str) -> bool:
        """Whether a wire of a relation ends here."""
        return any(wire.relation == relation for wire in self.wires_in)

    @property
    def asynchronous(self) -> bool:
        """Whether events are pushed to it, so that its own failures are its own to keep."""
        return any(w.relation == "delivers" or w.p.get("mode") == "event" for w in self.wires_in)

    @property
    def default_routes(self) -> list[WireContext]:
        """The wires to the targets that take whatever no path or host rule takes."""
        routes = [wire for wire in self.wires_out if wire.relation == "routes"]
        return [wire for wire in routes if not wire.p["path"] and not wire.p["host"]]

    def namespace(self) -> Tree:
        """The id of the private DNS namespace of its VPC."""
        assert self.network is not None
        return self._exporter.namespace_of(self)

    @property
    def wires_in(self) -> list[WireContext]:
        """The wires that end here."""
        return [self._exporter.wire(w.id) for w in self._exporter.resolution.architecture.incoming(self.key)]

    @property
    def wires_out(self) -> list[WireContext]:
        """The wires that start here."""
        return [self._exporter.wire(w.id) for w in self._exporter.resolution.architecture.outgoing(self.key)]


class WireContext(Owner):
    """A connection as templates see it. `p` are its effective properties; logical ids start with both ends' names."""

    def __init__(self, exporter: Contexts, wire: ResolvedWire) -> None:
        number = wire.id.removeprefix(f"{wire.source.id}-{wire.target.id}")
        middle = "" if not number or number == wire.id else number
        super().__init__(exporter.names, wire.id, f"{camel(wire.source.id)}To{camel(wire.target.id)}{camel(middle)}")
        self._exporter, self._wire = exporter, wire
        self.p = wire.values
        self.relation = wire.relation.id
        self.traits = wire.relation.traits
        self.label = wire.label

    @property
    def source(self) -> ComponentContext:
        """The component it starts at."""
        return self._exporter.component(self._wire.source.id)

    @property
    def target(self) -> ComponentContext:
        """The component it ends at."""
        return self._exporter.component(self._wire.target.id)

    @property
    def indirect(self) -> bool:
        """Whether the target's name must travel through Parameter Store, since a reference would close a circle."""
        return self.key in self._exporter.indirect_wires

    @property
    def writer(self) -> int:
        """The number under which this wire is named as a writer."""
        return self._exporter.writer_number(self.key)

    def key_statements(self, store: ComponentContext) -> list[Tree]:
        """What the wire's program may do with the key of the stack, where the other end is encrypted with it."""
        if not store.uses_key:
            return []
        user = f"wire:{self.key}"
        key = self._exporter.shared.use("key", "data", user).att("Key", "Arn")
        return [allow([f"kms:{action}" for action in self.traits["key"]], key)]

    @property
    def priority(self) -> int:
        """The place of a listener rule: narrow paths and hosts come before wide ones."""
        rules = [w for w in self.source.wires_out if w.relation == "routes" and (w.p["path"] or w.p["host"])]
        rules.sort(key=lambda w: (-len(w.p["host"]), "*" in w.p["path"], -len(w.p["path"]), w.key))
        return 10 * (1 + [wire.key for wire in rules].index(self.key))

    @property
    def first_to_cluster(self) -> bool:
        """Whether this is the first of the load balancers in front of one cluster."""
        return self.key == next(wire.key for wire in self.target.wires_in if wire.relation == "routes")

    def variables(self) -> dict[str, Any]:
        """The environment variables it gives its source: name to reference."""
        wire = self._wire
        prefix = wire.target.id.replace("-", "_").upper()
        found = {}
        for suffix, formula in wire.relation.environment.items():
            name = wire.values.work_out(str(formula))
            value = self._exporter.component(wire.target.id).reference(name)
            found[f"{prefix}_{suffix}"] = value
        return found

    def parameter_name(self, variable: str) -> Any:
        """The name in Parameter Store that holds a variable's value for an indirect wire."""
        return {"Fn::Sub": f"/${{AWS::StackName}}/{self._wire.source.id}/{variable}"}


class Contexts:
    """All contexts of one export, made when first asked for."""

    def __init__(
        self,
        resolution: Resolution,
        networks: Mapping[str, Vpc],
        names: Names,
        indirect_wires: frozenset[str],
        writer_number: Callable[[str], int],
    ) -> None:
        self.resolution, self.names, self.indirect_wires = resolution, names, indirect_wires
        self.networks = {key: NetworkContext(vpc, names) for key, vpc in networks.items()}
        self.shared = SharedParts(names)
        self.writer_number = writer_number
        self._components: dict[str, ComponentContext] = {}
        self._wires: dict[str, WireContext] = {}

    def component(self, key: str) -> ComponentContext:
        """A component's context."""
        if key not in self._components:
            self._components[key] = ComponentContext(self, self.resolution.component(key))
        return self._components[key]

    def wire(self, key: str) -> WireContext:
        """A wire's context."""
        if key not in self._wires:
            self._wires[key] = WireContext(self, self.resolution.wire(key))
        return self._wires[key]

    def environment_of(self, component: ComponentContext) -> list[Tree]:
        """The environment variables of a component, from all wires that give it any, in the order of the wires."""
        variables: dict[str, Tree] = {}
        for wire in self._environment_wires(component):
            for name, value in wire.variables().items():
                given = wire.parameter_name(name) if wire.indirect else value
                key = f"{name}_PARAMETER" if wire.indirect else name
                # Two wires to one thing tell the same of it: a worker that also sends to its queue.
                variables.setdefault(key, {"name": key, "value": given, "tagged": Tagged(given, wire.writer)})
        return list(variables.values())

    def _environment_wires(self, component: ComponentContext) -> Iterable[WireContext]:
        yield from component.wires_out
        for wire in component.wires_in:
            if wire.traits.get("environment_to_target"):
                yield ReversedWire(self, self.resolution.wire(wire.key))

    def namespace_of(self, component: ComponentContext) -> Tree:
        """The private DNS namespace of a component's VPC: one for each VPC that has named services."""
        assert component.network is not None
        vpc = component.network.owner.id("Vpc")
        return self.shared.use("namespace", vpc, component.key).ref_to(vpc.removesuffix("Vpc") + "Names")

    def owned_sub(self, owner: Owner, text: str, values: Mapping[str, Any]) -> Any:
        """`Fn::Sub` whose `${Name}` and `${Name.Attribute}` mean the owner's own resources, unless given as values."""
        filled = dict(values)
        for found in re.findall(r"\$\{([A-Z][A-Za-z0-9]*)(\.[A-Za-z.]+)?\}", text):
            name, attribute = found[0], found[1]
            if name + attribute not in filled:
                own = owner.att(name, attribute[1:]) if attribute else owner.ref_to(name)
                filled[name + attribute] = own
        return sub(text, filled)

    def functions(self, owner: Owner, user: str) -> dict[str, Any]:
        """The functions that templates call, bound to the owner of the fragment."""
        return {
            "id": owner.id,
            "ref": owner.ref_to,
            "att": owner.att,
            "sub": lambda text, **values: self.owned_sub(owner, text, values),
            "shared": partial(self.shared.use, user=user),
            "settings": self.resolution.settings,
            "region": self.resolution.architecture.settings.region,
        }


class ReversedWire(WireContext):
    """A wire whose target gets the variables: a worker is told the queue that feeds it."""

    def variables(self) -> dict[str, Any]:
        """The environment variables that the wire's target gets, about its source."""
        wire = self._wire
        prefix = wire.source.id.replace("-", "_").upper()
        source = self._exporter.component(wire.source.id)
        given = wire.relation.traits["environment_to_target"]
        return {f"{prefix}_{suffix}": source.reference(name) for suffix, name in given.items()}
