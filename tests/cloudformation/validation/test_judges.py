"""All judges together: each says its part, none says it twice, and a missing one says that it is missing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from designer.cloudformation.validation import linters
from designer.cloudformation.validation.duplicates import without_duplicates
from designer.cloudformation.validation.judges import validate
from designer.cloudformation.validation.linters import CFN_LINT, ENGINE
from designer.cloudformation.validation.messages import DEPLOYMENT, Message, Severity
from tests.cloudformation.validation.faults import FAULTS, good_names, good_template

WRONG_TYPE = """\
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      DelaySeconds: often
      Colour: red
Outputs:
  Arn:
    Value: !GetAtt Queue.Arm
"""


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no linter is installed."""
    monkeypatch.setattr(linters, "_installed", lambda _: None)
    linters._engine.cache_clear()
    yield
    linters._engine.cache_clear()


@pytest.mark.usefixtures("without")
def test_a_missing_judge_says_so() -> None:
    """The own rules judge nevertheless."""
    messages = validate(WRONG_TYPE, lint=True)
    missing = [message for message in messages if message.rule == "missing"]
    assert {message.judge for message in missing} == {ENGINE, CFN_LINT}
    assert all(
        message.severity is Severity.INFO and f"pip install {message.judge}" in message.hint for message in missing
    )
    assert [message.rule for message in messages if message.judge == DEPLOYMENT] == ["D15"]


@pytest.mark.judge
def test_each_judge_says_its_part() -> None:
    """Schemas come from the engine, attributes from the own rules; nothing is said twice."""
    messages = validate(WRONG_TYPE, lint=True)
    said = {(message.judge, message.path[-1]) for message in messages if message.severity is Severity.ERROR}
    assert (ENGINE, "DelaySeconds") in said
    assert (ENGINE, "Colour") in said
    assert (DEPLOYMENT, "Fn::GetAtt") in said
    assert len([message for message in messages if "Arm" in message.text]) == 1
    assert len([message for message in messages if "Colour" in message.text]) == 1
    lines = {str(message.path[-1]): message.line for message in messages}
    assert lines["DelaySeconds"] == 5
    assert lines["Colour"] == 6


@pytest.mark.judge
@pytest.mark.parametrize("name", good_names())
def test_good_templates_pass_all_judges(name: str) -> None:
    """No judge has an error for them."""
    found = [message for message in validate(good_template(name), lint=True) if message.severity is Severity.ERROR]
    assert found == []


@pytest.mark.judge
def test_a_broken_configuration_of_cfn_lint_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the working directory and the account are somebody else's business."""
    before = validate(WRONG_TYPE, engine=False, lint=True)
    (tmp_path / ".cfnlintrc").write_text("ignore_checks: [E]\nregions: [nowhere]\nunknown: [", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert validate(WRONG_TYPE, engine=False, lint=True) == before
    assert [message for message in before if message.judge == CFN_LINT]


class Stumbling:
    """A library whose engine meets something that it did not expect."""

    ValidationError = ValueError

    @staticmethod
    def TemplateContent(text: bytes) -> bytes:  # noqa: N802 - the name of the library's class
        return text

    @staticmethod
    def RegoEngine() -> Stumbling:  # noqa: N802 - the name of the library's class
        return Stumbling()

    def validate_template(self, text: bytes) -> None:
        raise KeyError(len(text))

    def decode_str(self, text: str) -> None:
        raise AttributeError(text[:0] + "NoneType")


def test_a_judge_that_stumbles_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The others have judged nevertheless."""
    monkeypatch.setattr(linters, "_installed", lambda _: Stumbling())
    linters._engine.cache_clear()
    try:
        messages = validate(WRONG_TYPE, lint=True)
    finally:
        linters._engine.cache_clear()
    assert {message.judge for message in messages if message.rule == "failed"} == {ENGINE, CFN_LINT}
    assert [message.rule for message in messages if message.judge == DEPLOYMENT] == ["D15"]


@pytest.mark.judge
@pytest.mark.slow
def test_most_faults_are_seen_by_no_linter() -> None:
    """What the own rules are for: cloudformation-validate calls hardly a third of the faults errors or warnings."""
    faults = [fault for fault in FAULTS if len(fault.new) < 2000]
    good = {name: len(complaints(good_template(name))) for name in good_names()}
    unseen = [fault for fault in faults if len(complaints(fault.planted())) <= good[fault.template]]
    assert len(unseen) > 0.6 * len(faults), sorted({fault.rule for fault in faults} - {fault.rule for fault in unseen})


def complaints(text: str) -> list[Any]:
    """What cloudformation-validate alone calls an error or a warning."""
    library = pytest.importorskip("cloudformation_validate")
    report = linters._engine().validate_template(library.TemplateContent(text))
    return [found for found in report.diagnostics if found.severity.name != "INFO"]


def message(judge: str, rule: str, *path: str | int) -> Message:
    """A message that only says who, what and where."""
    return Message(severity=Severity.ERROR, rule=rule, text=rule, path=path, judge=judge)


def test_what_is_said_twice_is_kept_once() -> None:
    """The own rule stays for a linter's of the same meaning, the engine's for cfn-lint's of the same number."""
    place = ("Resources", "Q", "Properties", "RedrivePolicy")
    own = message(DEPLOYMENT, "D79", *place, "deadLetterTargetArn")
    same = message(CFN_LINT, "E3502", *place)
    elsewhere = message(CFN_LINT, "E3502", "Resources", "P", "Properties", "RedrivePolicy")
    other = message(CFN_LINT, "E3012", *place)
    again = message(ENGINE, "F3012", *place)
    assert without_duplicates([same, other, own, elsewhere, again]) == [own, again, elsewhere]


def test_messages_survive_the_way_through_json() -> None:
    """The worker sends them so."""
    for found in validate(WRONG_TYPE, engine=False):
        assert Message.from_data(json.loads(json.dumps(found.as_data()))) == found


@pytest.mark.judge
def test_what_a_region_lacks_is_told_for_that_region() -> None:
    """An instance type of the first Regions, in a new one."""
    properties = {"InstanceType": "m1.small", "ImageId": {"Ref": "Image"}}
    tree = {
        "Parameters": {"Image": {"Type": "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", "Default": "/x"}},
        "Resources": {"I": {"Type": "AWS::EC2::Instance", "Properties": properties}},
    }
    text = json.dumps(tree)
    lacking = "is not valid for region 'ap-southeast-7'"
    assert any(lacking in message.text for message in validate(text, regions=["ap-southeast-7"]))
    assert not any("is not valid for region" in message.text for message in validate(text))
    both = validate(text, regions=["us-east-1", "ap-southeast-7"])
    assert sum(lacking in message.text for message in both) == 1


@pytest.mark.judge
def test_long_lists_of_values_are_cut_to_the_likely_ones() -> None:
    """A list of hundreds says less than the four that may have been meant."""
    database = {"Engine": "postgres", "DBInstanceClass": "db.t4g.medum", "AllocatedStorage": "20"}
    messages = validate(json.dumps({"Resources": {"D": {"Type": "AWS::RDS::DBInstance", "Properties": database}}}))
    (said,) = [message.text for message in messages if "is not one of" in message.text]
    assert "'db.t4g.medium'" in said and " others]" in said
    assert len(said) < 250


def test_a_packed_program_does_not_send_people_to_its_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has none."""
    monkeypatch.setattr(linters, "_installed", lambda _: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    (missing,) = [message for message in validate(WRONG_TYPE) if message.rule == linters.MISSING]
    assert "not part of this program" in missing.text and sys.executable not in missing.hint
