"""What a drawing costs while it stands, at dated list prices: enough to tell which of two fixes is dearer.

The prices, their date and what they leave out stand in `resources/facts/prices.yaml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from designer.analysis.networks import networks, sends_outward
from designer.assets import data
from designer.catalog.cache import cached
from designer.catalog.expressions import Expression, compile_expression
from designer.catalog.reader import Entry, entry_of
from designer.catalog.resolve import Resolution

NAT = "nat"
"""The key of what a NAT gateway costs, which no component stands for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One thing that is paid for while it stands: the key of its price, how often it is there, and when."""

    price: Expression
    of: Expression | None
    count: Expression
    when: Expression | None


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices by key in US dollars a month, and what stands there for each kind."""

    region: str
    date: str
    source: str
    prices: Mapping[str, float]
    standing: Mapping[str, tuple[Standing, ...]]


def difference(before: Resolution, after: Resolution, among: Collection[str] | None = None) -> float | None:
    """US dollars a month that the second drawing costs more than the first; `None` where a price is not known.

    What both have counts for nothing, so that a price is missed only where it would matter. `among` are the ids of the
    components that differ, where nothing but their properties does; `None` looks at everything.
    """
    listed = price_list()
    old, new = _things(before, listed, among), _things(after, listed, among)
    changed = {key: new[key] - old[key] for key in sorted({*old, *new}) if new[key] != old[key]}
    if any(key not in listed.prices for key in changed):
        return None
    return round(sum(listed.prices[key] * count for key, count in changed.items()), 2)


@cache
def price_list() -> PriceList:
    """The prices. Raises `UserError` with file and line when the file of them is broken."""
    file = data("resources") / "facts" / "prices.yaml"
    entry: dict[str, Any] = cached(kind=dict, read=lambda: _read(file), name="prices", sources=[Path(__file__), file])
    return PriceList(
        region=entry["region"],
        date=entry["date"],
        source=entry["source"],
        prices=entry["prices"],
        standing={kind: tuple(_standing(one) for one in things) for kind, things in entry["standing"].items()},
    )


def _things(resolution: Resolution, listed: PriceList, among: Collection[str] | None) -> Counter[str]:
    """How often each price is paid."""
    found: Counter[str] = Counter()
    for resolved in resolution.components() if among is None else map(resolution.component, among):
        for one in listed.standing.get(resolved.kind.id, ()):
            values, functions = resolved.values, resolved.values.functions
            if one.when is None or one.when(values, functions):
                suffix = "" if one.of is None else str(one.of(values, functions))
                found[f"{one.price(values, functions)}{suffix}"] += one.count(values, functions)
    for one in listed.standing.get(NAT, ()) if among is None else ():
        found[str(one.price({}))] += _gateways(resolution) * one.count({})
    return found


def _gateways(resolution: Resolution) -> int:
    """How many NAT gateways the networks have: none where nothing stands behind one."""
    return sum(
        len({network.nat_zone(zone) for zone in network.zones} - {None})
        for network in networks(resolution).values()
        if any(sends_outward(resolution.component(member)) for member in network.members)
    )


def _read(file: Path) -> dict[str, Any]:
    """The file as plain data."""
    entry = entry_of(file)
    hours = entry.take("hours", int)
    found = {name: entry.text(name) for name in ("region", "date", "source")}
    prices = {key: _price(Entry(node, file, key), hours) for key, node in entry.nodes("prices").items()}
    standing = {
        kind: [_read_standing(Entry(one, file, kind)) for one in node.value]
        for kind, node in entry.nodes("standing").items()
    }
    entry.done()
    return {**found, "prices": prices, "standing": standing}


def _price(entry: Entry, hours: int) -> float:
    """A price by the month."""
    unit = "month" if "month" in entry.left else "hour"
    price = float(entry.take(unit, (int, float)))
    entry.done()
    return price if unit == "month" else price * hours


def _read_standing(entry: Entry) -> dict[str, Any]:
    found = {"price": entry.formula("price"), "count": entry.formula("count", "1")}
    found |= {name: entry.formula(name, None) for name in ("of", "when")}
    entry.done()
    return found


def _standing(entry: Mapping[str, Any]) -> Standing:
    compiled = {name: _compiled(entry[name]) for name in ("of", "when")}
    return Standing(
        compile_expression(entry["price"]), compiled["of"], compile_expression(entry["count"]), compiled["when"]
    )


def _compiled(text: str | None) -> Expression | None:
    return None if text is None else compile_expression(text)
