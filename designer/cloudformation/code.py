"""What templates call beyond references: policy documents, start scripts, starter code, and texts AWS accepts."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2

from designer.analysis.filter_policies import event_patterns
from designer.assets import data
from designer.catalog.processors import is_arm
from designer.cloudformation.encode import text_environment
from designer.cloudformation.intrinsics import literal, placeholder, stack_name, sub, substituted
from designer.cloudformation.owners import dns_label
from designer.cloudformation.scanners import scanner_exception

if TYPE_CHECKING:
    from designer.cloudformation.context import ComponentContext

Tree = dict[str, Any]

MAX_FILTER_DEPTH = 5
"""Levels of a filter policy (Amazon SNS Developer Guide, "Filter policy constraints")."""

MAX_USER_DATA = 16_384
"""Bytes of user data before it is encoded (Amazon EC2 User Guide, "Run commands when you launch an instance")."""

_NOT_IN_DESCRIPTION = re.compile(r"[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]")
_IN_ECR = re.compile(r"(?P<account>\d+)\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.[a-z.]+/(?P<name>[^:@]+)")
_FILLED_IN = re.compile(r"(\$*\{)+")
_NOT_LATIN = re.compile(r"[^\x20-\x7e\xa1-\xff]")


def describe(*parts: Any) -> str:
    """A security group description: only the characters that EC2 takes, at most 255 of them."""
    return _NOT_IN_DESCRIPTION.sub("_", _described(parts))[:255]


def latin(*parts: Any) -> str:
    """A description for IAM, which takes Latin-1 only: at most 1,000 characters."""
    return _NOT_LATIN.sub("_", _described(parts))[:1000]


def cut(text: str, size: int) -> str:
    """A text on one line of at most `size` bytes of UTF-8, for descriptions."""
    line = _described([text])
    if not line.isprintable():
        line = "".join(character if character.isprintable() else " " for character in line)
    encoded = line.encode()
    return line if len(encoded) <= size else encoded[: size - 3].decode(errors="ignore") + "..."


def _described(parts: Iterable[Any]) -> str:
    """A text for a description, without what CloudFormation would fill in: `${Name}`, `{{resolve:...}}`."""
    return _FILLED_IN.sub("{", "".join(str(part) for part in parts))


def exact(text: str) -> Any:
    """A text that means itself to CloudFormation: one with `${Name}` in it has to be escaped inside `Fn::Sub`."""
    return {"Fn::Sub": literal(text)} if "${" in text else text


def allow(actions: list[str], resources: Any, **condition: Any) -> Tree:
    """An IAM statement that allows actions on resources, under a condition where one is given."""
    statement: Tree = {"Effect": "Allow", "Action": sorted(actions), "Resource": resources}
    if condition:
        statement["Condition"] = condition
    return statement


def document(statements: list[Tree]) -> Tree:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": statements}


def trust(service: Any, actions: list[str] | None = None, this_account: bool = True) -> Tree:
    """A trust policy for one AWS service, for resources of this account where the service says whose they are.

    The name of most services is the same everywhere. That of EC2 ends like the Region's own addresses, which in China
    are others (`ec2.amazonaws.com.cn`): it is written with `AWS::URLSuffix`.
    """
    statement: Tree = {"Effect": "Allow", "Principal": {"Service": service}, "Action": actions or "sts:AssumeRole"}
    if this_account:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    return document([statement])


def trust_service_account(cluster: str, provider: str, namespace: str, account: str) -> Tree:
    """A trust policy for pods of one Kubernetes service account, by the cluster's OpenID Connect provider.

    `cluster` and `provider` are logical ids. It is JSON inside `Fn::Sub`, since the keys of the condition are made of
    the address of the issuer, and CloudFormation fills in values but not keys.
    """
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": f"${{{provider}.Arn}}"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {
                "${Issuer}:aud": "sts.amazonaws.com",
                "${Issuer}:sub": f"system:serviceaccount:{namespace}:{account}",
            }
        },
    }
    address = {"Fn::GetAtt": [cluster, "OpenIdConnectIssuerUrl"]}
    issuer = {"Fn::Select": [1, {"Fn::Split": ["//", address]}]}
    return {"Fn::Sub": [json.dumps(document([statement]), indent=2), {"Issuer": issuer}]}


def filter_policy(text: str) -> Tree:
    """The filter policy that a JSON text describes. Raises `ValueError` for what SNS, or a template, cannot take."""
    try:
        policy = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the filter {text[:40]!r} is not JSON: {error}") from error
    if not isinstance(policy, dict):
        raise ValueError(f"the filter {text[:40]!r} is not a JSON object such as {{'type': ['order']}}")
    return {key: _filter_part(key, value, 1) for key, value in policy.items()}


def event_filters(text: str) -> list[Tree]:
    """The patterns of an event filter, each as a text of JSON. Raises `ValueError` for what is none."""
    return [exact(json.dumps(pattern, ensure_ascii=False)) for pattern in event_patterns(text)]


def _filter_part(key: str, value: Any, depth: int) -> Any:
    if depth > MAX_FILTER_DEPTH:
        raise ValueError(f"the filter is nested deeper than {MAX_FILTER_DEPTH} levels")
    if key == "Ref" or key.startswith("Fn::"):
        raise ValueError(f"the filter has the key {key!r}, which CloudFormation takes for a function")
    if isinstance(value, dict):
        return {name: _filter_part(name, item, depth + 1) for name, item in value.items()}
    if isinstance(value, list):
        return [_filter_part("", item, depth + 1) for item in value]
    return exact(value) if isinstance(value, str) else value


def repository(image: str) -> Any:
    """The ARN of the Amazon ECR repository that an image comes from, be it of another account or Region.

    Where the name of the image does not tell, all repositories of the account and Region of the stack.
    """
    found = _IN_ECR.match(image)
    if found is None:
        return sub("arn:${AWS::Partition}:ecr:${AWS::Region}:${AWS::AccountId}:repository/*", {})
    return sub("arn:${AWS::Partition}:ecr:${region}:${account}:repository/${name}", found.groupdict())


def words(command: str) -> list[Any]:
    """The words of a command line."""
    try:
        return [exact(word) for word in shlex.split(command)]
    except ValueError as error:
        raise ValueError(f"the command {command!r} has an open quote") from error


@lru_cache(maxsize=1)
def _texts() -> Any:
    environment = text_environment(jinja2.FileSystemLoader(data("templates") / "cloudformation"))
    environment.filters["sh"] = lambda value: literal(shlex.quote(str(value)))
    environment.filters["literal"] = lambda value: literal(str(value))
    return environment


def user_data(component: ComponentContext, **more: Any) -> Tree:
    """The start script of an instance, as `UserData` wants it: its variables, then what it runs.

    What runs in containers is given its variables there: instances that only host it are not told, and so are not
    replaced when one of them changes.

    `signal` is the logical id of the resource whose creation waits for the script's end; `lines` run before it.
    cfn-signal is part of Amazon Linux 2023 and needs no permission: it shows the instance's identity document
    (AWS CloudFormation User Guide, "CloudFormation helper scripts reference").
    """
    lines: list[tuple[str, str]] = []
    variables: Tree = {}
    told = component.environment if component.traits["environment"] == "user-data" else ()
    for variable in told:
        written = _placeholder(variable["value"])
        if written is None:
            name = variable["name"].title().replace("_", "")
            variables[name], written = variable["value"], f"${{{name}}}"
        lines.append((variable["name"], written))
    more["end"] = _end_of(str(component.p.get("start_script", "")))
    text = _texts().get_template("code/user-data.sh.j2").render(environment=lines, p=component.p, **more)
    if len(text.encode()) > MAX_USER_DATA:
        raise ValueError(f"the start script has more than {MAX_USER_DATA:,} bytes with what is put before it")
    return {"Fn::Base64": substituted(text, variables)}


def _end_of(script: str) -> str:
    """A word that ends the script inside the start script, and is no line of it."""
    end = "END_OF_START_SCRIPT"
    while end in script:
        end += "_"
    return end


def _placeholder(value: Any) -> str | None:
    return placeholder(value) if isinstance(value, dict) else literal(str(value))


def starter_code(component: ComponentContext) -> str:
    """Code for a function that runs as it is: it answers each kind of event and logs what it was given.

    It names the items of a batch that failed only where each event source asks for that; elsewhere Lambda would take
    such an answer for success and drop them. In a FIFO queue or a stream it stops at the first failure, so that nothing
    overtakes it (AWS Lambda Developer Guide, "Implementing partial batch responses").
    """
    language = "python" if str(component.p["runtime"]).startswith("python") else "nodejs"
    variables = [variable["name"] for variable in component.environment]
    reports = all(wire.p["partial_failures"] for wire in component.wires_in if wire.relation == "triggers")
    text = _texts().get_template(f"code/{language}.j2")
    return str(text.render(variables=variables, reports=reports, p=component.p))


def helpers() -> dict[str, Any]:
    """The functions for templates, by name."""
    return {
        "allow": allow,
        "cut": cut,
        "describe": describe,
        "dns_label": dns_label,
        "document": document,
        "exact": exact,
        "filter_policy": filter_policy,
        "event_filters": event_filters,
        "is_arm": is_arm,
        "latin": latin,
        "repository": repository,
        "scanner_exception": scanner_exception,
        "stack_name": stack_name,
        "starter_code": starter_code,
        "trust": trust,
        "trust_service_account": trust_service_account,
        "user_data": user_data,
        "words": words,
    }
