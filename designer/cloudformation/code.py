"""What templates call beyond references: policy documents, start scripts, starter code, and texts AWS accepts."""

from __future__ import annotations

import json
import re
import shlex
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jinja2

from designer.assets import data
from designer.cloudformation.encode import text_environment
from designer.cloudformation.intrinsics import literal, placeholder

if TYPE_CHECKING:
    from designer.cloudformation.context import ComponentContext

Tree = dict[str, Any]

_ARM = re.compile(r"[a-z]+[0-9]+[a-z]*g[a-z]*(-[a-z0-9]+)?\.")
_NOT_IN_DESCRIPTION = re.compile(r"[^a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]")


def is_arm(instance_type: str) -> bool:
    """Whether an instance type has an Arm processor: its generation is followed by a g (t4g, m7gd, c7gn)."""
    return _ARM.match(instance_type) is not None or instance_type.startswith("a1.")


def describe(*parts: Any) -> str:
    """A security group description: only the characters that EC2 takes, at most 255 of them."""
    text = "".join(str(part) for part in parts)
    return _NOT_IN_DESCRIPTION.sub("_", text)[:255]


def allow(actions: list[str], resources: Any, **condition: Any) -> Tree:
    """An IAM statement that allows actions on resources, under a condition where one is given."""
    statement: Tree = {"Effect": "Allow", "Action": sorted(actions), "Resource": resources}
    if condition:
        statement["Condition"] = condition
    return statement


def document(statements: list[Tree]) -> Tree:
    """A policy document."""
    return {"Version": "2012-10-17", "Statement": statements}


def trust(service: str, actions: list[str] | None = None, this_account: bool = True) -> Tree:
    """A trust policy for one AWS service, for resources of this account where the service says whose they are."""
    statement: Tree = {"Effect": "Allow", "Principal": {"Service": service}, "Action": actions or "sts:AssumeRole"}
    if this_account:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    return document([statement])


def json_of(text: str) -> Any:
    """The value of a JSON text."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{text[:40]!r} is not JSON: {error}") from error


def words(command: str) -> list[str]:
    """The words of a command line."""
    try:
        return shlex.split(command)
    except ValueError as error:
        raise ValueError(f"the command {command!r} has an open quote") from error


@lru_cache(maxsize=1)
def _texts() -> Any:
    environment = text_environment(jinja2.FileSystemLoader(data("templates") / "cloudformation"))
    environment.filters["sh"] = lambda value: literal(shlex.quote(str(value)))
    environment.filters["literal"] = lambda value: literal(str(value))
    environment.filters["placeholder"] = _placeholder
    return environment


def _placeholder(value: Any) -> str:
    written = placeholder(value)
    return literal(str(value)) if written is None else written


def user_data(component: ComponentContext, **more: Any) -> Tree:
    """The start script of an instance, as `UserData` wants it: its variables, then what it runs."""
    text = _texts().get_template("code/user-data.sh.j2").render(c=component, p=component.p, **more)
    return {"Fn::Base64": {"Fn::Sub": text} if "${" in text else text}


def starter_code(component: ComponentContext) -> str:
    """Code for a function that runs as it is: it answers each kind of event and logs what it was given."""
    language = "python" if str(component.p["runtime"]).startswith("python") else "nodejs"
    variables = [variable["name"] for variable in component.environment]
    return str(_texts().get_template(f"code/{language}.j2").render(variables=variables, p=component.p))


def helpers() -> dict[str, Any]:
    """The functions for templates, by name."""
    return {
        "allow": allow,
        "document": document,
        "trust": trust,
        "describe": describe,
        "is_arm": is_arm,
        "words": words,
        "json_of": json_of,
        "user_data": user_data,
        "starter_code": starter_code,
    }
