"""Why a command is switched off, in words for its tooltip; a command that is not listed here can always be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain

from designer.gui.document import Document
from designer.gui.panels.selected import Selected
from designer.language import later, tr
from designer.records import record


@record
class State:
    """What decides whether a command can be used."""

    document: Document
    selected: Selected

    @property
    def drawn(self) -> bool:
        """Whether there is a component."""
        return bool(self.document.architecture.components)

    @property
    def shown(self) -> bool:
        """Whether there is anything to see: a component or a boundary."""
        return self.drawn or bool(self.document.architecture.boundaries)

    @property
    def count(self) -> int:
        """How many things are selected."""
        return len(self.selected.components) + len(self.selected.connections) + len(self.selected.boundaries)

    @property
    def placed(self) -> int:
        """How many components and boundaries are selected."""
        return len(self.selected.components) + len(self.selected.boundaries)


_NOTHING_DRAWN = later("Nothing is drawn yet")
_NO_WIRES = later("Nothing is connected yet")
_NOTHING_TO_COMPARE = later("Nothing is drawn yet that could be compared")
_NEVER_SAVED = later("There is no saved file to compare with: save the architecture first")
_NO_VERSIONS = later("There are no versions yet: save the architecture first")
_NO_STEPS = later("Nothing has been changed yet")
_NO_UNDO = later("There is nothing to take back")
_NO_REDO = later("There is nothing to take again")
_NOTHING = later("Select something first")
_ONE = later("Select one thing first")
_WIRE = later("Select a connection first")
_COMPONENT = later("Select components first")
_TWO = later("Select several things first")
_THREE = later("Select three or more things first")
_BOUNDARIES = later("Select several boundaries first")
_PLACED = later("Select components or boundaries first")
_SEVERAL = later("Select several components, or a boundary, first")
_ALIGNING = ("align-left", "align-centre", "align-right", "align-top", "align-middle", "align-bottom")
_SPREADING = ("spread-across", "spread-down")
_SIZING = ("same-width", "same-height", "same-size")
_STANDING = ("front", "forward", "backward", "back", "lock")
_ON_SELECTION = ("cut", "copy", "duplicate", "delete", "zoom-selection", "paste-settings")
_ON_DRAWING = ("select-components", "export", "lint", "connect", "knock-out", "arrange-all")
_ON_SHAPES = ("select-all", "select-none", "picture", "zoom-fit")


def _compare(state: State) -> str:
    return _NEVER_SAVED if state.document.path is None else "" if state.drawn else _NOTHING_TO_COMPARE


def _several(state: State) -> str:
    return "" if len(state.selected.components) > 1 or state.selected.boundaries else _SEVERAL


def _component(state: State) -> str:
    return "" if state.selected.components else _COMPONENT


_BY_DOCUMENT: Mapping[str, Callable[[State], str]] = {
    "undo": lambda state: "" if state.document.history.undo_label else _NO_UNDO,
    "redo": lambda state: "" if state.document.history.redo_label else _NO_REDO,
    "history": lambda state: "" if state.document.history.labels else _NO_STEPS,
    "compare": _compare,
    "compare-other": lambda state: "" if state.drawn else _NOTHING_TO_COMPARE,
    "versions": lambda state: "" if state.document.path is not None else _NO_VERSIONS,
    "select-wires": lambda state: "" if state.document.architecture.connections else _NO_WIRES,
    **dict.fromkeys(_ON_DRAWING, lambda state: "" if state.drawn else _NOTHING_DRAWN),
    **dict.fromkeys(_ON_SHAPES, lambda state: "" if state.shown else _NOTHING_DRAWN),
}
_BY_SELECTION: Mapping[str, Callable[[State], str]] = {
    **dict.fromkeys(_ON_SELECTION, lambda state: "" if state.count else _NOTHING),
    **dict.fromkeys(_ALIGNING, lambda state: "" if state.placed > 1 else _TWO),
    **dict.fromkeys(_SPREADING, lambda state: "" if state.placed > 2 else _THREE),
    **dict.fromkeys(_SIZING, lambda state: "" if len(state.selected.boundaries) > 1 else _BOUNDARIES),
    **dict.fromkeys(_STANDING, lambda state: "" if state.placed else _PLACED),
    **dict.fromkeys(("fail", "replace", "copy-template", "zones", "delete-bridge"), _component),
    "reverse": lambda state: "" if state.selected.connections else _WIRE,
    "trace": lambda state: "" if state.selected.components or state.selected.connections else _NOTHING,
    "copy-settings": lambda state: "" if state.count == 1 else _ONE,
    "rename": lambda state: "" if state.count == 1 else _ONE,
    "arrange-selection": _several,
}


def reasons(document: Document, selected: Selected) -> dict[str, str]:
    """The reason for each command that depends on anything; empty for one that can be used now."""
    state = State(document, selected)
    found = {}
    for key, why in chain(_BY_DOCUMENT.items(), _BY_SELECTION.items()):
        reason = why(state)
        found[key] = tr(reason) if reason else ""
    return found
