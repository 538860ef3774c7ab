"""Makes resources/facts/instance_types.json from the table that cfn-lint has of the EC2 price list.

python -m tests.analysis.instance_types 2026-11-21
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

FILE = Path(__file__).parents[2] / "resources" / "facts" / "instance_types.json"
TABLE = "data/schemas/extensions/aws_ec2_instance/instancetype_enum.json"


def main(day: str) -> None:
    """Writes the file, a row for each set of Regions that sizes of a family have in common."""
    table = json.loads(files("cfnlint").joinpath(TABLE).read_text(encoding="utf-8"))
    regions = sorted(key for key in table if key not in ("all", "description"))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for region in regions:
        for name in table[region]["enum"]:
            found[name].add(region)
    families: dict[str, dict[frozenset[str], list[str]]] = {}
    for name in sorted(found):
        family, _, size = name.partition(".")
        families.setdefault(family, {}).setdefault(frozenset(found[name]), []).append(size)
    rows = {family: [_row(regions, has, sizes) for has, sizes in sets.items()] for family, sets in families.items()}
    head = {
        "about": [
            "Which EC2 instance types a Region has: by family the sizes, and the Regions they are missing or only in.",
            "Made by tests/analysis/instance_types.py from the table of cfn-lint, which comes from the EC2 price list.",
        ],
        "as_of": day,
        "cfn_lint": version("cfn-lint"),
        "regions": regions,
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    body = ",\n".join(f"    {json.dumps(family)}: {json.dumps(row)}" for family, row in rows.items())
    FILE.write_text("\n".join(["{", *lines, '  "families": {', body, "  }", "}", ""]), encoding="utf-8")


def _row(regions: list[str], has: frozenset[str], sizes: list[str]) -> dict[str, list[str]]:
    missing = sorted(set(regions) - has)
    few = {"missing": missing} if len(missing) <= len(has) else {"only": sorted(has)}
    return {"sizes": sizes, **few}


if __name__ == "__main__":
    main(sys.argv[1])
