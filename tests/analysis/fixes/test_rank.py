"""What helps most: the ranking against working every fix through by hand."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from designer.analysis.analyse import analyse
from designer.analysis.budget import Budget, Cancelled
from designer.analysis.findings import Analysis
from designer.analysis.fixes import Ranking, fixes_for, preview, propose, rank
from designer.analysis.fixes.offer import parts_for
from designer.analysis.rules import load_rules
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture, InvalidEdit
from designer.model.entities import Mode
from designer.storage.samples import open_sample
from tests.analysis.drawings import CATALOG, draw
from tests.analysis.fixes.soundness import mended

FRAGILE = """
users: users; lb: elb; users requests lb; web: asg min=1 zones=a; lb routes web
db: rds deployment=single backup_retention=1; web queries db
mailer: ec2; web calls mailer; q: sqs dead_letter_queue=false; web sends q; f: lambda; q triggers f
"""
DRAWINGS = {
    "fragile": FRAGILE,
    "with a goal": f"{FRAGILE}; flow: entry=users goal=0.9985 mode=accept",
    "with a goal out of reach": f"{FRAGILE}; flow: entry=users goal=0.99999",
    "good": "users: users; lb: elb; users requests lb; web: asg; lb routes web",
    "empty": "",
}


def figures(analysis: Analysis) -> dict[str, float]:
    """The availability of each flow by its mode."""
    return {f.id: (f.accept if f.mode is Mode.ACCEPT else f.complete).structural for f in analysis.flows}


def brute_force(architecture: Architecture) -> dict[str, tuple[int, float]]:
    """Every fix that solves a finding and lets no figure fall: the goals it reaches, and its gain."""
    before = analyse(architecture, CATALOG)
    goals = {flow.id: flow.goal for flow in before.flows if flow.goal is not None}
    found: dict[str, tuple[int, float]] = {}
    for finding in before.findings:
        parts = parts_for(finding, Resolution(architecture, CATALOG), load_rules(CATALOG))
        for fix in [*fixes_for(finding, architecture, CATALOG), *parts]:
            after = analyse(mended(architecture, fix), CATALOG)
            gone = sum(one.rule == finding.rule for one in after.findings)
            if gone >= sum(one.rule == finding.rule for one in before.findings):
                continue
            old, new = figures(before), figures(after)
            if any(new[key] < old[key] - 1e-12 for key in old.keys() & new.keys()):
                continue
            reached = sum(old[key] < goal <= new[key] for key, goal in goals.items())
            found[fix.key] = (reached, sum(new[key] - old[key] for key in old.keys() & new.keys()))
    return found


def ranked(architecture: Architecture) -> Ranking:
    """The ranking."""
    return rank(architecture, CATALOG, analyse(architecture, CATALOG))


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_ranking_is_what_working_all_through_gives(name: str) -> None:
    """The same fixes, the same gains, the best of them first."""
    architecture = draw(DRAWINGS[name])
    expected = brute_force(architecture)
    ranking = ranked(architecture)
    assert {one.fix.key for one in ranking.previews} == set(expected)
    for one in ranking.previews:
        assert one.gain == pytest.approx(expected[one.fix.key][1], abs=1e-12)
        assert one.reaches == expected[one.fix.key][0]
    order = [(-one.reaches, -round(one.gain, 11)) for one in ranking.previews]
    assert order == sorted(order)
    if expected:
        assert ranking.best is not None
        best = max(expected.values(), key=lambda found: (found[0], round(found[1], 11)))
        assert (ranking.best.reaches, ranking.best.gain) == (best[0], pytest.approx(best[1], abs=1e-9))


def test_cheapest_and_smallest_are_among_what_reaches_the_goal() -> None:
    """A cheap fix that misses the goal is no answer where another one reaches it."""
    ranking = ranked(draw(DRAWINGS["with a goal"]))
    assert ranking.best is not None and ranking.cheapest is not None and ranking.smallest is not None
    reaching = [one for one in ranking.previews if one.reaches]
    assert reaching
    assert ranking.cheapest in reaching and ranking.smallest in reaching
    assert ranking.cheapest.fix.cost == min(one.fix.cost for one in reaching if one.fix.cost is not None)
    assert ranking.smallest.fix.size == min(one.fix.size for one in reaching)
    assert any(one.fix.size < ranking.smallest.fix.size for one in ranking.previews)


def test_without_a_goal_they_are_among_what_helps() -> None:
    """More dead letters are safer, and make no flow more available."""
    ranking = ranked(draw(DRAWINGS["fragile"]))
    assert ranking.cheapest is not None and ranking.smallest is not None
    assert ranking.cheapest.gain > 0 and ranking.smallest.gain > 0
    assert "dead-letter-queue:q" in {one.fix.key for one in ranking.previews}


def test_one_change_that_mends_several_places_is_listed_once() -> None:
    """Health checks of targets that stand in for one another are set together, wherever one looks at them."""
    text = "users: users; lb: elb; a: ec2; b: ec2; users requests lb; lb routes a; lb routes b"
    previews = ranked(draw(f"{text}; flow: entry=users rto=44")).previews
    assert sum(one.fix.key.startswith("check-more-often") for one in previews) == 1


def test_the_ranking_is_the_same_every_time() -> None:
    """Nothing depends on the clock or on the order of sets."""
    assert ranked(draw(FRAGILE)) == ranked(draw(FRAGILE))


def after_so_many(polls: int) -> Callable[[], bool]:
    """Says stop when it was asked so many times."""
    asked = count()
    return lambda: next(asked) >= polls


def test_it_can_be_cancelled_at_any_point() -> None:
    """And leaves nothing behind: the next one is whole."""
    architecture = draw(FRAGILE)
    before = analyse(architecture, CATALOG)
    whole = rank(architecture, CATALOG, before)
    for polls in (0, 1, 5, 15):
        with pytest.raises(Cancelled):
            rank(architecture, CATALOG, before, Budget(should_stop=after_so_many(polls)))
    assert rank(architecture, CATALOG, before) == whole


def test_too_many_fixes_are_cut_off_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing of thousands of components must not keep anybody waiting for hours."""
    monkeypatch.setattr("designer.analysis.fixes.ranking.MOST_FIXES", 3)
    monkeypatch.setattr("designer.analysis.fixes.ranking.LEAST_FIXES", 3)
    ranking = ranked(draw(FRAGILE))
    assert not ranking.complete
    assert len(ranking.previews) + len(ranking.trades) <= 3
    assert ranked(draw(DRAWINGS["good"])).complete


def test_the_fragile_shop_reaches_its_goal_in_one_step() -> None:
    """The sample that is there to be mended: 98.49 % become 99.98 %."""
    architecture = open_sample("three-tier-fragile", CATALOG)
    best = ranked(architecture).best
    assert best is not None
    assert best.fix.adds == {"asg": 2, "elb": 2}
    assert best.fix.removes == {"ec2": 2}
    assert '"Visit the shop" then keeps its goal of 99.9 %' in best.summary
    assert "98.49 % -> 99.98 %, downtime 5 days 12 hours -> 1 hour 38 minutes a year" in best.summary
    assert "adds 2 Auto Scaling group" in best.summary and "2 load balancers" in best.summary


def test_what_a_finding_is_proposed_is_in_the_ranking() -> None:
    """One finding's fixes and those of all agree."""
    architecture = draw(FRAGILE)
    before = analyse(architecture, CATALOG)
    keys = {one.fix.key for one in ranked(architecture).previews}
    for finding in before.findings:
        proposed = propose(finding, architecture, CATALOG, before)
        assert {one.fix.key for one in proposed if one.sound} <= keys
        assert [one.falls for one in proposed] == sorted(one.falls for one in proposed)


def test_a_preview_of_another_state_is_refused() -> None:
    """The drawing has changed since the fix was made: nothing is half done."""
    architecture = draw("users: users; s: ec2; users requests s")
    before = analyse(architecture, CATALOG)
    fix = next(
        fix for finding in before.findings for fix in fixes_for(finding, architecture, CATALOG) if "elb" in fix.adds
    )
    other = draw("s: ec2")
    with pytest.raises(InvalidEdit):
        preview(fix, other, CATALOG, before)
    assert other == draw("s: ec2")
