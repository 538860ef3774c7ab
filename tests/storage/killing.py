"""A program that edits and saves without a pause, is killed at random moments, and has to lose nothing.

Run as a script in a process of its own: `killing.py FOLDER COUNT SEED`. It forks a life, kills it, looks at what it
left, and forks the next one, which takes the work up like the program does. Prints counts as JSON at the end; the first
life that lost something ends it with an error that says what.
"""

from __future__ import annotations

import gc
import json
import os
import random
import select
import signal
import struct
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from designer.catalog.catalog import Catalog, load_catalog
from designer.model.architecture import Architecture
from designer.model.edits import Batch, Edit, Put, PutSettings, Rekey, Remove
from designer.model.entities import Boundary, Collection, Component, Connection, Flow, Settings
from designer.model.names import slug
from designer.storage import journal as journals
from designer.storage.files import read, write
from designer.storage.journal import Journal
from designer.storage.recovery import Unsaved, find
from designer.storage.stamps import stamp_of, stamp_written

LONGEST_LIFE = 0.25
"""Seconds until the kill, at most; a life makes some thousand edits in it."""
NAMES = ("Jobs", "Mail — été", "Ünder 🚀", 'say "hi"', "back\\slash", "# no comment", "line\nbreak")


def edit_number(number: int, seed: int, now: Architecture) -> Edit:
    """The edit of this number, always the same for the same architecture; it writes its number into the settings."""
    rng = random.Random(f"{seed}-{number}")
    edits: list[Edit] = [PutSettings(now.settings.with_(description=str(number), name=rng.choice(NAMES)))]
    edits += rng.choice((_add, _add, _move, _move, _wire, _remove, _rename, _wrap, _flow))(rng, number, now)
    return Batch(f"Edit {number}", tuple(edits))


def _add(rng: random.Random, number: int, now: Architecture) -> list[Edit]:
    if len(now.components) > 60:
        return _remove(rng, number, now)
    name = rng.choice(NAMES)
    place = rng.choice([None, *now.boundaries])
    made = Component(id=f"c{number}", kind="sqs", name=name, boundary=place, x=number, note=name * rng.randrange(3))
    return [Put(made.with_(comments=("# kept",)) if rng.random() < 0.2 else made)]


def _move(rng: random.Random, number: int, now: Architecture) -> list[Edit]:
    chosen = rng.sample(sorted(now.components), rng.randrange(len(now.components) + 1))
    return [Put(now.components[key].with_(x=number, y=-number)) for key in chosen]


def _wire(rng: random.Random, number: int, now: Architecture) -> list[Edit]:
    if not now.components:
        return []
    worker = Component(id=f"w{number}", kind="lambda", name="Worker")
    source = rng.choice(sorted(now.components))
    if now.components[source].kind != "sqs":
        return [Put(worker)]
    return [Put(worker), Put(Connection(id=f"t{number}", source=source, target=worker.id, relation="triggers"))]


def _remove(rng: random.Random, _number: int, now: Architecture) -> list[Edit]:
    if not now.components:
        return []
    key = rng.choice(sorted(now.components))
    edits: list[Edit] = [Remove(Collection.CONNECTIONS, wire.id) for wire in now.wires_of(key)]
    edits += [Remove(Collection.FLOWS, flow.id) for flow in now.flows.values() if flow.entry == key]
    return [*edits, Remove(Collection.COMPONENTS, key)]


def _rename(rng: random.Random, number: int, now: Architecture) -> list[Edit]:
    if not now.components:
        return []
    old = rng.choice(sorted(now.components))
    return [Rekey(Collection.COMPONENTS, old, slug(f"renamed {number}", "x"))]


def _wrap(rng: random.Random, number: int, now: Architecture) -> list[Edit]:
    if len(now.boundaries) < 5:
        return [Put(Boundary(id=f"b{number}", kind="group", name="Group"))]
    return [Put(rng.choice(list(now.boundaries.values())).with_(width=number + 1))]


def _flow(rng: random.Random, number: int, now: Architecture) -> list[Edit]:
    if not now.components or len(now.flows) > 5:
        return [Remove(Collection.FLOWS, key) for key in now.flows]
    return [Put(Flow(id=f"f{number}", name="Order", entry=rng.choice(sorted(now.components))))]


def number_of(architecture: Architecture) -> int:
    """The number of the last edit."""
    return int(architecture.settings.description or "0")


@dataclass
class Life:
    """What the process does until it is killed: recovers, then edits, saves now and then, and says what is done."""

    folder: Path
    file: Path
    catalog: Catalog
    seed: int
    done: int

    def live(self) -> None:
        """Never returns by itself."""
        rng = random.Random(os.getpid())
        if rng.random() < 0.5:
            journals.LARGEST = 20_000
        journal = Journal(self.folder, lambda _error: os.abort())
        now = self.take_up(journal)
        now.subscribe(journal.record)
        while True:
            number = number_of(now) + 1
            now.apply(edit_number(number, self.seed, now))
            self.say(b"E", number)
            if rng.random() < 0.02:
                content = write(now, self.file)
                self.say(b"S", number)
                journal.saved(self.file, stamp_written(self.file, content).digest)

    def take_up(self, journal: Journal) -> Architecture:
        """The newest that was left, from then on kept in the new journal."""
        left = find(self.folder)
        if not left:
            stamp = stamp_of(self.file)
            now = read(self.file, self.catalog)
            assert stamp is not None
            journal.begin(now, self.file, stamp.digest)
            return now
        found = [(one, one.recover(self.catalog)) for one in left]
        one, recovered = max(found, key=lambda pair: number_of(pair[1].architecture))
        journal.begin(recovered.architecture, self.file, recovered.digest, saved=recovered.saved, edits=one.edits)
        for other in left:
            other.discard()
        return recovered.architecture

    def say(self, what: bytes, number: int) -> None:
        """Tells who kills; a few bytes are written at once or not at all."""
        os.write(self.done, struct.pack("=cq", what, number))


@dataclass
class Killer:
    """Starts lives, ends them, and knows what each has to leave."""

    folder: Path
    catalog: Catalog
    seed: int
    rng: random.Random = field(init=False)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("kills", "edits", "saves", "recovered", "torn"), 0)
    )

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        self.file = self.folder / "shop.arch.yaml"
        self.journals = self.folder / "journals"
        self.now = Architecture(Settings(description="0"))
        write(self.now, self.file)

    def kill_one(self) -> None:
        """One life, and what it left."""
        read_end, write_end = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read_end)
            try:
                Life(self.journals, self.file, self.catalog, self.seed, write_end).live()
            finally:
                os._exit(1)
        os.close(write_end)
        said = self._listen(read_end, time.monotonic() + self.rng.random() ** 2 * LONGEST_LIFE)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the life ended by itself"
        while block := os.read(read_end, 1 << 16):
            said += block
        os.close(read_end)
        self.counts["kills"] += 1
        self._check(said)

    def _listen(self, pipe: int, end: float) -> bytes:
        said = b""
        while (left := end - time.monotonic()) > 0:
            if select.select([pipe], [], [], left)[0]:
                block = os.read(pipe, 1 << 16)
                assert block, "the life ended by itself"
                said += block
        return said

    def _check(self, said: bytes) -> None:
        words = list(struct.iter_unpack("=cq", said))
        first = number_of(self.now)
        done = max((number for what, number in words if what == b"E"), default=first)
        saved = max((number for what, number in words if what == b"S"), default=0)
        # One more than was said may be there: the edit was finished, and the kill came before the word.
        states = self._states(done + 1)
        on_disk = read(self.file, self.catalog)
        assert number_of(on_disk) >= saved, f"saved {saved}, and the file holds {number_of(on_disk)}"
        if number_of(on_disk) >= first:
            assert on_disk == states[number_of(on_disk)], "the file is none of the saved states"
        found = find(self.journals)
        left = max([on_disk, *map(self._recovered, found)], key=number_of)
        for one in found:
            one.release()
        self.counts["edits"] += number_of(left) - first
        self.counts["saves"] += sum(what == b"S" for what, _ in words)
        self.counts["recovered"] += bool(found)
        self.counts["torn"] += number_of(left) > done
        assert number_of(left) in (done, done + 1), f"{done} edits were finished, and {number_of(left)} are left"
        assert left == states[number_of(left)], f"edit {number_of(left)} is not as it was made"
        self.now = left.copy()

    def _recovered(self, one: Unsaved) -> Architecture:
        recovered = one.recover(self.catalog)
        assert recovered.path == self.file
        steps = number_of(recovered.architecture), number_of(recovered.saved), one.edits
        assert steps[0] - steps[1] == steps[2], f"{steps} {one.head}"
        return recovered.architecture

    def _states(self, last: int) -> dict[int, Architecture]:
        now = self.now.copy()
        states = {number_of(now): now.copy()}
        for number in range(number_of(now) + 1, last + 1):
            now.apply(edit_number(number, self.seed, now))
            states[number] = now.copy()
        return states


def main(folder: str, count: str, seed: str) -> None:
    """See the top."""
    killer = Killer(Path(folder), load_catalog(), int(seed))
    gc.freeze()
    for _ in range(int(count)):
        killer.kill_one()
    print(json.dumps(killer.counts))


if __name__ == "__main__":
    main(*sys.argv[1:])
