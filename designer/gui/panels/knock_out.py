"""The knock-out panel: on the left what can fail, on the right what that does to every flow and component, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from designer.analysis.knock_out.failures import Sort
from designer.analysis.scale import State
from designer.gui.controls import SearchField, allow, label, tip
from designer.gui.document import Document
from designer.gui.failures import Failures
from designer.gui.icons import action_icon, service_icon
from designer.gui.panels.trees import tree
from designer.gui.states import WORDS, state_icon
from designer.gui.theme import theme_switch
from designer.language import later, plural, tr

if TYPE_CHECKING:
    from designer.analysis.knock_out import Failure, FlowEffect, KnockOut

NAME = Qt.ItemDataRole.UserRole
"""What an item stands for: the name of a failure on the left, the id of a component on the right."""
_GROUPS = {
    Sort.REGION: later("Region and zones"),
    Sort.ZONE: later("Region and zones"),
    Sort.COMPONENT: later("Components"),
    Sort.GATEWAY: later("NAT gateways"),
    Sort.EVENT: later("Single parts"),
}
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_FINE = later("Nothing fails")
_HINT = later(
    "Tick what should fail, or choose Pick on canvas and click it there. Nothing of this changes the drawing."
)
_EMPTY = later("Nothing is drawn yet that could fail.")


class KnockOutPanel(QWidget):
    """Everything that can fail with a check box each, and the effects of what is ticked."""

    component_chosen = Signal(str)
    """A component in the effects was clicked; it is to be shown on the canvas."""

    def __init__(self, document: Document, failures: Failures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Knock-out"))
        self._document = document
        self._failures = failures
        self._last: KnockOut | None = None
        self._listed: list[tuple[str, str, str]] | None = None
        self.summary = label("", "title", wrap=True)
        self.hint = label("", "muted", wrap=True)
        self.hint.setContentsMargins(8, 8, 14, 8)
        self.pick = QPushButton(tr("Pick on canvas"))
        self.pick.setCheckable(True)
        self.pick.setIcon(action_icon("knock-out"))
        self.pick.setToolTip(tr("A click on a component makes it fail, another restores it (F8)"))
        self.restore = QPushButton(tr("Restore all"))
        self.restore.setToolTip(tr("Nothing fails any more (Shift+F8)"))
        self.search = SearchField(tr("Filter what can fail"))
        self.tree = tree(tr("What can fail"), (tr("What can fail"),))
        self.effects = tree(tr("Effects"), (tr("State"), tr("Where"), tr("Why")))
        self._arrange()
        self.tree.itemChanged.connect(self._ticked)
        self.search.textChanged.connect(self._filter)
        self.search.left_down.connect(self.tree.setFocus)
        self.effects.itemClicked.connect(self._choose)
        self.effects.itemActivated.connect(self._choose)
        self.pick.toggled.connect(failures.pick)
        self.restore.clicked.connect(failures.restore)
        failures.picking_changed.connect(self.pick.setChecked)
        failures.offered.connect(self._show_offer)
        failures.changed.connect(self.show_effects)
        theme_switch().theme_changed.connect(self._recolour)
        document.changed.connect(self._follow)
        document.replaced.connect(self._follow)
        self._show_offer()
        self.show_effects(None)

    def show_effects(self, found: KnockOut | None) -> None:
        """Shows what happens now; `None` while nothing fails."""
        self._last = found
        self._tick()
        allow(self.restore, "" if found is not None else tr("Nothing fails now"))
        self.summary.setText(_summary(found) if found is not None else tr(_FINE))
        drawn = bool(self._document.architecture.components)
        self.hint.setText(tr(_HINT if drawn else _EMPTY))
        self.hint.setVisible(found is None)
        allow(self.pick, "" if drawn else tr("Nothing is drawn yet"))
        self.effects.clear()
        self.effects.setVisible(found is not None)
        if found is not None:
            self.effects.addTopLevelItems([*map(_flow_row, found.flows), *self._component_rows(found)])

    def _follow(self) -> None:
        """Whether there is anything to fail; effects come by themselves."""
        if self._last is None:
            self.show_effects(None)

    def _recolour(self) -> None:
        self.show_effects(self._last)

    def look(self, looked_at: bool) -> None:
        """Whether the panel is in front: only then is it worked out what can fail."""
        self._failures.want_offer(self, looked_at)

    def _arrange(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 8, 12, 6)
        bar.setSpacing(8)
        bar.addWidget(self.summary, 1)
        bar.addWidget(self.pick)
        bar.addWidget(self.restore)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 0, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        self.tree.setHeaderHidden(True)
        header = self.effects.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(1, 150)
        self.effects.setRootIsDecorated(False)
        self.effects.setWordWrap(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        right = QWidget()
        inner = QVBoxLayout(right)
        inner.setContentsMargins(6, 0, 0, 0)
        inner.addWidget(self.hint, 0, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.effects)
        splitter.addWidget(right)
        splitter.setSizes([230, 770])
        splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(bar)
        whole.addWidget(splitter, 1)

    def _show_offer(self) -> None:
        """Lists what can fail, unless just that is listed already: most edits change none of it."""
        offer = self._failures.offer()
        components = self._document.architecture.components
        kinds = {key: component.kind for key, component in components.items()}
        listed = [(one.name, one.label, kinds.get(one.component or "", "")) for one in offer]
        if listed != self._listed:
            self._listed = listed
            self._list(offer)
        self._tick()

    def _list(self, offer: Sequence[Failure]) -> None:
        with QSignalBlocker(self.tree):
            open_before = {item.text(0) for item in self._groups() if item.isExpanded()} or {tr("Region and zones")}
            known = bool(self.tree.topLevelItemCount())
            self.tree.clear()
            for title, found in _grouped(offer).items():
                group = QTreeWidgetItem([tr(title)])
                group.setFlags(Qt.ItemFlag.ItemIsEnabled)
                group.addChildren([self._offered(failure) for failure in found])
                self.tree.addTopLevelItem(group)
                group.setExpanded(tr(title) in open_before or (not known and title == later("Components")))
        self._filter(self.search.text())

    def _offered(self, failure: Failure) -> QTreeWidgetItem:
        item = QTreeWidgetItem([failure.label])
        item.setData(0, NAME, failure.name)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, _UNCHECKED)
        item.setToolTip(0, tip(failure.label))
        component = self._document.architecture.components.get(failure.component or "")
        if component is not None:
            item.setIcon(0, service_icon(component.kind))
        return item

    def _tick(self) -> None:
        failed = set(self._failures.failed)
        with QSignalBlocker(self.tree):
            for group in self._groups():
                for item in _children(group):
                    wanted = _CHECKED if item.data(0, NAME) in failed else _UNCHECKED
                    if item.checkState(0) is not wanted:
                        item.setCheckState(0, wanted)

    def _ticked(self, item: QTreeWidgetItem) -> None:
        name = item.data(0, NAME)
        if name is not None and (item.checkState(0) is _CHECKED) != (name in self._failures.failed):
            self._failures.toggle(name)

    def _filter(self, text: str) -> None:
        wanted = text.strip().lower()
        for group in self._groups():
            for item in _children(group):
                item.setHidden(wanted not in item.text(0).lower())
            group.setHidden(all(item.isHidden() for item in _children(group)))
            if wanted and not group.isHidden():
                group.setExpanded(True)

    def _groups(self) -> Iterator[QTreeWidgetItem]:
        for index in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(index)
            if item is not None:
                yield item

    def _component_rows(self, found: KnockOut) -> Iterator[QTreeWidgetItem]:
        components = self._document.architecture.components
        for wave in found.order:
            for key in wave:
                effect = found.components[key]
                if key in components:
                    yield _row(effect.state, components[key].name, "; ".join(effect.reasons), key)
        fine = sum(effect.state is State.FINE for effect in found.components.values())
        if fine:
            yield _row(
                State.FINE,
                plural("{count} component", "{count} components", fine),
                tr("not affected"),
                None,
            )

    def _choose(self, item: QTreeWidgetItem) -> None:
        key = item.data(0, NAME)
        if key is not None:
            self.component_chosen.emit(key)


def _children(item: QTreeWidgetItem) -> Iterable[QTreeWidgetItem]:
    return [child for index in range(item.childCount()) if (child := item.child(index)) is not None]


def _grouped(offer: Iterable[Failure]) -> dict[str, list[Failure]]:
    """What can fail under its headings, the widest failures first."""
    groups: dict[str, list[Failure]] = {title: [] for title in _GROUPS.values()}
    for failure in offer:
        groups[_GROUPS[failure.sort]].append(failure)
    groups[later("Region and zones")].sort(key=lambda failure: failure.zone or "")
    groups[later("Components")].sort(key=lambda failure: failure.label.casefold())
    return {title: found for title, found in groups.items() if found}


def _summary(found: KnockOut) -> str:
    what = ", ".join(failure.label for failure in found.failures)
    stopped, flows = len(found.stopped), len(found.flows)
    if not flows:
        return tr("Failed: {what}", what=what)
    if not stopped:
        return tr("Failed: {what}. Every flow still works.", what=what)
    return plural(
        "Failed: {what}. {stopped} of {count} flow stopped.",
        "Failed: {what}. {stopped} of {count} flows stopped.",
        flows,
        what=what,
        stopped=stopped,
    )


def _flow_row(flow: FlowEffect) -> QTreeWidgetItem:
    state = State.DOWN if not flow.works else State.BUFFERING if flow.waits else State.FINE
    word = tr("Stopped") if not flow.works else tr("Waits") if flow.waits else tr("Works")
    item = _row(state, tr("Flow {name}", name=flow.name), flow.text, None, word)
    font = item.font(1)
    font.setBold(True)
    item.setFont(1, font)
    return item


def _row(state: State, where: str, why: str, key: str | None, word: str = "") -> QTreeWidgetItem:
    item = QTreeWidgetItem([word or tr(WORDS[state]), where, why])
    item.setIcon(0, state_icon(state))
    item.setData(0, NAME, key)
    item.setToolTip(1, tip(where))
    item.setToolTip(2, tip(why))
    return item
