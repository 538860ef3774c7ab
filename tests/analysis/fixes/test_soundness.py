"""Every fix of every rule: its finding is gone, nothing worse comes, and it is one step that can be taken back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from designer.analysis.analyse import analyse
from designer.analysis.findings import Severity
from designer.analysis.fixes import fixes_for, preview, propose
from designer.analysis.rules import load_rules
from designer.model.architecture import Architecture
from designer.model.edits import Batch
from designer.storage.samples import open_sample, samples
from tests.analysis.drawings import CATALOG, draw
from tests.analysis.fixes.drawings import DRAWINGS
from tests.analysis.fixes.soundness import assert_drawn_well, assert_no_flow_falls, assert_sound, mended
from tests.analysis.random_drawings import architectures

BOOK = load_rules(CATALOG)
PARTS = [
    ["s: ec2", "users requests s", "t: ec2", "s calls t", "db: rds deployment=single", "t queries db"],
    ["lb: elb", "users requests lb", "web: asg min=1 zones=a", "lb routes web", "q: sqs", "web sends q", "q feeds web"],
    ["a: lambda timeout=3", "b: lambda", "c: ecs", "users requests a", "a invokes b", "b calls c", "c invokes a"],
]


@pytest.mark.parametrize(("rule", "text"), DRAWINGS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(DRAWINGS)])
def test_every_fix_of_a_rule_mends_the_drawings_of_the_rule(rule: str, text: str) -> None:
    """Whatever is offered solves what it is offered for; what lowers a figure says so."""
    architecture = draw(text)
    before = analyse(architecture, CATALOG)
    for finding in before.findings:
        if finding.rule != rule:
            continue
        offered = fixes_for(finding, architecture, CATALOG)
        for fix in offered:
            found = preview(fix, architecture, CATALOG, before)
            assert found.solves, (fix.key, [f.rule for f in found.raised])
            assert fix.title and not {"{", "}"} & set(fix.title)
            assert fix.edits.label == fix.title
            assert fix.size > 0
            if found.sound:
                assert_sound(found, architecture, before)
            else:
                mended(architecture, fix)
                assert "->" in found.summary, "what falls is shown"
            assert_drawn_well(fix, architecture)


def mended_rules() -> set[str]:
    """The rules that have a fix which solves their finding in one of the drawings."""
    found = set()
    for rule, text in DRAWINGS:
        if rule in found:
            continue
        architecture = draw(text)
        before = analyse(architecture, CATALOG)
        if any(propose(one, architecture, CATALOG, before) for one in before.findings if one.rule == rule):
            found.add(rule)
    return found


def test_every_rule_has_a_fix_or_says_why_there_is_none() -> None:
    """And what is said to have a fix has one that works."""
    mended_ones = mended_rules()
    for rule in BOOK.rules.values():
        assert not (rule.fixes and rule.no_fix), f"{rule.id} has fixes, and says why there are none"
        if rule.severity.rank <= Severity.MEDIUM.rank:
            assert rule.fixes or rule.no_fix, f"{rule.id} neither has fixes nor says why there are none"
        if rule.fixes:
            assert rule.id in mended_ones, f"{rule.id} is mended in none of its drawings"


@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_the_fixes_of_the_samples_are_sound(sample: str) -> None:
    """On drawings of a real size, with networks, subnets and groups."""
    architecture = open_sample(sample, CATALOG)
    before = analyse(architecture, CATALOG)
    for finding in before.findings:
        for found in propose(finding, architecture, CATALOG, before):
            if found.sound:
                assert_sound(found, architecture, before)
            assert_drawn_well(found.fix, architecture)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(architectures(most=6))
def test_the_fixes_of_random_drawings_are_sound(architecture: Architecture) -> None:
    """Whatever is proposed as sound is: also beside impossible wires, unknown zones and nested boundaries."""
    before = analyse(architecture, CATALOG)
    for finding in before.findings:
        if finding.severity is Severity.INFO:
            continue
        for found in propose(finding, architecture, CATALOG, before):
            if found.sound:
                assert_sound(found, architecture, before)
            else:
                mended(architecture, found.fix)


def test_a_queue_between_two_redundant_services_is_a_trade() -> None:
    """By AWS's figures the queue is one more thing that may fail; that is shown and not hidden."""
    architecture = draw("a: ecs; b: ecs; c: ecs; d: ecs; e: ecs; a calls b; b calls c; c calls d; d calls e")
    before = analyse(architecture, CATALOG)
    finding = next(one for one in before.findings if one.rule == "CPL-01")
    proposals = propose(finding, architecture, CATALOG, before)
    assert proposals
    assert all(one.falls and not one.sound for one in proposals)
    after = analyse(mended(architecture, proposals[0].fix), CATALOG)
    with pytest.raises(AssertionError):
        assert_no_flow_falls(before, after, proposals[0].fix)


@pytest.mark.parametrize("text", ["; ".join(["users: users", *parts]) for parts in PARTS])
def test_a_key_names_one_fix(text: str) -> None:
    """Whichever finding offers it: the same changes have the same key, and other changes another one."""
    architecture = draw(text)
    edits: dict[str, Batch] = {}
    for finding in analyse(architecture, CATALOG).findings:
        for fix in fixes_for(finding, architecture, CATALOG):
            assert edits.setdefault(fix.key, fix.edits) == fix.edits
    assert len({repr(batch.edits) for batch in edits.values()}) == len(edits)
    again = {
        fix.key: fix.edits
        for finding in analyse(architecture, CATALOG).findings
        for fix in fixes_for(finding, architecture, CATALOG)
    }
    assert again == edits
