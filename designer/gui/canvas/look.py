"""Pens, brushes and fonts of the drawing for one theme, made once so that nothing is made while painting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QGuiApplication, QPen

from designer.gui.canvas.wire_path import DASHES
from designer.gui.theme import Theme, plain_brush

WEIGHTS = (1.0, 1.5, 2.6)
"""Widths of wires by weight, in canvas units."""
FAR_NAME_SIZES = (18, 16, 14)
"""Letters of names from further away, in canvas units: the largest in which every word fits."""
WIRE_ROLES = ("wire", "wire-async", "wire-soft", "wire-hover", "wire-selected", "witness")
BOUNDARY_ROLES = ("boundary-vpc", "boundary-public", "boundary-private", "boundary-isolated", "boundary-group")
SEVERITIES = ("error", "high", "medium", "low", "info")
_DIM = 0.72
_FADED = 0.5


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; `share` is how much of the second."""
    kept = 1 - share
    return QColor(
        round(one.red() * kept + other.red() * share),
        round(one.green() * kept + other.green() * share),
        round(one.blue() * kept + other.blue() * share),
    )


class Look:
    """What the items paint with. Never changed once made: another theme is another look."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.on_paper = False
        """Whether it is for a picture, in which there is nothing to click."""
        self._bands: dict[str, tuple[QBrush, QPen, QBrush]] = {}
        self.canvas = theme.brush("canvas")
        self.dots = theme.brush("canvas-dot")
        self.no_pen = QPen(Qt.PenStyle.NoPen)
        self.no_brush = QBrush()
        self._make_fonts()
        self._make_cards()
        self._make_wires()
        self._make_boundaries()
        self._make_overlay()

    def for_pictures(self) -> Look:
        """The same look with lines that grow with the picture, as the letters do."""
        made = Look(self.theme)
        made.on_paper = True
        for pen in _pens_in(vars(made)):
            pen.setCosmetic(False)
        return made

    def far_name_for(self, words: Sequence[str], room: float) -> tuple[QFont, QFontMetricsF]:
        """The largest letters for names from further away in which each word fits; else the smallest."""
        for font, metrics in self.far_names:
            if all(metrics.horizontalAdvance(word) <= room for word in words):
                return font, metrics
        return self.far_names[-1]

    def color(self, role: str) -> QColor:
        """The theme's colour of a role."""
        return self.theme.color(role)

    def _make_fonts(self) -> None:
        self.name_font = _font(13, QFont.Weight.DemiBold)
        self.sub_font = _font(11)
        self.badge_font = _font(11, QFont.Weight.DemiBold)
        fonts = [_font(size, QFont.Weight.DemiBold) for size in FAR_NAME_SIZES]
        self.far_names = [(font, QFontMetricsF(font)) for font in fonts]
        self.label_font = _font(11)
        self.title_font = _font(12, QFont.Weight.DemiBold)
        self.lane_font = _font(11)
        self.chip_font = _font(9)
        self.name_metrics = QFontMetricsF(self.name_font)
        self.badge_metrics = QFontMetricsF(self.badge_font)
        self.sub_metrics = QFontMetricsF(self.sub_font)
        self.label_metrics = QFontMetricsF(self.label_font)
        self.title_metrics = QFontMetricsF(self.title_font)

    def _make_cards(self) -> None:
        color = self.color
        self.card = self.theme.brush("card")
        self.card_text = QPen(color("card-text"))
        self.card_subtext = QPen(color("card-subtext"))
        self.card_border = QPen(color("card-border"), 1)
        self.sheet = _round(QPen(color("card-subtext"), 1.2))
        self.sheet_tick = _round(QPen(color("card-subtext"), 1.6))
        self.card_hover = QPen(color("card-border-hover"), 1)
        self.card_selected = QPen(color("card-selected"), 2)
        self.card_witness = QPen(color("witness"), 2)
        self.halo = QColor(color("card-selected"))
        self.halo.setAlphaF(0.22)
        self.shadow = QColor(0, 0, 0, 26 if self.theme.dark else 7)
        self.chip_border = QPen(mixed(color("card-border"), color("card-subtext"), 0.2), 1)
        self.severity = {name: self.theme.brush(f"severity-{name}") for name in SEVERITIES}
        self.severity_text = QPen(color("severity-text"))
        self.severity_glyph = self.theme.brush("severity-text")
        self.lock = self.theme.brush("card-subtext")
        self.lock_pen = QPen(color("card-subtext"), 1.5)
        self.state_sign = QPen(color("severity-text"), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    def _make_wires(self) -> None:
        color, canvas = self.color, self.color("canvas")
        flat = Qt.PenCapStyle.FlatCap
        self.wire_pens: dict[tuple[str, int, bool], QPen] = {}
        """By role, weight, and whether the pen makes the dashes of a line."""
        self.mid_pens: dict[str, QPen] = {}
        self.wire_brushes: dict[str, QBrush] = {}
        self.far_pens: dict[str, QPen] = {}
        self.head_pens: dict[str, QPen] = {}
        """The edges of hollow heads."""
        tones = {role: color(role) for role in WIRE_ROLES}
        tones |= {f"{role}-dim": mixed(tone, canvas, _DIM) for role, tone in tones.items()}
        for role, tone in tones.items():
            self.wire_brushes[role] = plain_brush(tone)
            self.head_pens[role] = QPen(tone, 1.3, Qt.PenStyle.SolidLine, flat, Qt.PenJoinStyle.MiterJoin)
            strong = role in ("wire-selected", "witness", "wire-hover")
            for weight, width in enumerate(WEIGHTS):
                extra = 0.6 if strong else 0.0
                self.wire_pens[role, weight, False] = QPen(tone, width + extra, Qt.PenStyle.SolidLine, flat)
                dashes = QPen(tone, width + extra, Qt.PenStyle.CustomDashLine, flat)
                dashes.setDashPattern([length / (width + extra) for length in DASHES])
                self.wire_pens[role, weight, True] = dashes
            self.mid_pens[role] = _cosmetic(tone, 2 if strong else 1)
            # Thousands of lines lie on one another from afar: full strength would bury the components.
            self.far_pens[role] = _cosmetic(tone if strong else mixed(tone, canvas, _FADED), 0)
        self.label_text = QPen(color("wire-label"))

    def _make_boundaries(self) -> None:
        self.boundary_pens: dict[str, QPen] = {}
        self.boundary_fills: dict[str, QBrush] = {}
        self.boundary_bars: dict[str, QBrush] = {}
        self.boundary_texts: dict[str, QPen] = {}
        self.fold_pens: dict[str, QPen] = {}
        for role in BOUNDARY_ROLES:
            tone = self.color(role)
            style = Qt.PenStyle.DashLine if role == "boundary-group" else Qt.PenStyle.SolidLine
            self.boundary_pens[role] = _cosmetic(tone, 1.25, style)
            self.boundary_fills[role] = plain_brush(mixed(self.color("canvas"), tone, 0.045))
            self.boundary_bars[role] = plain_brush(mixed(self.color("canvas"), tone, 0.12))
            self.fold_pens[role] = QPen(
                mixed(tone, self.color("boundary-text"), 0.35), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap
            )
            self.boundary_texts[role] = QPen(mixed(tone, self.color("boundary-text"), 0.35))
        self.boundary_selected = _cosmetic(self.color("card-selected"), 2)
        self.boundary_target = _cosmetic(self.color("accent"), 2.5)
        self.boundary_witness = _cosmetic(self.color("witness"), 2)
        self.boundary_target_fill = plain_brush(mixed(self.color("canvas"), self.color("accent"), 0.14))
        self.lane_line = _cosmetic(_with_alpha(self.color("lane-line"), 0.75), 1, Qt.PenStyle.DashLine)
        self.lane_dash = _cosmetic(_with_alpha(self.color("lane-line"), 0.75), 1)
        self.lane_text = QPen(self.color("boundary-text"))
        accent = self.color("accent")
        self.lane_target = plain_brush(_with_alpha(accent, 0.10))
        self.lane_target_edge = _cosmetic(_with_alpha(accent, 0.7), 1.5)
        self.lane_down = QBrush(_with_alpha(self.color("severity-error"), 0.45), Qt.BrushStyle.BDiagPattern)
        self.lane_down_text = QPen(self.color("severity-error"))
        self.band_selected = _cosmetic(self.color("card-selected"), 2)
        self.cell_edges = {role: _cosmetic(_with_alpha(self.color(role), 0.35), 1) for role in BOUNDARY_ROLES}

    def band_tones(self, colour: str) -> tuple[QBrush, QPen, QBrush]:
        """Fill and edge of a band in a category's colour, and the fill of the marks of its members. Made once."""
        tones = self._bands.get(colour)
        if tones is None:
            tone = QColor(colour)
            edge = _cosmetic(_with_alpha(tone, 0.7), 1.25)
            edge.setCosmetic(not self.on_paper)
            tones = self._bands[colour] = (plain_brush(_with_alpha(tone, 0.08)), edge, plain_brush(tone))
        return tones

    def _make_overlay(self) -> None:
        accent = self.color("accent")
        self.accent = self.theme.brush("accent")
        self.accent_text = QPen(self.color("accent-text"))
        self.accent_pen = _cosmetic(accent, 1.5)
        self.accent_thin = _cosmetic(accent, 1)
        self.accent_dashes = _cosmetic(accent, 1.5, Qt.PenStyle.DashLine)
        self.refused_pen = _cosmetic(self.color("severity-error"), 1.5, Qt.PenStyle.DashLine)
        self.refused = self.theme.brush("severity-error")
        self.guide_pen = _cosmetic(self.color("witness"), 1)
        self.guide = self.theme.brush("witness")
        self.guide_text = QPen(self.color("canvas"))
        self.handle_edge = _cosmetic(self.color("card"), 1.5)
        self.handle = self.theme.brush("card")
        band = QColor(accent)
        band.setAlphaF(0.10)
        self.band = plain_brush(band)


def _pens_in(value: object) -> Iterator[QPen]:
    if isinstance(value, QPen):
        yield value
    elif isinstance(value, Mapping):
        yield from _pens_in(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _pens_in(each)


def _font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def _with_alpha(tone: QColor, alpha: float) -> QColor:
    clear = QColor(tone)
    clear.setAlphaF(alpha)
    return clear


def _cosmetic(tone: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(tone, width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    pen.setCosmetic(True)
    return pen


def _round(pen: QPen) -> QPen:
    """The pen with round ends and corners."""
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
