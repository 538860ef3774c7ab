"""The drawing as a tree: Region, boundaries in boundaries, components in them, and below each component its wires.

The rows only know what they stand for; what they say is asked of the canvas's labels when a row is painted, so an
edit costs as much as the rows that come, go or move, however large the drawing is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel

from designer.catalog.entries import Scope
from designer.gui.canvas.labels import Labels
from designer.gui.document import Document
from designer.gui.icons import service_icon
from designer.language import plural, tr
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.entities import Boundary, Collection, Component, Connection, Entity

Node = tuple[Collection | None, str]
"""What a row stands for: a thing of the drawing, or (without a collection) the Region or what is outside of it."""
REGION: Node = (None, "region")
OUTSIDE: Node = (None, "outside")
NODE = Qt.ItemDataRole.UserRole
DETAIL = Qt.ItemDataRole.UserRole + 1
"""What is said after the name, in quieter letters: the kind, or what a wire does."""
FINDINGS = Qt.ItemDataRole.UserRole + 2
"""The worst severity and the number of findings, or None."""
STATE = Qt.ItemDataRole.UserRole + 3
"""The `State` of a component in a failure that is tried out, or None."""

MIME = "application/x-aws-designer-outline"

_Index = QModelIndex | QPersistentModelIndex
_Key = tuple[int, str, str]
_BOUNDARY, _COMPONENT, _WIRE = range(3)
_SHOWN = (Collection.BOUNDARIES, Collection.COMPONENTS, Collection.CONNECTIONS)
_WORLDWIDE = (Scope.GLOBAL, Scope.OUTSIDE)
_MANY = 200
"""When an edit changes more things, all rows are made anew: that is quicker than to move each."""
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_HOLDS = Qt.ItemFlag.ItemIsDropEnabled
_NAMED = Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled


class OutlineModel(QStandardItemModel):
    """Follows a document. Boundaries come before components, both in alphabetical order."""

    renamed = Signal(object, str)
    """A `Node` was given another name in the tree; the document does not have it yet."""
    loaded = Signal()
    """All rows are other ones."""
    reworded = Signal()
    """Rows may read differently now."""

    def __init__(self, document: Document, labels: Callable[[], Labels]) -> None:
        super().__init__()
        self._document = document
        self._labels = labels
        self._items: dict[Node, QStandardItem] = {}
        self._keys: dict[Node, _Key] = {}
        self._homes: dict[Node, Node] = {}
        self._orders: dict[Node, list[_Key]] = {}
        self._asleep = False
        self._stale = False
        self._epoch = 0
        self.changing = False
        """Whether rows come and go now because the document has changed, and with them what is selected."""
        document.changed.connect(self.follow)
        document.replaced.connect(self.load)
        self.load()

    def load(self) -> None:
        """Reads the whole document anew."""
        self._stale = False
        was_changing, self.changing = self.changing, True
        self.clear()
        for table in (self._items, self._keys, self._homes, self._orders):
            table.clear()
        # The rows are put together before the tree has them: each that it has costs it a signal.
        self._items = {REGION: _row(REGION), OUTSIDE: _row(OUTSIDE)}
        architecture = self.architecture
        for boundary in sorted(architecture.boundaries.values(), key=self._depth):
            self._put(boundary)
        for component in architecture.components.values():
            self._put(component)
        for connection in architecture.connections.values():
            self._put(connection)
        self.appendRow(self._items[REGION])
        if self._orders.get(OUTSIDE):
            self.appendRow(self._items[OUTSIDE])
        else:
            del self._items[OUTSIDE]
        self.changing = was_changing
        self.loaded.emit()

    def sleep(self) -> None:
        """Nobody looks: edits are only counted until `wake`."""
        self._asleep = True

    def wake(self) -> None:
        """Shows what the document is now, and follows it again."""
        self._asleep = False
        if self._stale:
            self.load()

    def follow(self, changes: Changes) -> None:
        """Brings the rows up to date with one applied edit."""
        self.changing = True
        moved = self._follow(changes)
        self.changing = False
        # A mere move changes no text: then nothing has to be painted, however many rows are seen.
        epoch, self._epoch = self._epoch, self._labels().epoch
        if moved or epoch != self._epoch:
            self.reworded.emit()

    def _follow(self, changes: Changes) -> bool:
        """The same, without telling; says whether rows came, went or moved."""
        moved = {collection: self._moved(changes, collection) for collection in _SHOWN}
        if self._asleep or sum(map(len, moved.values())) > _MANY:
            self._stale = True
            if not self._asleep:
                self.load()
            return not self._asleep
        for collection in (Collection.CONNECTIONS, Collection.COMPONENTS):
            for key, after in moved[collection].items():
                if after is None or self._has_left(after):
                    self._drop((collection, key))
        # Outer ones first, so that the new place of each is there.
        boundaries = [after for after in moved[Collection.BOUNDARIES].values() if isinstance(after, Boundary)]
        for entity in (*sorted(boundaries, key=self._depth), *moved[Collection.COMPONENTS].values()):
            if entity is not None:
                self._put(entity)
        for wire in moved[Collection.CONNECTIONS].values():
            if wire is not None:
                self._put(wire)
        gone = [(Collection.BOUNDARIES, key) for key, after in moved[Collection.BOUNDARIES].items() if after is None]
        for node in sorted(gone, key=self._level, reverse=True):
            self._drop(node)
        return any(moved.values())

    def _moved(self, changes: Changes, collection: Collection) -> dict[str, Entity | None]:
        """What comes, goes, or belongs at another place of the tree, as it is now."""
        return {
            key: after
            for key, before, after in changes.of(collection)
            if before is None or after is None or _place(before) != _place(after)
        }

    def index_of(self, node: Node) -> QModelIndex:
        """Where a thing stands in the tree; an invalid index for what is not there."""
        item = self._items.get(node)
        return item.index() if item is not None else QModelIndex()

    def containers(self) -> Iterable[QModelIndex]:
        """The rows that hold components: Region and boundaries."""
        return [item.index() for node, item in self._items.items() if node[0] in (None, Collection.BOUNDARIES)]

    def node(self, index: _Index) -> Node | None:
        """What a row stands for."""
        found: Node | None = super().data(index, NODE) if index.isValid() else None
        return found

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a row says, worked out when it is asked for."""
        node: Node | None = super().data(index, NODE)
        if node is None or role == NODE:
            return node
        collection, key = node
        if collection is None:
            return self._of_root(node, role)
        if not self._exists(collection, key):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._name(collection, key)
            case Qt.ItemDataRole.DecorationRole:
                return self._icon(collection, key)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(collection, key)
        return self._remark(collection, key, role)

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Asks for another name; the row has it once the document does."""
        node = self.node(index)
        if role != Qt.ItemDataRole.EditRole or node is None or not str(value).strip():
            return False
        self.renamed.emit(node, str(value))
        return True

    def mimeTypes(self) -> list[str]:
        """The one type that is dragged, from here to here."""
        return [MIME]

    def mimeData(self, _indexes: Sequence[QModelIndex]) -> QMimeData:
        """Whose rows are dragged: those that are selected."""
        carried = QMimeData()
        carried.setData(MIME, QByteArray(str(id(self._document)).encode()))
        return carried

    def is_own(self, carried: QMimeData) -> bool:
        """Whether what is dragged comes from a tree of this document."""
        return bytes(carried.data(MIME).data()) == str(id(self._document)).encode()

    @property
    def architecture(self) -> Architecture:
        """What the document holds now."""
        return self._document.architecture

    def _depth(self, boundary: Boundary) -> int:
        return len(self.architecture.boundaries_around(boundary.id))

    def _home(self, entity: Entity) -> Node:
        match entity:
            case Connection():
                return Collection.COMPONENTS, entity.source
            case Boundary(parent=outer) | Component(boundary=outer) if outer is not None:
                return Collection.BOUNDARIES, outer
            case Component(kind=kind) if self._document.catalog.kinds[kind].placement.scope in _WORLDWIDE:
                return OUTSIDE
        return REGION

    def _has_left(self, entity: Entity) -> bool:
        """Whether a wire starts elsewhere now: its old row goes before the component below which it stood."""
        node = _node(entity)
        return isinstance(entity, Connection) and self._homes.get(node) not in (None, self._home(entity))

    def _put(self, entity: Entity) -> None:
        """Adds a row, or puts it into its new place."""
        node, home, key = _node(entity), self._home(entity), _sort_key(entity)
        item = self._items.get(node)
        if item is not None and self._homes[node] == home and self._keys[node] == key:
            return
        item = _row(node) if item is None else self._take(node)
        if home not in self._items:
            self._put_root(home)
        order = self._orders.setdefault(home, [])
        row = bisect_left(order, key)
        order.insert(row, key)
        self._items[node], self._keys[node], self._homes[node] = item, key, home
        self._items[home].insertRow(row, item)

    def _take(self, node: Node) -> QStandardItem:
        """Takes a row with all below it out of its place."""
        home, key = self._homes.pop(node), self._keys.pop(node)
        order = self._orders[home]
        row = bisect_left(order, key)
        del order[row]
        item = self._items.pop(node)
        self._items[home].takeRow(row)
        if home == OUTSIDE and not order:
            del self._items[OUTSIDE]
            self.removeRow(1)
        return item

    def _drop(self, node: Node) -> None:
        if node in self._items and node[0] is not None:
            self._take(node)
            self._orders.pop(node, None)

    def _level(self, node: Node) -> int:
        """How deep a row stands."""
        level = 0
        while node in self._homes:
            node = self._homes[node]
            level += 1
        return level

    def _put_root(self, node: Node) -> None:
        self._items[node] = _row(node)
        self.appendRow(self._items[node])

    def _exists(self, collection: Collection, key: str) -> bool:
        """Whether the document has it: within an edit a row may be looked at that is about to go."""
        return key in self.architecture.table(collection)

    def _name(self, collection: Collection, key: str) -> str:
        if collection is Collection.CONNECTIONS:
            wire = self.architecture.connections[key]
            return f"→ {self.architecture.components[wire.target].name}"
        table = self.architecture.components if collection is Collection.COMPONENTS else self.architecture.boundaries
        return table[key].name

    def _icon(self, collection: Collection, key: str) -> QIcon | None:
        if collection is Collection.CONNECTIONS:
            return None
        if collection is Collection.COMPONENTS:
            return service_icon(self.architecture.components[key].kind)
        return service_icon(self._labels().boundary_icon(self.architecture.boundaries[key]))

    def _spoken(self, collection: Collection, key: str) -> str:
        labels = self._labels()
        if collection is Collection.COMPONENTS:
            return labels.component_name(key)
        return labels.connection_name(key) if collection is Collection.CONNECTIONS else labels.boundary_name(key)

    def _remark(self, collection: Collection, key: str, role: int) -> object:
        labels = self._labels()
        if role == FINDINGS:
            return labels.findings(key, collection)
        if role == STATE and collection is Collection.COMPONENTS:
            effect = labels.effects.get(key)
            return effect.state if effect is not None else None
        if role != DETAIL:
            return None
        if collection is Collection.CONNECTIONS:
            return labels.verb(self.architecture.connections[key])
        if collection is Collection.COMPONENTS:
            return labels.kind_title(key)
        return self._document.catalog.boundaries[self.architecture.boundaries[key].kind].title

    def _of_root(self, node: Node, role: int) -> str | QIcon | None:
        region = self.architecture.settings.region
        count = len(self._orders.get(node, ()))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return tr("Region {name}", name=region) if node == REGION else tr("Outside of the Region")
            case Qt.ItemDataRole.DecorationRole:
                return service_icon("region") if node == REGION else None
            case Qt.ItemDataRole.AccessibleTextRole:
                things = plural("{count} thing", "{count} things", count)
                return f"{self._of_root(node, Qt.ItemDataRole.DisplayRole)}, {things}"
        return None


def _row(node: Node) -> QStandardItem:
    item = QStandardItem()
    item.setData(node, NODE)
    flags = _FLAGS
    if node[0] in (Collection.COMPONENTS, Collection.BOUNDARIES):
        flags |= _NAMED
    if node[0] in (None, Collection.BOUNDARIES):
        flags |= _HOLDS
    item.setFlags(flags)
    return item


def _node(entity: Entity) -> Node:
    match entity:
        case Boundary():
            return Collection.BOUNDARIES, entity.id
        case Component():
            return Collection.COMPONENTS, entity.id
    return Collection.CONNECTIONS, entity.id


def _sort_key(entity: Entity) -> _Key:
    match entity:
        case Boundary():
            return _BOUNDARY, entity.name.casefold(), entity.id
        case Component():
            return _COMPONENT, entity.name.casefold(), entity.id
    return _WIRE, "", entity.id


def _place(entity: Entity) -> tuple[str | None, ...]:
    """What decides where a row stands."""
    match entity:
        case Component(name=name, boundary=outer, kind=kind):
            return name, outer, kind
        case Boundary(name=name, parent=outer):
            return name, outer
        case Connection(source=source):
            return (source,)
    return ()
