"""Whether an SVG file does nothing but draw: for pictures that come from outside."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, fromstring

MAX_BYTES = 256 * 1024
_MAX_ELEMENTS = 4_000
_MAX_DEPTH = 48
_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    (
        *("svg", "g", "defs", "title", "desc", "style", "path", "rect", "circle", "ellipse", "line", "polyline"),
        *("polygon", "linearGradient", "radialGradient", "stop", "clipPath"),
    )
)
"""Nothing that shows another file or repeats another element: no image, use, pattern, mask, filter, text or script."""
_DECLARATION = re.compile(r"<!(?!--)")
_ENCODING = re.compile(r"<\?xml[^>]*encoding=[\"'](?!utf-8[\"'])", re.IGNORECASE)
_OUTWARD = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:|data:", re.IGNORECASE)
_ENDLESS = re.compile(r"dasharray", re.IGNORECASE)
"""Dashes of next to no length on a long line keep a painter busy for hours."""


def is_harmless(content: bytes) -> bool:
    """Whether it is SVG of moderate size, made only of shapes and colours, that refers to nothing outside itself."""
    if len(content) > MAX_BYTES:
        return False
    try:
        text = content.decode("utf-8-sig")
        # Without a document type there are no entities to expand.
        if _DECLARATION.search(text) or _ENCODING.match(text):
            return False
        root = fromstring(text)
    except (UnicodeDecodeError, ParseError):
        return False
    return root.tag == f"{_SVG}svg" and _only_draws(root)


def _only_draws(root: Element) -> bool:
    left, seen = [(root, 1)], 0
    while left:
        element, depth = left.pop()
        seen += 1
        if seen > _MAX_ELEMENTS or depth > _MAX_DEPTH or not _is_plain(element):
            return False
        left.extend((child, depth + 1) for child in element)
    return True


def _is_plain(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag.removeprefix(_SVG) not in _ELEMENTS:
        return False
    if _is_outward(element.text or "") or _ENDLESS.search(element.text or ""):
        return False
    return all(_is_plain_attribute(name, value) for name, value in element.attrib.items())


def _is_plain_attribute(name: str, value: str) -> bool:
    local = name.rpartition("}")[2].lower()
    if local.startswith("on") or _ENDLESS.search(name) or _is_outward(value):
        return False
    if local == "style" and _ENDLESS.search(value):
        return False
    return local != "href" or value.startswith("#")


def _is_outward(text: str) -> bool:
    return _OUTWARD.search(text) is not None
