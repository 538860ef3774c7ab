"""Every colour of both themes is legible on every ground it is drawn on.

The measure is the contrast ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio): 4.5 for text
(success criterion 1.4.3, level AA), 3 for lines and controls that carry meaning (1.4.11). Disabled text is exempt
there; it is only required to stay visible. `border`, `canvas-dot` and `card-border` are decoration: not measured.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

THEMES = Path(__file__).resolve().parents[2] / "resources" / "themes"
NAMES = ("light", "dark", "contrast", "contrast-dark")
TEXT, GRAPHIC, VISIBLE = 4.5, 3.0, 2.0
ENHANCED = {TEXT: 7.0, GRAPHIC: 4.5, VISIBLE: 4.5}
"""What the themes of high contrast need instead: level AAA for text (1.4.6), that of text for lines and controls."""

CHROME = ("window", "panel", "panel-alt", "button", "input", "tooltip", "selection", "hover")
CANVAS = ("canvas", "lane", "band")
CODE = ("input", "code-highlight", "code-changed")
SEVERITIES = ("severity-error", "severity-high", "severity-medium", "severity-low", "severity-info")
TIERS = ("boundary-public", "boundary-private", "boundary-isolated")
BOUNDARIES = ("boundary-region", "boundary-vpc", *TIERS, "boundary-group")

# (minimum ratio, foreground roles, ground roles): what the window and the canvas paint on what.
RULES: tuple[tuple[float, tuple[str, ...], tuple[str, ...]], ...] = (
    (TEXT, ("text",), (*CHROME, *CANVAS, "card", *CODE)),
    (TEXT, ("text-muted",), (*CHROME, *CANVAS, "card")),
    (TEXT, ("card-text", "card-subtext"), ("card", "selection", "hover", "band")),
    (TEXT, ("wire-label", "boundary-text"), CANVAS),
    (TEXT, ("accent-text",), ("accent",)),
    (TEXT, ("accent",), ("window", "panel", "input", "tooltip")),
    (TEXT, ("severity-text",), (*SEVERITIES, "ok", "witness")),
    (TEXT, (*SEVERITIES, "ok", "witness"), ("window", "panel", "input", "card", "canvas")),
    (TEXT, ("code-key", "code-string", "code-tag", "code-comment", "code-number"), CODE),
    (VISIBLE, ("text-disabled",), ("window", "panel", "button", "input")),
    (GRAPHIC, ("border-strong",), ("window", "panel", "panel-alt", "button", "input")),
    (GRAPHIC, ("focus",), (*CHROME, *CANVAS, "card")),
    (GRAPHIC, ("wire", "wire-async", "wire-soft", "wire-hover", "wire-selected"), CANVAS),
    (GRAPHIC, ("card-border-hover", "card-selected"), (*CANVAS, "card")),
    (GRAPHIC, ("band-border", "lane-line"), CANVAS),
    (GRAPHIC, BOUNDARIES, CANVAS),
)
DECORATION = {"border", "canvas-dot", "card-border"}
CASES = [(low, fore, ground) for low, fores, grounds in RULES for fore in fores for ground in grounds]
MEASURED = {role for _, fore, ground in CASES for role in (fore, ground)}


def load(name: str) -> dict[str, str | bool]:
    """The theme file as a mapping of role to `#RRGGBB`, with `name` and `dark` besides."""
    theme: dict[str, str | bool] = json.loads((THEMES / f"{name}.json").read_text(encoding="utf-8"))
    return theme


def colours(name: str) -> dict[str, str]:
    """The colour roles of a theme, without its `name`."""
    return {role: value for role, value in load(name).items() if role != "name" and isinstance(value, str)}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour `#RRGGBB`, 0 for black to 1 for white (WCAG 2.2, "relative luminance")."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 (the same) to 21 (black and white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_agrees_with_known_values() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("#0000FF", "#FFFFFF") == contrast("#FFFFFF", "#0000FF") == pytest.approx(8.592, abs=0.001)


@pytest.mark.parametrize("name", NAMES)
def test_is_legible(name: str) -> None:
    theme = colours(name)
    wrong = []
    for usual, fore, ground in CASES:
        low = ENHANCED[usual] if name.startswith("contrast") else usual
        ratio = contrast(theme[fore], theme[ground])
        if ratio < low:
            wrong.append(f"{fore} {theme[fore]} on {ground} {theme[ground]} is {ratio:.2f}, needs {low}")
    assert not wrong, f"{name}.json: " + "; ".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_every_role_is_measured_or_decoration(name: str) -> None:
    assert set(colours(name)) == MEASURED | DECORATION


@pytest.mark.parametrize("name", NAMES)
def test_values_are_plain_hex(name: str) -> None:
    wrong = {role: value for role, value in colours(name).items() if not re.fullmatch(r"#[0-9A-F]{6}", value)}
    assert not wrong, f"{name}.json: expected #RRGGBB in capitals for {wrong}"


@pytest.mark.parametrize("name", NAMES)
def test_all_themes_list_the_same_roles_in_the_same_order(name: str) -> None:
    assert list(load("light")) == list(load(name))


@pytest.mark.parametrize("name", ["contrast", "contrast-dark"])
def test_high_contrast_draws_the_edges_that_others_only_hint_at(name: str) -> None:
    theme = colours(name)
    for role, grounds in (("border", ("window", "panel")), ("card-border", ("card", "canvas", "button", "input"))):
        for ground in grounds:
            assert contrast(theme[role], theme[ground]) >= ENHANCED[GRAPHIC]


@pytest.mark.parametrize(("name", "dark"), [*zip(NAMES, (False, True, False, True), strict=True)])
def test_a_theme_is_what_it_says(name: str, dark: bool) -> None:
    theme = load(name)
    assert theme["dark"] is dark
    assert isinstance(theme["name"], str) and theme["name"].strip()
    tones = colours(name)
    assert (luminance(tones["text"]) > luminance(tones["window"])) is dark


@pytest.mark.parametrize("name", NAMES)
def test_severities_are_told_apart(name: str) -> None:
    theme = colours(name)
    assert len({theme[role] for role in SEVERITIES}) == len(SEVERITIES)
