"""The command arrange, and files that do not say where things are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.catalog.catalog import load_catalog
from designer.layout.drawing import give_places
from designer.storage.files import read
from designer.storage.samples import samples
from tests.cli.commands import run

Capture = pytest.CaptureFixture[str]
UNPLACED = """\
designer: 1
name: "Written by hand"
# Nobody said where.
boundaries:
  network: {"kind": "vpc", "name": "Network"}
components:
  balancer: {"kind": "elb", "name": "Front door", "in": "network"}
  # Kept.
  people: {"kind": "users", "name": "People"}
  web: {"kind": "asg", "name": "Web", "in": "network"}
connections:
  a: {"from": "people", "relation": "requests", "to": "balancer"}
  b: {"from": "balancer", "relation": "routes", "to": "web"}
"""


@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("sample", [sample.name for sample in samples()])
def test_samples_arranged(tmp_path: Path, capsys: Capture, sample: str, direction: str) -> None:
    """Only places change; arranged again, not a byte does."""
    out = tmp_path / "out.arch.yaml"
    assert run(capsys, "arrange", f"sample:{sample}", "-o", str(out), "--direction", direction).code == 0
    first = out.read_bytes()
    assert run(capsys, "arrange", str(out), "--direction", direction).code == 0
    assert out.read_bytes() == first
    catalog = load_catalog()
    before, after = (read(path, catalog) for path in (_path(sample), out))
    assert after.connections == before.connections and after.flows == before.flows
    for key, component in before.components.items():
        assert after.components[key].with_(x=component.x, y=component.y) == component


def _path(sample: str) -> Path:
    return next(one.path for one in samples() if one.name == sample)


def test_a_file_without_places(tmp_path: Path, capsys: Capture) -> None:
    """Comments stay, and the cards end up inside of their boundary, beside one another."""
    file = tmp_path / "hand.arch.yaml"
    file.write_text(UNPLACED, encoding="utf-8")
    assert run(capsys, "arrange", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    assert "# Nobody said where." in text and "# Kept." in text
    drawing = read(file, load_catalog())
    network, people = drawing.boundaries["network"], drawing.components["people"]
    balancer, web = drawing.components["balancer"], drawing.components["web"]
    assert people.x < network.x < balancer.x and people.y == balancer.y
    assert balancer.y < web.y and balancer.x == web.x
    assert not give_places(drawing, load_catalog())


def test_a_file_without_places_is_drawn_in_order(tmp_path: Path, capsys: Capture) -> None:
    """Pictures and graphs place what has no place; the file stays as it is."""
    file = tmp_path / "hand.arch.yaml"
    file.write_text(UNPLACED, encoding="utf-8")
    assert run(capsys, "graph", str(file), "-o", str(tmp_path / "out.json")).code == 0
    nodes = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["nodes"]
    assert len({(node["x"], node["y"]) for node in nodes}) == len(nodes) == 3
    assert file.read_text(encoding="utf-8") == UNPLACED


def test_refusals(tmp_path: Path, capsys: Capture) -> None:
    """A sample is not changed, another file is not replaced unasked, a broken one is explained."""
    assert run(capsys, "arrange", "sample:three-tier").code == 2
    other = tmp_path / "other.arch.yaml"
    other.write_text("keep", encoding="utf-8")
    found = run(capsys, "arrange", "sample:three-tier", "-o", str(other))
    assert found.code == 2 and "--force" in found.err and other.read_text(encoding="utf-8") == "keep"
    assert run(capsys, "arrange", "sample:three-tier", "-o", str(other), "--force").code == 0
    assert run(capsys, "arrange", str(tmp_path / "none.arch.yaml")).code == 2
    assert run(capsys, "arrange", str(other), "--direction", "up").code == 2
