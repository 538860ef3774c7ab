"""The picture of a report: an SVG as the drawing program wrote it, made fit to stand inside a page."""

from __future__ import annotations

from xml.etree import ElementTree

from designer.report.text import clean, valid_xml

MAX_SIZE = 8 * 1024 * 1024
"""A larger picture is left out of the page; browsers would stall on it."""

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = {
    "g", "path", "polygon", "polyline", "line", "rect", "circle", "ellipse", "text", "tspan", "image", "defs",
    "linearGradient", "radialGradient", "stop", "clipPath",
}  # fmt: skip
_ATTRIBUTES = {
    "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height",
    "transform", "gradientTransform", "gradientUnits", "offset", "stop-color", "stop-opacity", "fill", "fill-opacity",
    "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "opacity", "vector-effect", "font-family", "font-size", "font-weight",
    "font-style", "text-anchor", "preserveAspectRatio", "image-rendering", "id", "clip-path",
}  # fmt: skip
_REFERRING = {"fill", "stroke", "clip-path"}
_FONTS = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


def inline_svg(text: str, label: str, prefix: str) -> str | None:
    """An SVG as an element for a page: only shapes, texts and embedded pixels stay, whatever else was in it.

    `label` is what a screen reader says; ids get the `prefix`, so that several pictures may stand in one page. `None`
    for what is no SVG, or too large a one.
    """
    if len(text) > MAX_SIZE:
        return None
    try:
        root = ElementTree.fromstring(valid_xml(text))
    except ElementTree.ParseError:
        return None
    box = root.get("viewBox")
    if root.tag != f"{_SVG}svg" or box is None:
        return None
    made = ElementTree.Element(
        "svg", {"viewBox": box, "role": "img", "aria-label": label, "class": f"picture {prefix}"}
    )
    made.set("width", box.split()[2] if len(box.split()) == 4 else "100%")
    _copy(root, made, prefix)
    return ElementTree.tostring(made, encoding="unicode", short_empty_elements=False)


def _copy(source: ElementTree.Element, target: ElementTree.Element, prefix: str) -> None:
    """Copies what may stay, level by level."""
    stack = [(source, target)]
    while stack:
        old, new = stack.pop()
        for child in old:
            name = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
            if name not in _ELEMENTS or (name == "g" and not len(child)):
                continue
            made = ElementTree.SubElement(new, name, dict(_attributes(child, prefix)))
            if name in ("text", "tspan"):
                made.text = clean(child.text or "")
            stack.append((child, made))


def _attributes(element: ElementTree.Element, prefix: str) -> list[tuple[str, str]]:
    kept = []
    for key, value in element.attrib.items():
        if key in (_LINK, "href"):
            if value.startswith("data:image/png;base64,"):
                kept.append(("href", value))
        elif key == "id":
            kept.append((key, f"{prefix}-{value}"))
        elif key == "font-family":
            kept.append((key, _FONTS))
        elif key in _REFERRING and "url(" in value:
            if value.startswith("url(#"):
                kept.append((key, f"url(#{prefix}-{value.removeprefix('url(#')}"))
        elif key in _ATTRIBUTES:
            kept.append((key, value))
    return kept
