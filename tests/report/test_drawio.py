"""The drawing as a draw.io file: read back as the editor reads it, cell by cell."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import Phase, given, settings

from designer.catalog.catalog import load_catalog
from designer.gui.canvas.metrics import CARD_HEIGHT, CARD_WIDTH
from designer.model.architecture import Architecture
from designer.model.edits import Put
from designer.report.drawio import CARD, as_drawio
from designer.storage.samples import open_sample, samples
from tests.cli.commands import run
from tests.model.architectures import architectures as hostile

CATALOG = load_catalog()


def cells(content: bytes) -> dict[str, Element]:
    """The cells of the one page by their ids, none of which is there twice."""
    found = fromstring(content).findall("./diagram/mxGraphModel/root/mxCell")
    by_id = {cell.get("id", ""): cell for cell in found}
    assert len(by_id) == len(found)
    return by_id


def corner(all_cells: dict[str, Element], key: str) -> tuple[int, int]:
    """Where a cell stands on the page: positions count from what is around."""
    left = top = 0
    while key not in ("0", "1"):
        geometry = all_cells[key].find("mxGeometry")
        assert geometry is not None
        left, top = left + int(geometry.get("x", "0")), top + int(geometry.get("y", "0"))
        key = all_cells[key].get("parent", "0")
    return left, top


@pytest.mark.parametrize("name", [sample.name for sample in samples()])
def test_everything_stands_where_it_is_drawn(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    out = tmp_path / "drawing.drawio"
    assert run(capsys, "render", f"sample:{name}", "-o", str(out)).code == 0
    drawing, found = open_sample(name, CATALOG), cells(out.read_bytes())
    for component in drawing.components.values():
        cell = found[f"component:{component.id}"]
        assert corner(found, f"component:{component.id}") == (component.x, component.y)
        assert f"<b>{component.name}</b>" in unescape(cell.get("value", ""))
        around = component.boundary
        assert cell.get("parent") == (f"boundary:{around}" if around else "1")
    for wire in drawing.connections.values():
        cell = found[f"connection:{wire.id}"]
        assert cell.get("source") == f"component:{wire.source}"
        assert cell.get("target") == f"component:{wire.target}"
    for boundary in drawing.boundaries.values():
        assert corner(found, f"boundary:{boundary.id}") == (boundary.x, boundary.y)
    order = list(found)
    for key, cell in found.items():
        assert key == "0" or order.index(cell.get("parent", "0")) < order.index(key), "what is around comes first"


def test_cards_are_as_large_as_on_the_canvas() -> None:
    assert CARD == (CARD_WIDTH, CARD_HEIGHT)


def test_what_nobody_waits_for_is_dashed() -> None:
    found = cells(as_drawio(open_sample("orders-decoupled", CATALOG), CATALOG))
    assert "dashed=1" in found["connection:order-placed-payments-queue"].get("style", "")
    assert "dashed=1" not in found["connection:load-balancer-orders"].get("style", "")


@settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(hostile())
def test_any_name_ends_as_text(architecture: Architecture) -> None:
    found = cells(as_drawio(architecture, CATALOG))
    assert sum(key.startswith("component:") for key in found) == len(architecture.components)
    assert sum(key.startswith("connection:") for key in found) == len(architecture.connections)
    for key, cell in found.items():
        value = cell.get("value", "")
        for tag in ("<b>", "</b>", "<br>"):
            value = value.replace(tag, "")
        assert "<" not in value, f"{key} has markup of its own"
    assert as_drawio(architecture, CATALOG) == as_drawio(architecture.copy(), CATALOG)


def test_a_wire_has_its_note_its_corners_and_a_head_that_tells_whether_it_is_needed() -> None:
    drawing = open_sample("orders-coupled", CATALOG)
    wire = next(iter(drawing.connections.values()))
    noted = wire.with_(note="POST /orders\nat night", via=((10, 20), (10, 80)), properties={"strength": "soft"})
    drawing.apply(Put(noted))
    cell = cells(as_drawio(drawing, CATALOG))[f"connection:{wire.id}"]
    assert cell.get("value") == "POST /orders"
    assert [(point.get("x"), point.get("y")) for point in cell.iter("mxPoint")] == [("10", "20"), ("10", "80")]
    assert "endFill=0" in (cell.get("style") or "") and "jumpStyle=arc" in (cell.get("style") or "")


def test_lanes_and_bands_are_those_of_the_canvas() -> None:
    drawing = open_sample("kubernetes", CATALOG)
    found = cells(as_drawio(drawing, CATALOG))
    assert [found[f"lane:network:{zone}"].get("value") for zone in "abc"] == ["Zone a", "Zone b", "Zone c"]
    band, shop = found["band:ticket-shop:0"], drawing.components["ticket-shop"]
    geometry = band.find("mxGeometry")
    assert geometry is not None and int(geometry.get("width", "0")) > 2 * 240
    left, top = corner(found, "band:ticket-shop:0")
    assert left < shop.x and top < shop.y < top + int(geometry.get("height", "0"))
    assert found["member:ticket-shop:a"].get("value") == "2 pods"
    assert found["member:database:c"].get("value") == "standby"
    assert "member:ticket-shop:b" not in found, "no room is left beside the card"
    order = list(found)
    assert order.index("band:ticket-shop:0") < order.index("component:ticket-shop"), "the band lies below"
    assert not any(key.startswith("band:carts") for key in found)


def test_a_collapsed_boundary_is_collapsed_there_too() -> None:
    drawing = open_sample("kubernetes", CATALOG)
    drawing.apply(Put(drawing.boundaries["network"].with_(collapsed=True)))
    found = cells(as_drawio(drawing, CATALOG))
    cell = found["boundary:network"]
    assert cell.get("collapsed") == "1"
    geometry = cell.find("mxGeometry")
    assert geometry is not None and (geometry.get("width"), geometry.get("height")) == ("208", "64")
    opened = geometry.find("mxRectangle")
    assert opened is not None and (opened.get("width"), opened.get("as")) == ("720", "alternateBounds")
    assert "component:ticket-shop" in found and not any(key.startswith(("lane:", "band:")) for key in found)
