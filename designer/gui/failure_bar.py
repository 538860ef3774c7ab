"""The bar over the canvas while failures are tried out: Region and zones to switch off, what stops, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from designer.gui.controls import Chips, Elided, label, set_state, tip
from designer.gui.failures import Failures
from designer.language import later, plural, tr

if TYPE_CHECKING:
    from designer.analysis.knock_out import Failure, KnockOut

_REGION = later("Region")
_TOP = 12
_SIDE = 12
_LEAST_OUTCOME = 150
"""Room for the beginning of what is said, with the gaps between the parts, in pixels."""


class FailureBar(QFrame):
    """Stands at the top of the canvas while something fails or clicks make things fail."""

    covering = Signal(int)
    """So many pixels of the canvas's top are under the bar now."""

    def __init__(self, canvas: QWidget, failures: Failures) -> None:
        super().__init__(canvas)
        self.setProperty("role", "bar")
        self.setProperty("pinned", True)
        self.setAccessibleName(tr("Knock-out"))
        self._failures = failures
        self._canvas = canvas
        self._failing = False
        self._chips: dict[str, str] = {}
        self.text = Elided("small")
        self.places = Chips(tr("Fail"))
        self.places.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.done = QPushButton(tr("Done"))
        self.done.setProperty("flat", True)
        self.done.setToolTip(tr("Restores everything (Esc)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(12)
        self._title = label(tr("Knock-out"), "title")
        row.addWidget(self._title)
        row.addWidget(self.places)
        row.addWidget(self.text, 1)
        row.addWidget(self.done)
        self.places.toggled.connect(self._places_chosen)
        self.done.clicked.connect(self._end)
        failures.offered.connect(self._offer)
        failures.changed.connect(self._tell)
        failures.picking_changed.connect(self._follow)
        canvas.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keeps its place when the canvas gets another size."""
        if watched is self._canvas and event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Keeps its place when its own texts get longer."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _follow(self) -> None:
        wanted = self._failures.picking or self._failing
        self._failures.want_offer(self, wanted)
        self._offer()
        if not self._failing:
            self._say(tr("Click what should fail"), stopped=False)
        self.setVisible(wanted)
        self._place()
        self.covering.emit(_TOP + self.height() if wanted else 0)

    def _offer(self) -> None:
        self._chips = {_chip(failure): failure.name for failure in self._failures.offer() if _is_place(failure)}
        self.places.offer(list(self._chips))
        self._show_failed()

    def _tell(self, found: KnockOut | None) -> None:
        self._failing = found is not None
        if found is not None:
            self._say(_outcome(found), stopped=bool(found.stopped))
        self._follow()

    def _show_failed(self) -> None:
        failed = self._failures.failed
        self.places.show_on([text for text, name in self._chips.items() if name in failed], quiet=False)

    def _say(self, text: str, *, stopped: bool) -> None:
        self.text.setText(text)
        self.text.setToolTip(tip(text))
        self.setAccessibleDescription(text)
        set_state(self.text, "role", "error" if stopped else "small")

    def _places_chosen(self, chosen: tuple[str, ...]) -> None:
        others = [name for name in self._failures.failed if name not in self._chips.values()]
        self._failures.fail([*others, *(self._chips[text] for text in chosen)])

    def _end(self) -> None:
        self._failures.pick(False)
        self._failures.restore()

    def _place(self) -> None:
        room = self._canvas.width() - 2 * _SIDE
        # The outcome is worth more than what its bar is called.
        others = sum(widget.sizeHint().width() for widget in (self._title, self.places, self.done))
        self._title.setVisible(others + _LEAST_OUTCOME <= room)
        width = min(room, self.sizeHint().width() + 8)
        self.setGeometry((self._canvas.width() - width) // 2, _TOP, width, self.sizeHint().height())
        self.raise_()


def _is_place(failure: Failure) -> bool:
    return failure.sort in ("zone", "region")


def _chip(failure: Failure) -> str:
    return failure.label if failure.zone is not None else tr(_REGION)


def _outcome(found: KnockOut) -> str:
    """ "2 of 3 flows stopped: Order, Pay"."""
    if not found.flows:
        return tr("No flow is drawn")
    if not found.stopped:
        waiting = [flow.name for flow in found.flows if flow.waits]
        return (
            tr("Every flow works; work waits in {names}", names=", ".join(waiting))
            if waiting
            else tr("Every flow works")
        )
    names = ", ".join(flow.name for flow in found.stopped)
    return plural(
        "{stopped} of {count} flow stopped: {names}",
        "{stopped} of {count} flows stopped: {names}",
        len(found.flows),
        stopped=len(found.stopped),
        names=names,
    )
