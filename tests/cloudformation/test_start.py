"""A deployment waits until instances have started, and learns of a start that failed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from designer.catalog.catalog import Catalog
from designer.cloudformation.export import Export
from tests.cloudformation.drawings import Drawing, resources_of

TEMPLATE = "AWS::EC2::LaunchTemplate"
GROUP = "AWS::AutoScaling::AutoScalingGroup"
INSTANCE = "AWS::EC2::Instance"
ENDPOINT = "AWS::EC2::VPCEndpoint"


def alone(catalog: Catalog, kind: str, nat: str = "per-zone", **properties: Any) -> Export:
    drawing = Drawing(catalog, nat=nat)
    drawing.add(kind, **properties)
    return drawing.export()


def script_in(exported: Export) -> str:
    (template,) = resources_of(exported, TEMPLATE).values()
    body = template["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]
    text = body if isinstance(body, str) else body["Fn::Sub"]
    return re.sub(r"\$\{(AWS::[A-Za-z]+)\}", r"\1", text).replace("${!", "${")


def run(exported: Export, folder: Path) -> tuple[int, str]:
    """The exit code of a start script on a pretended instance, and what cfn-signal was called with."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    tools = folder / "opt" / "aws" / "bin"
    tools.mkdir(parents=True)
    signal = tools / "cfn-signal"
    signal.write_text(f'#!/bin/sh\necho "$@" >> {folder}/signals\n')
    signal.chmod(0o755)
    script = script_in(exported).replace("/opt/", f"{folder}/opt/").replace("/etc/", f"{folder}/")
    done = subprocess.run([bash, "-e"], input=script, capture_output=True, text=True, cwd=folder)
    signals = folder / "signals"
    return done.returncode, signals.read_text() if signals.exists() else ""


@pytest.mark.parametrize(
    ("script", "code"),
    [("true", 0), ("exit 0", 0), ("false", 1), ("exit 7", 7), ("exec true", 0), ("trap - EXIT; exit 3", 3),
     ("trap 'echo bye' EXIT", 0), ("cat", 0), ("cat <<'END_OF_START_SCRIPT'\nx\nEND_OF_START_SCRIPT", 0),
     ("no-such-command", 127), ("set +e\nfalse\ntrue", 0), ("(", 2), ("x='", 2)],
)  # fmt: skip
def test_the_word_is_sent_however_the_script_ends(catalog: Catalog, tmp_path: Path, script: str, code: int) -> None:
    exported = alone(catalog, "asg", start_script=script)
    ended, signals = run(exported, tmp_path)
    (group,) = resources_of(exported, GROUP)
    assert ended == code
    assert signals == f"--exit-code {code} --stack AWS::StackName --resource {group} --region AWS::Region\n"


def test_the_script_finds_the_variables_of_its_wires(catalog: Catalog, tmp_path: Path) -> None:
    drawing = Drawing(catalog)
    drawing.add("asg", start_script="echo $RDS_PORT > port")
    drawing.add("rds")
    drawing.wire("asg", "rds", "queries")
    exported = drawing.export()
    (template,) = resources_of(exported, TEMPLATE).values()
    body = template["Properties"]["LaunchTemplateData"]["UserData"]["Fn::Base64"]
    body["Fn::Sub"] = re.sub(r"\$\{(?!AWS|!)[^}]*\}", "filled-in", body["Fn::Sub"])
    assert run(exported, tmp_path)[0] == 0
    assert (tmp_path / "port").read_text() == "5432\n"


def test_a_group_waits_for_its_instances_at_first_and_at_every_update(catalog: Catalog) -> None:
    (group,) = resources_of(alone(catalog, "asg", min=3, start_timeout=20, min_successful=67), GROUP).values()
    assert group["CreationPolicy"] == {
        "AutoScalingCreationPolicy": {"MinSuccessfulInstancesPercent": 67},
        "ResourceSignal": {"Count": 3, "Timeout": "PT20M"},
    }
    update = group["UpdatePolicy"]["AutoScalingRollingUpdate"]
    assert update["WaitOnResourceSignals"] is True
    assert update["PauseTime"] == "PT20M"
    assert update["MinSuccessfulInstancesPercent"] == 67
    assert "AZRebalance" in update["SuspendProcesses"]


def test_a_group_that_starts_empty_waits_for_nobody(catalog: Catalog) -> None:
    (group,) = resources_of(alone(catalog, "asg", min=0), GROUP).values()
    assert "CreationPolicy" not in group


def test_an_instance_is_waited_for(catalog: Catalog) -> None:
    (instance,) = resources_of(alone(catalog, "ec2"), INSTANCE).values()
    assert instance["CreationPolicy"] == {"ResourceSignal": {"Count": 1, "Timeout": "PT15M"}}


@pytest.mark.parametrize("script", ["reboot", "dnf -y update && shutdown -r now"])
@pytest.mark.parametrize("kind", ["ec2", "asg"])
def test_a_script_that_restarts_the_machine_is_not_waited_for(catalog: Catalog, kind: str, script: str) -> None:
    exported = alone(catalog, kind, start_script=script)
    (waiting,) = resources_of(exported, INSTANCE if kind == "ec2" else GROUP).values()
    assert "CreationPolicy" not in waiting
    assert "WaitOnResourceSignals" not in str(waiting)
    assert "cfn-signal" not in script_in(exported)


@pytest.mark.parametrize("kind", ["ec2", "asg"])
def test_the_word_has_a_way_without_the_internet(catalog: Catalog, kind: str) -> None:
    exported = alone(catalog, kind, nat="none")
    services = {endpoint["Properties"]["ServiceName"]["Fn::Sub"]: name
                for name, endpoint in resources_of(exported, ENDPOINT).items()}  # fmt: skip
    (waiting,) = resources_of(exported, INSTANCE if kind == "ec2" else GROUP).values()
    assert services["com.amazonaws.${AWS::Region}.cloudformation"] in waiting["DependsOn"]
    silent = alone(catalog, kind, nat="none", wait_for_start=False)
    assert not any("cloudformation" in str(endpoint) for endpoint in resources_of(silent, ENDPOINT).values())


def test_programs_wait_for_the_endpoints_they_use_alone(catalog: Catalog) -> None:
    drawing = Drawing(catalog, nat="none")
    drawing.add("ecs", image="1.dkr.ecr.eu-central-1.amazonaws.com/app:1")
    drawing.add("asg")
    (service,) = resources_of(drawing.export(), "AWS::ECS::Service").values()
    assert service["DependsOn"] == ["EcrApiEndpoint", "EcrDkrEndpoint", "LogsEndpoint", "S3Endpoint"]


@pytest.mark.parametrize("kind", ["ec2", "asg", "ecs"])
def test_a_program_starts_when_its_way_is_open(catalog: Catalog, kind: str) -> None:
    drawing = Drawing(catalog)
    drawing.add(kind, "app")
    drawing.add("rds", "db")
    drawing.wire("app", "db", "queries")
    exported = drawing.export()
    types = (INSTANCE, GROUP, "AWS::ECS::Service")
    (program,) = [found for sort in types for found in resources_of(exported, sort).values()]
    assert {"AppToDbEgress", "AppToDbIngress", "AppToDbPolicy"} <= set(program["DependsOn"])
