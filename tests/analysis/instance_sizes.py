"""Makes resources/facts/instance_sizes.json from the answers of DescribeInstanceTypes that moto comes with.

python -m tests.analysis.instance_sizes 2026-11-21
"""

from __future__ import annotations

import gzip
import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

FILE = Path(__file__).parents[2] / "resources" / "facts" / "instance_sizes.json"
TABLE = "ec2/resources/instance_types.json.gz"


def main(day: str) -> None:
    """Writes the file, a line for each family."""
    table = json.loads(gzip.decompress(files("moto").joinpath(TABLE).read_bytes()))
    families: dict[str, dict[str, list[int]]] = {}
    for name, described in sorted(table.items()):
        family, _, size = name.partition(".")
        families.setdefault(family, {})[size] = [
            described["VCpuInfo"]["DefaultVCpus"],
            described["MemoryInfo"]["SizeInMiB"],
        ]
    head = {
        "about": [
            "vCPUs and memory in MiB of EC2 instance types, by family and size.",
            "Made by tests/analysis/instance_sizes.py from the answers of DescribeInstanceTypes that moto comes with.",
        ],
        "as_of": day,
        "moto": version("moto"),
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    body = ",\n".join(f"    {json.dumps(family)}: {json.dumps(sizes)}" for family, sizes in families.items())
    FILE.write_text("\n".join(["{", *lines, '  "families": {', body, "  }", "}", ""]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
