"""What the catalog says of a kind, a relation and a property, as plain objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Any

from designer.model.entities import Value
from designer.records import record


class PropertyType(StrEnum):
    """The types of a property, and of its field in the inspector."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    LIST = "list"


@record(kw_only=True)
class Property:
    """One property of a kind, a relation, a boundary or the architecture.

    `default` is a value, or a formula over the other values when `formula` is set ("desired defaults to min").
    `choices` maps each allowed value to its title. `suggestions` are offered but any fitting text is taken.
    `example` fits the pattern, for errors; without one a default or a suggestion has to do. `when` is an expression:
    the property has a meaning only where it holds. What is `analysis_only` is a person's judgement for the analysis,
    and changes nothing in the template. `sets` is what of the template it sets first of all
    ("AWS::SQS::Queue.DelaySeconds", or with a property type "AWS::EC2::LaunchTemplate.Ebs.VolumeSize"); `link` is a
    page about it, where there is a better one than that of `sets`.
    """

    name: str
    title: str
    type: PropertyType
    default: Value = None
    formula: str | None = None
    choices: Mapping[Value, str] = field(default_factory=dict)
    suggestions: tuple[Value, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    example: str = ""
    max_length: int = 4096
    unit: str = ""
    help: str = ""
    group: str = "General"
    when: str | None = None
    link: str = ""
    sets: str = ""
    multiline: bool = False
    analysis_only: bool = False


class Scope(StrEnum):
    """How far a component reaches: one zone, a set of zones, the Region, the world, or not in AWS at all."""

    ZONAL = "zonal"
    ZONES = "zones"
    REGIONAL = "regional"
    GLOBAL = "global"
    OUTSIDE = "outside"


class InVpc(StrEnum):
    """Whether components of a kind have network interfaces in a VPC."""

    ALWAYS = "always"
    NEVER = "never"
    NEEDED = "needed"


@record(kw_only=True)
class Placement:
    """Where components of a kind stand. `zonal_when` narrows a set of zones to one where it holds.

    `tier` is the subnet tier (an expression giving public, private or isolated); `minimum_zones` is how many zones
    the service needs to be created at all (an expression). `members` are the words for what a component has in each
    of its zones: one of them and several ("task", "tasks"), or with `roles` the first and each other ("primary",
    "standby").
    """

    scope: Scope
    in_vpc: InVpc = InVpc.NEVER
    zonal_when: str | None = None
    tier: str = "'private'"
    minimum_zones: str = "1"
    members: tuple[str, ...] = ()
    roles: bool = False


@record(kw_only=True)
class Figure:
    """A choice of availability figure: the key of a fact, taken where `when` holds."""

    fact: str
    when: str | None = None


@record(kw_only=True)
class Failure:
    """How a kind fails, read by the analysis.

    `replicas` copies (an expression) are spread over the zones, of which `needed` must be up; each fails by
    `replica_figures`, with its zone, and with the host it shares when there are `hosts`. `service_figures` is the
    failure of the managed service as a whole, at `service_level` (an expression: 'region' or 'resource').
    `stateful` kinds keep data that is lost with them; `stateful_when` says so where it depends on properties.
    `contract_figures` are the SLA rows that stand for the whole component when figures of contracts are asked for.
    `restorable` (an expression, for what keeps data) gives how many seconds what comes back from a backup lies behind
    at best, or nothing without backups. `failover_time` gives how many seconds a failover takes at most as a rule.
    """

    replicas: str | None = None
    needed: str = "1"
    hosts: str | None = None
    host_figures: tuple[Figure, ...] = ()
    replica_figures: tuple[Figure, ...] = ()
    service_figures: tuple[Figure, ...] = ()
    service_level: str = "'region'"
    contract_figures: tuple[Figure, ...] = ()
    failover: str = ""
    failover_time: str | None = None
    restorable: str | None = None
    stateful: bool = False
    stateful_when: str | None = None
    note: str = ""


class Role(StrEnum):
    """What a kind is in the dependency graph: who asks, who works, who passes messages on, who keeps data."""

    ENTRY = "entry"
    ROUTER = "router"
    COMPUTE = "compute"
    BROKER = "broker"
    STORE = "store"


@record(kw_only=True)
class Finder:
    """Where a template has the value of a property: `path` leads to it through a resource's properties ("Ebs.0.Size").

    `values` translates it where it is written differently; `absent` is what AWS takes where the template says nothing.
    With `presence` it matters only whether it is there: what it says is what the property's default stands for.
    """

    path: str
    name: str
    values: Mapping[str, Value] = field(default_factory=dict)
    absent: Value = None
    presence: bool = False


@record(kw_only=True)
class Recognised:
    """How what others have written in a template is known to be a component of a kind.

    `resources` are the types of CloudFormation resources that are one, `parts` those that belong to the one that refers
    to them, each with what its properties say.
    """

    resources: Mapping[str, tuple[Finder, ...]] = field(default_factory=dict)
    parts: Mapping[str, tuple[Finder, ...]] = field(default_factory=dict)


@record(kw_only=True)
class RecognisedWire:
    """How what others have written in a template is known to be a wire of a relation.

    `through` are the types of resources that join its ends. `under` names, by the type of the target's resource, the
    property in which it refers to the source.
    """

    through: tuple[str, ...] = ()
    under: Mapping[str, str] = field(default_factory=dict)


@record(kw_only=True)
class Kind:
    """A service kind (or a boundary kind, or the architecture itself), everything that is known of it."""

    id: str
    title: str
    name: str
    category: str
    summary: str
    documentation: str
    aliases: tuple[str, ...] = ()
    order: int = 0
    role: Role = Role.COMPUTE
    properties: Mapping[str, Property] = field(default_factory=dict)
    placement: Placement = field(default_factory=lambda: Placement(scope=Scope.REGIONAL))
    failure: Failure = field(default_factory=Failure)
    traits: Mapping[str, Any] = field(default_factory=dict)
    card: str | None = None
    costs: tuple[str, ...] = ()
    aws_icons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the name of our icon ("sqs", "tier-public") what AWS calls its own, the newest name first."""
    recognised: Recognised = field(default_factory=Recognised)


class Style(StrEnum):
    """Whether the caller waits for the work behind the wire."""

    SYNC = "sync"
    ASYNC = "async"


class Strength(StrEnum):
    """Whether the source can do its work without the target."""

    HARD = "hard"
    SOFT = "soft"


@record(kw_only=True)
class Relation:
    """What a wire means.

    `pairs` are the allowed (source kind, target kind). `style` is an expression over the wire's values giving 'sync' or
    'async'. `accepted` says whether taking a request in needs the target even though the work behind it is
    asynchronous (the send to a queue). `alternatives` is an expression: wires of one source for which it gives the
    same key are alternatives for one another (targets of a load balancer); `None` means "needed by itself".
    `failure_path` wires carry only what went wrong: no flow depends on them. `environment` are the variables that the
    source gets, each named after a reference of the target.
    """

    id: str
    title: str
    verb: str
    summary: str
    pairs: frozenset[tuple[str, str]]
    properties: Mapping[str, Property] = field(default_factory=dict)
    style: str = "'sync'"
    strength: Strength = Strength.HARD
    accepted: bool = True
    alternatives: str | None = None
    failure_path: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    traits: Mapping[str, Any] = field(default_factory=dict)
    order: int = 0
    recognised: RecognisedWire = field(default_factory=RecognisedWire)


@record(kw_only=True)
class Fact:
    """A figure with its source, date and standing. `availability` is between 0 and 1."""

    key: str
    availability: float
    condition: str
    source: str
    verified: str


@record(kw_only=True)
class Refusal:
    """Why a pair of kinds has no wire, and the kind that would make one possible. `*` stands for any kind."""

    source: str
    target: str
    reason: str
    instead: str | None = None


@record(kw_only=True)
class Category:
    """A heading of the palette, with AWS's colour for the services below it (`#RRGGBB`)."""

    id: str
    title: str
    colour: str
    order: int


@record(kw_only=True)
class Region:
    """An AWS Region, how many Availability Zones an account can use in it, and which features it lacks."""

    id: str
    title: str
    zones: int
    lacks: tuple[str, ...] = ()
