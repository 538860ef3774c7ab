"""The drawing as a graph: read back by networkx, against the drawing and its analysis."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from designer.analysis.analyse import analyse
from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.report.graph import FORMATS, graph_of
from designer.storage.samples import open_sample, samples
from tests.cli.commands import run
from tests.model.architectures import architectures as hostile

CATALOG = load_catalog()


def read(path: Path) -> nx.MultiDiGraph:
    """A graph as another program reads it."""
    match path.suffix:
        case ".graphml":
            return nx.read_graphml(path, force_multigraph=True)
        case ".gexf":
            return nx.read_gexf(path)
        case _:
            return nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_what_is_written_is_the_drawing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, ending: str
) -> None:
    out = tmp_path / f"drawing{ending}"
    assert run(capsys, "graph", f"sample:{name}", "-o", str(out)).code == 0
    found, drawing = read(out), open_sample(name, CATALOG)
    assert set(found.nodes) == set(drawing.components)
    wires = drawing.connections.values()
    assert sorted(found.edges()) == sorted((wire.source, wire.target) for wire in wires)
    analysis = analyse(drawing, CATALOG)
    for key, about in found.nodes(data=True):
        assert about["kind"] == drawing.components[key].kind
        assert about["findings"] == len([one for one in analysis.findings if key in one.components])
    depths = {data["relation"] for _source, _target, data in found.edges(data=True)}
    assert depths == {wire.relation for wire in wires}


def test_numbers_of_the_graph_are_those_of_the_analysis() -> None:
    drawing = open_sample("orders-coupled", CATALOG)
    graph, analysis = graph_of(drawing, CATALOG), analyse(drawing, CATALOG)
    for key, service in analysis.coupling.services.items():
        assert graph.nodes[key]["afferent"] == service.incoming
        assert graph.nodes[key]["blast_radius"] == service.blast_radius
    cycle = max(nx.strongly_connected_components(graph), key=len)
    assert cycle == {"orders", "payments", "inventory"}
    for _source, _target, key, data in graph.edges(keys=True, data=True):
        assert data["tightness"] == analysis.coupling.wires[key].tightness


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hostile())
def test_any_name_ends_as_data(tmp_path: Path, architecture: Architecture) -> None:
    for ending, write in FORMATS.items():
        out = tmp_path / f"any{ending}"
        out.write_bytes(write(graph_of(architecture, CATALOG)))
        assert len(read(out)) == len(architecture.components)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    drawing = open_sample("three-tier", CATALOG)
    for write in FORMATS.values():
        assert write(graph_of(drawing, CATALOG)) == write(graph_of(drawing.copy(), CATALOG))
    assert b"lastmodified" not in FORMATS[".gexf"](graph_of(drawing, CATALOG))


@pytest.mark.parametrize("name", ["drawing.dot", "drawing"])
def test_other_endings_are_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    result = run(capsys, "graph", "sample:three-tier", "-o", str(tmp_path / name))
    assert result.code == 2
    assert ".graphml, .gexf, .json" in result.err
