"""Start scripts, starter code and texts: they run, and hold exactly what was typed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog
from designer.catalog.processors import is_arm
from designer.cloudformation.code import (
    cut,
    describe,
    exact,
    filter_policy,
    latin,
    trust_service_account,
    words,
)
from designer.cloudformation.intrinsics import shorten, stack_name, sub
from designer.cloudformation.owners import dns_label
from designer.errors import UserError
from tests.cloudformation.drawings import HOSTILE_NAMES, Drawing, pair_drawing, resources_of


@pytest.mark.parametrize(
    ("instance_type", "arm"),
    [("t4g.small", True), ("m7g.medium", True), ("m7gd.large", True), ("c7gn.large", True), ("c6g.large", True),
     ("im4gn.large", True), ("g5g.xlarge", True), ("a1.large", True), ("x2gd.medium", True), ("hpc7g.4xlarge", True),
     ("t3.small", False), ("m6i.large", False), ("g5.xlarge", False), ("g4dn.xlarge", False), ("c7i-flex.large", False),
     ("i4i.large", False), ("r6idn.large", False), ("gr6.4xlarge", False)],
)  # fmt: skip
def test_a_processor_is_told_by_the_name_of_its_type(instance_type: str, arm: bool) -> None:
    assert is_arm(instance_type) is arm


@given(st.text())
def test_descriptions_hold_only_what_the_service_takes(text: str) -> None:
    assert re.fullmatch(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}", describe(text))
    assert re.fullmatch(r"[\x20-\x7e\xa1-\xff]{0,1000}", latin(text))
    line = cut(text, 100)
    assert len(line.encode()) <= 100
    assert line.isprintable()
    assert "${" not in line + describe(text) + latin(text)


@pytest.mark.parametrize(
    "text", ["${a}", "$${a}", "{${a}", "{{resolve:ssm:x}}", "{{{resolve:ssm:x}}}", "${{resolve:ssm:x}}"]
)
def test_descriptions_hold_nothing_that_is_filled_in(text: str) -> None:
    for made in (cut(text, 100), describe(text), latin(text)):
        assert "${" not in made
        assert "{{" not in made


@pytest.mark.parametrize(
    ("kind", "properties"),
    [
        ("ec2", {"start_script": "echo {{resolve:secretsmanager:prod}}"}),
        ("ecs", {"command": "run {{resolve:ssm-secure:/prod/key}}"}),
        ("asg", {"start_script": "echo {{resolve:ssm:x}}"}),
    ],
)
def test_a_dynamic_reference_is_refused(catalog: Catalog, kind: str, properties: dict[str, Any]) -> None:
    drawing = Drawing(catalog)
    drawing.add(kind, **properties)
    with pytest.raises(UserError, match="CloudFormation looks up") as caught:
        drawing.export()
    assert caught.value.name == kind


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_inside_sub_means_itself(text: str) -> None:
    found = exact(text)
    filled = found if isinstance(found, str) else found["Fn::Sub"].replace("${!", "${")
    assert filled == text.replace("${!", "${") or filled == text
    if isinstance(found, dict):
        assert not re.search(r"\$\{[^!]", found["Fn::Sub"])


def test_sub_writes_references_in_place_and_the_rest_as_variables() -> None:
    assert sub("a-${x}", {"x": "b"}) == "a-b"
    assert sub("a-${x}", {"x": "${b}"}) == {"Fn::Sub": "a-${!b}"}
    assert sub("${AWS::Region}", {}) == {"Fn::Sub": "${AWS::Region}"}
    assert sub("${x}/${y}", {"x": {"Ref": "A"}, "y": {"Fn::GetAtt": ["B", "Arn"]}}) == {"Fn::Sub": "${A}/${B.Arn}"}
    join = {"Fn::Join": ["", ["a"]]}
    assert sub("${x}-${AWS::Region}", {"x": join}) == {"Fn::Sub": ["${x}-${AWS::Region}", {"x": join}]}
    assert sub("/${x}/", {"x": {"Fn::Sub": ["a-${y}", {"y": join}]}}) == {"Fn::Sub": ["/a-${y}/", {"y": join}]}


@given(st.from_regex(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,10}", fullmatch=True).filter(lambda key: len(key) <= 64))
def test_physical_names_fit_whatever_the_id(key: str) -> None:
    for limit in (60, 100):
        text = stack_name(key, limit)["Fn::Sub"][0].replace("${Stack}", "0a1b2c3d")
        assert len(text) <= limit
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text)
    assert len(dns_label(key)) <= 63
    assert not dns_label(key).endswith("-")


def test_ids_cut_to_one_length_stay_different() -> None:
    assert shorten("a" * 64, 63) != shorten("a" * 63 + "b", 63)
    assert shorten("short", 63) == "short"


@pytest.mark.parametrize(
    ("text", "problem"),
    [("{", "not JSON"), ("[1]", "not a JSON object"), ('"x"', "not a JSON object"), ('{"Ref": ["a"]}', "Ref"),
     ('{"a": {"Fn::GetAtt": ["Key", "Arn"]}}', "Fn::GetAtt"), ('{"a":' * 9 + "1" + "}" * 9, "nested"),
     ("[" * 100_000, "not JSON")],
)  # fmt: skip
def test_a_filter_that_is_none_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        filter_policy(text)


def test_a_filter_stays_what_it_is() -> None:
    policy = {"type": ["order", {"prefix": "x"}], "price": [{"numeric": [">", 5]}], "Condition": [None, True, 1.5]}
    assert filter_policy(json.dumps(policy)) == policy
    assert filter_policy('{"a": ["${AWS::AccountId}"]}') == {"a": [{"Fn::Sub": "${!AWS::AccountId}"}]}


def test_a_filter_of_a_wire_is_refused_by_its_name(catalog: Catalog) -> None:
    with pytest.raises(UserError) as caught:
        pair_drawing(catalog, "sns", "sqs", "delivers", filter='{"a": {"Ref": ["Key"]}}').export()
    assert "sns-sqs" in str(caught.value)


def test_a_command_is_split_into_words() -> None:
    assert words("python3 -m http.server '8 0'") == ["python3", "-m", "http.server", "8 0"]
    assert words('sh -c "echo ${PORT}"') == ["sh", "-c", {"Fn::Sub": "echo ${!PORT}"}]
    with pytest.raises(ValueError, match="open quote"):
        words("echo 'x")


@pytest.mark.parametrize(
    ("image", "arn"),
    [
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1", "ecr:eu-west-1:123456789012:repository/shop"),
        (
            "210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/a/b@sha256:00",
            "ecr:cn-north-1:210987654321:repository/a/b",
        ),
    ],
)
def test_a_service_may_load_its_own_image_and_no_other(catalog: Catalog, image: str, arn: str) -> None:
    drawing = Drawing(catalog)
    drawing.add("ecs", image=image)
    role = resources_of(drawing.export(), "AWS::IAM::Role")["EcsExecutionRole"]["Properties"]
    policies = {policy["PolicyName"]: policy["PolicyDocument"]["Statement"] for policy in role["Policies"]}
    assert policies["images"][1]["Resource"] == {"Fn::Sub": f"arn:${{AWS::Partition}}:{arn}"}


@pytest.mark.parametrize(("kind", "role"), [("ec2", "Ec2Role"), ("asg", "AsgRole"), ("eks", "EksNodeRole")])
def test_instances_are_trusted_in_china_too(catalog: Catalog, kind: str, role: str) -> None:
    """Where EC2 is called ec2.amazonaws.com.cn."""
    drawing = Drawing(catalog)
    drawing.add(kind)
    document = resources_of(drawing.export(), "AWS::IAM::Role")[role]["Properties"]["AssumeRolePolicyDocument"]
    assert document["Statement"][0]["Principal"] == {"Service": {"Fn::Sub": "ec2.${AWS::URLSuffix}"}}


def test_those_who_may_call_a_url_may_not_go_around_it(catalog: Catalog) -> None:
    (policy,) = resources_of(
        pair_drawing(catalog, "users", "lambda", "requests").export(), "AWS::IAM::ManagedPolicy"
    ).values()
    conditions = {s["Action"][0]: s["Condition"] for s in policy["Properties"]["PolicyDocument"]["Statement"]}
    assert conditions == {
        "lambda:InvokeFunctionUrl": {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}},
        "lambda:InvokeFunction": {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}},
    }


def script_of(drawing: Drawing, resource: str = "Ec2Template") -> str:
    """The start script with its references filled in by examples."""
    data = resources_of(drawing.export(), "AWS::EC2::LaunchTemplate")[resource]["Properties"]["LaunchTemplateData"]
    body = data["UserData"]["Fn::Base64"]
    if isinstance(body, str):
        return body
    text, variables = body["Fn::Sub"] if isinstance(body["Fn::Sub"], list) else (body["Fn::Sub"], {})
    for name in variables:
        text = text.replace(f"${{{name}}}", "filled-in.internal")
    text = re.sub(r"\$\{([A-Za-z0-9.:]+)\}", r"value-of-\1", text)
    return text.replace("${!", "${")


def check_syntax(script: str) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    done = subprocess.run([bash, "-n"], input=script, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def hub(catalog: Catalog, **properties: Any) -> Drawing:
    drawing = Drawing(catalog)
    drawing.add("ec2", **properties)
    for kind, relation in (
        ("sqs", "sends"),
        ("rds", "queries"),
        ("ecs", "calls"),
        ("dynamodb", "reads-writes"),
        ("sns", "publishes"),
    ):
        drawing.add(kind)
        drawing.wire("ec2", kind, relation)
    return drawing


def test_the_sample_server_runs_without_root(catalog: Catalog) -> None:
    script = script_of(hub(catalog, port=80))
    check_syntax(script)
    assert "DynamicUser=yes" in script
    assert "http.server 80 " in script
    assert "AmbientCapabilities=CAP_NET_BIND_SERVICE" in script


def test_an_instance_is_told_what_its_wires_lead_to(catalog: Catalog) -> None:
    script = script_of(hub(catalog))
    told = dict(re.findall(r'^echo ([A-Z0-9_]+)="([^"]*)" >> /etc/environment$', script, re.MULTILINE))
    assert told["SQS_QUEUE_URL"] == "value-of-SqsQueue"
    assert told["RDS_PORT"] == "5432"
    assert told["ECS_HOST"] == "filled-in.internal"
    assert told["DYNAMODB_TABLE"] == "value-of-DynamodbTable"


@pytest.mark.parametrize(
    "text", [name for name in HOSTILE_NAMES if len(name) < 1000 and "\r" not in name and "resolve" not in name]
)
def test_a_start_script_is_handed_on_as_typed(catalog: Catalog, text: str) -> None:
    script = f"cat <<'END'\n{text}\nEND\nx=${{HOME}}; echo ${{x:-y}}"
    found = script_of(hub(catalog, start_script=script))
    assert f"\n{script}\n" in found
    check_syntax(found)


def test_a_container_instance_joins_its_cluster(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("ecs", launch_type="EC2")
    script = script_of(drawing, "EcsTemplate")
    check_syntax(script)
    assert "ECS_CLUSTER=value-of-EcsCluster >> /etc/ecs/ecs.config" in script
    assert "sample.service" not in script


def handler(catalog: Catalog, runtime: str) -> tuple[str, dict[str, str]]:
    drawing = Drawing(catalog)
    drawing.add("lambda", runtime=runtime)
    drawing.add("sqs")
    drawing.wire("lambda", "sqs", "sends")
    function = resources_of(drawing.export(), "AWS::Lambda::Function")["LambdaFunction"]["Properties"]
    assert len(function["Code"]["ZipFile"]) < 4_000_000
    return function["Code"]["ZipFile"], dict.fromkeys(function["Environment"]["Variables"], "set")


EVENTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"Records": [{"messageId": "1", "body": "x"}]}, {"batchItemFailures": []}),
    ({"Records": [{"dynamodb": {"SequenceNumber": "9"}}]}, {"batchItemFailures": []}),
    ({"Records": [{"Sns": {"Message": "x"}}]}, {"batchItemFailures": []}),
    ({"requestContext": {}, "path": "/"}, {"statusCode": 200}),
    ({}, {"statusCode": 200}),
]


@pytest.mark.parametrize(("event", "answer"), EVENTS)
def test_the_python_code_answers_each_kind_of_event(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch, event: dict[str, Any], answer: dict[str, Any]
) -> None:
    code, variables = handler(catalog, "python3.13")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    module: dict[str, Any] = {}
    exec(compile(code, "index.py", "exec"), module)
    found = module["handler"](event, None)
    assert answer.items() <= found.items()


def test_the_python_code_gives_back_what_failed(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    code, variables = handler(catalog, "python3.13")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    module: dict[str, Any] = {}
    exec(compile(code, "index.py", "exec"), module)

    def fail(record: Any) -> None:
        raise RuntimeError(record)

    module["process"] = fail
    assert module["handler"]({"Records": [{"messageId": "7"}]}, None) == {
        "batchItemFailures": [{"itemIdentifier": "7"}]
    }
    with pytest.raises(RuntimeError):
        module["handler"]({"Records": [{"Sns": {}}]}, None)


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
@pytest.mark.parametrize(("event", "answer"), EVENTS)
def test_the_javascript_code_answers_each_kind_of_event(
    catalog: Catalog, tmp_path: Path, event: dict[str, Any], answer: dict[str, Any]
) -> None:
    code, variables = handler(catalog, "nodejs22.x")
    (tmp_path / "index.js").write_text(code, encoding="utf-8")
    call = f'require("./index.js").handler({json.dumps(event)}).then((x) => console.error(JSON.stringify(x)))'
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run([node, "-e", call], cwd=tmp_path, env=variables, capture_output=True, text=True, check=True)
    assert answer.items() <= json.loads(done.stderr).items()


def run_code(catalog: Catalog, folder: Path, runtime: str, event: dict[str, Any], **trigger: Any) -> Any:
    """What the function answers to an event whose records with "bad" in them fail; None where it raises."""
    drawing = Drawing(catalog)
    drawing.add("sqs")
    drawing.add("lambda", runtime=runtime)
    drawing.wire("sqs", "lambda", "triggers", **trigger)
    code = resources_of(drawing.export(), "AWS::Lambda::Function")["LambdaFunction"]["Properties"]["Code"]["ZipFile"]
    if runtime.startswith("python"):
        module: dict[str, Any] = {}
        exec(compile(code, "index.py", "exec"), module)
        module["process"] = lambda record: 1 // ("bad" not in json.dumps(record))
        try:
            return module["handler"](event, None)
        except ZeroDivisionError:
            return None
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    work = 'const work = async (record) => { if (JSON.stringify(record).includes("bad")) throw new Error("bad"); };'
    code = re.sub(r"^const work = .*$", lambda _: work, code, flags=re.MULTILINE)
    (folder / "index.js").write_text(code, encoding="utf-8")
    call = f"require('./index.js').handler({json.dumps(event)}).then((x) => console.log('ANSWER' + JSON.stringify(x)))"
    done = subprocess.run([node, "-e", call], cwd=folder, capture_output=True, text=True)
    return json.loads(done.stdout.rpartition("ANSWER")[2]) if done.returncode == 0 else None


BODIES = list(enumerate(["ok", "bad", "ok"]))
RECORDS: dict[str, list[dict[str, Any]]] = {
    "standard": [{"messageId": f"m{n}", "body": body, "eventSourceARN": "arn:aws:sqs:r:1:q"} for n, body in BODIES],
    "fifo": [{"messageId": f"m{n}", "body": body, "eventSourceARN": "arn:aws:sqs:r:1:q.fifo"} for n, body in BODIES],
    "stream": [{"dynamodb": {"SequenceNumber": f"m{n}", "body": body}} for n, body in BODIES],
}


@pytest.mark.parametrize("runtime", ["python3.13", "nodejs22.x"])
@pytest.mark.parametrize(("source", "back"), [("standard", ["m1"]), ("fifo", ["m1", "m2"]), ("stream", ["m1", "m2"])])
def test_what_has_to_stay_in_order_comes_back_from_the_first_failure_on(
    catalog: Catalog, tmp_path: Path, runtime: str, source: str, back: list[str]
) -> None:
    answer = run_code(catalog, tmp_path, runtime, {"Records": RECORDS[source]})
    assert [item["itemIdentifier"] for item in answer["batchItemFailures"]] == back


@pytest.mark.parametrize("runtime", ["python3.13", "nodejs22.x"])
def test_a_batch_whose_failed_items_are_not_asked_for_comes_back_whole(
    catalog: Catalog, tmp_path: Path, runtime: str
) -> None:
    """Lambda takes any answer for success where the event source does not ask for the failed items."""
    assert run_code(catalog, tmp_path, runtime, {"Records": RECORDS["standard"]}, partial_failures=False) is None


def test_pods_on_fargate_are_trusted_by_their_service_account(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("eks", compute="fargate", namespace="shop", service_account="runner")
    drawing.add("elb")
    drawing.wire("elb", "eks", "routes")
    exported = drawing.export()
    assert not resources_of(exported, "AWS::EKS::PodIdentityAssociation")
    assert resources_of(exported, "AWS::IAM::OIDCProvider")
    roles = resources_of(exported, "AWS::IAM::Role")
    for role, account in (
        ("EksPodRole", "shop:runner"),
        ("EksControllerRole", "kube-system:aws-load-balancer-controller"),
    ):
        text, variables = roles[role]["Properties"]["AssumeRolePolicyDocument"]["Fn::Sub"]
        assert set(variables) == {"Issuer"}
        document = json.loads(text.replace("${Issuer}", "oidc.example.com").replace("${EksIssuer.Arn}", "arn"))
        (statement,) = document["Statement"]
        assert statement["Condition"]["StringEquals"]["oidc.example.com:sub"] == f"system:serviceaccount:{account}"
        assert statement["Condition"]["StringEquals"]["oidc.example.com:aud"] == "sts.amazonaws.com"


def test_pods_on_nodes_are_trusted_through_pod_identity(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("eks")
    exported = drawing.export()
    assert set(resources_of(exported, "AWS::EKS::PodIdentityAssociation")) == {"EksPodIdentity"}
    assert not resources_of(exported, "AWS::IAM::OIDCProvider")
    assert trust_service_account("A", "B", "n", "s") != trust_service_account("A", "B", "n", "t")


def test_a_dedicated_host_is_made_where_the_instance_stands(catalog: Catalog) -> None:
    drawing = Drawing(catalog, zones="abc")
    drawing.add("ec2", zones="b", purchase="host")
    exported = drawing.export()
    host = resources_of(exported, "AWS::EC2::Host")["Ec2Host"]["Properties"]
    assert host["AvailabilityZone"]["Fn::Select"][0] == 1
    assert host["AutoPlacement"] == "on"
    data = resources_of(exported, "AWS::EC2::LaunchTemplate")["Ec2Template"]["Properties"]["LaunchTemplateData"]
    assert data["Placement"] == {"Tenancy": "host", "HostId": {"Ref": "Ec2Host"}}
    assert host["InstanceType"] == data["InstanceType"] == "m7g.medium"
    instance = resources_of(exported, "AWS::EC2::Instance")["Ec2Instance"]["Properties"]
    assert instance["NetworkInterfaces"][0]["SubnetId"] == {"Ref": "PrivateSubnetB"}


def test_a_caller_of_a_public_balancer_without_users_is_let_in_by_its_nat_addresses(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    drawing.add("elb", scheme="internet-facing")
    drawing.add("ecs")
    drawing.wire("ecs", "elb", "calls")
    rules = resources_of(drawing.export(), "AWS::EC2::SecurityGroupIngress")
    assert [rule["Properties"]["CidrIp"] for rule in rules.values()] == [
        {"Fn::Sub": "${NatAddressA}/32"}, {"Fn::Sub": "${NatAddressB}/32"},
    ]  # fmt: skip
