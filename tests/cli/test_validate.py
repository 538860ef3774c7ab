"""`validate`: what would go wrong when a template is deployed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from designer.storage.schema import output_schema
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]
SUBNETS = """
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  One:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}
  Two:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.128/25}
"""


def test_a_sample_has_no_fault(capsys: Capture) -> None:
    result = run(capsys, "validate", "sample:three-tier")
    assert result.code == 0
    assert "no rule found a fault" in result.out


def test_a_fault_is_named_with_its_place(capsys: Capture, tmp_path: Path) -> None:
    template = tmp_path / "network.yaml"
    template.write_text(SUBNETS, encoding="utf-8")
    result = run(capsys, "validate", str(template))
    assert result.code == 1
    assert "ERROR" in result.out
    assert "overlap" in result.out
    messages = json.loads(run(capsys, "validate", str(template), "--format", "json").out)
    assert {message["resource"] for message in messages if message["severity"] == "error"} <= {"One", "Two"}
    assert messages and not list(Draft202012Validator(output_schema("validate")).iter_errors(messages))


def test_a_file_that_is_no_template_is_told_apart(capsys: Capture, tmp_path: Path) -> None:
    assert run(capsys, "validate", str(tmp_path / "none.yaml")).code == 2
    other = tmp_path / "other.yaml"
    other.write_text("just: text\n", encoding="utf-8")
    assert run(capsys, "validate", str(other)).code == 1


def test_the_linters_are_asked_when_wanted(capsys: Capture, tmp_path: Path) -> None:
    template = tmp_path / "bucket.yaml"
    template.write_text(
        "Resources:\n  B:\n    Type: AWS::S3::Bucket\n    Properties: {Nonsense: 1}\n", encoding="utf-8"
    )
    assert "Nonsense" not in run(capsys, "validate", str(template)).out
    linted = run(capsys, "validate", str(template), "--lint")
    assert linted.code == 1
    assert "Nonsense" in linted.out
