"""The catalogue of rules: what each is called, how severe it is, why it matters, what to do, and where that is said.

Rules about one component, wire, VPC or the whole drawing are data: conditions over effective properties, in
`resources/rules`. Rules about the graph are functions (see :mod:`designer.analysis.graph_rules`); their texts stand in
the same files, without a condition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from designer.analysis.findings import Finding, Severity
from designer.analysis.recipes import Recipe, Together, all_recipes
from designer.analysis.rule_text import RuleText
from designer.assets import data
from designer.catalog.cache import cached
from designer.catalog.catalog import Catalog
from designer.catalog.entries import Scope
from designer.catalog.expressions import Constants, Expression, compile_expression
from designer.errors import UserError
from designer.language import tr

FOLDER = "rules"
ANY = "*"


class Category(StrEnum):
    """What a violation leads to: AWS's resilience analysis framework, and what it leaves to others."""

    SPOF = "single point of failure"
    SHARED_FATE = "shared fate"
    EXCESSIVE_LOAD = "excessive load"
    EXCESSIVE_LATENCY = "excessive latency"
    MISCONFIGURATION = "misconfiguration"
    DATA = "data loss"
    COUPLING = "coupling"
    OBSERVABILITY = "observability"
    SECURITY = "security"


class Subject(StrEnum):
    """What the condition of a case is about."""

    COMPONENT = "component"
    WIRE = "wire"
    VPC = "vpc"
    ARCHITECTURE = "architecture"


@dataclass(frozen=True, slots=True)
class Case:
    """One condition of a rule. `of` are the kinds (or relations) it is asked for, `*` all of them.

    `property` is the one to look at. A contradiction is what AWS refuses, or what cannot work.
    """

    subject: Subject
    of: tuple[str, ...]
    when: Expression
    message: RuleText
    severity: Severity
    contradiction: bool
    property: str | None


@dataclass(frozen=True, slots=True)
class RuleFigure:
    """A number that a rule goes by: a quota or limit of AWS, or a threshold; `source` said so at `date` (a month)."""

    name: str
    value: float
    about: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Rules without cases are found by code.

    `known_as` are the names of the literature, `figures` the numbers it goes by. `place` is where it is written, as
    file:line, of a rule of the user's `own`.

    A finding is left out where one of the rules `covered_by` says the same of the same component with its proof.
    `proven` rules are about redundancy: where a flow survives the failure they warn of, they are of low severity.
    `fixes` take its findings away, each by itself, or `together`; `no_fix` says why there is none.
    """

    id: str
    severity: Severity
    category: Category
    title: str
    why: str
    fix: RuleText
    sources: tuple[str, ...]
    link: str
    cases: tuple[Case, ...] = ()
    covered_by: frozenset[str] = frozenset()
    proven: bool = False
    contradiction: bool = False
    fixes: tuple[Recipe, ...] = ()
    together: Together | None = None
    no_fix: str | None = None
    known_as: tuple[str, ...] = ()
    figures: tuple[RuleFigure, ...] = ()
    own: bool = False
    place: str = ""

    def figure(self, name: str) -> float:
        """The value of one of its figures."""
        return next(figure.value for figure in self.figures if figure.name == name)

    def finding(
        self, message: str, *, severity: Severity | None = None, fix: str | None = None, **place: Any
    ) -> Finding:
        """A finding of this rule; `place` are the fields of `Finding` that say where."""
        return Finding(
            rule=self.id,
            severity=severity or self.severity,
            title=place.pop("title", tr(self.title)),
            message=message,
            why=tr(self.why),
            fix=self.fix.spoken if fix is None else fix,
            category=self.category,
            link=self.link,
            source="; ".join(self.sources),
            **place,
        )


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules by id, and the cases of data rules by what they are about."""

    rules: Mapping[str, Rule]
    by_kind: Mapping[str, tuple[tuple[Rule, Case], ...]] = field(default_factory=dict)
    by_relation: Mapping[str, tuple[tuple[Rule, Case], ...]] = field(default_factory=dict)
    of_vpcs: tuple[tuple[Rule, Case], ...] = ()
    of_architecture: tuple[tuple[Rule, Case], ...] = ()

    def __getitem__(self, rule: str) -> Rule:
        return self.rules[rule]


def load_rules(catalog: Catalog) -> RuleBook:
    """The built-in rules. Raises `UserError` with file and line when a file of them is broken."""
    return _load(data("resources") / FOLDER, tuple(catalog.kinds), tuple(catalog.relations), outside(catalog))


def outside(catalog: Catalog) -> frozenset[str]:
    """The kinds that stand outside AWS."""
    return frozenset(kind.id for kind in catalog.kinds.values() if kind.placement.scope is Scope.OUTSIDE)


@lru_cache(maxsize=8)
def _load(folder: Path, kinds: tuple[str, ...], relations: tuple[str, ...], outside: frozenset[str]) -> RuleBook:
    return rule_book(built_in_entries(folder), kinds, relations, outside)


def built_in_entries(folder: Path | None = None) -> list[dict[str, Any]]:
    """The built-in rules as plain data, from the cache where nothing has changed."""
    folder = data("resources") / FOLDER if folder is None else folder
    readers = [Path(__file__).with_name(name) for name in ("rule_reader.py", "recipes.py")]
    return cached(folder, kind=list, read=lambda: _read(folder), name="rules", sources=readers)


def _read(folder: Path) -> list[dict[str, Any]]:
    from designer.analysis.rule_reader import read_rules

    return read_rules(folder)


def rule_book(
    entries: Iterable[Mapping[str, Any]], kinds: Iterable[str], relations: Iterable[str], outside: Iterable[str] = ()
) -> RuleBook:
    """The book of entries as `rule_reader` gives them. Raises `UserError` for kinds or relations that do not exist.

    `outside` are the kinds that stand outside AWS: `*` does not mean them.
    """
    entries = list(entries)
    recipes = all_recipes(entries)
    rules = {entry["id"]: _rule(entry, recipes) for entry in entries}
    every_kind, every_relation = list(kinds), list(relations)
    inside = [kind for kind in every_kind if kind not in set(outside)]
    for entry in entries:
        _check(entry, every_kind, every_relation, rules)
    return RuleBook(
        rules=rules,
        by_kind={kind: _cases(rules, Subject.COMPONENT, kind, kind in inside) for kind in every_kind},
        by_relation={relation: _cases(rules, Subject.WIRE, relation, True) for relation in every_relation},
        of_vpcs=_cases(rules, Subject.VPC, ANY, True),
        of_architecture=_cases(rules, Subject.ARCHITECTURE, ANY, True),
    )


def _cases(rules: Mapping[str, Rule], subject: Subject, of: str, any_too: bool) -> tuple[tuple[Rule, Case], ...]:
    """The cases about one kind or relation, in the order of the rules' ids."""
    return tuple(
        (rule, case)
        for _, rule in sorted(rules.items())
        for case in rule.cases
        if case.subject is subject and (of in case.of or (any_too and ANY in case.of))
    )


def _check(entry: Mapping[str, Any], kinds: list[str], relations: list[str], rules: Mapping[str, Rule]) -> None:
    known = {Subject.COMPONENT: kinds, Subject.WIRE: relations}
    for case in entry["cases"]:
        for name in case["of"]:
            if name != ANY and name not in known.get(Subject(case["subject"]), [ANY]):
                raise _error(
                    entry, tr("{name!r} is neither a kind nor a relation of the catalog", name=name), case["line"]
                )
    for name in entry["covered_by"]:
        if name not in rules:
            raise _error(entry, tr("'covered_by' names {name!r}, and there is no such rule", name=name), entry["line"])


def _error(entry: Mapping[str, Any], message: str, line: int) -> UserError:
    return UserError(message, file=Path(entry["file"]), line=line, name=entry["id"])


def _rule(entry: Mapping[str, Any], recipes: Mapping[str, Recipe]) -> Rule:
    constants = _constants(entry)
    return Rule(
        id=entry["id"],
        severity=Severity(entry["severity"]),
        category=Category[entry["category"]],
        title=entry["title"],
        why=entry["why"],
        fix=RuleText(entry["fix"], constants),
        sources=tuple(entry["sources"]),
        link=entry["link"],
        cases=tuple(_case(case, entry) for case in entry["cases"]),
        covered_by=frozenset(entry["covered_by"]),
        proven=entry["proven"],
        contradiction=entry["contradiction"],
        fixes=tuple(recipes[fix if isinstance(fix, str) else fix["id"]] for fix in entry["fixes"]),
        together=None if entry["together"] is None else Together(entry["together"]),
        no_fix=entry["no_fix"],
        known_as=tuple(entry["known_as"]),
        figures=tuple(RuleFigure(name, **figure) for name, figure in entry["figures"].items()),
        own=entry["own"],
        place=f"{entry['file']}:{entry['line']}" if entry["own"] else "",
    )


def _constants(entry: Mapping[str, Any]) -> Constants:
    return tuple((name, figure["value"]) for name, figure in entry["figures"].items())


def _case(case: Mapping[str, Any], entry: Mapping[str, Any]) -> Case:
    return Case(
        subject=Subject(case["subject"]),
        of=tuple(case["of"]),
        when=compile_expression(case["when"], _constants(entry)),
        message=RuleText(case["message"], _constants(entry)),
        severity=Severity(case["severity"] or entry["severity"]),
        contradiction=case["contradiction"],
        property=case["property"],
    )
