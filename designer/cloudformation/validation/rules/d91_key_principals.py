"""D91: the principals in the policy of a key exist when the key is made."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.values import Joined, Value, possible_items, text_of
from designer.cloudformation.validation.views.keys import KEY, key_policy


def _check(stack: Stack) -> Iterator[Fault]:
    for key in stack.of(KEY):
        for statement in key_policy(key).statements:
            principal = statement.body.get("Principal")
            for item in possible_items(principal.get("AWS")) if isinstance(principal, dict) else ():
                name = _service_linked(item)
                if name is not None:
                    text = f"the policy of {key.id} names {name}, which a new account does not have yet"
                    hint = "Allow it by the condition kms:ViaService, or use the default key of the service."
                    yield Fault((*statement.path, "Principal"), text, hint)


def _service_linked(principal: Value) -> str | None:
    """The name of the service-linked role that a principal is."""
    text = str(principal) if isinstance(principal, Joined) else text_of(principal) or ""
    return text.rpartition("/")[2] if ":role/aws-service-role/" in text else None


RULE = Rule(
    id="D91",
    title="Principals of keys exist",
    why="KMS refuses a policy whose principal does not exist: 'Policy contains a statement with one or more invalid "
    "principals'.",
    source="https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html",
    severity=Severity.WARNING,
    check=_check,
    types=(KEY,),
)
