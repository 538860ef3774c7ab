"""The accepted findings, folded away below the others, and the edits that accept a finding or take that back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from designer.analysis.acceptance import STALE, Place, places_of
from designer.analysis.findings import Accepted, Finding, Severity
from designer.gui.document import Document
from designer.gui.panels.finding_list import FindingList, FindingModel
from designer.language import tr
from designer.model.entities import Collection
from designer.model.operations import accept

_MOST_SHOWN = 4
_ROW = 30


class AcceptedGroup(QWidget):
    """A line "Accepted (n)" that unfolds to the list of them; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Accepted findings"))
        self.toggle = QToolButton()
        self.toggle.setCheckable(True)
        self.toggle.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggle.toggled.connect(self._unfold)
        self.model = FindingModel()
        self.list = FindingList(self.model)
        self.list.setAccessibleName(tr("List of accepted findings"))
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 0, 4)
        column.setSpacing(2)
        column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list)
        self._accepted: tuple[Accepted, ...] = ()
        self.hide()

    def show_accepted(self, accepted: Sequence[Accepted], places: Callable[[Finding], str]) -> None:
        """Shows these; what is chosen and unfolded stays so."""
        self._accepted = tuple(accepted)
        chosen = self.list.current()
        self.model.show([one.finding for one in accepted], places)
        row = None if chosen is None else self.model.row_of(chosen)
        if row is not None:
            self.list.take(row)
        self.toggle.setText(tr("Accepted ({count})", count=len(accepted)))
        self.toggle.setToolTip(tr("Findings that were accepted with a reason"))
        self.list.setFixedHeight(_ROW * min(len(accepted), _MOST_SHOWN) + 4)
        self.setVisible(bool(accepted))

    def of(self, finding: Finding) -> Accepted | None:
        """The acceptance of a finding, if it is an accepted one."""
        return next((one for one in self._accepted if one.finding == finding), None)

    def _unfold(self, on: bool) -> None:
        self.toggle.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.list.setVisible(on)
        if not on:
            self.list.clear_choice()


class Acceptance(QWidget):
    """Accepts findings and takes that back, each as one step of the document, and asks for the reason."""

    asked = Signal(object)
    """The dialog that asks, before it is shown."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self._document = document

    def can_accept(self, finding: Finding) -> bool:
        """Whether it is neither an error nor a remark on an acceptance."""
        return finding.severity is not Severity.ERROR and finding.rule != STALE

    def ask(self, finding: Finding) -> None:
        """Asks for a reason and a place, and accepts the finding if there is one."""
        from designer.gui.dialogs.reason import ReasonDialog

        if not self.can_accept(finding):
            return
        places = places_of(finding, self._document.architecture)
        dialog = ReasonDialog(
            f"{finding.title} ({finding.rule})", [self._name(place) for place in places], self.window()
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._put(places[dialog.place.currentIndex()], finding.rule, dialog.text()))
        dialog.open()
        self.asked.emit(dialog)

    def take_back(self, accepted: Accepted) -> None:
        """Ends an acceptance: the finding counts again."""
        self._put((accepted.collection, accepted.id), accepted.finding.rule, None)

    def _put(self, place: Place, rule: str, reason: str | None) -> None:
        collection, key = place
        architecture = self._document.architecture
        if collection is None or key in architecture.table(collection):
            self._document.do(accept(architecture, collection, key, rule, reason))

    def _name(self, place: Place) -> str:
        collection, key = place
        architecture = self._document.architecture
        match collection:
            case None:
                return tr("The whole architecture")
            case Collection.CONNECTIONS:
                wire = architecture.connections[key]
                return " to ".join(architecture.components[end].name for end in (wire.source, wire.target))
            case Collection.FLOWS:
                return tr("Flow {name}", name=architecture.flows[key].name)
            case Collection.BOUNDARIES:
                return architecture.boundaries[key].name
            case _:
                return architecture.components[key].name
