"""Whether a rule asks only for names that its subject has, so that a typing error is found before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from designer.analysis.rules import ANY, Case, Rule, Subject, outside
from designer.catalog.catalog import Catalog
from designer.catalog.expressions import FUNCTIONS, HELPERS
from designer.errors import UserError
from designer.language import tr

OF_COMPONENTS = frozenset(
    {
        *("zones", "in_vpc", "kind", "name", "tier", "minimum_zones", "nat", "network", "uses_public_endpoint"),
        *("public_services", "outside_vpcs", "unknown_zones", "region", "region_zones", "unoffered_types"),
        *("offers_as_of", "types_of_other_processors", "region_lacks", "instance_vcpus", "instance_memory"),
    }
)
OF_WIRES = frozenset(("source", "target", "source_kind", "target_kind", "target_id", "judged", "reason"))
OF_VPCS = frozenset(
    {
        *("name", "zones", "nat", "cidr", "flow_logs", "members", "drawn", "region", "region_zones", "valid_cidr"),
        "unknown_zones",
    }
)
OF_ARCHITECTURE = frozenset(("name", "components"))
"""What conditions may ask for beside the properties of their subject."""
FUNCTIONS_OF = {
    Subject.COMPONENT: frozenset(["sources", "targets", "wires_in", "wires_out", "wires_in_where", "target_max"]),
    Subject.WIRE: frozenset(("source", "target")),
    Subject.VPC: frozenset[str](),
    Subject.ARCHITECTURE: frozenset[str](),
}


def check_names(rules: Iterable[Rule], catalog: Catalog) -> None:
    """Raises `UserError` with the rule's place for the first name or function that does not exist."""
    for rule in rules:
        for case in rule.cases:
            for problem in _problems(rule, case, catalog):
                file, _, line = rule.place.rpartition(":")
                place = {"file": Path(file), "line": int(line)} if file else {}
                raise UserError(problem, name=rule.id, **place)  # type: ignore[arg-type]


def _problems(rule: Rule, case: Case, catalog: Catalog) -> Iterator[str]:
    names = known_names(case, catalog)
    functions = FUNCTIONS.keys() | FUNCTIONS_OF[case.subject] | HELPERS
    for expression in (case.when, *case.message.expressions, *rule.fix.expressions):
        for name in sorted(expression.names - names):
            subject = (
                tr("of {names}", names=", ".join(case.of))
                if case.of != (ANY,)
                else tr("of every {subject}", subject=case.subject)
            )
            yield tr(
                "{words!r} asks for {name!r}, which is no property {subject}",
                words=expression.text,
                name=name,
                subject=subject,
            )
        for name in sorted(expression.called - functions):
            yield tr(
                "{words!r} calls {name!r}; there are {names}",
                words=expression.text,
                name=name,
                names=", ".join(sorted(functions - HELPERS)),
            )
    if case.property is not None and case.property not in names:
        yield tr(
            "'property' names {property!r}, which {names} does not have",
            property=case.property,
            names=", ".join(case.of),
        )


def known_names(case: Case, catalog: Catalog) -> frozenset[str]:
    """The names that are known wherever a case is asked."""
    match case.subject:
        case Subject.COMPONENT:
            kinds = [kind for kind in catalog.kinds if kind not in outside(catalog)] if ANY in case.of else case.of
            return OF_COMPONENTS | _common(catalog.kinds[kind].properties for kind in kinds)
        case Subject.WIRE:
            relations = catalog.relations if ANY in case.of else case.of
            # A wire's rule may point to a property of one of its ends.
            ends = frozenset((case.property,)) if case.property in _all_properties(catalog) else frozenset[str]()
            return OF_WIRES | ends | _common(catalog.relations[relation].properties for relation in relations)
        case Subject.VPC:
            return OF_VPCS
        case Subject.ARCHITECTURE:
            return OF_ARCHITECTURE | frozenset(catalog.architecture.properties)


def _common(properties: Iterable[Mapping[str, object]]) -> frozenset[str]:
    every = [frozenset(one) for one in properties]
    return frozenset.intersection(*every) if every else frozenset()


def _all_properties(catalog: Catalog) -> frozenset[str]:
    return frozenset(name for kind in catalog.kinds.values() for name in kind.properties)
