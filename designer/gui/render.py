"""Pictures without a window, for the command line."""

from __future__ import annotations

from pathlib import Path

from designer.catalog.catalog import Catalog
from designer.catalog.icon_package import IconPackage
from designer.gui.app import application
from designer.gui.canvas.canvas import Canvas
from designer.gui.document import Document
from designer.gui.icons import use_package
from designer.gui.pictures import write_picture
from designer.gui.theme import ThemeChoice, theme_switch
from designer.layout.drawing import give_places
from designer.model.architecture import Architecture


def render(
    architecture: Architecture,
    catalog: Catalog,
    out: Path,
    theme: str,
    scale: float,
    *,
    transparent: bool = False,
    icons: IconPackage | None = None,
    outlines: bool = False,
    sheet: str | None = None,
) -> None:
    """Draws an architecture into an SVG, PNG or PDF file, by the suffix of its name; gives places to what has none.

    `theme` is "light" or "dark", `scale` counts pixels per canvas unit (PNG only). A `transparent` picture has no
    ground behind the drawing. `icons` are shown in the place of the program's own. `outlines` and `sheet` as in
    `write_picture`. Raises `UserError` for a picture
    that would be too large and for a file that cannot be written.
    """
    app = application()
    theme_switch().use(ThemeChoice(theme))
    use_package(icons)
    give_places(architecture, catalog)
    canvas = Canvas(Document(catalog, architecture))
    try:
        write_picture(canvas, out, scale=scale, transparent=transparent, outlines=outlines, sheet=sheet)
    finally:
        canvas.deleteLater()
        app.processEvents()
