"""What a canvas hands its commands to, each part made when it is first needed: a start needs none of them."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from designer.gui.canvas.adding import Adding
    from designer.gui.canvas.arranging import Arranging
    from designer.gui.canvas.canvas import Canvas
    from designer.gui.canvas.choosing import Choosing
    from designer.gui.canvas.commands import Commands
    from designer.gui.canvas.pasting import Pasting
    from designer.gui.canvas.rewiring import Rewiring
    from designer.gui.canvas.tracing import Tracing
    from designer.gui.canvas.walking import Walk
    from designer.gui.canvas.wiring import Wiring
    from designer.gui.canvas.zone_menu import ZoneMenu


class Parts:
    """Gives a canvas its parts."""

    @cached_property
    def commands(self) -> Commands:
        """Edits of what is selected."""
        from designer.gui.canvas.commands import Commands

        return Commands(self._whole)

    @cached_property
    def arranging(self) -> Arranging:
        """Aligning, ordering, locking."""
        from designer.gui.canvas.arranging import Arranging

        return Arranging(self._whole)

    @cached_property
    def wiring(self) -> Wiring:
        """New wires, and wires that lead elsewhere."""
        from designer.gui.canvas.wiring import Wiring

        return Wiring(self._whole)

    @cached_property
    def zones(self) -> ZoneMenu:
        """The list of zones to move something into."""
        from designer.gui.canvas.zone_menu import ZoneMenu

        return ZoneMenu(self._whole)

    @cached_property
    def rewiring(self) -> Rewiring:
        """What is done with wires that are there."""
        from designer.gui.canvas.rewiring import Rewiring

        return Rewiring(self._whole)

    @cached_property
    def tracing(self) -> Tracing:
        """The paths through a thing, lit up."""
        from designer.gui.canvas.tracing import Tracing

        return Tracing(self._whole)

    @cached_property
    def choosing(self) -> Choosing:
        """Lists to choose a boundary or the other end of a wire from."""
        from designer.gui.canvas.choosing import Choosing

        return Choosing(self._whole)

    @cached_property
    def walk(self) -> Walk:
        """Going along wires, and into and out of boundaries."""
        from designer.gui.canvas.walking import Walk

        return Walk(self._whole)

    @cached_property
    def adding(self) -> Adding:
        """The search for what to add."""
        from designer.gui.canvas.adding import Adding

        return Adding(self._whole)

    @cached_property
    def pasting(self) -> Pasting:
        """The clipboard."""
        from designer.gui.canvas.pasting import Pasting

        return Pasting(self._whole)

    def make_ready(self) -> None:
        """Loads what the first move and the first press of the mouse need, so that neither waits for it."""
        for gesture in ("pan", "press", "move", "rubber_band"):
            import_module(f"designer.gui.canvas.gestures.{gesture}")
        _ = self.tracing, self.adding

    def end_parts(self) -> None:
        """Another document is shown: closes the search, and forgets what was lit, where there was any."""
        if "adding" in vars(self):
            self.adding.close()
        if "tracing" in vars(self):
            self.tracing.forget()

    @property
    def _whole(self) -> Canvas:
        return cast("Canvas", self)
