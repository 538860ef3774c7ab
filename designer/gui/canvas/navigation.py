"""Wheel, touch pad and pinch: what scrolls and zooms the view without a button held."""

from __future__ import annotations

from math import trunc
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QNativeGestureEvent, QWheelEvent

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_NOTCH = 120
"""What a wheel reports per notch, in eighths of a degree (QWheelEvent.angleDelta)."""
_NOTCHES_PER_DOUBLING = 4
_PER_PIXEL = 3
"""Sixteenths of a degree that scroll by a pixel: a notch is 80 pixels."""
_ZOOM = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_GUESSED_PIXELS = "xcb"
"""The platform on which a wheel's pixels are the driver's guess (QWheelEvent.pixelDelta), so that angles count."""


class Navigation:
    """Scrolls by the wheel or two fingers, zooms with Ctrl or Alt, or by a pinch."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._zooms = False
        self._left_over = (0, 0)
        """What slow turns of a fine wheel have added up to, in sixteenths of a degree; less than a pixel each way."""

    def wheel(self, event: QWheelEvent) -> None:
        """Scrolls; sideways with Shift; zooms to the pointer with Ctrl or Alt."""
        if event.phase() is not Qt.ScrollPhase.ScrollMomentum:
            # What still runs on after the fingers are lifted goes on with what they did, whatever key is held by then.
            self._zooms = bool(event.modifiers() & _ZOOM)
        if self._zooms:
            self._zoom(event)
        else:
            self._scroll(event)

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zooms to the fingers of a touch pad; says whether the gesture is one of these."""
        view, at = self._canvas.viewpoint, event.position().toPoint()
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                view.set_zoom(view.zoom * max(0.1, 1 + event.value()), at)
            case Qt.NativeGestureType.SmartZoomNativeGesture if view.zoom < 1:
                view.set_zoom(1.0, at)
            case Qt.NativeGestureType.SmartZoomNativeGesture:
                self._canvas.zoom_to_fit()
            case Qt.NativeGestureType.BeginNativeGesture | Qt.NativeGestureType.EndNativeGesture:
                pass
            case _:
                return False
        event.accept()
        return True

    def _zoom(self, event: QWheelEvent) -> None:
        degrees = event.angleDelta()
        # Some platforms take Alt for "sideways".
        turned = degrees.y() or degrees.x()
        factor = 2 ** (turned / _NOTCH / _NOTCHES_PER_DOUBLING)
        self._canvas.viewpoint.set_zoom(self._canvas.viewpoint.zoom * factor, event.position().toPoint())

    def _scroll(self, event: QWheelEvent) -> None:
        pixels, degrees = event.pixelDelta(), event.angleDelta()
        dx, dy = pixels.x(), pixels.y()
        if pixels.isNull() or QGuiApplication.platformName() == _GUESSED_PIXELS:
            across, down = degrees.x() * 2 + self._left_over[0], degrees.y() * 2 + self._left_over[1]
            dx, dy = trunc(across / _PER_PIXEL), trunc(down / _PER_PIXEL)
            self._left_over = (across - dx * _PER_PIXEL, down - dy * _PER_PIXEL)
        if event.modifiers() & _SHIFT and dx == 0:
            dx, dy = dy, 0
        self._canvas.viewpoint.scroll(-dx, -dy)
