"""D68: an event source mapping waits for the policy that allows reading the source."""

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
        if mapping.role is None or mapping.source is None or roles.is_opaque(mapping.role):
            continue
        givers = [list(roles.givers(mapping.role, action, mapping.source)) for action in mapping.actions]
        late = [each for each in givers if each and not stack.waits(mapping.holder, *each)]
        if late:
            policy = late[0][0].id
            text = f"{mapping.holder.id} does not wait for {policy}, which lets it read {mapping.source.id}"
            yield Fault(("Resources", mapping.holder.id), text, f"Add DependsOn: {policy}.")


RULE = Rule(
    id="D68",
    title="Event source mappings wait for their policy",
    why="A policy that is a resource of its own may come after the mapping, which Lambda then refuses.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-dependson.html",
    severity=Severity.WARNING,
    check=_check,
    types=(MAPPING,),
)
