"""Icons: the coloured ones of services, and the plain ones of actions, which take the colours of the theme.

Action icons are SVG files drawn in `currentColor`; an icon engine puts in the theme's text colour (muted, plain or
disabled, by state) when it paints. All pixmaps are made once per size, pixel ratio and colour.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from designer.assets import data
from designer.gui.theme import current_theme

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
_engines: list[QIconEngine] = []
"""Qt owns the C++ side of an engine; this keeps the Python side, with its overrides, alive for as long."""


@lru_cache(maxsize=1)
def _folder() -> Path:
    return data("resources") / "icons"


def service_icon(kind: str) -> QIcon:
    """The icon of a service or boundary kind ("sqs", "vpc", "tier:public"), for lists and labels."""
    return _service_icon(_service_file(kind))


def service_pixmap(kind: str, size: int, dpr: float = 1.0) -> QPixmap:
    """The picture of a kind, `size` device-independent pixels wide, for a screen of pixel ratio `dpr`. Shared."""
    name = _service_file(kind)
    tint = _TINTS.get(name)
    return _pixmap(f"{name}.svg", size, dpr, current_theme().color(tint).name() if tint else None)


def action_icon(name: str) -> QIcon:
    """An icon of `resources/icons/toolbar`, which follows the theme and the state of its button."""
    return _action_icon(name)


def action_pixmap(name: str, size: int, color: QColor, dpr: float = 1.0) -> QPixmap:
    """An action's icon as a picture in a colour of one's choice. Shared."""
    return _pixmap(f"toolbar/{name}.svg", size, dpr, color.name())


def _service_file(kind: str) -> str:
    name = kind.replace(":", "-")
    return name if name in _service_names() else _FALLBACK


@lru_cache(maxsize=1)
def _service_names() -> frozenset[str]:
    return frozenset(path.stem for path in _folder().glob("*.svg"))


@lru_cache(maxsize=512)
def _source(file: str) -> bytes:
    return (_folder() / file).read_bytes()


@lru_cache(maxsize=512)
def _renderer(file: str, color: str | None) -> QSvgRenderer:
    source = _source(file)
    if color is not None:
        source = source.replace(b"currentColor", color.encode())
    return QSvgRenderer(QByteArray(source))


@lru_cache(maxsize=2048)
def _pixmap(file: str, size: int, dpr: float, color: str | None) -> QPixmap:
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
    """Paints one SVG file: as it is (role None), in the colour of a role, or ("") in that for the icon's state."""

    def __init__(self, file: str, role: str | None) -> None:
        super().__init__()
        self._file = file
        self._tint = role
        _engines.append(self)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Paints the icon in the middle of `rect`."""
        side = min(rect.width(), rect.height())
        left, top = rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2
        if self._tint != "" and mode is QIcon.Mode.Disabled:
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
        """An engine always has its file."""
        return False

    def clone(self) -> QIconEngine:
        """Another engine for the same file."""
        return _Engine(self._file, self._tint)

    def _picture(self, side: int, dpr: float, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        if self._tint is None:
            return _pixmap(self._file, side, dpr, None)
        return _pixmap(self._file, side, dpr, current_theme().color(self._tint or _role(mode, state)).name())


def _role(mode: QIcon.Mode, state: QIcon.State) -> str:
    if mode is QIcon.Mode.Disabled:
        return "text-disabled"
    quiet = mode is QIcon.Mode.Normal and state is QIcon.State.Off
    return "text-muted" if quiet else "text"


@lru_cache(maxsize=256)
def _service_icon(name: str) -> QIcon:
    return QIcon(_Engine(f"{name}.svg", _TINTS.get(name)))


@lru_cache(maxsize=256)
def _action_icon(name: str) -> QIcon:
    return QIcon(_Engine(f"toolbar/{name}.svg", ""))
