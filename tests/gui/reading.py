"""Every text that a window shows or tells a screen reader, with where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from designer.gui.window import Window

Said = tuple[str, str]
"""Where, and what."""

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_DEEPEST = 5


def said_by(root: QWidget) -> Iterator[Said]:
    """What a widget and all in it say, without what a user typed."""
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.objectName().startswith("qt_"):
            yield from _said(widget)
    for action in root.findChildren(QAction):
        yield from _said_by_action(action)


def _said(widget: QWidget) -> Iterator[Said]:
    where = type(widget).__name__
    yield f"{where}: title", widget.windowTitle()
    yield f"{where}: name", widget.accessibleName()
    yield f"{where}: description", widget.accessibleDescription()
    yield f"{where}: tip", widget.toolTip()
    if isinstance(widget, (QLabel, QAbstractButton)):
        yield f"{where}: text", widget.text()
    if isinstance(widget, (QLineEdit, QPlainTextEdit)):
        yield f"{where}: placeholder", widget.placeholderText()
    if isinstance(widget, QGroupBox):
        yield f"{where}: heading", widget.title()
    if isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield f"{where}: tab", widget.tabText(place)
            yield f"{where}: tip of tab", widget.tabToolTip(place)
    if isinstance(widget, (QAbstractItemView, QComboBox)) and widget.model() is not None:
        yield from said_by_model(widget.model(), where)


def _said_by_action(action: QAction) -> Iterator[Said]:
    yield "action", action.text()
    yield "tip of action", action.toolTip()


def said_by_model(
    model: QAbstractItemModel, where: str, parent: QModelIndex | None = None, depth: int = 0
) -> Iterator[Said]:
    """What the rows of a list, tree or choice say."""
    top = QModelIndex() if parent is None else parent
    columns = _columns(model, top)
    if depth == 0:
        for column in range(columns):
            header = model.headerData(column, Qt.Orientation.Horizontal)
            if isinstance(header, str):
                yield f"{where}: header", header
    for row in range(model.rowCount(top)):
        for column in range(columns):
            index = model.index(row, column, top)
            for role in _ROLES:
                text = model.data(index, role)
                if isinstance(text, str):
                    yield f"{where}: {role.name}", text
        if depth < _DEEPEST:
            yield from said_by_model(model, where, model.index(row, 0, top), depth + 1)


def _columns(model: QAbstractItemModel, parent: QModelIndex) -> int:
    """The number of columns; lists keep it to themselves, and have one."""
    try:
        return model.columnCount(parent)
    except TypeError:
        return 1


def said_by_canvas(window: Window) -> Iterator[Said]:
    """What stands on the drawing, and what its things tell the pointer and a screen reader."""
    labels, architecture = window.canvas.drawing.labels, window.document.architecture
    for key in architecture.components:
        yield "card: kind", labels.kind_title(key)
        yield "card: facts", labels.facts(key)
        yield "card: tip", labels.component_tip(key)
    for key, wire in architecture.connections.items():
        yield "wire: text", labels.verb(wire)
        yield "wire: tip", labels.connection_tip(key)
    for key in architecture.boundaries:
        yield "boundary: name", labels.boundary_name(key)


def menus_of(menu: QMenu) -> Iterator[QMenu]:
    """A menu and all menus in it."""
    yield menu
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            yield from menus_of(inner)
