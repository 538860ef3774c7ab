"""The keys of the canvas, and those of the window's menus where there is no such window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from designer.gui.canvas.metrics import GRID
from designer.gui.canvas.scene import Scene
from designer.model.entities import Collection

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

_K = Qt.Key
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CONTROL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_HELD = _SHIFT | _CONTROL | _ALT
_ARROWS = {_K.Key_Left: (-1, 0), _K.Key_Right: (1, 0), _K.Key_Up: (0, -1), _K.Key_Down: (0, 1)}
_SCROLL = 60
_ROW = 48.0

_Commands = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[["Canvas"], None]]
_COMMANDS: _Commands = {
    (_K.Key_Slash, _NONE): lambda canvas: canvas.quick_add(),
    (_K.Key_Return, _NONE): lambda canvas: canvas.edit_selected(),
    (_K.Key_Enter, _NONE): lambda canvas: canvas.edit_selected(),
    (_K.Key_Return, _ALT): lambda canvas: canvas.open_selected(),
    (_K.Key_Home, _NONE): lambda canvas: canvas.zoom_to_fit(),
}
"""Keys that only the canvas knows."""
_SPARE: _Commands = {
    (_K.Key_A, _CONTROL): lambda canvas: canvas.select_all(),
    (_K.Key_A, _CONTROL | _SHIFT): lambda canvas: canvas.select(),
    (_K.Key_D, _CONTROL): lambda canvas: canvas.duplicate(),
    (_K.Key_C, _NONE): lambda canvas: canvas.start_connecting(),
    (_K.Key_C, _SHIFT): lambda canvas: canvas.connect_to(),
    (_K.Key_M, _NONE): lambda canvas: canvas.move_to(),
    (_K.Key_R, _CONTROL): lambda canvas: canvas.replace_kind(),
    (_K.Key_K, _NONE): lambda canvas: canvas.fail_selected(),
    (_K.Key_P, _NONE): lambda canvas: canvas.tracing.toggle(),
    (_K.Key_R, _CONTROL | _ALT): lambda canvas: canvas.rewiring.reverse(),
    (_K.Key_R, _CONTROL | _SHIFT): lambda canvas: canvas.rewiring.straighten(),
    (_K.Key_Delete, _CONTROL): lambda canvas: canvas.rewiring.delete_and_reconnect(),
    (_K.Key_F2, _NONE): lambda canvas: canvas.rename_selected(),
    (_K.Key_Right, _ALT): lambda canvas: canvas.walk.along(True),
    (_K.Key_Left, _ALT): lambda canvas: canvas.walk.along(False),
    (_K.Key_Up, _ALT): lambda canvas: canvas.walk.outwards(),
    (_K.Key_Down, _ALT): lambda canvas: canvas.walk.inwards(),
    (_K.Key_0, _CONTROL): lambda canvas: canvas.zoom_to(1.0),
    (_K.Key_Backspace, _NONE): lambda canvas: canvas.delete_selection(),
}
"""Keys of commands, for a canvas without a window around it: there the user may have given them to others."""
_STANDARD: tuple[tuple[QKeySequence.StandardKey, Callable[[Canvas], None]], ...] = (
    (QKeySequence.StandardKey.Delete, lambda canvas: canvas.delete_selection()),
    (QKeySequence.StandardKey.Copy, lambda canvas: canvas.copy()),
    (QKeySequence.StandardKey.Cut, lambda canvas: canvas.cut()),
    (QKeySequence.StandardKey.Paste, lambda canvas: canvas.paste()),
    (QKeySequence.StandardKey.ZoomIn, lambda canvas: canvas.zoom_in()),
    (QKeySequence.StandardKey.ZoomOut, lambda canvas: canvas.zoom_out()),
)


def handle(canvas: Canvas, event: QKeyEvent) -> bool:
    """Does what a key stands for; says whether it stands for anything."""
    key, held = Qt.Key(event.key()), event.modifiers() & _HELD
    if key in _ARROWS and held in (_NONE, _SHIFT, _CONTROL):
        _push(canvas, *_ARROWS[key], held)
        return True
    if key == _K.Key_Escape and held == _NONE:
        return _let_go(canvas)
    command = _COMMANDS.get((key, held))
    if command is None and not canvas.has_menus:
        standard = next((found for standard, found in _STANDARD if event.matches(standard)), None)
        command = _SPARE.get((key, held)) or standard
    if command is not None:
        command(canvas)
    return command is not None


def _push(canvas: Canvas, dx: int, dy: int, held: Qt.KeyboardModifier) -> None:
    """What an arrow key does: it moves what is selected, with Ctrl the far corner of a boundary, else the view."""
    step = 1 if held == _SHIFT else GRID
    if held == _CONTROL:
        canvas.commands.stretch(dx * step, dy * step)
    elif canvas.selection():
        canvas.commands.nudge(dx * step, dy * step)
    else:
        canvas.viewpoint.scroll(dx * _SCROLL, dy * _SCROLL)


def _let_go(canvas: Canvas) -> bool:
    """What Escape ends: lit paths, failing things by clicks, the selection, the failures that are tried out."""
    if canvas.tracing.end():
        return True
    if not canvas.picks_failures and canvas.selection():
        canvas.select()
        return True
    if canvas.tries_failures:
        canvas.restore_wanted.emit()
        return True
    return False


def reading_order(scene: Scene) -> list[str]:
    """The components from top to bottom, those of about one height from left to right."""
    rects = scene.rects
    return sorted(scene.components, key=lambda key: (rects[key][1] // _ROW, rects[key][0], rects[key][1], key))


def next_in_order(canvas: Canvas, forward: bool) -> tuple[Collection, str] | None:
    """What Tab goes to: components in reading order, then boundaries, then wires; `None` past the end."""
    scene = canvas.drawing
    order = [(Collection.COMPONENTS, key) for key in reading_order(scene)]
    order += [(Collection.BOUNDARIES, key) for key in sorted(scene.boundaries)]
    order += [(Collection.CONNECTIONS, key) for key in sorted(scene.wires.all)]
    selection = canvas.selection()
    chosen = [thing for thing in order if thing[1] in selection.of(thing[0])]
    if not order:
        return None
    if not chosen:
        return order[0 if forward else -1]
    at = order.index(chosen[-1 if forward else 0]) + (1 if forward else -1)
    return order[at] if 0 <= at < len(order) else None
