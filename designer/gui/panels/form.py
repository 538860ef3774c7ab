"""The inspector's form for one subject: fields in groups, built once and then only filled anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from designer.catalog.entries import Property, PropertyType
from designer.gui.controls import Chips, label, line, set_state, tip
from designer.gui.icons import action_icon, service_icon
from designer.gui.inputs import ComboBox
from designer.gui.panels.decisions import DecisionList
from designer.gui.panels.editors import FieldState
from designer.gui.panels.fields import Field, Row
from designer.gui.panels.help_card import Link
from designer.gui.panels.subjects import Subject
from designer.language import later, plural, tr
from designer.model.entities import Collection, Settings, Value

_NOTE = Property(
    name="note",
    title="Note",
    type=PropertyType.TEXT,
    multiline=True,
    max_length=20_000,
    help="For whoever reads the drawing. Reports tell it; it changes no resource of the template.",
)
_DESCRIPTION = Property(
    name="description",
    title="Description",
    type=PropertyType.TEXT,
    multiline=True,
    max_length=1024,
    help="What the architecture is for. It becomes the description of the template.",
)
_REGION = Property(
    name="region",
    title="Region",
    type=PropertyType.TEXT,
    pattern=r"[a-z]{2}(-[a-z]+)+-\d",
    help="The AWS Region that the figures and the file speak of. The template itself deploys in any Region.",
)
_ZONE_HELP = later(
    "The Availability Zones it stands in. The template picks the Region's zones by number, never by name."
)
_LETTERS = "abcdef"
_MOST_ENTRIES = 4
"""So many kinds are explained where things of several are selected."""
_EMPTY = {"note": "", "description": "", "region": Settings().region}
"""What these fields hold when nothing is typed."""


class Form(QWidget):
    """Shows one subject; what the user changes is told by signals, nothing is changed here."""

    property_changed = Signal(str, object, bool)
    """Property, new value (`None` resets) and whether it was typed."""
    field_changed = Signal(str, object, bool)
    """A field that all things have (zones, note, region ...), its new value, and whether it was typed."""
    name_changed = Signal(str)
    relation_changed = Signal(str)
    abandoned = Signal(str)
    """What was typed into a field, by its name, is to be as if it had never been."""
    reset_wanted = Signal()
    """All properties are to go back to their defaults."""
    finished = Signal()
    """The cursor left a field."""

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self.extras: dict[str, Field] = {}
        self._headings: list[tuple[QWidget, list[Field]]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 14, 10, 18)
        self._column.setSpacing(7)
        self._add_header(subject)
        self.slot = QVBoxLayout()
        self.slot.setSpacing(6)
        self._column.addLayout(self.slot)
        self._add_relation(subject)
        self._add_placement(subject)
        self._add_properties(subject)
        self._add_about(subject)
        self._column.addStretch(1)
        self.fill(subject)

    def fill(self, subject: Subject) -> None:
        """Shows the values of a subject with the signature that the form was built for."""
        self._fill_header(subject)
        shown = {prop.name for prop in subject.properties}
        for name, field in self.fields.items():
            field.setVisible(name in shown)
            if name in shown:
                field.show_state(subject.states[name])
        self._fill_changed(subject)
        self._fill_places(subject)
        self.decisions.show_decisions(subject.decisions, len(subject.ids), room=subject.takes_decisions)
        for heading, fields in self._headings:
            heading.setVisible(any(field.prop.name in shown for field in fields))
        self._fill_zones(subject)
        for name, field in self.extras.items():
            field.show_state(subject.note if name == "note" else subject.states.get(name, FieldState(None)))
        if self.relation is not None:
            current = subject.entry.id if subject.entry else None
            self.relation.setCurrentIndex(-1 if current is None else self.relation.findData(current))

    def drafts(self) -> dict[str, Value]:
        """What stands in the fields and does not fit, by the field's name."""
        fields = {**self.fields, **self.extras}
        return {name: field.draft for name, field in fields.items() if field.draft is not None}

    def put_drafts(self, drafts: Mapping[str, Value]) -> None:
        """Shows again what did not fit when these things were shown before, and nothing else that does not."""
        for name, field in {**self.fields, **self.extras}.items():
            field.put_draft(drafts.get(name))

    def _add_header(self, subject: Subject) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        # First of all, so that its widgets have a parent: what is shown without one becomes a window.
        self._column.addLayout(row)
        self.icon = QLabel()
        self.icon.setFixedSize(QSize(28, 28))
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        self.icon.setHidden(not subject.icon and subject.collection is not Collection.CONNECTIONS)
        words = QVBoxLayout()
        words.setSpacing(0)
        row.addLayout(words, 1)
        self.name: QLineEdit | None = None
        self.title = label("", "title", wrap=True)
        single = subject.is_single and subject.collection is not Collection.CONNECTIONS
        named = subject.is_whole or single
        if named:
            self.name = QLineEdit()
            self.name.setProperty("role", "name")
            self.name.setAccessibleName(tr("Name"))
            self.name.setToolTip(tr("Name. Enter takes it, Escape takes it back."))
            self.name.editingFinished.connect(self._take_name)
            words.addWidget(self.name)
        words.addWidget(self.title)
        self.title.setHidden(named)
        self.detail = label("", "small", wrap=True)
        self.detail.setContentsMargins(9 if named else 0, 0, 0, 0)
        words.addWidget(self.detail)
        self.name_message = label("", "error", wrap=True)
        self.name_message.setContentsMargins(7, 0, 0, 0)
        self.name_message.hide()
        words.addWidget(self.name_message)
        self.reset_all = QPushButton()
        self.reset_all.setProperty("flat", True)
        self.reset_all.setProperty("column", True)
        self.reset_all.setToolTip(tr("All properties go back to their defaults; one step to undo"))
        self.reset_all.clicked.connect(self.reset_wanted)
        self._column.addWidget(self.reset_all, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill_changed(self, subject: Subject) -> None:
        count = subject.changed
        self.reset_all.setText(plural("{count} changed: reset all", "{count} changed: reset all", count))
        self.reset_all.setVisible(count > 0)

    def _fill_header(self, subject: Subject) -> None:
        self._title = subject.title
        self.title.setText(subject.title)
        self.detail.setText(subject.detail)
        icon = service_icon(subject.icon) if subject.icon else action_icon("connect")
        self.icon.setPixmap(icon.pixmap(QSize(28, 28), self.devicePixelRatioF()))
        if self.name is not None and not (self.name.hasFocus() and self.name.isModified()):
            self.name.setText(subject.title)
            self._complain_name("")

    def _take_name(self) -> None:
        assert self.name is not None
        if not self.name.isModified():
            return
        self.name.setModified(False)
        text = self.name.text().strip()
        self._complain_name("" if text else tr("A name is needed."))
        if text and text != self._title:
            self.name_changed.emit(text)

    def _complain_name(self, text: str) -> None:
        assert self.name is not None
        self.name_message.setText(text)
        self.name_message.setVisible(bool(text))
        set_state(self.name, "invalid", bool(text))

    def _add_relation(self, subject: Subject) -> None:
        self.relation: ComboBox | None = None
        if len(subject.relations) < 2:
            return
        self.relation = ComboBox()
        self.relation.setPlaceholderText(tr("Mixed"))
        for relation in subject.relations:
            self.relation.addItem(tr(relation.title), relation.id)
        self.relation.activated.connect(self._take_relation)
        self._column.addWidget(
            Row(tr("Meaning"), self.relation, tr("What the wire does; its other settings follow from it."))
        )

    def _take_relation(self, index: int) -> None:
        assert self.relation is not None
        self.relation_changed.emit(self.relation.itemData(index))

    def _add_placement(self, subject: Subject) -> None:
        self.zones: Chips | None = None
        self.places: list[QLabel] = []
        if subject.is_whole:
            self._add_section(tr("Description"), [self._extra(_DESCRIPTION, wide=True)])
            self._add_section(tr("Placement"), [self._extra(replace(_REGION, suggestions=subject.regions))])
        elif subject.zones is not None or subject.places:
            self._column.addWidget(_heading(tr("Placement")))
        if subject.zones is not None:
            self._add_zones()
        for place in subject.places:
            shown = label("", wrap=True)
            self.places.append(shown)
            self._column.addWidget(Row(place.title, shown))

    def _add_zones(self) -> None:
        self.zones = Chips(tr("Zone"))
        self.zones.toggled.connect(self._take_zones)
        self.zones_row = Row(tr("Zones"), self.zones, tr(_ZONE_HELP))
        self.zones_row.reset.clicked.connect(lambda: self.field_changed.emit("zones", (), False))
        self._column.addWidget(self.zones_row)

    def _fill_zones(self, subject: Subject) -> None:
        if self.zones is None or subject.zones is None:
            return
        state, self._one_zone = subject.zones, subject.one_zone
        self._inherits = not subject.is_whole
        used = [_LETTERS.index(letter) for letter in state.value if letter in _LETTERS]
        last = max(used, default=-1) + 1
        # A few to begin with, one more than are used, and never what the Region does not have, unless it is used.
        self.zones.offer(tuple(_LETTERS[: max(last, min(subject.region_zones, max(3, last + 1)))]))
        self._shown_zones = tuple(state.value)
        self.zones.show_on(() if state.mixed else state.value, quiet=not state.own)
        self.zones_row.reset.setVisible(state.own and self._inherits)
        self.zones_row.complain("")
        self.zones_row.remark(tr("From {origin}", origin=state.origin) if state.origin and not state.own else "")

    def _fill_places(self, subject: Subject) -> None:
        for shown, place in zip(self.places, subject.places, strict=False):
            shown.setText(place.value)
            shown.setToolTip(tip(place.origin))
            row = shown.parentWidget()
            if isinstance(row, Row):
                row.remark(place.origin)

    def _take_zones(self, zones: tuple[str, ...]) -> None:
        if self._one_zone:
            zones = tuple(letter for letter in zones if letter not in self._shown_zones) or self._shown_zones
        if not zones and not self._inherits:
            assert self.zones is not None
            self.zones.show_on(self._shown_zones, quiet=False)
            self.zones_row.complain(tr("At least one zone is needed."))
            return
        self.field_changed.emit("zones", zones, False)

    def _add_properties(self, subject: Subject) -> None:
        groups: dict[str, list[Field]] = {}
        for prop in subject.offered.values():
            field = self.fields[prop.name] = Field(prop)
            field.committed.connect(self.property_changed)
            field.abandoned.connect(self.abandoned)
            field.finished.connect(self.finished)
            groups.setdefault(prop.group, []).append(field)
        for title, fields in groups.items():
            self._headings.append((self._add_section(tr(title), fields), fields))

    def _add_about(self, subject: Subject) -> None:
        self._add_section(tr("Note"), [self._extra(_NOTE, wide=True)])
        self.decisions = DecisionList()
        self._add_section(tr("Decisions"), [self.decisions])
        self._add_section(tr("About"), [])
        for entry in subject.entries[:_MOST_ENTRIES]:
            self._column.addWidget(label(tr(entry.summary), "small", wrap=True))
            if link := getattr(entry, "documentation", ""):
                alone = len(subject.entries) == 1
                words = tr("Documentation") if alone else tr("Documentation: {kind}", kind=tr(entry.title))
                self._column.addWidget(Link(words, link), 0, Qt.AlignmentFlag.AlignLeft)

    def _add_section(self, title: str, rows: Sequence[QWidget]) -> QWidget:
        heading = _heading(title)
        self._column.addWidget(heading)
        for row in rows:
            self._column.addWidget(row)
        return heading

    def _extra(self, prop: Property, *, wide: bool = False) -> Field:
        field = self.extras[prop.name] = Field(prop, wide=wide)
        field.committed.connect(self._take_extra)
        field.abandoned.connect(self.abandoned)
        field.finished.connect(self.finished)
        return field

    def _take_extra(self, name: str, value: Value, typed: bool) -> None:
        self.field_changed.emit(name, _EMPTY[name] if value is None else value, typed)


def _heading(text: str) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 6, 4, 2)
    column.setSpacing(9)
    column.addWidget(line())
    column.addWidget(label(text, "heading"))
    return box
