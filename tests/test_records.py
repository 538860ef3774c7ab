"""Records do what `dataclasses` with slots do: each test says it of both."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar, get_type_hints

import pytest

from designer.records import record


@record
class Point:
    """Two numbers, one of them optional."""

    x: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class PointLike:
    """The same, made by `dataclasses`."""

    x: int
    y: int = 0


@record(kw_only=True)
class Named:
    """What has a name."""

    LONGEST: ClassVar[int] = 32

    name: str
    tags: tuple[str, ...] = ()
    extra: dict[str, int] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The beginning of the name."""
        return self.name[:3]


@record(kw_only=True)
class Place(Named):
    """What has a name and a place."""

    tags: tuple[str, ...] = ("placed",)
    x: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLike:
    """The same, made by `dataclasses`."""

    LONGEST: ClassVar[int] = 32

    name: str
    tags: tuple[str, ...] = ()
    extra: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLike(NamedLike):
    """The same, made by `dataclasses`."""

    tags: tuple[str, ...] = ("placed",)
    x: int = 0


@record(frozen=False)
class Heap:
    """What changes, with something worked out and something not compared."""

    items: list[int]
    total: int = field(init=False)
    seen: list[int] = field(init=False, default_factory=list)
    label: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        self.total = sum(self.items)


@dataclass(slots=True)
class HeapLike:
    """The same, made by `dataclasses`."""

    items: list[int]
    total: int = field(init=False)
    seen: list[int] = field(init=False, default_factory=list)
    label: str = field(default="", compare=False, repr=False)

    def __post_init__(self) -> None:
        self.total = sum(self.items)


_POINTS = pytest.mark.parametrize("point", [Point, PointLike])
_PLACES = pytest.mark.parametrize("place", [Place, PlaceLike])
_HEAPS = pytest.mark.parametrize("heap", [Heap, HeapLike])


@_POINTS
def test_fields_are_given_by_place_or_by_name(point: Callable[..., Any]) -> None:
    made = point(1), point(x=1), point(1, 0), point(1, y=0)
    assert all((one.x, one.y) == (1, 0) and one == made[0] and hash(one) == hash(made[0]) for one in made)
    assert point(1, 2) != point(2, 1)
    assert point(1) != (1, 0)


@_POINTS
@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})])
def test_what_does_not_fit_is_refused(
    point: Callable[..., Any], values: tuple[int, ...], named: dict[str, int]
) -> None:
    with pytest.raises(TypeError):
        point(*values, **named)


@_POINTS
def test_a_frozen_one_keeps_what_it_has(point: Callable[..., Any]) -> None:
    one = point(1)
    for change in (lambda: setattr(one, "x", 2), lambda: setattr(one, "z", 2), lambda: delattr(one, "y")):
        with pytest.raises((FrozenInstanceError, TypeError)):  # `dataclasses` trips over its own slots for new names
            change()
    assert not hasattr(one, "__dict__")
    assert (one.x, one.y) == (1, 0)


@_POINTS
def test_patterns_take_the_fields_in_their_order(point: type) -> None:
    match point(3, 4):
        case point(x, y):  # type: ignore[misc]
            assert (x, y) == (3, 4)


@_PLACES
def test_what_is_inherited_comes_first_and_may_get_another_default(place: Callable[..., Any]) -> None:
    one = place(name="long name", x=3)
    assert (one.name, one.tags, one.extra, one.x) == ("long name", ("placed",), {}, 3)
    assert [each.name for each in fields(one)] == ["name", "tags", "extra", "x"]
    assert one.LONGEST == 32
    assert place(name="a").extra is not place(name="a").extra
    with pytest.raises(TypeError):
        place("by place")


@_PLACES
def test_dataclasses_knows_them(place: type) -> None:
    one = place(name="a", extra={"k": 1})
    assert is_dataclass(one)
    assert is_dataclass(place)
    assert replace(one, x=2) == place(name="a", extra={"k": 1}, x=2)  # type: ignore[type-var]
    assert asdict(one) == {"name": "a", "tags": ("placed",), "extra": {"k": 1}, "x": 0}  # type: ignore[call-overload]
    with pytest.raises(TypeError):
        replace(one, z=2)  # type: ignore[type-var]


@pytest.mark.parametrize("one", [Point(1, 2), Place(name="a", x=2), Heap([1, 2])])
def test_copies_are_equal(one: Any) -> None:
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.copy(one) == one == copy.deepcopy(one)


@_HEAPS
def test_one_that_changes_has_no_hash(heap: Callable[..., Any]) -> None:
    one = heap([1, 2], label="first")
    assert (one.total, one.seen) == (3, [])
    assert one == heap([1, 2], label="second")
    one.total = 4
    assert one != heap([1, 2])
    with pytest.raises(TypeError):
        hash(one)
    with pytest.raises(TypeError):
        heap([1], total=3)


def test_they_tell_their_fields() -> None:
    assert repr(Point(1)) == repr(PointLike(1)).replace("PointLike", "Point")
    assert repr(Heap([1])) == repr(HeapLike([1])).replace("HeapLike", "Heap") == "Heap(items=[1], total=1, seen=[])"


@pytest.mark.parametrize(("ours", "theirs"), [(Point, PointLike), (Place, PlaceLike), (Heap, HeapLike)])
def test_they_say_what_they_take(ours: type, theirs: type) -> None:
    taken = [
        [(name, each.kind, each.annotation, each.default is each.empty) for name, each in signature.parameters.items()]
        for signature in (inspect.signature(ours), inspect.signature(theirs))
    ]
    assert taken[0] == taken[1]
    assert get_type_hints(ours.__init__) == get_type_hints(theirs.__init__)  # type: ignore[misc]


def test_what_the_class_says_itself_stays() -> None:
    @record
    class Odd:
        value: int

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Odd) and other.value % 2 == self.value % 2

        def __hash__(self) -> int:
            return self.value % 2

        def __repr__(self) -> str:
            return "odd" if self.value % 2 else "even"

    assert {Odd(1), Odd(3)} == {Odd(5)}
    assert repr(Odd(2)) == "even"


def test_a_default_that_can_change_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Shared\.values .*default_factory"):

        @record
        class Shared:
            values: list[int] = []


def test_nothing_is_written_for_a_class_of_few_records(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what they are for."""
    written: list[str] = []
    monkeypatch.setattr("designer.records._compiled", _noting(written))

    @record
    class Fresh:
        value: int

    assert Fresh(1) != Fresh(2)
    assert written == []
    assert [Fresh(number).value for number in range(100)] == list(range(100))
    assert written == ["self, value"]


def _noting(written: list[str]) -> Callable[..., Any]:
    from designer.records import _compiled

    def note(parameters: list[str], *rest: Any) -> Any:
        written.append(", ".join(parameters))
        return _compiled(parameters, *rest)

    return note
