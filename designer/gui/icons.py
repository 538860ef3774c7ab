"""Icons: the coloured ones of services, and the plain ones of actions, which take the colours of the theme.

Action icons are SVG files drawn in `currentColor`; an icon engine puts in the theme's text colour (muted, plain or
disabled, by state) when it paints. All pixmaps are made once per size, pixel ratio and colour.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from designer.assets import data
from designer.gui.kept_pictures import KeptPictures
from designer.gui.theme import current_theme, theme_switch

if TYPE_CHECKING:
    from designer.catalog.icon_package import IconPackage

_FALLBACK = "group"
_TINTS = {
    "region": "boundary-region",
    "vpc": "boundary-vpc",
    "tier-public": "boundary-public",
    "tier-private": "boundary-private",
    "tier-isolated": "boundary-isolated",
    "group": "boundary-group",
}
"""The colour role of those kinds' icons that are drawn in `currentColor`."""
_OF_PACKAGE = "package:"
"""Begins the names of icons that come from the user's package; the ground (light, dark) and our name follow."""
_package: IconPackage | None = None
_pictures = KeptPictures(16 * 2**20)
_engines: list[QIconEngine] = []
"""Qt owns the C++ side of an engine; this keeps the Python side, with its overrides, alive for as long."""


@lru_cache(maxsize=1)
def _folder() -> Path:
    return data("resources") / "icons"


def use_package(package: IconPackage | None) -> None:
    """Shows the icons of a package of the user's in the place of ours, as far as it has them; `None` shows ours."""
    global _package
    _package = package
    for cache in (_source, _renderer):
        cache.cache_clear()
    _pictures.clear()
    theme_switch().restyle()


def package_in_use() -> IconPackage | None:
    """The package whose icons are shown."""
    return _package


def service_icon(kind: str) -> QIcon:
    """The icon of a service or boundary kind ("sqs", "vpc", "tier:public"), for lists and labels."""
    return _service_icon(_service_file(kind))


def service_pixmap(kind: str, size: int, dpr: float = 1.0) -> QPixmap:
    """The picture of a kind, `size` device-independent pixels wide, for a screen of pixel ratio `dpr`. Shared."""
    file, color = _service_look(_service_file(kind))
    return _pixmap(file, size, dpr, color)


def draw_service(painter: QPainter, kind: str, rect: QRectF) -> None:
    """Draws the icon of a kind as lines and areas, for paper and files in which it can be enlarged."""
    _renderer(*_service_look(_service_file(kind))).render(painter, rect)


def action_icon(name: str) -> QIcon:
    """An icon of `resources/icons/toolbar`, which follows the theme and the state of its button."""
    return _action_icon(name)


def action_pixmap(name: str, size: int, color: QColor, dpr: float = 1.0) -> QPixmap:
    """An action's icon as a picture in a colour of one's choice. Shared."""
    return _pixmap(f"toolbar/{name}.svg", size, dpr, color.name())


def _service_file(kind: str) -> str:
    name = kind.replace(":", "-")
    return name if name in _service_names() else _FALLBACK


def _service_look(name: str) -> tuple[str, str | None]:
    """The file of an icon for the ground of the theme, and the colour it is drawn in where it has none of its own."""
    theme = current_theme()
    if _package is not None and _package.icon(name, theme.dark) is not None:
        return f"{_OF_PACKAGE}{'dark' if theme.dark else 'light'}:{name}", None
    tint = _TINTS.get(name)
    return f"{name}.svg", theme.color(tint).name() if tint else None


@lru_cache(maxsize=1)
def _service_names() -> frozenset[str]:
    return frozenset(path.stem for path in _folder().glob("*.svg"))


@lru_cache(maxsize=512)
def _source(file: str) -> bytes:
    if file.startswith(_OF_PACKAGE) and _package is not None:
        ground, name = file.removeprefix(_OF_PACKAGE).split(":", 1)
        return _package.icon(name, ground == "dark") or b""
    return (_folder() / file).read_bytes()


@lru_cache(maxsize=512)
def _renderer(file: str, color: str | None) -> QSvgRenderer:
    source = _source(file)
    if color is not None:
        source = source.replace(b"currentColor", color.encode())
    return QSvgRenderer(QByteArray(source))


def _pixmap(file: str, size: int, dpr: float, color: str | None) -> QPixmap:
    return _pictures.get((file, size, dpr, color), lambda: _made(file, size, dpr, color))


def _made(file: str, size: int, dpr: float, color: str | None) -> QPixmap:
    side = max(1, round(size * dpr))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(file, color).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


class _Engine(QIconEngine):
    """Paints one icon: that of a service or boundary, or that of an action in the colour for the icon's state."""

    def __init__(self, name: str, action: bool) -> None:
        super().__init__()
        self._name = name
        self._action = action
        _engines.append(self)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paints the icon in the middle of `rect`."""
        side = min(rect.width(), rect.height())
        left, top = rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2
        if not self._action and mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.4)
        painter.drawPixmap(left, top, self._picture(side, painter.device().devicePixelRatio(), mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon at a size in real pixels."""
        return self._picture(min(size.width(), size.height()), 1.0, mode, state)

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """The icon for a screen of pixel ratio `scale`.

        Qt before 6.9 counts `size` in real pixels, and gets a picture that is larger than need be, which it shrinks.
        """
        return self._picture(max(1, min(size.width(), size.height())), scale, mode, state)

    def actualSize(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QSize:  # noqa: ARG002, N802 - Qt's
        """Any size can be had."""
        side = min(size.width(), size.height())
        return QSize(side, side)

    def isNull(self) -> bool:  # noqa: N802 - Qt's name
        """An engine always has its icon."""
        return False

    def clone(self) -> QIconEngine:
        """Another engine for the same icon."""
        return _Engine(self._name, self._action)

    def _picture(self, side: int, dpr: float, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if self._action:
            return action_pixmap(self._name, side, current_theme().color(_role(mode, state)), dpr)
        file, color = _service_look(self._name)
        return _pixmap(file, side, dpr, color)


def _role(mode: QIcon.Mode, state: QIcon.State) -> str:
    if mode is QIcon.Mode.Disabled:
        return "text-disabled"
    quiet = mode is QIcon.Mode.Normal and state is QIcon.State.Off
    return "text-muted" if quiet else "text"


@lru_cache(maxsize=256)
def _service_icon(name: str) -> QIcon:
    return QIcon(_Engine(name, action=False))


@lru_cache(maxsize=256)
def _action_icon(name: str) -> QIcon:
    return QIcon(_Engine(name, action=True))
