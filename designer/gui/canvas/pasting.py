"""Pasting: parts of drawings, of this window or another, and text that describes some; and copying as a template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QCursor, QGuiApplication

from designer.errors import UserError, UserErrors
from designer.gui.canvas.clipboard import Pasted, from_mime, part_of, put_on_clipboard
from designer.gui.canvas.emphasis import DRAWN
from designer.gui.canvas.free_place import nearest_shift
from designer.gui.canvas.metrics import GRID, Point, Rect, card_rect, overlaps, snap
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.entities import Settings

if TYPE_CHECKING:
    from designer.gui.canvas.canvas import Canvas

MAX_FOREIGN = 5_000
"""So many components and boundaries may come as text: more would hold the window up."""
_MOST_LOOKED_FOR = 40
"""For so many components that come as text a place is looked for where they hide nothing."""
COPY_OFFSET = 4 * GRID
"""How far a copy lies from what it was made of, to the right and down."""


class Pasting:
    """Adds what is on the clipboard to a canvas's document, as one step."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._last: tuple[str, int] = ("", 0)

    def start_over(self) -> None:
        """Something was copied: the next paste is the first of it."""
        self._last = ("", 0)

    def paste(self, at: Point | None = None) -> None:
        """Adds what is on the clipboard.

        What was copied from a drawing goes a little further off each time, and always where it can be seen; with `at`
        its middle goes there. What came as text goes to the pointer, and what it says that no drawing holds is listed.
        """
        canvas = self._canvas
        try:
            pasted = from_mime(QGuiApplication.clipboard().mimeData(), canvas.document.catalog)
        except UserError as error:
            canvas.say(tr("The clipboard cannot be pasted: {reason}", reason=_first(error)))
            return
        if pasted is None or not (pasted.part.components or pasted.part.boundaries):
            canvas.say(tr("The clipboard holds nothing that can be pasted here."))
            return
        if pasted.foreign and len(pasted.part.components) + len(pasted.part.boundaries) > MAX_FOREIGN:
            canvas.say(tr("The clipboard cannot be pasted: it has more than {count:,} things.", count=MAX_FOREIGN))
            return
        if pasted.foreign:
            from designer.layout.drawing import give_places

            give_places(pasted.part, canvas.document.catalog)
        canvas.commands.add_copies(pasted.part, self._offset(pasted, at), tr("Paste"))
        if pasted.notes:
            canvas.noted.emit(tr("Pasted, and this was left out"), pasted.notes)
        elif pasted.foreign and _says_of_the_whole(pasted.part.settings):
            canvas.say(tr("What the text says of the whole drawing, such as its Region, was left out."))

    def copy_template(self) -> None:
        """Puts the CloudFormation template of the selection on the clipboard, as text."""
        from designer.cloudformation.export import export

        canvas = self._canvas
        selection = canvas.selection()
        part = part_of(canvas.document.architecture, selection)
        if not part.components:
            canvas.say(tr("Nothing copied: select components first."))
            return
        try:
            text = export(part, canvas.document.catalog, drawing=True).text()
        except UserError as error:
            canvas.say(tr("This selection has no template of its own: {reason}", reason=_first(error)))
            return
        QGuiApplication.clipboard().setText(text)
        count = len(part.components)
        canvas.say(
            plural("Copied the template of {count} component.", "Copied the template of {count} components.", count)
        )

    def copy_configuration(self) -> None:
        """Puts the settings of the one selected thing on the clipboard."""
        from designer.gui.canvas import configuration

        canvas, selection = self._canvas, self._canvas.selection()
        chosen = [(collection, key) for collection in DRAWN for key in selection.of(collection)]
        if len(chosen) != 1:
            canvas.say(tr("Select the one thing whose settings to copy."))
            return
        collection, key = chosen[0]
        held = configuration.configuration_of(canvas.document.architecture.table(collection)[key])
        put_on_clipboard(configuration.to_mime(held))
        canvas.say(tr("Copied the settings."))

    def paste_configuration(self) -> None:
        """Gives what is selected the settings on the clipboard, as far as they fit, and says what does not."""
        from designer.gui.canvas import configuration

        canvas, document = self._canvas, self._canvas.document
        try:
            held = configuration.from_mime(QGuiApplication.clipboard().mimeData(), document.catalog)
        except UserError as error:
            canvas.say(tr("The clipboard cannot be pasted: {reason}", reason=_first(error)))
            return
        keys = canvas.selection().of(held.collection) if held is not None else ()
        if held is None or not keys:
            canvas.say(tr("Copy the settings of one thing first, then select others like it."))
            return
        applied = configuration.apply_configuration(document.architecture, document.catalog, held, keys)
        if applied.edit.edits and not canvas.commands.do_with_lanes(applied.edit):
            return
        unfit = ", ".join(applied.unfit)
        canvas.say(tr("Not everything has these settings: {names}.", names=unfit) if unfit else "")

    def _offset(self, pasted: Pasted, at: Point | None) -> tuple[int, int]:
        around = around_all(pasted.part)
        middle = (around[0] + around[2]) / 2, (around[1] + around[3]) / 2
        if pasted.foreign and at is None:
            at = self._pointed_at()
        if at is not None:
            dx, dy = snap(at[0] - middle[0]), snap(at[1] - middle[1])
            return self._beside_others(pasted.part, dx, dy) if pasted.foreign else (dx, dy)
        name = repr(around) + ",".join(pasted.part.components)
        times = self._last[1] + 1 if self._last[0] == name else 1
        self._last = (name, times)
        dx = dy = times * COPY_OFFSET
        shifted = (around[0] + dx, around[1] + dy, around[2] + dx, around[3] + dy)
        visible = self._canvas.viewpoint.visible()
        if not overlaps(shifted, visible):
            dx += snap((visible[0] + visible[2] - around[0] - around[2]) / 2)
            dy += snap((visible[1] + visible[3] - around[1] - around[3]) / 2)
        return dx, dy

    def _beside_others(self, part: Architecture, dx: int, dy: int) -> tuple[int, int]:
        """An offset near to one at which nothing of a part hides what is there; large parts go where they are put."""
        cards = [card_rect(each.x + dx, each.y + dy) for each in part.components.values()]
        across, down = nearest_shift(self._canvas.drawing, cards) if len(cards) <= _MOST_LOOKED_FOR else (0, 0)
        return dx + across, dy + down

    def _pointed_at(self) -> Point:
        """Where the pointer is over the drawing, else the middle of the view."""
        viewport = self._canvas.viewport()
        under = viewport.mapFromGlobal(QCursor.pos())
        place: QPointF = self._canvas.mapToScene(under if viewport.rect().contains(under) else viewport.rect().center())
        return place.x(), place.y()


def around_all(part: Architecture) -> Rect:
    """The rectangle around all cards and boundaries of a part that has some."""
    rects = [card_rect(component.x, component.y) for component in part.components.values()]
    rects += [(b.x, b.y, b.x + b.width, b.y + b.height) for b in part.boundaries.values()]
    return min(r[0] for r in rects), min(r[1] for r in rects), max(r[2] for r in rects), max(r[3] for r in rects)


def _says_of_the_whole(settings: Settings) -> bool:
    """Whether a text says more of the whole than what it is called."""
    plain = settings.with_(name="", description="", comments=(), closing_comments=())
    return plain != Settings(name="")


def _first(error: UserError) -> str:
    """What is wrong, on one line: the first thing, and how many more there are."""
    errors = error.errors if isinstance(error, UserErrors) else [error]
    text = str(errors[0]).splitlines()[0]
    more = len(errors) - 1
    return tr("{text} And {count} more.", text=text, count=more) if more else text
