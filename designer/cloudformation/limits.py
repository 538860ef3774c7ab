"""CloudFormation's limits on a template, checked before it is written.

Figures: AWS CloudFormation User Guide, "Understand CloudFormation quotas".
"""

from __future__ import annotations

from typing import Any

from designer.cloudformation.fragments import Template
from designer.errors import UserError

MAX_RESOURCES = 500
MAX_PARAMETERS = 200
MAX_OUTPUTS = 200
MAX_INLINE_BYTES = 51_200
MAX_BYTES = 1_000_000


def check_limits(template: Template, text: str) -> list[str]:
    """Notes on limits that change how to deploy. Raises `UserError` for one that no deployment can pass."""
    tree: dict[str, Any] = template.tree
    for section, limit in (("Resources", MAX_RESOURCES), ("Parameters", MAX_PARAMETERS), ("Outputs", MAX_OUTPUTS)):
        count = len(tree.get(section, {}))
        if count > limit:
            raise UserError(
                f"the template would have {count} {section.lower()}; CloudFormation takes {limit}",
                hint="Split the architecture into two files.",
            )
    size = len(text.encode())
    if size > MAX_BYTES:
        raise UserError(
            f"the template would have {size:,} bytes; CloudFormation takes {MAX_BYTES:,}",
            hint="Split the architecture into two files.",
        )
    if size > MAX_INLINE_BYTES:
        return [
            f"The template has {size:,} bytes, over the {MAX_INLINE_BYTES:,} that can be sent directly: "
            "deploy it with `aws cloudformation deploy --s3-bucket BUCKET`."
        ]
    return []
