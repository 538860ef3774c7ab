"""The drawing as a diagrams.net (draw.io) file that can be edited there: boundaries hold their contents, wires stick.

The format is mxGraph's XML, uncompressed. Texts are HTML inside of attributes, so they are encoded twice.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from designer.assets import data
from designer.catalog.catalog import Catalog
from designer.catalog.entries import Strength, Style
from designer.catalog.members import in_words, is_band, members
from designer.catalog.resolve import Resolution, card_text
from designer.language import tr
from designer.layout.band_shape import shape_of
from designer.layout.boxes import FOLDED_HEIGHT, FOLDED_WIDTH
from designer.layout.measures import Sides
from designer.layout.zones import lanes_of, vpc_around
from designer.model.architecture import Architecture
from designer.model.entities import Boundary, Component, Connection
from designer.report.text import valid_xml

CARD = (192, 64)
"""The width and height of a component, as on the canvas."""
TITLE = 28
"""The height of a boundary's title."""
_ROOT, _LAYER = "0", "1"
_CARD_STYLE = (
    "rounded=1;arcSize=12;whiteSpace=wrap;html=1;shape=label;align=left;verticalAlign=middle;spacingLeft=56;"
    "imageAlign=left;imageVerticalAlign=middle;imageWidth=40;imageHeight=40;spacing=8;overflow=hidden;fontSize=11;"
)
_BOUNDARY_STYLE = (
    "swimlane;html=1;rounded=1;arcSize=4;collapsible=1;container=1;align=left;spacingLeft=8;fontStyle=1;fontSize=12;"
)
_LANE_STYLE = "text;html=1;align=left;verticalAlign=middle;fontSize=11;"
_LINE_STYLE = "endArrow=none;html=1;dashed=1;"
_BAND_STYLE = "rounded=1;arcSize=18;html=1;fillOpacity=8;strokeOpacity=70;"
_MEMBER_STYLE = "rounded=1;arcSize=50;html=1;fontSize=11;"
_MEMBER_WIDTH = 84
_WIRE_STYLE = (
    "edgeStyle=orthogonalEdgeStyle;rounded=1;html=1;fontSize=11;endArrow=block;jettySize=auto;jumpStyle=arc;jumpSize=8;"
)


def as_drawio(architecture: Architecture, catalog: Catalog, icons: Mapping[str, bytes] | None = None) -> bytes:
    """One page with all boundaries, components and wires at their places; the same drawing gives the same bytes.

    `icons` are SVG by kind that stand in the place of the program's own.
    """
    return _Page(architecture, catalog, icons or {}).text()


class _Page:
    def __init__(self, architecture: Architecture, catalog: Catalog, icons: Mapping[str, bytes]) -> None:
        self.architecture, self.catalog, self.icons = architecture, catalog, icons
        self.resolution = Resolution(architecture, catalog)
        self.colours = _colours()

    def text(self) -> bytes:
        file = Element("mxfile", host="aws-designer")
        name = valid_xml(self.architecture.settings.name) or "Architecture"
        page = SubElement(file, "diagram", id="drawing", name=name)
        model = SubElement(page, "mxGraphModel", grid="1", gridSize="8", page="0", pageScale="1", math="0", shadow="0")
        root = SubElement(model, "root")
        SubElement(root, "mxCell", id=_ROOT)
        SubElement(root, "mxCell", {"id": _LAYER, "parent": _ROOT})
        for boundary in self._outermost_first():
            self._add_boundary(root, boundary)
        for boundary in self._outermost_first():
            if boundary.kind == "vpc" and not self._is_folded(boundary.id):
                self._add_lanes(root, boundary)
        for key in sorted(self.architecture.components):
            self._add_band(root, self.architecture.components[key])
        for key in sorted(self.architecture.components):
            self._add_component(root, self.architecture.components[key])
        for key in sorted(self.architecture.connections):
            self._add_wire(root, self.architecture.connections[key])
        content: bytes = tostring(file, encoding="utf-8", xml_declaration=True)
        return content + b"\n"

    def _outermost_first(self) -> Iterator[Boundary]:
        boundaries = self.architecture.boundaries
        depths = {key: len(self.architecture.boundaries_around(key)) for key in boundaries}
        for key in sorted(boundaries, key=lambda key: (depths[key], key)):
            yield boundaries[key]

    def _add_boundary(self, root: Element, boundary: Boundary) -> None:
        access = "vpc" if boundary.kind == "vpc" else "group"
        if boundary.kind == "tier":
            access = str(self.resolution.boundary(boundary.id)["access"])
        colour = self.colours[f"boundary-{access}"]
        dashes = "dashed=1;" if boundary.kind == "group" else ""
        style = f"{_BOUNDARY_STYLE}{dashes}startSize={TITLE};strokeColor={colour};fontColor={colour};fillColor=none;"
        zones = f" ({', '.join(boundary.zones)})" if boundary.zones else ""
        cell = _cell(root, f"boundary:{boundary.id}", _html(boundary.name) + zones, style, vertex="1")
        size = (boundary.width, boundary.height)
        if boundary.collapsed:
            cell.set("collapsed", "1")
            size = (FOLDED_WIDTH, FOLDED_HEIGHT)
        geometry = self._place(cell, boundary.parent, (boundary.x, boundary.y, *size))
        if boundary.collapsed:
            opened = {"width": str(boundary.width), "height": str(boundary.height), "as": "alternateBounds"}
            SubElement(geometry, "mxRectangle", {"x": geometry.get("x", "0"), "y": geometry.get("y", "0"), **opened})

    def _is_folded(self, boundary: str | None) -> bool:
        return any(around.collapsed for around in self.architecture.boundaries_around(boundary))

    def _add_lanes(self, root: Element, vpc: Boundary) -> None:
        """The name of each zone at the head of its lane, and the lines between the lanes."""
        lanes = lanes_of(self.architecture, vpc)
        style = f"{_LANE_STYLE}fontColor={self.colours['boundary-text']};"
        for number, zone in enumerate(lanes.zones):
            name = f"lane:{vpc.id}:{zone}"
            left = round(number * lanes.width)
            head = _cell(root, name, f"Zone {zone}", style, vertex="1", connectable="0")
            self._place(head, vpc.id, (vpc.x + left + 34, vpc.y + TITLE, 80, 20))
            if number:
                line = {"style": f"{_LINE_STYLE}strokeColor={self.colours['lane-line']};", "edge": "1"}
                cell = SubElement(root, "mxCell", {"id": f"{name}:line", **line, "parent": f"boundary:{vpc.id}"})
                geometry = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
                for end, y in (("sourcePoint", TITLE), ("targetPoint", vpc.height)):
                    SubElement(geometry, "mxPoint", {"x": str(left), "y": str(y), "as": end})

    def _add_band(self, root: Element, component: Component) -> None:
        """The band of a component across its zones, with what it has in each."""
        resolved, home = self.resolution.component(component.id), component.boundary
        vpc = vpc_around(self.architecture, home)
        if vpc is None or not is_band(resolved) or self._is_folded(home):
            return
        lanes, chain = lanes_of(self.architecture, vpc), self.architecture.boundaries_around(home)
        numbers = lanes.numbers(resolved.zones)
        around = next((each for each in chain if each.kind == "tier"), vpc)
        frame = (around.x, around.y, around.x + around.width, around.y + around.height)
        card = (component.x, component.y, component.x + CARD[0], component.y + CARD[1])
        shape = shape_of(lanes, numbers, frame, card)
        if shape is None:
            return
        colour = self.catalog.categories[resolved.kind.category].colour
        style = f"{_BAND_STYLE}fillColor={colour};strokeColor={colour};"
        for number, piece in enumerate(shape.pieces):
            cell = _cell(root, f"band:{component.id}:{number}", "", style, vertex="1", connectable="0")
            self._place(cell, home, _whole(piece))
        said = members(resolved)
        for lane, room in zip(numbers, shape.rooms, strict=True):
            text = in_words(said[lanes.zones[lane]])
            if text and room[1] - room[0] >= _MEMBER_WIDTH:
                left = room[0] if room[1] <= card[0] else room[1] - _MEMBER_WIDTH
                name = f"member:{component.id}:{lanes.zones[lane]}"
                cell = _cell(root, name, _html(text), _MEMBER_STYLE, vertex="1", connectable="0")
                self._place(cell, home, _whole((left, card[1] + 51, left + _MEMBER_WIDTH, card[1] + 69)))

    def _add_component(self, root: Element, component: Component) -> None:
        kind, resolved = self.catalog.kinds[component.kind], self.resolution.component(component.id)
        lines = [f"<b>{_html(component.name)}</b>", _html(tr(kind.title)), _html(card_text(resolved))]
        if resolved.zones:
            lines.append(_html(f"zones {', '.join(resolved.zones)}"))
        colours = f"fillColor={self.colours['card']};strokeColor={self.colours['card-border']};"
        style = f"{_CARD_STYLE}{colours}image={self._icon(component.kind)};"
        text = "<br>".join(line for line in lines if line)
        cell = _cell(root, f"component:{component.id}", text, style, vertex="1")
        self._place(cell, component.boundary, (component.x, component.y, *CARD))

    def _add_wire(self, root: Element, wire: Connection) -> None:
        resolved = self.resolution.wire(wire.id)
        dashes = "dashed=1;" if resolved.style is Style.ASYNC else ""
        soft = resolved.strength is Strength.SOFT
        role = "wire-soft" if soft else "wire-async" if dashes else "wire"
        line = f"strokeColor={self.colours[role]};strokeWidth={1 if soft else 1.5};endFill={0 if soft else 1};"
        ends = {"source": f"component:{wire.source}", "target": f"component:{wire.target}"}
        style, text = f"{_WIRE_STYLE}{dashes}{line}", _html(wire.headline or resolved.verb)
        cell = _cell(root, f"connection:{wire.id}", text, style, edge="1", parent=_LAYER, **ends)
        geometry = SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
        if wire.via:
            points = SubElement(geometry, "Array", {"as": "points"})
            for x, y in wire.via:
                SubElement(points, "mxPoint", {"x": str(x), "y": str(y)})

    def _icon(self, kind: str) -> str:
        own = self.icons.get(kind)
        return _icon(kind) if own is None else _inline(own)

    def _place(self, cell: Element, parent: str | None, rect: tuple[int, int, int, int]) -> Element:
        """Positions count from the corner of what is around."""
        around = self.architecture.boundaries.get(parent) if parent is not None else None
        left, top = (around.x, around.y) if around is not None else (0, 0)
        cell.set("parent", f"boundary:{parent}" if around is not None else _LAYER)
        x, y, width, height = rect
        place = {"x": x - left, "y": y - top, "width": width, "height": height}
        return SubElement(cell, "mxGeometry", {**{key: str(value) for key, value in place.items()}, "as": "geometry"})


def _whole(sides: Sides) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(side) for side in sides)
    return left, top, right - left, bottom - top


def _cell(root: Element, key: str, value: str, style: str, **attributes: str) -> Element:
    return SubElement(root, "mxCell", {"id": key, "value": valid_xml(value), "style": style, **attributes})


def _html(text: str) -> str:
    return escape(valid_xml(text)).replace("\n", " ")


@lru_cache(maxsize=256)
def _icon(kind: str) -> str:
    """A kind's icon as draw.io has it in a style, where a semicolon would end the entry."""
    folder = data("resources") / "icons"
    file = next(path for path in (folder / f"{kind}.svg", folder / "group.svg") if path.is_file())
    return _inline(file.read_bytes())


def _inline(svg: bytes) -> str:
    return f"data:image/svg+xml,{b64encode(svg).decode('ascii')}"


@lru_cache(maxsize=1)
def _colours() -> Mapping[str, str]:
    """The colours of the light theme, by role."""
    raw = json.loads((data("resources") / "themes" / "light.json").read_text(encoding="utf-8"))
    return {role: value for role, value in raw.items() if isinstance(value, str)}
