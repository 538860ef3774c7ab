"""What the judges of templates say about one that carries its drawing."""

from __future__ import annotations

import pytest

from designer.catalog.catalog import load_catalog
from designer.cloudformation.drawing import drawing_metadata
from designer.cloudformation.emit import to_lines
from designer.cloudformation.export import export
from designer.cloudformation.fragments import Template
from designer.model.architecture import Architecture
from designer.model.entities import Component, Settings
from designer.storage.samples import open_sample
from tests.cloudformation.judges import Linter, Validator
from tests.model.architectures import HOSTILE

pytestmark = pytest.mark.judge
CATALOG = load_catalog()


@pytest.fixture(scope="module")
def judges() -> list[Linter | Validator]:
    """Both, each started once."""
    return [Linter(), Validator()]


@pytest.mark.parametrize("sample", ["three-tier", "fan-out", "kubernetes"])
def test_the_drawing_adds_no_finding(sample: str, judges: list[Linter | Validator]) -> None:
    """cfn-lint and cloudformation-validate say about the template what they say without it."""
    architecture = open_sample(sample, CATALOG)
    plain = export(architecture, CATALOG)
    for judge in judges:
        assert judge.findings(export(architecture, CATALOG, drawing=True).text()) == judge.findings(plain.text())


def test_hostile_names_add_no_finding(judges: list[Linter | Validator]) -> None:
    """What would be a variable or a dynamic reference elsewhere; `null` where no null may be."""
    names = [
        *HOSTILE,
        "{{resolve:secretsmanager:a:SecretString}}",
        "${AWS::Region} ${Topic}",
        "{{resolve:ssm-secure:a:1}}",
    ]
    components = [
        Component(
            id=f"c{place}", kind="users", name=name, comments=(f"# {name!r}",), extra={"Fn::Transform": name, "x": None}
        )
        for place, name in enumerate(names)
    ]
    template = Template()
    template.merge({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}, "architecture")
    plain = "\n".join(line.text for line in to_lines(template, {})) + "\n"
    architecture = Architecture.of(Settings(name="${AWS::Region}", extra={"Ref": "Topic"}), components)
    template.merge({"Metadata": drawing_metadata(architecture)}, "architecture")
    text = "\n".join(line.text for line in to_lines(template, {})) + "\n"
    for judge in judges:
        assert judge.findings(text) == judge.findings(plain)
