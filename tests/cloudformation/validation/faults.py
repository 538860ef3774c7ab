"""Faults as people make them, each one change of a good template: most stand in faults.yaml, the long ones here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Fault:
    """One change of a good template, and the rule and path that have to be named."""

    rule: str
    template: str
    path: str
    old: str
    new: str

    @property
    def name(self) -> str:
        """For the report of the tests."""
        return f"{self.rule}-{self.path}"

    def planted(self) -> str:
        """The template with the fault. What is replaced has to stand in it once."""
        good = good_template(self.template)
        assert good.count(self.old) == 1, (
            f"{self.name}: {self.old!r} stands {good.count(self.old)} times in {self.template}"
        )
        return good.replace(self.old, self.new)


def good_template(name: str) -> str:
    """A template of the folder good."""
    return (FOLDER / "good" / f"{name}.yaml").read_text(encoding="utf-8")


def good_names() -> list[str]:
    """The names of all good templates."""
    return sorted(file.stem for file in (FOLDER / "good").glob("*.yaml"))


def _read() -> list[Fault]:
    entries = yaml.safe_load((FOLDER / "faults.yaml").read_text(encoding="utf-8"))
    return [Fault(e["rule"], e["in"], e["path"], e["old"], e["new"]) for e in entries]


_OUTPUTS = "".join(f"  Output{number}:\n    Value: x\n" for number in range(200))
_TOPICS = "".join(f"  Topic{number}:\n    Type: AWS::SNS::Topic\n" for number in range(500))

LONG = [
    Fault("D06", "plain", "Description", "Description: Parameters", "Description: " + 300 * "long " + "Parameters"),
    Fault("D06", "plain", "Outputs", "Outputs:\n", f"Outputs:\n{_OUTPUTS}"),
    Fault("D06", "plain", "Resources", "Resources:\n", f"Resources:\n{_TOPICS}"),
    Fault("D07", "plain", "", "Mappings:", f"# {52_000 * 'x'}\nMappings:"),
    Fault(
        "D74", "functions", "Resources.Worker.Properties.Environment.Variables",
        "QUEUE_URL: !Ref Queue", f"LONG: {4100 * 'x'}",
    ),
]  # fmt: skip

FAULTS = [*_read(), *LONG]
