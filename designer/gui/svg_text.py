"""Letters of an SVG picture that look the same where the program's fonts are not installed."""

from __future__ import annotations

import re
from html import unescape

from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QPainterPath

_TEXT = re.compile(r"<text ([^>]*)>(.*?)</text>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_FAMILY = re.compile(r'font-family="([^"]*)"')
_DEMI_BOLD = 600


def fix_text(svg: str) -> str:
    """Each text with the family that it was measured in, any without serifs after that, and the length that it had."""

    def fixed(found: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        width = QFontMetricsF(_font(attributes)).horizontalAdvance(unescape(found[2]))
        length = f'textLength="{width:g}" lengthAdjust="spacingAndGlyphs"' if width else ""
        return f"<text {found[1].rstrip()} {length}>{found[2]}</text>"

    return _FAMILY.sub(_named, _TEXT.sub(fixed, svg))


def outline_text(svg: str) -> str:
    """Each text as the shapes of its letters, with its words for programs that read aloud."""

    def outlined(found: re.Match[str]) -> str:
        attributes = dict(_ATTRIBUTE.findall(found[1]))
        path = QPainterPath()
        place = float(attributes["x"]), float(attributes["y"])
        path.addText(*place, _font(attributes), unescape(found[2]))
        shown = " ".join(f'{name}="{attributes[name]}"' for name in ("fill", "fill-opacity") if name in attributes)
        words = found[2].replace('"', "&quot;")
        return f'<g role="img" aria-label="{words}"><path {shown} stroke="none" d="{_shape(path)}"/></g>'

    return _FAMILY.sub(_named, _TEXT.sub(outlined, svg))


def _named(found: re.Match[str]) -> str:
    family = QFontInfo(QFont(unescape(found[1]))).family()
    return f"font-family=\"'{family}', sans-serif\"" if "'" not in family and '"' not in family else found[0]


def _font(attributes: dict[str, str]) -> QFont:
    font = QFont(unescape(attributes.get("font-family", "")))
    font.setPixelSize(max(1, round(float(attributes.get("font-size", "12")))))
    if int(attributes.get("font-weight", "400")) >= _DEMI_BOLD:
        font.setWeight(QFont.Weight.DemiBold)
    font.setItalic(attributes.get("font-style") == "italic")
    return font


def _shape(path: QPainterPath) -> str:
    """A path as SVG writes it."""
    parts: list[str] = []
    count = path.elementCount()
    number = 0
    while number < count:
        element = path.elementAt(number)
        if element.isCurveTo():
            points = [path.elementAt(number + step) for step in range(3)]
            parts.append("C" + " ".join(f"{point.x:.2f},{point.y:.2f}" for point in points))
            number += 3
            continue
        parts.append(f"{'M' if element.isMoveTo() else 'L'}{element.x:.2f},{element.y:.2f}")
        number += 1
    return "".join(parts)
