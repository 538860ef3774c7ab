"""A list in which a click, an arrow key or Enter chooses: findings, and messages about the template."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView


class ChoiceList(QListView):
    """Says what is chosen: the data that the rows have under `role`."""

    chosen = Signal(object)

    def __init__(self, name: str, model: QAbstractItemModel, role: int) -> None:
        super().__init__()
        self._role = role
        self._by_key = False
        self.setModel(model)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.clicked.connect(self.tell)
        self.activated.connect(self.tell)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Arrow keys choose; merely coming into the list by Tab does not."""
        super().currentChanged(current, previous)
        if self._by_key and current.isValid():
            self.tell(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remembers that the next choice comes from a key."""
        self._by_key = True
        super().keyPressEvent(event)
        self._by_key = False

    def tell(self, index: QModelIndex | QPersistentModelIndex) -> None:
        """Chooses a row and says so, also where it is chosen already."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.chosen.emit(index.data(self._role))
