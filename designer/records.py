"""Records: classes of named values, like those of `dataclasses` with slots, that take a tenth of the time to define.

A start defines some sixty of them before anything is shown. `dataclasses` writes and compiles six functions for each;
here the functions are shared, and the one that is quicker when it is written for a class, `__init__`, is written once
the class has some records. Records work with all of `dataclasses`: `field`, `replace`, `fields`, `asdict`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, field, make_dataclass
from functools import partial
from operator import attrgetter
from types import MethodType, ModuleType
from typing import Any, TypeVar, cast, dataclass_transform, overload

T = TypeVar("T")

_FIELDS = "__record_fields__"
_UNSET = object()
_FEW = 16
"""Writing an `__init__` takes as long as making so many records without one of their own."""


@overload
def record(plain: type[T], /) -> type[T]: ...


@overload
def record(*, frozen: bool = True, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(
    plain: type[T] | None = None, /, *, frozen: bool = True, kw_only: bool = False
) -> type[T] | Callable[[type[T]], type[T]]:
    """Makes a class a record: what it annotates are its fields, and equal records are those with equal fields.

    A `frozen` one raises `dataclasses.FrozenInstanceError` for a change, and has a hash. With `kw_only` its own fields
    are given by name only. What the class defines itself stays. Raises `ValueError` for a default that can change.
    """
    if plain is None:
        return lambda plain: _made(plain, frozen, kw_only)
    return _made(plain, frozen, kw_only)


class _Late:
    """Something of a class that is made when somebody asks for it, and is then in the place of this."""

    def __init__(self, make: Callable[[type], Any]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, asking: type) -> Any:
        setattr(self._owner, self._name, self._make(self._owner))
        return getattr(asking if instance is None else instance, self._name)


class _Beginning:
    """The `__init__` of a class that has few records yet: it goes through the fields, and then has one written."""

    def __init__(self, frozen: bool) -> None:
        self._frozen, self._left = frozen, _FEW

    def __set_name__(self, owner: type, _name: str) -> None:
        self._owner = owner

    def __get__(self, instance: object, asking: type) -> Callable[..., None]:
        if instance is None or not self._left:
            written = self._write()
            return written if instance is None else cast("Callable[..., None]", MethodType(written, instance))
        self._left -= 1
        return partial(self._fill, instance)

    def _fill(self, instance: object, *values: object, **named: object) -> None:
        fields: tuple[Field[Any], ...] = getattr(self._owner, _FIELDS)
        taken = {each.name: each for each in fields if each.init}
        given = dict(zip((name for name, each in taken.items() if not each.kw_only), values, strict=False)) | named
        lacking = any(_lacks_default(each) for name, each in taken.items() if name not in given)
        if lacking or len(given) < len(values) + len(named) or not given.keys() <= taken.keys():
            self._write()(instance, *values, **named)  # which says what is wrong
            return
        for each in fields:
            if each.name in given:
                object.__setattr__(instance, each.name, given[each.name])
            elif each.default_factory is not MISSING:
                object.__setattr__(instance, each.name, each.default_factory())
            elif each.default is not MISSING:
                object.__setattr__(instance, each.name, each.default)
        if hasattr(instance, "__post_init__"):
            instance.__post_init__()

    def _write(self) -> Callable[..., None]:
        written = _written(self._owner, self._frozen)
        type.__setattr__(self._owner, "__init__", written)
        return written


def _lacks_default(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _made(plain: type[T], frozen: bool, kw_only: bool) -> type[T]:
    known = {each.name: each for base in plain.__mro__[-1:0:-1] for each in getattr(base, _FIELDS, ())}
    own = [_field(plain, *named, kw_only) for named in plain.__annotations__.items() if not _of_the_class(named[1])]
    fields = tuple((known | {each.name: each for each in own}).values())
    left_out = {"__dict__", "__weakref__", *(each.name for each in own)}
    content = {name: value for name, value in vars(plain).items() if name not in left_out}
    content["__slots__"] = tuple(each.name for each in own if each.name not in known)
    content[_FIELDS] = fields
    content["__dataclass_fields__"] = _Late(_dataclass_fields)
    by_place = (each.name for each in fields if each.init and not each.kw_only)
    compared = _values([each.name for each in fields if each.compare])
    content.setdefault("__match_args__", tuple(by_place))
    content.setdefault("__init__", _Beginning(frozen))
    content.setdefault("__repr__", _told)
    if frozen:
        if content.get("__hash__") is None:
            content["__hash__"] = _hash(compared)
        content |= {"__setattr__": _refuse, "__delattr__": _refuse}
        content |= {"__getstate__": _state, "__setstate__": _Late(_restorer)}
    content.setdefault("__eq__", _equality(compared))
    metaclass: Any = type(plain)
    finished = metaclass(plain.__name__, plain.__bases__, content)
    finished.__qualname__ = plain.__qualname__
    return cast("type[T]", finished)


def _of_the_class(annotation: object) -> bool:
    return str(annotation).removeprefix("typing.").startswith("ClassVar")


def _field(plain: type, name: str, annotation: Any, kw_only: bool) -> Field[Any]:
    given = vars(plain).get(name, MISSING)
    made: Field[Any] = given if isinstance(given, Field) else field(default=given)
    if type(made.default).__hash__ is None:
        raise ValueError(f"the default of {plain.__qualname__}.{name} can change: give a default_factory")
    made.name, made.type = name, annotation
    if made.kw_only is MISSING:
        made.kw_only = kw_only
    return made


def _values(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
    """What gives these attributes of an object."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _equality(values: Callable[[Any], object]) -> Callable[[object, object], bool]:
    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it becomes the class's
        if self.__class__ is not other.__class__:
            return NotImplemented
        return values(self) == values(other)

    return __eq__


def _hash(values: Callable[[Any], object]) -> Callable[[object], int]:
    return lambda self: hash(values(self))


def _told(self: object) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in getattr(self, _FIELDS) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse(self: object, name: str, *_value: object) -> None:
    raise FrozenInstanceError(f"{name!r} of {type(self).__qualname__} cannot be changed")


def _state(self: object) -> list[object]:
    return [getattr(self, each.name) for each in getattr(self, _FIELDS)]


def _restorer(cls: type) -> Callable[[object, list[object]], None]:
    setters = [getattr(cls, each.name).__set__ for each in getattr(cls, _FIELDS)]

    def restore(self: object, state: list[object]) -> None:
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    return restore


def _dataclass_fields(cls: type) -> object:
    """The fields as `dataclasses` wants to find them."""
    fields: tuple[Field[Any], ...] = getattr(cls, _FIELDS)
    named = [(each.name, each.type, each) for each in fields]
    like: Any = make_dataclass(cls.__name__, named, namespace={"__doc__": ""}, init=False, repr=False, eq=False)
    return like.__dataclass_fields__


def _written(cls: type, frozen: bool) -> Callable[..., None]:
    """The `__init__` of a class, written for its fields."""
    fields: tuple[Field[Any], ...] = getattr(cls, _FIELDS)
    # By names that no field has, whose names do not begin with a number after an underscore.
    needs: dict[str, object] = {"_0_unset": _UNSET}
    by_place, by_name, lines = ["self"], ["*"], []
    for number, each in enumerate(fields):
        parameter, value = _ways_in(each, number, needs)
        if each.init:
            (by_name if each.kw_only else by_place).append(parameter)
        if frozen:
            # Past the `__setattr__` that refuses: the slot itself is asked, which is also quicker.
            needs[f"_{number}_set"] = getattr(cls, each.name).__set__
        if value:
            lines.append(f"_{number}_set(self, {value})" if frozen else f"self.{each.name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    parameters = by_place + (by_name if len(by_name) > 1 else [])
    made = _compiled(parameters, lines or ["pass"], needs, sys.modules[cls.__module__])
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__annotations__ = {each.name: each.type for each in fields if each.init} | {"return": None}
    return made


def _ways_in(each: Field[Any], number: int, needs: dict[str, object]) -> tuple[str, str]:
    """How `__init__` takes a field as a parameter, and what it puts there; nothing for what is left unset."""
    if each.default_factory is not MISSING:
        needs[f"_{number}_make"] = each.default_factory
        made = f"_{number}_make()"
        return f"{each.name}=_0_unset", f"{made} if {each.name} is _0_unset else {each.name}" if each.init else made
    if each.default is not MISSING:
        needs[f"_{number}_default"] = each.default
        return f"{each.name}=_{number}_default", each.name if each.init else f"_{number}_default"
    return each.name, each.name if each.init else ""


def _compiled(
    parameters: list[str], lines: list[str], needs: dict[str, object], module: ModuleType
) -> Callable[..., None]:
    inner = "\n".join(f"        {line}" for line in lines)
    text = f"def make({', '.join(needs)}):\n    def __init__({', '.join(parameters)}):\n{inner}\n    return __init__"
    made: dict[str, Any] = {}
    # Names of fields in a fixed text, as `dataclasses` does it; only what this program's own classes say gets here.
    exec(text, vars(module), made)
    return cast("Callable[..., None]", made["make"](**needs))
