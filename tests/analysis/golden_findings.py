"""What the analysis is expected to say of each sample, as files that a person has read and agreed with.

    python -m tests.analysis.golden_findings

writes them anew. Read the difference before it is committed: an expert has to agree with every line.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from designer.analysis.analyse import analyse
from designer.analysis.findings import Analysis
from designer.catalog.catalog import load_catalog
from designer.storage.samples import open_sample, samples

FOLDER = Path(__file__).parent / "golden"


def outline(analysis: Analysis) -> dict[str, Any]:
    """What is kept of an analysis: findings with their places, figures of flows to six digits, classes of wires."""
    return {
        "findings": [
            {"rule": finding.rule, "severity": str(finding.severity), "at": [*finding.components, *finding.connections]}
            for finding in analysis.findings
        ],
        "flows": {
            flow.id: {
                "accept": round(flow.accept.structural, 6),
                "complete": round(flow.complete.structural, 6),
                "contract": round(flow.complete.contract, 6),
                "single points": [f"{point.level}: {point.label}" for point in flow.single_points],
            }
            for flow in analysis.flows
        },
        "wires": {key: wire.word for key, wire in analysis.coupling.wires.items()},
    }


def golden(sample: str) -> Path:
    """The file of a sample."""
    return FOLDER / f"{sample}.json"


def main() -> None:
    """Writes all files."""
    catalog = load_catalog()
    FOLDER.mkdir(exist_ok=True)
    for sample in samples():
        content = outline(analyse(open_sample(sample.name, catalog), catalog))
        golden(sample.name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
