"""The fixes of a finding: the recipes of its rule, tried on a copy of the drawing at every place they are for."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from designer.analysis.component_rules import contradictions
from designer.analysis.findings import Finding
from designer.analysis.fixes.apply import Place, apply_recipe, fits, title_of
from designer.analysis.fixes.cost import difference
from designer.analysis.fixes.draft import Draft, Refused
from designer.analysis.fixes.fix import Fix
from designer.analysis.recipes import On, Recipe, Together
from designer.analysis.rules import Rule, RuleBook, load_rules
from designer.catalog.catalog import Catalog
from designer.catalog.expressions import ExpressionError
from designer.catalog.resolve import IMPLIED_VPC, Resolution
from designer.language import tr
from designer.model.architecture import Architecture, InvalidEdit

MOST_PLACES = 24
"""A fix of one thing is tried at so many of those that a finding names."""
MOST_TOGETHER = 400
"""A fix of many things at once changes so many of them at most."""
_TITLES = 4
"""The title of a fix with many steps names so many of them."""
MOST_STEPS = 5
"""Of a fix with so many steps every selection is tried; of a larger one all but one of them."""
_SPELLED_OUT = 3
"""A key names so many places; more of them become a number."""


@dataclass(frozen=True, slots=True)
class _Step:
    recipe: Recipe
    place: Place


def fixes_for(
    finding: Finding,
    architecture: Architecture,
    catalog: Catalog,
    resolution: Resolution | None = None,
    *,
    rules: RuleBook | None = None,
) -> tuple[Fix, ...]:
    """The fixes of a finding, in the order of the rule's file; empty where the rule has none, or none fits here.

    None of them makes anything that AWS refuses. Whether the finding goes, and what else changes, `preview` tells.
    `resolution` and `rules` (the built-in ones, where none are given) are those that the finding comes from.
    """
    resolution = resolution or Resolution(architecture, catalog)
    drafts = unchecked_fixes(finding, resolution, rules or load_rules(catalog))
    if not drafts:
        return ()
    known = _refusals(resolution)
    return tuple(fix for fix in drafts if not _refusals(_after(fix, resolution)) - known)


def unchecked_fixes(finding: Finding, resolution: Resolution, rules: RuleBook) -> tuple[Fix, ...]:
    """The fixes of a finding, also those of which AWS refuses what comes out: an analysis of that says so too."""
    rule = rules.rules.get(finding.rule)
    if rule is None or not rule.fixes:
        return ()
    return _made(finding, _plans(rule, finding, resolution), resolution)


def parts_for(finding: Finding, resolution: Resolution, rules: RuleBook) -> tuple[Fix, ...]:
    """Of a finding that is mended in several steps at once: the fixes with fewer of them, the smallest first.

    Some of them may do, where not all is needed to reach a goal. What AWS refuses is not looked at.
    """
    rule = rules.rules.get(finding.rule)
    if rule is None or rule.together is not Together.WITNESS:
        return ()
    steps = list(_together(rule, finding, resolution))
    sizes = range(1, len(steps)) if len(steps) <= MOST_STEPS else [len(steps) - 1]
    return _made(finding, (list(part) for size in sizes for part in combinations(steps, size)), resolution)


def _made(finding: Finding, plans: Iterable[list[_Step]], resolution: Resolution) -> tuple[Fix, ...]:
    found: dict[str, Fix] = {}
    for steps in plans:
        fix = _fix(finding, steps, resolution)
        if fix is not None:
            found.setdefault(fix.key, fix)
    return tuple(found.values())


def _after(fix: Fix, resolution: Resolution) -> Resolution:
    mended = resolution.architecture.copy()
    mended.apply(fix.edits)
    return Resolution(mended, resolution.catalog)


def _refusals(resolution: Resolution) -> frozenset[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """What AWS refuses of a drawing, in a form that can be compared."""
    return frozenset((f.rule, f.components, f.connections, f.boundaries) for f in contradictions(resolution))


def _plans(rule: Rule, finding: Finding, resolution: Resolution) -> Iterator[list[_Step]]:
    """What to try, each a list of steps that count as one fix."""
    if rule.together is not None:
        yield list(_together(rule, finding, resolution))
        return
    for recipe in rule.fixes:
        if recipe.on is On.NETWORK and not rule.cases and finding.property not in recipe.assignments:
            continue  # of several things that may be behind such a finding, it is not the network
        for place in _places(recipe, finding, resolution):
            if _fits(recipe, place, resolution):
                yield [_Step(recipe, place)]


def _together(rule: Rule, finding: Finding, resolution: Resolution) -> Iterator[_Step]:
    """To each place of the finding the first recipe that fits it."""
    everywhere = finding.components if rule.together is Together.COMPONENTS else (*finding.witness, *finding.components)
    components = [key for key in dict.fromkeys(everywhere) if key in resolution.architecture.components]
    seen: set[Place] = set()
    for key in components[:MOST_TOGETHER]:
        for recipe in rule.fixes:
            place = _network_of(resolution, key) if recipe.on is On.NETWORK else Place(On.COMPONENT, key)
            if place is not None and place not in seen and _fits(recipe, place, resolution):
                seen.add(place)
                yield _Step(recipe, place)
                break


def _fits(recipe: Recipe, place: Place, resolution: Resolution) -> bool:
    try:
        return fits(recipe, place, resolution)
    except ExpressionError:
        return False  # what the condition asks for does not exist at this kind of thing


def _places(recipe: Recipe, finding: Finding, resolution: Resolution) -> Sequence[Place]:
    architecture = resolution.architecture
    components = [key for key in finding.components if key in architecture.components]
    wires = [key for key in dict.fromkeys((*finding.connections, *finding.witness)) if key in architecture.connections]
    match recipe.on:
        case On.COMPONENT:
            return [Place(On.COMPONENT, key) for key in components[:1]]
        case On.EACH:
            return [Place(On.COMPONENT, key) for key in components[:MOST_PLACES]]
        case On.SOURCE:
            return [Place(On.COMPONENT, architecture.connections[key].source) for key in wires[:1]]
        case On.TARGET:
            return [Place(On.COMPONENT, architecture.connections[key].target) for key in wires[:1]]
        case On.WIRE:
            return [Place(On.WIRE, key) for key in wires[:MOST_PLACES]]
        case On.NETWORK:
            return list(_networks(finding, components, resolution))
        case On.ARCHITECTURE:
            return [Place(On.ARCHITECTURE, "")]


def _networks(finding: Finding, components: Sequence[str], resolution: Resolution) -> Iterator[Place]:
    """The VPC that the finding names, else the one that its components stand in, else the one that is not drawn."""
    drawn = [key for key in finding.boundaries if resolution.architecture.boundaries[key].kind == "vpc"]
    if drawn:
        yield from (Place(On.NETWORK, key) for key in drawn)
    elif components:
        found = _network_of(resolution, components[0])
        if found is not None:
            yield found
    elif any(resolved.vpc == IMPLIED_VPC for resolved in resolution.components()):
        yield Place(On.NETWORK, IMPLIED_VPC)


def _network_of(resolution: Resolution, component: str) -> Place | None:
    vpc = resolution.component(component).vpc
    return None if vpc is None else Place(On.NETWORK, vpc)


def _fix(finding: Finding, steps: list[_Step], resolution: Resolution) -> Fix | None:
    """The steps as one fix; `None` where none of them can be made."""
    draft = Draft(resolution.architecture, resolution.catalog, resolution)
    made: list[_Step] = []
    titles: list[str] = []
    for step in steps:
        try:
            title = title_of(step.recipe, step.place, draft.resolution)
            apply_recipe(step.recipe, step.place, draft)
        except (Refused, InvalidEdit, ExpressionError, KeyError):
            if len(steps) == 1:
                return None
            draft = _again(made, resolution)
            continue
        made.append(step)
        titles.append(title)
    if not made:
        return None
    title = (
        titles[0]
        if len(titles) == 1
        else tr("{count} changes: {names}", count=len(titles), names="; ".join(_shortened(titles)))
    )
    try:
        edits = draft.batch(title)
    except Refused:
        return None
    adds, removes = draft.kinds_changed()
    return Fix(
        key=_key(made),
        title=title,
        rule=finding.rule,
        edits=edits,
        components=draft.touched(),
        size=draft.size(),
        adds=adds,
        removes=removes,
        cost=difference(resolution, draft.resolution, draft.only_properties_of()),
    )


def _again(steps: Iterable[_Step], resolution: Resolution) -> Draft:
    """The steps that worked, made anew, since one that did not may have changed something before it gave up."""
    draft = Draft(resolution.architecture, resolution.catalog, resolution)
    for step in steps:
        apply_recipe(step.recipe, step.place, draft)
    return draft


def _shortened(titles: Sequence[str]) -> list[str]:
    """The first titles, each as a part of a sentence, and how many more there are."""
    parts = [f"{title[:1].lower()}{title[1:]}" for title in titles[:_TITLES]]
    return [*parts, tr("and {count} more", count=len(titles) - _TITLES)] if len(titles) > _TITLES else parts


def _key(steps: Sequence[_Step]) -> str:
    """ "multi-az:database"; of many steps a number that is the same for the same steps."""
    parts = [_part(step) for step in steps]
    if len(parts) <= _SPELLED_OUT:
        return "+".join(parts)
    return f"together:{zlib.crc32('+'.join(parts).encode()):08x}"


def _part(step: _Step) -> str:
    """A network that is not drawn needs no name: there is one at most."""
    return step.recipe.id if step.place.key in ("", IMPLIED_VPC) else f"{step.recipe.id}:{step.place.key}"
