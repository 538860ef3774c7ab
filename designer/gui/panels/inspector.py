"""The inspector: what is selected, as a form; with nothing selected, the architecture itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from designer.analysis.findings import Analysis, Finding, WireCoupling
from designer.catalog.entries import Kind, Role
from designer.catalog.resolve import Resolution
from designer.gui.canvas.rezoning import rezone
from designer.gui.controls import Clickable, empty_layout, label, tip
from designer.gui.document import Document
from designer.gui.panels.flow_editor import FlowEditor
from designer.gui.panels.flows import FlowCards
from designer.gui.panels.form import Form
from designer.gui.panels.selected import Choice, Selected
from designer.gui.panels.severity import WORDS, severity_pixmap
from designer.gui.panels.subject_edits import (
    decision_edit,
    field_edit,
    name_edit,
    property_edit,
    relation_edit,
    reset_edit,
)
from designer.gui.panels.subjects import Subject, read_subject
from designer.gui.states import COUPLINGS
from designer.language import tr
from designer.layout.relaning import relane, with_lanes
from designer.model.changes import Changes
from designer.model.decisions import Decision
from designer.model.edits import Batch, Edit
from designer.model.entities import Collection, Value

if TYPE_CHECKING:
    from designer.gui.dialogs.decision import DecisionDialog

_MOST_FINDINGS = 5
_MIN_WIDTH = 292
_MANY, _PAUSE_MS = 200, 60
"""From so many things on the selection is shown when it has been the same for so long."""
_MOST_DRAFTS = 50
"""For so many selections it is remembered what was typed and does not fit."""


class InspectorPanel(QWidget):
    """Follows the selection and the document; every change made here is an edit of the document."""

    finding_selected = Signal(object)
    """A `Finding` of the selected thing was clicked."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Inspector"))
        self.setMinimumWidth(_MIN_WIDTH)
        self._document = document
        self._resolution = Resolution(document.architecture, document.catalog)
        self._selected: Selected = Choice()
        self._analysis: Analysis | None = None
        self._subject: Subject | None = None
        self._drafts: dict[tuple[str, ...], dict[str, Value]] = {}
        self.dialog: DecisionDialog | None = None
        """The dialog for a decision that was opened last."""
        self.form: Form | None = None
        self.remarks = Remarks()
        self.remarks.finding_selected.connect(self.finding_selected)
        self.flows = FlowEditor(document)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(lambda: self._show())
        self._scroll = QScrollArea()
        self._scroll.setProperty("role", "panel")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        document.changed.connect(self._follow)
        document.replaced.connect(self._start_over)
        self._show()

    def show_selection(self, selected: Selected) -> None:
        """Shows what is selected now."""
        self._selected = selected
        if len(selected.components) + len(selected.connections) + len(selected.boundaries) > _MANY:
            # A rubber band gathers hundreds on its way: they are looked at once it pauses.
            self._soon.start()
        else:
            self._show()

    def show_analysis(self, analysis: Analysis | None) -> None:
        """Takes over a new analysis, for the remarks about the selected thing."""
        self._analysis = analysis
        self._show_remarks()

    def focus_name(self) -> None:
        """Puts the cursor into the name, if one thing is selected."""
        if self.form is not None and self.form.name is not None:
            self.form.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.form.name.selectAll()

    def reveal(self, name: str) -> None:
        """Puts the cursor into the field of a property, if it is shown."""
        field = self.form.fields.get(name) if self.form is not None else None
        if field is not None and field.isVisibleTo(self):
            self._scroll.ensureWidgetVisible(field)
            field.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _start_over(self) -> None:
        self._resolution = Resolution(self._document.architecture, self._document.catalog)
        self._selected = Choice()
        self._analysis = None
        self._subject = None
        self._drafts.clear()
        self._show()

    def _follow(self, changes: Changes) -> None:
        self._resolution.changed(changes)
        renamed = changes.renamed
        self._selected = Choice(
            components=_renamed(self._selected.components, renamed[Collection.COMPONENTS]),
            connections=_renamed(self._selected.connections, renamed[Collection.CONNECTIONS]),
            boundaries=_renamed(self._selected.boundaries, renamed[Collection.BOUNDARIES]),
        )
        self._show({old: new for ids in renamed.values() for old, new in ids.items()})

    def _show(self, renamed: Mapping[str, str] | None = None) -> None:
        self._soon.stop()
        subject = read_subject(self._resolution, self._selected)
        before, self._subject = self._subject, subject
        moved = before is None or _renamed(before.ids, renamed or {}) != subject.ids
        if before is not None and moved:
            self._keep_drafts(before)
        if self.form is not None and before is not None and before.signature == subject.signature:
            self.form.fill(subject)
        else:
            self._build(subject)
        if self.form is not None and moved:
            self.form.put_drafts(self._drafts.pop(subject.ids, {}))
        entry = _entry_of(subject)
        if entry is not None:
            self.flows.show_entry(entry)
        self.flows.setVisible(entry is not None)
        if moved:
            self._scroll.verticalScrollBar().setValue(0)
        self._show_remarks()

    def _build(self, subject: Subject) -> None:
        for kept in (self.remarks, self.flows):
            kept.hide()
            kept.setParent(None)
        form = Form(subject)
        form.property_changed.connect(self._set_property)
        form.field_changed.connect(self._set_field)
        form.name_changed.connect(self._rename)
        form.relation_changed.connect(self._set_relation)
        form.abandoned.connect(self._abandon)
        form.reset_wanted.connect(self._reset_all)
        form.decisions.opened.connect(self._open_decision)
        form.finished.connect(lambda: self._document.history.end_merge())
        form.slot.addWidget(self.remarks)
        form.slot.addWidget(self.flows)
        form.setProperty("role", "panel")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.form = form
        # The old form may be in the middle of telling what was done in it: it goes when that is over.
        before = self._scroll.takeWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        self._scroll.setWidget(form)

    def _show_remarks(self) -> None:
        subject, analysis = self._subject, self._analysis
        if subject is None or analysis is None:
            self.remarks.show_remarks((), None, None)
            return
        about = frozenset(subject.ids)
        # The analysis has the worst first, and so they stay, whatever they are about.
        findings = [found for found in analysis.findings if not about.isdisjoint(_subjects(found))]
        is_wire = subject.collection is Collection.CONNECTIONS and len(subject.ids) == 1
        coupling = analysis.coupling.wires.get(subject.ids[0]) if is_wire else None
        self.remarks.show_remarks(findings, coupling, analysis if subject.is_whole else None)

    def _set_property(self, name: str, value: Value, typed: bool) -> None:
        if self._subject is not None:
            edit = property_edit(self._document.architecture, self._subject, name, value)
            if isinstance(edit, Batch) and self._subject.collection is Collection.COMPONENTS:
                # A standby, say, makes a band of a card, which then may need a row of its own.
                edit = with_lanes(self._document.architecture, self._document.catalog, edit)
            self._do(edit, name, typed)

    def _set_field(self, name: str, value: Value, typed: bool) -> None:
        if self._subject is not None:
            architecture, subject = self._document.architecture, self._subject
            if name == "zones" and subject.collection is Collection.COMPONENTS:
                self._do(rezone(architecture, self._resolution, subject.ids, tuple(value)), name, typed)
            elif name == "zones" and (subject.is_whole or subject.collection is Collection.BOUNDARIES):
                boundaries = None if subject.is_whole else subject.ids
                self._do(relane(architecture, self._document.catalog, boundaries, tuple(value)), name, typed)
            else:
                self._do(field_edit(architecture, subject, name, value), name, typed)

    def _rename(self, name: str) -> None:
        if self._subject is not None:
            self._do(name_edit(self._document.architecture, self._subject, name), "name", False)

    def _set_relation(self, relation: str) -> None:
        if self._subject is not None:
            self._do(relation_edit(self._document.architecture, self._subject, relation), "relation", False)

    def _reset_all(self) -> None:
        if self._subject is not None:
            self._document.do(reset_edit(self._document.architecture, self._subject))

    def _open_decision(self, before: Decision | None) -> None:
        from designer.gui.dialogs.decision import DecisionDialog

        subject = self._subject
        if subject is None:
            return
        self.dialog = dialog = DecisionDialog(subject.title, before, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_decision(subject, dialog))
        dialog.open()

    def _take_decision(self, subject: Subject, dialog: DecisionDialog) -> None:
        after = None if dialog.is_removed else dialog.decision()
        if after != dialog.before:
            self._document.do(decision_edit(self._document.architecture, subject, dialog.before, after))

    def _do(self, edit: Edit, name: str, typed: bool) -> None:
        self._document.do(edit, merge=self._merge_key(name) if typed else None)

    def _abandon(self, name: str) -> None:
        self._document.abandon(self._merge_key(name))

    def _merge_key(self, name: str) -> str:
        """Steps of typing into one field of the same things become one."""
        assert self._subject is not None
        return f"{' '.join(self._subject.members)} {' '.join(self._subject.ids)} {name}"

    def _keep_drafts(self, subject: Subject) -> None:
        """Keeps what was typed and does not fit until these things are shown again."""
        drafts = self.form.drafts() if self.form is not None else {}
        if drafts:
            self._drafts[subject.ids] = drafts
            while len(self._drafts) > _MOST_DRAFTS:
                del self._drafts[next(iter(self._drafts))]


class Remarks(QWidget):
    """What the analysis says of the selected thing: its findings, a wire's coupling, the architecture's flows."""

    finding_selected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 4, 2)
        self._column.setSpacing(6)
        self._shown: tuple[object, ...] = ()
        self.flows: FlowCards | None = None

    def show_remarks(self, findings: Sequence[Finding], coupling: WireCoupling | None, whole: Analysis | None) -> None:
        """Shows these remarks; does nothing when they are shown already."""
        content = (tuple(findings), coupling, whole.flows if whole else None)
        if content == self._shown:
            return
        before, self._shown = self._shown, content
        if before[:2] == content[:2] and self.flows is not None and whole is not None and whole.flows:
            self.flows.show_flows(whole.flows)
            return
        self.flows = None
        empty_layout(self._column)
        for finding in findings[:_MOST_FINDINGS]:
            self._column.addWidget(self._finding(finding))
        if (more := len(findings) - _MOST_FINDINGS) > 0:
            self._column.addWidget(label(tr("and {more} more in the list of findings", more=more), "small"))
        if coupling is not None:
            self._column.addWidget(_coupling(coupling))
        if whole is not None and whole.flows:
            self.flows = FlowCards()
            self.flows.show_flows(whole.flows)
            self._column.addWidget(self.flows)
        self.setVisible(self._column.count() > 0)

    def _finding(self, finding: Finding) -> Clickable:
        card = Clickable(f"{tr(WORDS[finding.severity])}: {finding.title}")
        card.setToolTip(tip(finding.message))
        row = QHBoxLayout(card)
        row.setContentsMargins(9, 7, 9, 7)
        row.setSpacing(8)
        icon = QLabel()
        icon.setPixmap(severity_pixmap(finding.severity, 16, self.devicePixelRatioF()))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(finding.title, wrap=True), 1)
        row.addWidget(label(tr(WORDS[finding.severity]), "small"), 0, Qt.AlignmentFlag.AlignTop)
        card.clicked.connect(lambda: self.finding_selected.emit(finding))
        return card


def _subjects(finding: Finding) -> tuple[str, ...]:
    return (*finding.components, *finding.connections, *finding.boundaries)


def _entry_of(subject: Subject) -> str | None:
    """The component that flows begin at, if that is what is shown."""
    kind = subject.entry
    is_entry = isinstance(kind, Kind) and kind.role is Role.ENTRY and subject.collection is Collection.COMPONENTS
    return subject.ids[0] if is_entry and len(subject.ids) == 1 else None


def _coupling(coupling: WireCoupling) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    waits = tr("waits for the answer") if coupling.style == "sync" else tr("does not wait")
    column.addWidget(label(f"{tr(COUPLINGS[coupling.word]).capitalize()}, {waits}", "title", wrap=True))
    for reason in coupling.reasons:
        column.addWidget(label(f"• {reason}", "small", wrap=True))
    for judgement in coupling.judged:
        column.addWidget(label(f"• {judgement}", "small", wrap=True))
    return box


def _renamed(ids: Sequence[str], renamed: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(renamed.get(key, key) for key in ids)
