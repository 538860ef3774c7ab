"""D06: the template keeps to CloudFormation's quotas."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.limits import MAX_BYTES, MAX_OUTPUTS, MAX_PARAMETERS, MAX_RESOURCES
from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.resolve import section
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Stack

_COUNTS = (
    ("Resources", MAX_RESOURCES), ("Parameters", MAX_PARAMETERS), ("Outputs", MAX_OUTPUTS), ("Mappings", 200),
)  # fmt: skip
_MAX_DESCRIPTION = 1024
_MAX_DEFAULT = 4096
_MAX_DYNAMIC = 60


def _check(stack: Stack) -> Iterator[Fault]:
    for name, most in _COUNTS:
        count = len(section(stack.template.tree, name))
        if count > most:
            yield Fault((name,), f"the template has {count} {name.lower()}; CloudFormation takes {most}", _SPLIT)
    size = len(stack.template.text.encode(errors="replace"))
    if size > MAX_BYTES:
        yield Fault((), f"the template has {size:,} bytes; CloudFormation takes {MAX_BYTES:,}", _SPLIT)
    description = stack.template.tree.get("Description")
    if isinstance(description, str) and len(description.encode(errors="replace")) > _MAX_DESCRIPTION:
        yield Fault(("Description",), f"the description has more than {_MAX_DESCRIPTION:,} bytes")
    for name, parameter in stack.parameters.items():
        default = parameter.get("Default") if isinstance(parameter, dict) else None
        if isinstance(default, str) and len(default.encode(errors="replace")) > _MAX_DEFAULT:
            path = ("Parameters", name, "Default")
            yield Fault(path, f"the default of {name} has more than {_MAX_DEFAULT:,} bytes")
    dynamic = stack.template.text.count("{{resolve:")
    if dynamic > _MAX_DYNAMIC:
        yield Fault((), f"the template has {dynamic} dynamic references; CloudFormation takes {_MAX_DYNAMIC}")


_SPLIT = "Split the template into nested stacks, or into stacks that import from each other."

RULE = Rule(
    id="D06",
    title="The template keeps to the quotas",
    why="CloudFormation refuses templates beyond its quotas.",
    source="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
    severity=Severity.ERROR,
    check=_check,
    others=("E1002", "E1003", "E2010", "E3010", "E6010", "E7010", "F3010", "F1002", "F0011"),
)
