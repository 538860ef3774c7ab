"""The window looks as it did: views of it, compared with pictures that somebody has looked at.

A change of the look on purpose is kept by `make pictures`, which takes them anew; look at them before committing. What
differs is written beside the pictures taken, with frames around it, into the folder that the failure names.

The pictures are made with the DejaVu fonts. A machine without them cannot compare, and says so; continuous integration
has them. Colours of small squares are compared and not pixels, so that another rasteriser of letters does no harm.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from tests.visual.compare import ALLOWED, differing, marked, shrunk
from tests.visual.shoot import shoot
from tests.visual.views import FONTS, KEPT, View, fonts_are_there, views

SHARP = "finding-1280@2-light"
QUICK = {
    *("empty-1280-light", "three-tier-1280-dark", "fan-out-1280-light", "finding-1280-light", "knock-out-1280-dark"),
    *("template-1280-light", "three-tier-1920-light", SHARP),
}
"""What an ordinary run looks at."""
_ALL = [
    pytest.param(view, id=view.name, marks=() if view.name in QUICK else pytest.mark.exhaustive) for view in views()
]


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: object) -> None:  # noqa: ARG001 - fonts are known to the application
    if not fonts_are_there():
        pytest.skip(f"the pictures are made with {' and '.join(FONTS)}: install fonts-dejavu-core")


@pytest.fixture(scope="session")
def taken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pictures of all views that this run compares, taken by one process for each pixel ratio."""
    folder = tmp_path_factory.mktemp("views")
    params = [getattr(item, "callspec", None) for item in request.session.items]
    wanted = [spec.params["view"] for spec in params if spec is not None and "view" in spec.params]
    for ratio in sorted({view.ratio for view in wanted}):
        shoot(folder, ratio, [view.name for view in wanted if view.ratio == ratio])
    return folder


@pytest.mark.parametrize("view", _ALL)
def test_it_looks_as_it_did(view: View, taken: Path) -> None:
    image, kept = QImage(str(taken / f"{view.name}.png")), QImage(str(view.kept))
    assert not image.isNull()
    assert not kept.isNull(), f"{view.kept} is not there: make pictures"
    squares = differing(kept, image, view.size)
    if len(squares) > ALLOWED:
        shown = taken / f"{view.name}-differs.png"
        marked(image, squares, view.ratio).save(str(shown))
        pytest.fail(f"{len(squares)} squares differ from {view.kept.name}: see {shown}, and `make pictures` to keep it")


def edges(image: QImage, row: int, left: int, right: int) -> int:
    """The steepest step between neighbouring pixels of a row: what is enlarged from fewer pixels has none."""
    tones = [QColor(image.pixel(x, row)).lightness() for x in range(left, right)]
    return max(abs(one - other) for one, other in pairwise(tones))


def test_a_screen_of_two_pixels_to_a_point_is_used_to_the_full(taken: Path) -> None:
    """Icons of actions in the tool bar and of services in the palette have edges as sharp as the screen can show."""
    if not (taken / f"{SHARP}.png").exists():
        shoot(taken, 2, [SHARP])
    image = QImage(str(taken / f"{SHARP}.png"))
    assert (image.width(), image.height()) == (2560, 1600)
    assert max(edges(image, row, 0, 1000) for row in range(80, 116)) > 110, "the tool bar is blurred"
    assert max(edges(image, row, 30, 90) for row in range(340, 400)) > 110, "the palette is blurred"


def test_each_picture_belongs_to_a_view_and_all_are_small() -> None:
    assert {path.name for path in KEPT.iterdir()} == {view.kept.name for view in views()}
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 4_000_000
    assert {view.name for view in views()} >= QUICK


def small_change(name: str, change: str) -> QImage:
    """A kept picture in which something small has changed."""
    image = QImage(str(KEPT / f"{name}.png")).convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(image)
    if change == "a badge":
        painter.setBrush(QColor("#ba3c0d"))
        painter.drawRoundedRect(300, 60, 15, 9, 4, 4)
    elif change == "a moved row":
        painter.drawImage(0, 156, image.copy(0, 153, 108, 40))
    elif change == "another icon":
        painter.fillRect(10, 92, 10, 10, QColor("#7aa116"))
    elif change == "fainter text":
        painter.fillRect(490, 40, 100, 20, QColor(255, 255, 255, 150))
    painter.end()
    return image


@pytest.mark.parametrize("change", ["a badge", "a moved row", "another icon", "fainter text"])
def test_what_an_eye_would_see_is_seen(change: str) -> None:
    name = "empty-1280-light"
    kept = QImage(str(KEPT / f"{name}.png"))
    assert len(differing(kept, small_change(name, change), (1280, 800))) > (ALLOWED if change != "another icon" else 3)
    assert differing(kept, kept, (1280, 800)) == []


def test_letters_set_half_a_pixel_aside_are_not() -> None:
    kept = QImage(str(KEPT / "empty-1280-light.png"))
    moved = QImage(kept.size(), QImage.Format.Format_RGB32)
    painter = QPainter(moved)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(0, 0, kept)
    # A quarter of a pixel in half the size is half a pixel of the window.
    painter.translate(0.25, 0)
    painter.drawImage(0, 0, kept)
    painter.end()
    assert len(differing(kept, moved, (1280, 800))) <= ALLOWED


def test_a_kept_picture_still_looks_like_the_one_taken() -> None:
    image = QImage(640, 400, QImage.Format.Format_RGB32)
    for x in range(640):
        for y in range(0, 400, 8):
            image.fill(0) if (x, y) == (0, 0) else image.setPixelColor(x, y, QColor(x % 256, y % 256, (x * y) % 256))
    assert differing(image, shrunk(image), (640, 400)) == []
