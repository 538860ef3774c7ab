"""The drawing as a graph for other programs: nodes and edges with what the analysis says of each.

GraphML and GEXF are read by graph tools, node-link JSON by scripts. The attributes are those of `graph_of`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from designer.analysis.analyse import analyse
from designer.analysis.findings import Analysis
from designer.analysis.networks import networks
from designer.catalog.catalog import Catalog
from designer.catalog.resolve import Resolution
from designer.model.architecture import Architecture
from designer.report.text import valid_xml

if TYPE_CHECKING:
    import networkx


def graph_of(
    architecture: Architecture, catalog: Catalog, *, analysis: Analysis | None = None
) -> networkx.MultiDiGraph[str]:
    """Components as nodes and wires as edges, by their ids, in the order of the drawing's ids.

    A node has its kind, name, boundary, VPC, tier and zones (letters, joined by blanks), its position, the number of
    findings, and from the graph of services its afferent and efferent coupling, instability and blast radius (the
    share of flows that its failure stops). An edge has its relation, style, strength and tightness (0 to 4).
    What is not known is left out.
    """
    import networkx as nx

    resolution = Resolution(architecture, catalog)
    found = analysis if analysis is not None else analyse(architecture, catalog, resolution=resolution)
    graph: networkx.MultiDiGraph[str] = nx.MultiDiGraph()
    settings = architecture.settings
    graph.graph.update(_known({"name": settings.name, "region": settings.region}))
    for key in sorted(architecture.components):
        graph.add_node(key, **_known(_node(resolution, found, key)))
    for key in sorted(architecture.connections):
        wire, coupling = architecture.connections[key], found.coupling.wires.get(key)
        about = {"relation": wire.relation, "verb": resolution.wire(key).verb}
        if coupling is not None:
            about |= {"style": str(coupling.style), "strength": str(coupling.strength)}
        tightness = {} if coupling is None else {"tightness": coupling.tightness}
        graph.add_edge(wire.source, wire.target, key=key, **_known({**about, **tightness}))
    return graph


def _node(resolution: Resolution, found: Analysis, key: str) -> dict[str, object]:
    component, resolved = resolution.architecture.components[key], resolution.component(key)
    network = networks(resolution).get(resolved.vpc) if resolved.vpc is not None else None
    service = found.coupling.services.get(key)
    about: dict[str, object] = {
        "kind": component.kind,
        "name": component.name,
        "boundary": component.boundary,
        "vpc": None if network is None else resolved.vpc,
        "tier": resolved.tier,
        "zones": " ".join(resolved.zones),
        "x": component.x,
        "y": component.y,
        "findings": sum(key in finding.components for finding in found.findings),
    }
    if service is not None:
        about["afferent"], about["efferent"] = service.incoming, service.outgoing
        about["instability"], about["blast_radius"] = service.instability, service.blast_radius
    return about


def _known(attributes: Mapping[str, object]) -> dict[str, object]:
    return {
        key: valid_xml(value) if isinstance(value, str) else value
        for key, value in attributes.items()
        if value is not None
    }


def as_graphml(graph: networkx.MultiDiGraph[str]) -> bytes:
    """GraphML (http://graphml.graphdrawing.org)."""
    import networkx as nx

    out = BytesIO()
    nx.write_graphml_xml(graph, out)
    return out.getvalue()


def as_gexf(graph: networkx.MultiDiGraph[str]) -> bytes:
    """GEXF 1.2, without the day on which it was written: the same drawing gives the same bytes."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(graph)) + "\n"
    return re.sub(r'(<meta) lastmodifieddate="[^"]*"', r"\1", text, count=1).encode()


def as_node_link(graph: networkx.MultiDiGraph[str]) -> bytes:
    """Node-link JSON, as `networkx.node_link_graph` reads it."""
    import networkx as nx

    return (json.dumps(nx.node_link_data(graph, edges="edges"), indent=2, ensure_ascii=False) + "\n").encode()


FORMATS: Mapping[str, Callable[[networkx.MultiDiGraph[str]], bytes]] = {
    ".graphml": as_graphml,
    ".gexf": as_gexf,
    ".json": as_node_link,
}
"""The writers by the ending of the file."""
