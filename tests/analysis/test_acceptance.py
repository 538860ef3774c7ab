"""Findings that somebody accepts are set aside with the reason, at the place that says so and nowhere else."""

from __future__ import annotations

import pytest

from designer.analysis.acceptance import STALE
from designer.analysis.analyse import analyse
from designer.analysis.findings import Analysis, Finding, Severity
from designer.model.architecture import Architecture
from designer.model.edits import Put, PutSettings
from designer.model.entities import Collection
from tests.analysis.drawings import CATALOG, draw

TEXT = (
    "users: users; s: ec2 name=Shop; db: rds name=Data deployment=single deletion_protection=false; "
    "users requests s id=in; s queries db id=it; net: vpc; flow: entry=users name=Buy id=buy"
)


def accepting(text: str, collection: Collection | None, key: str, **reasons: str) -> Architecture:
    """A drawing in which a place accepts rules (`SPOF_01` for SPOF-01)."""
    architecture = draw(text)
    given = {rule.replace("_", "-"): reason for rule, reason in reasons.items()}
    if collection is None:
        architecture.apply(PutSettings(architecture.settings.with_(accepted=given)))
    else:
        architecture.apply(Put(architecture.table(collection)[key].with_(accepted=given)))
    return architecture


def found(architecture: Architecture) -> Analysis:
    """Everything of a drawing."""
    return analyse(architecture, CATALOG)


def of(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    """The findings of a rule."""
    return [finding for finding in findings if finding.rule == rule]


def test_a_component_accepts_what_is_found_at_it_alone() -> None:
    """The finding goes from the list, with the reason, and the same rule still speaks elsewhere."""
    before = found(draw(TEXT))
    after = found(accepting(TEXT, Collection.COMPONENTS, "db", SPOF_01="A nightly copy is enough."))
    (accepted,) = after.accepted
    assert accepted.reason == "A nightly copy is enough."
    assert (accepted.collection, accepted.id) == (Collection.COMPONENTS, "db")
    assert accepted.finding in before.findings
    assert [finding for finding in before.findings if finding != accepted.finding] == list(after.findings)
    assert [finding.components for finding in of(after.findings, "SPOF-01")] == [("s",)]
    assert after.flows == before.flows


def test_the_whole_architecture_accepts_a_rule_everywhere() -> None:
    """And what is accepted does not count for the worst that was found."""
    after = found(accepting(TEXT, None, "", SPOF_01="A test.", SPOF_02="A test."))
    assert not of(after.findings, "SPOF-01")
    assert len([one for one in after.accepted if one.finding.rule == "SPOF-01"]) == 2
    assert {one.collection for one in after.accepted} == {None}
    assert all(finding.severity is not Severity.ERROR for finding in after.findings)


def test_a_wire_and_a_flow_accept_what_is_about_them() -> None:
    """Each the rule that is found there."""
    text = "s: ecs; db: rds; users: users; lb: elb; users requests lb; lb routes s; s queries db strength=soft id=it"
    after = found(accepting(text, Collection.CONNECTIONS, "it", JDG_01="It is a test."))
    assert [(one.finding.rule, one.id) for one in after.accepted] == [("JDG-01", "it")]
    after = found(accepting(TEXT, Collection.FLOWS, "buy", SPOF_03="One Region is enough."))
    assert [(one.finding.rule, one.collection) for one in after.accepted] == [("SPOF-03", Collection.FLOWS)]


def test_a_boundary_accepts_too() -> None:
    """What is found at the network."""
    text = "n: vpc name=Net flow_logs=false; s: ecs in=n"
    (finding,) = [one for one in found(draw(text)).findings if one.boundaries == ("n",)]
    after = found(accepting(text, Collection.BOUNDARIES, "n", **{finding.rule.replace("-", "_"): "A test."}))
    assert [one.finding for one in after.accepted] == [finding]


@pytest.mark.parametrize(
    ("collection", "key", "rule", "why"),
    [
        (Collection.COMPONENTS, "db", "SQS_01", "Data: SQS-01 is accepted, and finds nothing here."),
        (Collection.COMPONENTS, "db", "XYZ_01", "Data: XYZ-01 is accepted, and there is no rule of this id."),
        (Collection.CONNECTIONS, "it", "SQS_01", "Shop to Data: SQS-01 is accepted, and finds nothing here."),
        (Collection.FLOWS, "buy", "SQS_01", "Buy: SQS-01 is accepted, and finds nothing here."),
        (Collection.BOUNDARIES, "net", "SQS_01", "net: SQS-01 is accepted, and finds nothing here."),
        (None, "", "SQS_01", "the whole architecture: SQS-01 is accepted, and finds nothing here."),
        (Collection.COMPONENTS, "db", "JDG_03", "Data: JDG-03 is accepted, and remarks on acceptances cannot"),
    ],
)
def test_an_acceptance_without_effect_is_a_remark(collection: Collection | None, key: str, rule: str, why: str) -> None:
    """With its place, of the least severity, and never accepted itself."""
    after = found(accepting(TEXT, collection, key, **{rule: "x"}))
    (stale,) = of(after.findings, STALE)
    assert stale.message.startswith(why)
    assert stale.severity is Severity.INFO
    places = (*stale.components, *stale.connections, *stale.boundaries, stale.flow or "")
    assert collection is None or key in places
    assert not after.accepted


def test_errors_cannot_be_accepted() -> None:
    """They stay, stop the export, and the acceptance is called without effect."""
    text = "web: asg min=3 desired=2"
    (error,) = of(found(draw(text)).findings, "ASG-01")
    after = found(accepting(text, Collection.COMPONENTS, "web", ASG_01="x"))
    assert error in after.findings
    assert not after.accepted
    (stale,) = of(after.findings, STALE)
    assert "errors cannot be accepted" in stale.message
