"""The processor of an EC2 instance type, by its name."""

from __future__ import annotations

import re

_ARM = re.compile(r"[a-z]+[0-9]+[a-z]*g[a-z]*(-[a-z0-9]+)?\.")


def is_arm(instance_type: str) -> bool:
    """Whether an instance type has an Arm processor: its generation is followed by a g (t4g, m7gd, c7gn)."""
    return _ARM.match(instance_type) is not None or instance_type.startswith("a1.")
