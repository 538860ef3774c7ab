"""D67: the role of a function may read the source that the function is mapped to."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack
from designer.cloudformation.validation.views.mappings import MAPPING, Mappings
from designer.cloudformation.validation.views.roles import Roles


def _check(stack: Stack) -> Iterator[Fault]:
    roles = stack.view(Roles)
    for mapping in stack.view(Mappings).all:
        if mapping.role is None or mapping.source is None:
            continue
        missing = [each for each in mapping.actions if not roles.could_allow(mapping.role, each, mapping.source)]
        if missing:
            text = f"the role {mapping.role.id} does not allow {', '.join(missing)} on {mapping.source.id}"
            hint = f"Allow {', '.join(missing)} on {mapping.source.id} in a policy of {mapping.role.id}."
            yield Fault(mapping.holder.path("EventSourceArn"), text, hint)


RULE = Rule(
    id="D67",
    title="Functions may read their event sources",
    why="Lambda refuses the mapping: 'The provided execution role does not have permissions to call ReceiveMessage'.",
    source="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html",
    severity=Severity.ERROR,
    check=_check,
    types=(MAPPING,),
)
