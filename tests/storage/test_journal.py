"""The journal of a document: what it keeps, what it does when there is no room, and how it reads what others wrote."""

from __future__ import annotations

import errno
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designer.catalog.catalog import Catalog, load_catalog
from designer.errors import UserError
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Put, PutSettings, Rekey, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Settings
from designer.storage import journal as journals
from designer.storage.journal import Journal
from designer.storage.locks import hold
from designer.storage.recovery import Unsaved, find


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog()


class Desk:
    """A document with its journal, as the window has them."""

    def __init__(self, folder: Path, architecture: Architecture, path: Path | None = None) -> None:
        self.folder = folder
        self.errors: list[UserError] = []
        self.journal = Journal(folder, self.errors.append)
        self.now = architecture
        self.journal.begin(architecture, path, "0" * 64 if path else None)
        self.now.subscribe(self.journal.record)

    def left(self) -> list[Unsaved]:
        """What another process would find had this one been killed now: the same files, held by nobody."""
        self.journal._wait()
        there = self.folder.with_name("left")
        there.mkdir(exist_ok=True)
        for old in there.iterdir():
            old.unlink()
        for file in self.folder.iterdir():
            (there / file.name).write_bytes(file.read_bytes())
        return find(there)

    def left_file(self) -> Path:
        """The file of that, which nobody holds."""
        (one,) = self.left()
        one.release()
        return one.held.path


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "journals", small(), tmp_path / "shop.arch.yaml")
    yield made
    made.journal.discard()


def small() -> Architecture:
    """Two boxes and a wire."""
    jobs = Component(id="jobs", kind="sqs", name="Jobs", comments=("# the queue",))
    worker = Component(id="worker", kind="lambda", name="Worker")
    wire = Connection(id="jobs-worker", source="jobs", target="worker", relation="triggers")
    return Architecture.of(Settings(name="Shop"), [jobs, worker, wire])


def move(desk: Desk, x: int) -> None:
    desk.now.apply(Put(desk.now.components["jobs"].with_(x=x)))


def test_every_kind_of_edit_comes_back(desk: Desk, catalog: Catalog) -> None:
    move(desk, 40)
    desk.now.apply(Put(Boundary(id="net", kind="vpc", name="Netz — ü 🚀", comments=("# top",))))
    desk.now.apply(Put(desk.now.components["worker"].with_(boundary="net", note='a "b"\n\\')))
    desk.now.apply(Rekey(Collection.COMPONENTS, "jobs", "tasks"))
    desk.now.apply(PutSettings(desk.now.settings.with_(name="Laden", comments=("# mine",), extra={"x-team": [1, 2.5]})))
    inverse = desk.now.apply(
        Batch("Remove", (Remove(Collection.CONNECTIONS, "jobs-worker"), Remove(Collection.COMPONENTS, "worker")))
    )
    desk.now.apply(inverse)
    (one,) = desk.left()
    assert (one.title, one.edits) == ("shop.arch.yaml", 7)
    recovered = one.recover(catalog)
    assert recovered.architecture == desk.now
    assert recovered.saved == small() and recovered.digest == "0" * 64


def test_a_document_that_was_only_looked_at_leaves_nothing(desk: Desk) -> None:
    assert desk.left() == []
    assert list((desk.folder.parent / "left").iterdir()) == [], "what holds nothing is cleared away"


def test_a_new_document_is_kept_too(tmp_path: Path, catalog: Catalog) -> None:
    desk = Desk(tmp_path / "journals", Architecture())
    assert not desk.folder.exists(), "an empty drawing is not worth a file"
    desk.now.apply(Put(Component(id="jobs", kind="sqs", name="Jobs")))
    (one,) = desk.left()
    assert one.path is None and one.edits == 1
    recovered = one.recover(catalog)
    assert recovered.architecture == desk.now and recovered.saved == Architecture()
    desk.journal.discard()


def test_after_a_save_only_later_edits_count(desk: Desk, tmp_path: Path, catalog: Catalog) -> None:
    move(desk, 40)
    desk.journal.saved(tmp_path / "other.arch.yaml", "1" * 64)
    saved = desk.now.copy()
    assert desk.left() == []
    move(desk, 80)
    (one,) = desk.left()
    assert (one.edits, one.title) == (1, "other.arch.yaml")
    recovered = one.recover(catalog)
    assert (recovered.architecture, recovered.saved, recovered.digest) == (desk.now, saved, "1" * 64)


def test_discarding_leaves_no_file(desk: Desk) -> None:
    move(desk, 40)
    assert list(desk.folder.iterdir())
    desk.journal.discard()
    assert list(desk.folder.iterdir()) == []


def test_a_living_journal_is_not_offered_nor_deleted(desk: Desk) -> None:
    move(desk, 40)
    assert find(desk.folder) == []
    move(desk, 80)
    assert desk.left()[0].edits == 2


def test_recovered_work_is_on_disk_before_the_next_edit(desk: Desk, catalog: Catalog, tmp_path: Path) -> None:
    move(desk, 40)
    (one,) = desk.left()
    recovered = one.recover(catalog)
    again = Desk(tmp_path / "again", Architecture())
    again.journal.begin(
        recovered.architecture, recovered.path, recovered.digest, saved=recovered.saved, edits=one.edits
    )
    assert again.journal.is_whole
    again.now = recovered.architecture
    (other,) = again.left()
    assert other.edits == 1
    twice = other.recover(catalog)
    assert twice.architecture == desk.now and twice.saved == small()
    one.discard()
    again.journal.discard()


def test_a_large_journal_begins_anew_and_loses_nothing(
    desk: Desk, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journals, "LARGEST", 2000)
    for number in range(1, 400):
        move(desk, number)
        if number % 50 == 0:
            desk.journal._wait()
    (one,) = desk.left()
    assert one.head.generation > 1 and one.edits == 399
    assert sum(file.stat().st_size for file in desk.folder.iterdir()) < 60_000
    recovered = one.recover(catalog)
    assert recovered.architecture == desk.now and recovered.saved == small()


def test_a_full_disk_is_told_once_and_the_file_stays_whole(
    desk: Desk, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(desk, 40)
    before = desk.now.copy()
    real = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) > 20:
            return real(handle, data[:20])  # a part still fits
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    move(desk, 80)
    move(desk, 120)
    assert [str(error) for error in desk.errors] == [
        "edits cannot be kept for recovery: No space left on device. Save your work; the program goes on trying."
    ]
    assert desk.left()[0].recover(catalog).architecture == before
    monkeypatch.setattr(os, "write", real)
    monkeypatch.setattr(journals, "PAUSE", 0.0)
    move(desk, 160)
    (one,) = desk.left()
    assert one.recover(catalog).architecture == desk.now and one.edits == 4


def test_a_save_while_the_disk_is_full_leaves_no_older_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Offering it would bring back less than what is saved."""
    move(desk, 40)

    def full(_handle: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        move(desk, 80)
        desk.journal.saved(desk.folder.parent / "shop.arch.yaml", "1" * 64)
    assert desk.left() == []
    move(desk, 120)
    assert desk.left()[0].edits == 1


def test_a_text_that_no_file_can_hold_is_told(desk: Desk) -> None:
    desk.now.apply(Put(desk.now.components["jobs"].with_(name="\ud800")))
    assert "no Unicode text" in str(desk.errors[0])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk = Desk(tmp_path / "file" / "journals", small())
    move(desk, 40)
    assert len(desk.errors) == 1 and "cannot be kept" in str(desk.errors[0])


def test_only_its_owner_reads_a_journal(desk: Desk) -> None:
    if os.name != "posix":
        pytest.skip("modes are of POSIX systems")
    move(desk, 40)
    (file,) = desk.folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0 and desk.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("cut", [1, 9, 40, 100])
def test_a_torn_last_edit_is_left_out(desk: Desk, catalog: Catalog, cut: int) -> None:
    move(desk, 40)
    whole = desk.now.copy()
    move(desk, 80)
    file = desk.left_file()
    file.write_bytes(file.read_bytes()[:-cut])
    (one,) = find(file.parent)
    assert one.edits == 1 and one.recover(catalog).architecture == whole


def test_a_journal_of_a_newer_version_is_neither_offered_nor_deleted(tmp_path: Path) -> None:
    payload = b'{"journal": 2, "session": "x"}'
    file = tmp_path / "newer.journal"
    file.write_bytes(b"%08x %b\n00000000 more\n" % (zlib.crc32(payload), payload))
    assert find(tmp_path) == [] and file.exists()


HOSTILE = [
    b'{"time": 1, "components": {"jobs": [{"kind": "nonsense"}, []]}}',
    b'{"time": 1, "components": {"../x": [{"kind": "sqs"}, []]}}',
    b'{"time": 1, "components": []}',
    b'{"time": 1, "components": {"jobs": 5}}',
    b'{"time": 1, "components": {"jobs": [{"kind": "sqs"}, [5]]}}',
    b'{"time": 1, "components": {"jobs": null}}',
    b'{"time": 1, "settings": [{"name": 1}, [], []]}',
    b'{"time": 1, "settings": 7}',
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_a_forged_edit_is_left_out_with_a_reason(desk: Desk, catalog: Catalog, payload: bytes) -> None:
    move(desk, 40)
    move(desk, 80)
    file = desk.left_file()
    file.write_bytes(file.read_bytes() + b"%08x %b\n" % (zlib.crc32(payload), payload))
    (one,) = find(file.parent)
    recovered = one.recover(catalog)
    assert recovered.architecture == desk.now and recovered.saved == small()
    assert recovered.left_out == 1 and recovered.reason is not None
    one.release()
    assert file.exists(), "what cannot be recovered by this version is still the user's"


def test_the_first_edit_that_does_not_fit_is_found(desk: Desk, catalog: Catalog) -> None:
    """All before it come back, those after it are counted."""
    for number in range(1, 20):
        move(desk, number)
    good = desk.now.copy()
    desk.now.apply(Put(Component(id="odd", kind="nonsense", name="Odd")))
    for number in range(20, 30):
        move(desk, number)
    recovered = desk.left()[0].recover(catalog)
    assert recovered.architecture == good and recovered.left_out == 11
    assert "nonsense" in str(recovered.reason)


def test_a_journal_of_which_no_edit_fits_is_refused(desk: Desk, catalog: Catalog) -> None:
    desk.now.apply(Put(Component(id="odd", kind="nonsense", name="Odd")))
    with pytest.raises(UserError, match="odd"):
        desk.left()[0].recover(catalog)


DEAD = [b"[" * 100_000, b'{"time": 1e999}', b'{"time": NaN}', b'{"time": 1, "x": %b}' % (b"9" * 5000), b"\xff\xfe"]


@pytest.mark.parametrize("payload", DEAD)
def test_a_line_that_is_no_record_ends_the_journal(desk: Desk, catalog: Catalog, payload: bytes) -> None:
    move(desk, 40)
    file = desk.left_file()
    file.write_bytes(file.read_bytes() + b"%08x %b\n" % (zlib.crc32(payload), payload))
    (one,) = find(file.parent)
    assert one.edits == 1 and one.recover(catalog).architecture == desk.now


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_no_reason_to_fail(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "any.journal").write_bytes(content)
    assert find(tmp_path) == []


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("links need a POSIX system")
    secret = tmp_path / "secret"
    secret.write_text("mine")
    folder = tmp_path / "journals"
    folder.mkdir()
    (folder / "a.journal").symlink_to(secret)
    assert find(folder) == [] and secret.read_text() == "mine"


def test_a_file_is_held_once(tmp_path: Path) -> None:
    first = hold(tmp_path / "x", create=True)
    assert first is not None and hold(tmp_path / "x") is None
    first.release()
    second = hold(tmp_path / "x")
    assert second is not None
    second.remove()
    assert hold(tmp_path / "x") is None
