"""Random editing sessions: undo restores the exact document, and the announced changes are the whole truth."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import load_catalog
from designer.model.architecture import Architecture
from designer.model.changes import Changes
from designer.model.entities import Collection
from designer.model.history import History
from designer.model.names import is_id
from designer.storage.files import dumps, loads
from tests.model.architectures import architectures, edits_on


@given(data=st.data(), start=architectures())
@settings(max_examples=60)
def test_undo_and_redo_restore_every_state(data: st.DataObject, start: Architecture) -> None:
    """Back through all steps to the start, and forward again to the end, state by state."""
    history = History(start)
    states = [start.copy()]
    for _ in range(data.draw(st.integers(1, 8))):
        history.do(edits_on(data.draw, start))
        states.append(start.copy())
    for state in reversed(states[:-1]):
        history.undo()
        assert start == state
    assert history.is_clean
    for state in states[1:]:
        history.redo()
        assert start == state


@given(data=st.data(), start=architectures())
@settings(max_examples=60)
def test_changes_tell_the_truth(data: st.DataObject, start: Architecture) -> None:
    """A follower that applies only what the change batches say has the same document after every step."""
    follower = _Follower(start)
    start.subscribe(follower.follow)
    history = History(start)
    for _ in range(data.draw(st.integers(1, 8))):
        action = data.draw(st.sampled_from(["do", "do", "do", "undo", "redo"]))
        if action == "do":
            history.do(edits_on(data.draw, start))
        else:
            getattr(history, action)()
        assert follower.tables == {collection: dict(start.table(collection)) for collection in Collection}
        assert follower.settings == start.settings


@given(data=st.data())
@settings(max_examples=40)
def test_every_reachable_document_can_be_saved_and_read(data: st.DataObject) -> None:
    """Whatever a person does by the operations, ids stay ids and the file can be opened again.

    Wires among any two components are drawn here, so the words of the catalog are left out of it.
    """
    architecture = Architecture()
    for _ in range(data.draw(st.integers(1, 10))):
        architecture.apply(edits_on(data.draw, architecture))
    for collection in Collection:
        assert all(is_id(key) for key in architecture.table(collection))
        assert all(entity.id == key for key, entity in architecture.table(collection).items())
    plain = architecture.copy()
    for wire in list(plain.connections):
        plain._store(Collection.CONNECTIONS, wire, None)
    for component in list(plain.components.values()):
        plain._store(Collection.COMPONENTS, component.id, component.with_(properties={}))
    assert loads(dumps(plain), load_catalog()) == plain


class _Follower:
    """Knows the document only from its change batches."""

    def __init__(self, start: Architecture) -> None:
        self.tables = {collection: dict(start.table(collection)) for collection in Collection}
        self.settings = start.settings

    def follow(self, changes: Changes) -> None:
        """Applies a batch, checking that each `before` is what was there."""
        assert changes
        for collection in Collection:
            table = self.tables[collection]
            for key, before, after in changes.of(collection):
                assert before != after
                assert table.get(key) == before
                if after is None:
                    del table[key]
                else:
                    table[key] = after
            for old, new in changes.renamed[collection].items():
                assert old != new
                assert new in table
        if changes.settings:
            assert self.settings == changes.settings[0]
            self.settings = changes.settings[1]
