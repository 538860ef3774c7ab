"""Coupling of services: counts, ratios and structural smells of the graph consumer -> provider.

Parallel dependencies count once and a service calling itself does not count. Sources: AIS, ADS, ACS, SIY from
D. Rud, A. Schmietendorf, R. Dumke, "Product metrics for service-oriented infrastructures", 2006; ADCS from B. Shim
et al., 2008; SCF from H. Hofmeister, G. Wirtz, 2008; RCS and RIS from Z. Qingqing, L. Xinke, 2009; instability from
R. Martin, "OO design quality metrics", 1994.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from designer.analysis.scc import strongly_connected

_LESS_STABLE_BY = 0.1
_ROUNDING = 1e-12
_HUB_DEVIATIONS = 1.5
_HUB_AT_LEAST = 4


@dataclass(frozen=True, slots=True)
class Dependency:
    """One service depends on another. ``sync_hard``: it waits for the answer and cannot do without."""

    consumer: str
    provider: str
    sync_hard: bool = True


@dataclass(frozen=True, slots=True)
class CouplingMetrics:
    """Metrics by service id and for the whole graph of N services and E distinct dependencies.

    * ``ais``: absolute importance, distinct consumers (afferent coupling Ca). ``ads``: absolute dependence,
      distinct providers (efferent coupling Ce). ``acs`` = ais x ads.
    * ``ris`` = ais / (N - 1), ``rcs`` = ads / (N - 1); 0 for a single service.
    * ``instability`` = Ce / (Ca + Ce), None for a service without dependencies.
    * ``adcs`` = E / N, the mean of ads. ``scf`` = E / (N (N - 1)), the density. Both 0 where undefined.
    * ``siy``: unordered pairs of services that depend on each other directly.
    * ``sync_ratio``: share of dependencies that are synchronous and hard; 0 without dependencies.
    * ``cycles``: strongly connected components of more than one service, each sorted. ``sync_cycles``: the same
      over synchronous hard dependencies only.
    * ``unstable_dependencies``: (S, T) with instability(T) > instability(S) + 0.1.
    * ``hubs``: services whose ais and ads are both at least 4 and above mean + 1.5 standard deviations
      (population) of ais and ads.
    * ``sync_path``: a longest chain of synchronous hard calls, cycles merged into one step (each step lists its
      services); empty without any. ``sync_depth``: the number of calls between its steps.
    """

    ais: Mapping[str, int]
    ads: Mapping[str, int]
    acs: Mapping[str, int]
    ris: Mapping[str, float]
    rcs: Mapping[str, float]
    instability: Mapping[str, float | None]
    adcs: float
    scf: float
    siy: int
    sync_ratio: float
    cycles: tuple[tuple[str, ...], ...]
    sync_cycles: tuple[tuple[str, ...], ...]
    unstable_dependencies: tuple[tuple[str, str], ...]
    hubs: tuple[str, ...]
    sync_path: tuple[tuple[str, ...], ...]
    sync_depth: int


def metrics(nodes: Iterable[str], edges: Iterable[Dependency]) -> CouplingMetrics:
    """Return the coupling metrics of services and their dependencies; linear, but for sorting.

    The result does not depend on the order of the arguments. Raises ValueError when a dependency names an
    unknown service.
    """
    names = sorted(set(nodes))
    hard = _merged(names, edges)
    pairs = sorted(hard)
    ais = dict.fromkeys(names, 0)
    ads = dict.fromkeys(names, 0)
    for consumer, provider in pairs:
        ads[consumer] += 1
        ais[provider] += 1
    instability = {name: _instability(ais[name], ads[name]) for name in names}
    hard_pairs = [pair for pair in pairs if hard[pair]]
    path = _longest_path(names, hard_pairs)
    others = max(len(names) - 1, 1)
    return CouplingMetrics(
        ais=ais,
        ads=ads,
        acs={name: ais[name] * ads[name] for name in names},
        ris={name: ais[name] / others for name in names},
        rcs={name: ads[name] / others for name in names},
        instability=instability,
        adcs=_ratio(len(pairs), len(names)),
        scf=_ratio(len(pairs), len(names) * (len(names) - 1)),
        siy=sum(consumer < provider and (provider, consumer) in hard for consumer, provider in pairs),
        sync_ratio=_ratio(len(hard_pairs), len(pairs)),
        cycles=_cycles(_components(names, pairs)),
        sync_cycles=_cycles(_components(names, hard_pairs)),
        unstable_dependencies=tuple(pair for pair in pairs if _is_unstable(pair, instability)),
        hubs=_hubs(ais, ads),
        sync_path=path,
        sync_depth=max(len(path) - 1, 0),
    )


def _merged(names: Sequence[str], edges: Iterable[Dependency]) -> dict[tuple[str, str], bool]:
    """Return the distinct (consumer, provider) pairs, each with whether one of its edges is synchronous and hard."""
    known = frozenset(names)
    hard: dict[tuple[str, str], bool] = {}
    for edge in edges:
        for name in (edge.consumer, edge.provider):
            if name not in known:
                raise ValueError(f"a dependency from {edge.consumer!r} to {edge.provider!r} names the unknown {name!r}")
        if edge.consumer != edge.provider:
            pair = (edge.consumer, edge.provider)
            hard[pair] = edge.sync_hard or hard.get(pair, False)
    return hard


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _instability(afferent: int, efferent: int) -> float | None:
    total = afferent + efferent
    return efferent / total if total else None


def _is_unstable(pair: tuple[str, str], instability: Mapping[str, float | None]) -> bool:
    consumer, provider = (instability[name] for name in pair)
    if consumer is None or provider is None:
        return False
    return provider - consumer > _LESS_STABLE_BY + _ROUNDING


def _hubs(ais: Mapping[str, int], ads: Mapping[str, int]) -> tuple[str, ...]:
    many_consumers = _outstanding(ais)
    many_providers = _outstanding(ads)
    return tuple(name for name in ais if name in many_consumers and name in many_providers)


def _outstanding(counts: Mapping[str, int]) -> frozenset[str]:
    """Return the services whose count is at least 4 and above mean + 1.5 standard deviations."""
    if not counts:
        return frozenset()
    mean = sum(counts.values()) / len(counts)
    deviation = math.sqrt(sum((count - mean) ** 2 for count in counts.values()) / len(counts))
    threshold = mean + _HUB_DEVIATIONS * deviation
    return frozenset(name for name, count in counts.items() if count >= _HUB_AT_LEAST and count > threshold)


def _components(names: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Return the strongly connected components, each sorted, providers first."""
    number = {name: position for position, name in enumerate(names)}
    successors: list[list[int]] = [[] for _ in names]
    for consumer, provider in pairs:
        successors[number[consumer]].append(number[provider])
    return [tuple(sorted(names[member] for member in component)) for component in strongly_connected(successors)]


def _cycles(components: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(component for component in components if len(component) > 1))


def _longest_path(names: Sequence[str], pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return a longest path of the condensation, consumers first; of equal ones the first by name."""
    components = _components(names, pairs)
    home = {name: position for position, component in enumerate(components) for name in component}
    successors: list[set[int]] = [set() for _ in components]
    for consumer, provider in pairs:
        if home[consumer] != home[provider]:
            successors[home[consumer]].add(home[provider])
    length = [0] * len(components)
    best: list[int | None] = [None] * len(components)
    for position in range(len(components)):
        for target in sorted(successors[position], key=lambda target: components[target]):
            if length[target] + 1 > length[position]:
                length[position] = length[target] + 1
                best[position] = target
    return _follow(components, length, best)


def _follow(
    components: Sequence[tuple[str, ...]], length: Sequence[int], best: Sequence[int | None]
) -> tuple[tuple[str, ...], ...]:
    longest = max(length, default=0)
    if longest == 0:
        return ()
    step: int | None = min(
        (position for position in range(len(components)) if length[position] == longest),
        key=lambda position: components[position],
    )
    path = []
    while step is not None:
        path.append(components[step])
        step = best[step]
    return tuple(path)
