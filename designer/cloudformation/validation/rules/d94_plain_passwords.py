"""D94: no password stands in the template."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import text_of, true

_PLACES: dict[str, tuple[str, ...]] = {
    "AWS::RDS::DBInstance": ("MasterUserPassword",),
    "AWS::RDS::DBCluster": ("MasterUserPassword",),
    "AWS::DocDB::DBCluster": ("MasterUserPassword",),
    "AWS::Redshift::Cluster": ("MasterUserPassword",),
    "AWS::ElastiCache::ReplicationGroup": ("AuthToken",),
    "AWS::SecretsManager::Secret": ("SecretString",),
    "AWS::IAM::User": ("LoginProfile", "Password"),
}


def _check(stack: Stack) -> Iterator[Fault]:
    for kind, keys in _PLACES.items():
        for resource in stack.of(kind):
            written = _written(resource, keys)
            if isinstance(written, str) and text_of(resource.get(*keys)) and not _is_public(kind, written):
                text = f"the password of {resource.id} stands in the template"
                yield Fault(
                    resource.path(*keys), text, "Use ManageMasterUserPassword, or {{resolve:secretsmanager:...}}."
                )
            elif isinstance(written, dict) and _is_shown(stack, written.get("Ref")):
                text = f"the password of {resource.id} is the parameter {written['Ref']}, which everybody can read"
                yield Fault(("Parameters", written["Ref"]), text, "Set NoEcho: true on the parameter.")


def _written(resource: Resource, keys: tuple[str, ...]) -> object:
    holder = section(resource.definition, "Properties")
    for key in keys[:-1]:
        holder = section(holder, key)
    return holder.get(keys[-1])


def _is_public(kind: str, text: str) -> bool:
    """Whether the text of a secret is a mere frame for values that come later, such as JSON without a password."""
    return kind == "AWS::SecretsManager::Secret" and "password" not in text.lower()


def _is_shown(stack: Stack, name: object) -> bool:
    parameter = stack.parameters.get(name) if isinstance(name, str) else None
    if not isinstance(parameter, dict) or str(parameter.get("Type")).startswith("AWS::SSM"):
        return False
    return not true(parameter.get("NoEcho"))


RULE = Rule(
    id="D94",
    title="Passwords do not stand in the template",
    why="Everybody who may read the template or the stack has the password.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-best-practices.html",
    severity=Severity.WARNING,
    check=_check,
    types=tuple(_PLACES),
    others=("W1011", "W2501", "E2501", "W2509"),
)
