"""Every rule names the faults it is for, with their place, and is silent about templates without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.cloudformation.validation.judges import judge
from designer.cloudformation.validation.messages import Message, Severity
from designer.cloudformation.validation.rules import RULES
from designer.cloudformation.validation.template import read_template
from tests.cloudformation.validation.faults import FAULTS, Fault, good_names, good_template


def judged(text: str) -> list[Message]:
    """What the own rules say of a text."""
    return judge(read_template(text))


def dotted(message: Message) -> str:
    """The path of a message as the list of faults writes it."""
    return ".".join(str(step) for step in message.path)


@pytest.mark.parametrize("name", good_names())
def test_good_templates_are_good(name: str) -> None:
    """No rule says anything of templates in which all that the rules are about is right."""
    assert judged(good_template(name)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_fault_is_named_with_its_place(fault: Fault) -> None:
    """One change of a good template, and the rule that it breaks says so where it is."""
    messages = judged(fault.planted())
    found = [dotted(message) for message in messages if message.rule == fault.rule]
    assert fault.path in found, [(message.rule, dotted(message), message.text) for message in messages]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_message_leads_to_the_line(fault: Fault) -> None:
    """The line that a message gives is one on which the last step of its path stands, or the value it leads to."""
    bad = fault.planted()
    lines = bad.splitlines()
    for message in judged(bad):
        assert 1 <= message.line <= len(lines)
        keys = [step for step in message.path if isinstance(step, str) and step != "Ref" and "::" not in step]
        if keys and message.rule == fault.rule and not isinstance(message.path[-1], int):
            assert keys[-1] in lines[message.line - 1]


def test_every_rule_has_a_fault() -> None:
    """A rule that no fault breaks may be one that nothing can break."""
    assert {rule.id for rule in RULES} == {fault.rule for fault in FAULTS}


def test_rules_explain_themselves() -> None:
    """Each has a number of its own, says what has to be so and what happens otherwise, and where that is said."""
    assert len({rule.id for rule in RULES}) == len(RULES) >= 45
    for rule in RULES:
        assert rule.title
        assert rule.why.endswith(".")
        assert rule.source.startswith("https://")


def test_an_error_says_what_to_do_or_what_there_is() -> None:
    """The faults' messages name things of the template, and nearly all say what to do."""
    hints = []
    for fault in FAULTS:
        messages = [message for message in judged(fault.planted()) if message.rule == fault.rule]
        assert all(len(message.text) > 10 and message.link for message in messages)
        hints += [bool(message.hint) for message in messages]
    assert sum(hints) / len(hints) > 0.8


def test_a_fault_rarely_makes_others_speak() -> None:
    """What is wrong is said once: on average hardly more than one message comes of one change."""
    counts = [len(judged(fault.planted())) for fault in FAULTS]
    assert sum(counts) / len(counts) < 2.5


def test_severities_mean_what_they_say() -> None:
    """The worst comes first."""
    text = good_template("web").replace("    DependsOn: [Listener, PrivateRoute]\n", "")
    found = judged(text.replace("    Type: AWS::EC2::EIP\n    DependsOn: Attachment\n", "    Type: AWS::EC2::EIP\n"))
    ranks = [message.severity.rank for message in found]
    assert ranks == sorted(ranks)
    assert {message.severity for message in found} == {Severity.ERROR, Severity.WARNING}


def test_the_documentation_lists_the_rules() -> None:
    """One row a rule, with its severity, title and source."""
    text = (Path(__file__).parents[3] / "docs" / "validation.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| D")]
    assert rows == [f"| {r.id} | {r.severity.value} | {r.title} | [source]({r.source}) |" for r in RULES]
