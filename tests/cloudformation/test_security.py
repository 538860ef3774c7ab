"""What is exported gives no more away than what is drawn: networks, permissions, encryption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from designer.cloudformation.export import Export, export
from designer.storage.samples import open_sample, samples
from tests.cloudformation.drawings import Drawing, everything, pair_drawing, pairs, random_drawing, resources_of

CATALOG = load_catalog()

EXPORTS = ["everything", *(sample.name for sample in samples()), *(f"random {seed}" for seed in range(300, 310))]

WITHOUT_RESOURCE = {
    "xray:PutTraceSegments", "xray:PutTelemetryRecords", "ecr:GetAuthorizationToken", "ec2:Describe*",
    "elasticloadbalancing:Describe*",
}  # fmt: skip
"""Actions that take no resource (Service Authorization Reference)."""


@pytest.fixture(scope="module", params=EXPORTS)
def exported(request: pytest.FixtureRequest) -> Export:
    """Exports of many kinds, made once each."""
    name = request.param
    if name == "everything":
        return everything(CATALOG).export()
    if name.startswith("random"):
        return random_drawing(CATALOG, int(name.split()[1])).export()
    return export(open_sample(name, CATALOG), CATALOG)


def of_type(exported: Export, *kinds: str) -> Iterator[tuple[str, Any]]:
    for kind in kinds:
        for name, resource in resources_of(exported, kind).items():
            yield name, resource["Properties"]


def writer(exported: Export, name: str) -> str:
    template = exported.template
    return template.writer(template.tree["Resources"], name, "architecture")


def ingress(exported: Export) -> Iterator[tuple[str, Any]]:
    """All rules that let something in, with the resource that holds them."""
    for name, group in of_type(exported, "AWS::EC2::SecurityGroup"):
        yield from ((name, rule) for rule in group.get("SecurityGroupIngress", ()))
    yield from of_type(exported, "AWS::EC2::SecurityGroupIngress")


def egress(exported: Export) -> Iterator[tuple[str, Any]]:
    for name, group in of_type(exported, "AWS::EC2::SecurityGroup"):
        yield from ((name, rule) for rule in group["SecurityGroupEgress"])
    yield from of_type(exported, "AWS::EC2::SecurityGroupEgress")


def statements(exported: Export) -> Iterator[tuple[str, Any]]:
    """All statements that allow something to a role or a user, with the resource that holds them."""
    for name, policy in of_type(exported, "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"):
        yield from ((name, statement) for statement in policy["PolicyDocument"]["Statement"])
    for name, role in of_type(exported, "AWS::IAM::Role"):
        for policy in role.get("Policies", ()):
            yield from ((name, statement) for statement in policy["PolicyDocument"]["Statement"])


def test_the_internet_gets_in_only_where_a_wire_from_users_leads(exported: Export) -> None:
    for name, rule in ingress(exported):
        if rule.get("CidrIp") == "0.0.0.0/0":
            assert writer(exported, name).startswith("connection:"), name
            assert rule["FromPort"] == rule["ToPort"]
            assert "on the internet" in rule["Description"]
        assert "CidrIpv6" not in rule
        assert rule["IpProtocol"] == "tcp"


def test_every_way_in_is_one_port_of_one_named_source(exported: Export) -> None:
    for name, rule in [*ingress(exported), *egress(exported)]:
        assert rule["FromPort"] == rule["ToPort"], name
        assert rule["Description"]
        assert re.fullmatch(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}", rule["Description"])


def test_without_wires_nothing_gets_in(catalog: Catalog) -> None:
    drawing = Drawing(catalog)
    for kind in catalog.kinds:
        drawing.add(kind)
    made = drawing.export()
    assert not list(ingress(made))
    assert not resources_of(made, "AWS::Lambda::Permission")
    assert not resources_of(made, "AWS::Lambda::Url")
    for _name, policy in of_type(made, "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"):
        allowing = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
        assert all(s["Principal"] == {"Service": "cloudwatch.amazonaws.com"} for s in allowing)


def test_what_keeps_data_starts_no_connections(exported: Export) -> None:
    databases = [
        *of_type(exported, "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"), *of_type(exported, "AWS::RDS::DBProxy"),
    ]  # fmt: skip
    groups = {
        group["Fn::GetAtt"][0]
        for _name, database in databases
        for key in ("VPCSecurityGroups", "VpcSecurityGroupIds")
        for group in database.get(key, ())
    }
    for name, group in of_type(exported, "AWS::EC2::SecurityGroup"):
        if name in groups:
            assert [rule["CidrIp"] for rule in group["SecurityGroupEgress"]] == ["127.0.0.1/32"]
    for _name, rule in of_type(exported, "AWS::EC2::SecurityGroupEgress"):
        if rule["GroupId"]["Fn::GetAtt"][0] in groups:
            assert rule["DestinationSecurityGroupId"]["Fn::GetAtt"][0] in groups
    for _name, database in of_type(exported, "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"):
        assert database["PubliclyAccessible"] is False


def test_programs_reach_the_internet_by_https_alone(exported: Export) -> None:
    for name, rule in egress(exported):
        if rule.get("CidrIp") == "0.0.0.0/0" and rule["FromPort"] != 443:
            assert writer(exported, name).startswith("connection:"), name


def test_no_statement_allows_all_actions_or_all_resources(exported: Export) -> None:
    for name, statement in statements(exported):
        assert statement["Effect"] == "Allow"
        for action in statement["Action"]:
            assert re.fullmatch(r"[a-z0-9-]+:[A-Za-z]+", action), f"{name}: {action}"
        if statement["Resource"] == "*":
            for action in statement["Action"]:
                general = re.sub(r":Describe\w+", ":Describe*", action)
                assert general in WITHOUT_RESOURCE, f"{name}: {action} on *"


def test_a_role_trusts_one_service_or_the_issuer_of_its_cluster(exported: Export) -> None:
    for name, role in of_type(exported, "AWS::IAM::Role"):
        document = role["AssumeRolePolicyDocument"]
        if "Fn::Sub" in document:
            assert '"Federated": "${' in document["Fn::Sub"][0]
            assert ":sub" in document["Fn::Sub"][0]
            continue
        (statement,) = document["Statement"]
        assert set(statement["Principal"]) == {"Service"}, name
        service = statement["Principal"]["Service"]
        assert isinstance(service, str) or service == {"Fn::Sub": "ec2.${AWS::URLSuffix}"}, name


def test_only_a_url_that_is_open_by_choice_is_open(exported: Export) -> None:
    for name, permission in of_type(exported, "AWS::Lambda::Permission"):
        if permission["Principal"] == "*":
            assert permission.get("FunctionUrlAuthType") == "NONE" or permission["InvokedViaFunctionUrl"], name
        else:
            assert "SourceArn" in permission or "SourceAccount" in permission, name


def test_an_open_url_is_a_choice(catalog: Catalog) -> None:
    signed = pair_drawing(catalog, "users", "lambda", "requests").export()
    assert [url["AuthType"] for _name, url in of_type(signed, "AWS::Lambda::Url")] == ["AWS_IAM"]
    assert not resources_of(signed, "AWS::Lambda::Permission")


def test_everything_at_rest_and_on_the_way_is_encrypted(exported: Export) -> None:
    for _name, group in of_type(exported, "AWS::Logs::LogGroup"):
        assert group["KmsKeyId"] == {"Fn::GetAtt": ["Key", "Arn"]}
    for _name, queue in of_type(exported, "AWS::SQS::Queue"):
        assert "KmsMasterKeyId" in queue or queue["SqsManagedSseEnabled"] is True
    for name, database in of_type(exported, "AWS::RDS::DBInstance", "AWS::RDS::DBCluster"):
        assert database.get("StorageEncrypted") is True or "SourceDBInstanceIdentifier" in database, name
        assert "MasterUserPassword" not in database
    for _name, template in of_type(exported, "AWS::EC2::LaunchTemplate"):
        data = template["LaunchTemplateData"]
        assert data["MetadataOptions"]["HttpTokens"] == "required"
        assert all(device["Ebs"]["Encrypted"] is True for device in data["BlockDeviceMappings"])
    for _name, listener in of_type(exported, "AWS::ElasticLoadBalancingV2::Listener"):
        if listener["Protocol"] in ("HTTPS", "TLS"):
            assert "TLS13" in listener["SslPolicy"]


def test_every_queue_and_topic_refuses_what_is_not_encrypted_on_the_way(exported: Export) -> None:
    covered = set()
    for _name, policy in of_type(exported, "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy"):
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement.get("Sid") == "TlsOnly":
                assert statement["Effect"] == "Deny"
                assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
                covered |= {thing["Ref"] for thing in policy.get("Queues", policy.get("Topics"))}
    assert covered == {*resources_of(exported, "AWS::SQS::Queue"), *resources_of(exported, "AWS::SNS::Topic")}


def test_containers_run_without_privileges(exported: Export) -> None:
    for _name, task in of_type(exported, "AWS::ECS::TaskDefinition"):
        for container in task["ContainerDefinitions"]:
            assert container["Privileged"] is False
            assert not container["User"].startswith("0")
            assert container["LinuxParameters"]["Capabilities"] == {"Drop": ["ALL"]}


def test_the_key_serves_only_this_account(exported: Export) -> None:
    for _name, key in of_type(exported, "AWS::KMS::Key"):
        assert key["EnableKeyRotation"] is True
        account, *services = key["KeyPolicy"]["Statement"]
        assert account["Principal"]["AWS"]["Fn::Sub"].endswith(":${AWS::AccountId}:root")
        assert all("Condition" in statement and "Service" in statement["Principal"] for statement in services)


def test_the_log_bucket_is_closed(exported: Export) -> None:
    for _name, bucket in of_type(exported, "AWS::S3::Bucket"):
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


PERMITS = {
    ("sends", "sqs"): {"sqs:SendMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"},
    ("publishes", "sns"): {"sns:Publish"},
    ("invokes", "lambda"): {"lambda:InvokeFunction"},
    ("queries", "rds"): {"secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"},
    ("calls", "elb"): set(),
    ("calls", "ec2"): set(),
    ("calls", "ecs"): set(),
}


@pytest.mark.parametrize(("source", "target", "relation"), [p for p in pairs(CATALOG) if (p[2], p[1]) in PERMITS])
def test_a_wire_permits_exactly_what_it_says(catalog: Catalog, source: str, target: str, relation: str) -> None:
    made = pair_drawing(catalog, source, target, relation).export()
    own = [s for name, s in statements(made) if writer(made, name).startswith("connection:")]
    actions = {action for s in own for action in s["Action"] if not action.startswith("kms:")}
    assert actions == PERMITS[relation, target]
    prefix = made.template.tree["Resources"]
    for statement in own:
        resource = statement["Resource"]
        name = resource["Ref"] if "Ref" in resource else resource["Fn::GetAtt"][0]
        assert name == "Key" or writer(made, name).startswith(f"component:{target}"), (name, prefix[name]["Type"])


@pytest.mark.parametrize(("access", "verbs"), [("read", False), ("write", True), ("read-write", True)])
def test_a_wire_that_reads_does_not_write(catalog: Catalog, access: str, verbs: bool) -> None:
    made = pair_drawing(catalog, "lambda", "dynamodb", "reads-writes", access=access).export()
    actions = {a for name, s in statements(made) if writer(made, name).startswith("connection:") for a in s["Action"]}
    assert ("dynamodb:PutItem" in actions) is verbs
    assert ("dynamodb:Query" in actions) is (access != "write")
    assert "dynamodb:DeleteTable" not in actions


def test_no_secret_stands_in_a_template(exported: Export) -> None:
    text = exported.text()
    assert not re.search(r"(?i)AKIA[0-9A-Z]{16}|BEGIN [A-Z ]*PRIVATE KEY", text)
    for section in ("Parameters",):
        for name, parameter in exported.template.tree.get(section, {}).items():
            assert "assword" not in name
            assert "secret" not in parameter.get("Description", "").lower()
