"""Stacks in the memory of moto: a template is made resource by resource, updated to another one, and taken back.

Functions are worked out here, and resources made, changed and deleted in the order of CloudFormation: what is referred
to comes first, and what a template no longer has goes last. moto makes each resource with its model of the service,
which takes or refuses the values. Types that moto has no model of, or a faulty one, get a `StandIn` with made-up
attributes.
"""

from __future__ import annotations

import base64
import contextlib
import copy
import inspect
import ipaddress
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import networkx

from tests.cloudformation.soundness import references

REGION = "us-east-1"
ACCOUNT = "123456789012"
STACK = "stack"

Tree = dict[str, Any]
_PSEUDO = {
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": STACK,
    "AWS::StackId": f"arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/1",
}

FAULTY = {
    "AWS::EC2::Instance": "the image is not taken from the launch template",
    "AWS::RDS::DBInstance": "the name of a parameter group is taken for the group",
}
"""Types whose model in moto cannot be used, and why."""

MADE_ANEW = {
    "AWS::DynamoDB::Table": "an update does not turn the stream on",
    "AWS::Lambda::Function": "an update takes inline code for an archive",
}
"""Types that moto makes and cannot change, and why."""

UNCHANGED = {"AWS::ElasticLoadBalancingV2::Listener": "an update takes no several target groups of one action"}
"""Types that stay in moto as they were made, and why."""

_IDS = {"AWS::RDS::DBSubnetGroup": "name", "AWS::RDS::DBParameterGroup": "name"}
"""Where the models of moto have what `Ref` gives, if under no common name."""


@dataclass
class StandIn:
    """A resource that moto does not make: an id, and attributes that have the form that their names promise."""

    kind: str
    name: str

    @property
    def physical_resource_id(self) -> str:
        """An ARN where the type's `Ref` is one."""
        return f"{self.name}-{self.kind.rpartition('::')[2].lower()}"

    def get_cfn_attribute(self, name: str) -> str:
        """An ARN, a URL, a port, a version, a host, a security group that exists, or a name."""
        service, lower = self.kind.split("::")[1].lower(), name.lower()
        host = f"{self.name}.{service}.{REGION}.amazonaws.com".lower()
        if lower.endswith("arn"):
            return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{self.name}"
        if lower.endswith("url"):
            return f"https://{host}/"
        if lower.endswith("port"):
            return "5432"
        if lower.endswith("securitygroupid"):
            return _some_security_group()
        if "version" in lower:
            return "1"
        return host if re.search("dns|address|endpoint|domain", lower) else f"{self.name}-{lower}"


@dataclass
class Made:
    """A resource: what stands for it, the properties it was last given, and whether it outlives the stack."""

    kind: str
    model: Any
    properties: Tree
    stays: bool

    @property
    def by_moto(self) -> bool:
        """Whether moto has made it."""
        return not isinstance(self.model, StandIn)

    @property
    def id(self) -> Any:
        """What `Ref` gives."""
        return getattr(self.model, _IDS.get(self.kind, "physical_resource_id"))

    def attribute(self, name: str) -> Any:
        """What `Fn::GetAtt` gives; made up where moto has no such attribute."""
        try:
            return self.model.get_cfn_attribute(name)
        except (AttributeError, KeyError, NotImplementedError):
            return StandIn(self.kind, str(self.id)).get_cfn_attribute(name)


@dataclass
class Stack:
    """What a stack holds, and what was done to it, as ("create", logical id). `certificate` is one of its account."""

    certificate: str = ""
    resources: dict[str, Made] = field(default_factory=dict)
    events: list[tuple[str, str]] = field(default_factory=list)

    def deploy(self, tree: Tree, parameters: Mapping[str, str]) -> list[tuple[str, str]]:
        """Brings the stack to a template. Gives what was done; raises what a service of moto raises."""
        self.events = []
        work = _Deployment(self, tree, parameters)
        for name in work.order():
            work.bring(name)
        for name in [name for name in reversed(self.resources) if name not in work.wanted]:
            _delete(self.resources.pop(name))
            self.events.append(("delete", name))
        return self.events


class _Deployment:
    """One deployment of one template."""

    def __init__(self, stack: Stack, tree: Tree, parameters: Mapping[str, str]) -> None:
        self.stack, self.tree = stack, tree
        defaults = {name: entry.get("Default", "") for name, entry in tree.get("Parameters", {}).items()}
        self.values: dict[str, Any] = {**_PSEUDO, **defaults, **parameters}
        self.wanted = {name: entry for name, entry in tree.get("Resources", {}).items() if self._holds(entry)}

    def _holds(self, entry: Tree) -> bool:
        return "Condition" not in entry or bool(self.work_out(self.tree["Conditions"][entry["Condition"]]))

    def order(self) -> list[str]:
        """The resources, each after what it refers to; else as in the template. Raises for a circle."""
        graph = networkx.DiGraph()
        graph.add_nodes_from(self.wanted)
        graph.add_edges_from(
            (target, name)
            for name, entry in self.wanted.items()
            for target in references(entry)
            if target in self.wanted
        )
        places = {name: place for place, name in enumerate(self.wanted)}
        return list(networkx.lexicographical_topological_sort(graph, places.__getitem__))

    def bring(self, name: str) -> None:
        """Makes a resource that is not there, and changes one that is given other properties."""
        kind = self.wanted[name]["Type"]
        properties = self.work_out(self.wanted[name].get("Properties", {}))
        old = self.stack.resources.get(name)
        if old is None:
            stays = self.wanted[name].get("DeletionPolicy", "Delete") != "Delete"
            self.stack.resources[name] = Made(kind, _create(kind, name, properties), properties, stays)
            self.stack.events.append(("create", name))
        elif old.properties != properties:
            _update(old, name, properties)
            self.stack.events.append(("update", name))

    def work_out(self, value: Any) -> Any:
        """A value with its functions worked out."""
        if isinstance(value, list):
            return [item for item in map(self.work_out, value) if item is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            name, argument = next(iter(value.items()))
            if name in ("Ref", "Condition") or name.startswith("Fn::"):
                return getattr(self, "_" + name.removeprefix("Fn::").lower())(argument)
        return {key: found for key, item in value.items() if (found := self.work_out(item)) is not None}

    def _ref(self, name: str) -> Any:
        if name == "AWS::NoValue":
            return None
        return self.values[name] if name in self.values else self.stack.resources[name].id

    def _getatt(self, argument: list[str]) -> Any:
        return self.stack.resources[argument[0]].attribute(argument[1])

    def _sub(self, argument: Any) -> str:
        text, given = (argument, {}) if isinstance(argument, str) else (argument[0], self.work_out(argument[1]))

        def filled(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in given:
                return str(given[name])
            key, _, attribute = name.partition(".")
            return str(self._getatt([key, attribute]) if attribute else self._ref(name))

        return re.sub(r"\$\{([^}]+)\}", filled, text)

    def _if(self, argument: list[Any]) -> Any:
        return self.work_out(argument[1 if self._condition(argument[0]) else 2])

    def _condition(self, name: str) -> bool:
        return bool(self.work_out(self.tree["Conditions"][name]))

    def _equals(self, argument: list[Any]) -> bool:
        first, second = map(self.work_out, argument)
        return str(first) == str(second)

    def _not(self, argument: list[Any]) -> bool:
        return not self.work_out(argument[0])

    def _select(self, argument: list[Any]) -> Any:
        return self.work_out(argument[1])[int(self.work_out(argument[0]))]

    def _split(self, argument: list[Any]) -> list[str]:
        return str(self.work_out(argument[1])).split(argument[0])

    def _join(self, argument: list[Any]) -> str:
        return str(argument[0]).join(map(str, self.work_out(argument[1])))

    def _cidr(self, argument: list[Any]) -> list[str]:
        block, count, bits = map(self.work_out, argument)
        network = ipaddress.ip_network(block)
        parts = network.subnets(new_prefix=network.max_prefixlen - int(bits))
        return [str(part) for part, _number in zip(parts, range(int(count)), strict=False)]

    def _getazs(self, argument: Any) -> list[str]:
        return [f"{self.work_out(argument) or REGION}{letter}" for letter in "abcdef"]

    def _base64(self, argument: Any) -> str:
        return base64.b64encode(self.work_out(argument).encode()).decode()


def _model(kind: str) -> Any:
    """moto's class for a type; `None` for one it has not, or not rightly."""
    from moto.cloudformation import parsing

    return None if kind in FAULTY else parsing.get_model_map().get(kind)


def _create(kind: str, logical_id: str, properties: Tree) -> Any:
    from moto.cloudformation import parsing

    model = _model(kind)
    if model is None:
        return StandIn(kind, f"{STACK}-{logical_id}")
    named = parsing.resource_name_property_from_type(kind)
    name = properties.get(named) or parsing.generate_resource_name(kind, STACK, logical_id)
    # moto's models write into what they are given.
    entry = {"Type": kind, "Properties": copy.deepcopy(properties)}
    made = model.create_from_cloudformation_json(name, entry, ACCOUNT, REGION, LogicalId=logical_id, StackName=STACK)
    made.cf_resource_type, made.logical_resource_id = kind, logical_id
    return made


def _update(made: Made, logical_id: str, properties: Tree) -> None:
    """Changes a resource; one that moto can only make stays as it was made, with other properties noted."""
    update = None if not made.by_moto else _model(made.kind).update_from_cloudformation_json
    if made.kind in UNCHANGED:
        update = None
    if made.kind in MADE_ANEW:
        made.model = _create(made.kind, logical_id, properties)
    elif update is not None and not hasattr(update, "__isabstractmethod__"):
        entry = {"Type": made.kind, "Properties": copy.deepcopy(properties)}
        made.model = update(made.model, logical_id, entry, ACCOUNT, REGION) or made.model
    made.properties = properties


def _delete(made: Made) -> None:
    if made.stays or not made.by_moto:
        return
    own, model = getattr(made.model, "delete", None), _model(made.kind)
    if own is not None and len(inspect.signature(own).parameters) == 2:
        own(ACCOUNT, REGION)
    elif not hasattr(model.delete_from_cloudformation_json, "__isabstractmethod__"):
        entry = {"Type": made.kind, "Properties": copy.deepcopy(made.properties)}
        model.delete_from_cloudformation_json(made.id, entry, ACCOUNT, REGION)


def _some_security_group() -> str:
    import boto3

    groups = boto3.client("ec2", region_name=REGION).describe_security_groups()["SecurityGroups"]
    return str(groups[0]["GroupId"])


def _certificate() -> str:
    import boto3

    made = boto3.client("acm", region_name=REGION).request_certificate(DomainName="example.com")
    return str(made["CertificateArn"])


@contextlib.contextmanager
def account() -> Iterator[Stack]:
    """An account in memory that lives as long as the block, with an empty stack."""
    from moto import mock_aws

    with mock_aws(config={"iam": {"load_aws_managed_policies": True}}), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield Stack(_certificate())
