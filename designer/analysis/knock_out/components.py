"""What a failure does to each component by itself: what it waits for counts, work that it hands over does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from designer.analysis.dependency import component_of
from designer.analysis.knock_out.buffers import attempts, kept_for, waits
from designer.analysis.knock_out.outcome import Effect, State
from designer.analysis.knock_out.wording import Words, time
from designer.analysis.wiring import Wiring
from designer.analysis.works import Failure, OwnEvent, TooFewAlternatives, TooFewReplicas
from designer.catalog.entries import Role, Strength
from designer.catalog.resolve import ResolvedWire
from designer.language import tr


@dataclass(slots=True)
class _Notes:
    """What is wrong with a component, while it is being found out."""

    reasons: list[str] = field(default_factory=list)
    causes: dict[str, None] = field(default_factory=dict)
    steps: list[int] = field(default_factory=list)

    def add(self, reason: str, causes: Mapping[str, int]) -> None:
        """Notes a reason with the components it comes from and their steps; from nobody where it is hit directly."""
        self.reasons.append(reason)
        self.causes.update(dict.fromkeys(causes))
        self.steps.append(1 + max(causes.values()) if causes else 0)


class Components:
    """The effects of one knock-out. `failed` are the nodes that do not work, by the model in which nobody waits for
    work that is only handed over."""

    def __init__(self, wiring: Wiring, words: Words, down: frozenset[str], failed: Mapping[str, Failure]) -> None:
        self.wiring, self.words, self.down, self.failed = wiring, words, down, failed

    def effects(self) -> dict[str, Effect]:
        """The effect on every component, by id."""
        return {key: self._effect(key) for key in sorted(self.wiring.outgoing)}

    def _effect(self, key: str) -> Effect:
        if key in self.failed:
            return self._failed(key, self.failed[key])
        buffered, lost_after, tries = self._buffering(key)
        degraded = self._degraded(key)
        state = State.BUFFERING if buffered.reasons else State.DEGRADED if degraded.reasons else State.FINE
        causes = (*buffered.causes, *degraded.causes)
        return Effect(
            id=key,
            state=state,
            step=max((*buffered.steps, *degraded.steps), default=None),
            reasons=(*buffered.reasons, *degraded.reasons),
            causes=tuple(dict.fromkeys(causes)),
            wires=self._wires(key, causes),
            lost_after=lost_after,
            attempts=tries,
        )

    def _failed(self, key: str, failure: Failure) -> Effect:
        notes = _Notes()
        for reason in failure.reasons:
            match reason:
                case OwnEvent(event):
                    notes.add(self.words.own_event(key, event), {})
                case TooFewReplicas():
                    notes.add(self._too_few(key, reason), {})
                case TooFewAlternatives():
                    causes = self._before(reason, failure.step)
                    if len(causes) > reason.total - reason.needed:
                        notes.add(self._without(reason, entry=self._is_entry(key)), causes)
        return Effect(
            id=key,
            state=State.CAPACITY_SHORT if self._is_short(failure) else State.DOWN,
            step=failure.step,
            reasons=tuple(notes.reasons),
            causes=tuple(notes.causes),
            wires=self._wires(key, notes.causes),
        )

    def _is_short(self, failure: Failure) -> bool:
        """Whether a component lacks nothing but replicas, and has some."""
        for reason in failure.reasons:
            match reason:
                case OwnEvent():
                    return False
                case TooFewReplicas(up=up):
                    if up == 0:
                        return False
                case TooFewAlternatives():
                    if len(self._before(reason, failure.step)) > reason.total - reason.needed:
                        return False
        return True

    def _is_entry(self, key: str) -> bool:
        return self.words.resolution.component(key).kind.role is Role.ENTRY

    def _before(self, reason: TooFewAlternatives, step: int) -> dict[str, int]:
        """The members that failed earlier: in a circle, those that failed later are echoes."""
        failed = ((component_of(member), self.failed[member].step) for member in reason.failed)
        return {member: at for member, at in failed if at < step}

    def _too_few(self, key: str, reason: TooFewReplicas) -> str:
        lost = self.words.below(key, (event for _, events in reason.lost for event in events))
        if reason.total == 1:
            return lost
        noun = self.words.noun(key)
        if reason.up == 0:
            return tr("none of its {total} {noun} is up: {lost}", total=reason.total, noun=noun, lost=lost)
        return tr(
            "only {up} of {total} {noun} up, {needed} needed: {lost}",
            up=reason.up,
            total=reason.total,
            noun=noun,
            needed=reason.needed,
            lost=lost,
        )

    def _without(self, reason: TooFewAlternatives, *, entry: bool) -> str:
        members = [component_of(member) for member in reason.failed]
        if reason.total == 1:
            return tr("not served: needs {what}" if entry else "needs {what}", what=self._who_is(members[0]))
        if reason.working:
            left = tr(
                "only {working} of its {total} targets work, {needed} needed",
                working=reason.working,
                total=reason.total,
                needed=reason.needed,
            )
            return tr("{left}: without {names}", left=left, names=self.words.names(members))
        return tr("none of its {total} targets works: {names}", total=reason.total, names=self.words.names(members))

    def _who_is(self, component: str) -> str:
        """ "Database, which is down"."""
        failure = self.failed.get(component)
        short = failure is not None and self._is_short(failure)
        return tr(
            "{name}, which is short of capacity" if short else "{name}, which is down", name=self.words.name(component)
        )

    def _buffering(self, key: str) -> tuple[_Notes, int | None, int | None]:
        """What waits in a component, for how many seconds it is kept, and after how many attempts it leaves."""
        notes, lost_after, fewest = _Notes(), None, None
        for wire in self._waiting(key):
            lost_after = kept_for(wire.source)
            tries = self._attempts(wire)
            fewest = tries if fewest is None else min(fewest, tries or fewest)
            text = tr(
                "work waits for {what}, and is lost after {time}",
                what=self._who_is(wire.target.id),
                time=time(lost_after),
            )
            if tries is not None:
                text += tr(
                    "; each attempt fails, and after {tries} of them it goes to the queue of failures", tries=tries
                )
            notes.add(text, {wire.target.id: self._step(wire.target.id)})
        return notes, lost_after, fewest

    def _attempts(self, wire: ResolvedWire) -> int | None:
        """The attempts of a consumer that runs, and only lacks something else: it goes on fetching and failing."""
        return attempts(wire) if self._step(wire.target.id) > 0 else None

    def _waiting(self, key: str) -> Iterator[ResolvedWire]:
        """The wires whose work waits, one for each target."""
        found = {wire.target.id: wire for wire in self.wiring.outgoing[key] if waits(wire, self.failed)}
        return iter(found.values())

    def _step(self, key: str) -> int:
        return self.failed[key].step if key in self.failed else 0

    def _degraded(self, key: str) -> _Notes:
        notes = _Notes()
        anatomy = self.words.parts.anatomies[key]
        lost = [[event for event in replica if event in self.down] for replica in anatomy.replicas]
        gone = [events for events in lost if events]
        if gone:
            total = len(anatomy.replicas)
            why = self.words.below(key, (event for events in gone for event in events))
            notes.add(
                tr(
                    "{up} of {total} {noun} up: {why}",
                    up=total - len(gone),
                    total=total,
                    noun=self.words.noun(key),
                    why=why,
                ),
                {},
            )
        for choice in self.wiring.alternatives(key).values():
            count, failed = len(choice.members), sorted(member for member in choice.members if member in self.failed)
            if failed:
                text = tr(
                    "{count} of {total} targets work, without {names}",
                    count=count - len(failed),
                    total=count,
                    names=self.words.names(failed),
                )
                notes.add(text, {member: self._step(member) for member in failed})
        for wire in self.wiring.outgoing[key]:
            if wire.strength is Strength.SOFT and wire.target.id in self.failed:
                text = tr("does without {what}", what=self._who_is(wire.target.id))
                notes.add(text, {wire.target.id: self._step(wire.target.id)})
        return notes

    def _wires(self, key: str, causes: Mapping[str, None] | tuple[str, ...]) -> tuple[str, ...]:
        return tuple(wire.id for wire in self.wiring.outgoing[key] if wire.target.id in causes)
