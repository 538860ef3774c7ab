"""What can be added to a drawing, as lines to choose from: the palette and the search at the pointer show these."""

from __future__ import annotations

from designer.catalog.catalog import Catalog
from designer.catalog.entries import Kind, Relation
from designer.gui.matching import folded, rank
from designer.language import tr
from designer.records import record

_BOUNDARIES = "boundaries"
"""The category of all boundaries."""


@record
class Offer:
    """One line: a kind ("sqs", "vpc", "tier:public") and, where it is to be wired, the relation.

    In lists of what is drawn, `target` is the id that the line leads to.
    `category` is its id in the catalog; `words` are all names that it is found by, folded.
    """

    kind: str
    title: str
    summary: str
    category: str
    words: tuple[str, ...]
    relation: Relation | None = None
    target: str = ""

    def rank(self, query: str) -> int | None:
        """How well it fits a search, 0 best; `None` when it does not."""
        return rank(folded(query.strip()), self.words)


def all_offers(catalog: Catalog) -> list[Offer]:
    """Every service and boundary of the catalog, in the order of the palette."""
    return [*service_offers(catalog), *_boundary_offers(catalog)]


def service_offers(catalog: Catalog) -> list[Offer]:
    """Every service of the catalog, in the order of the palette."""
    made = []
    for kind in catalog.kinds.values():
        words = _words(kind.title, kind.id, kind.name, *kind.aliases)
        made.append(Offer(kind.id, tr(kind.title), tr(kind.summary), kind.category, words))
    return made


def fitting_offers(catalog: Catalog, source_kind: str) -> list[Offer]:
    """The kinds that a wire from a kind can end at, a line for each relation that fits."""
    found = []
    for offer in service_offers(catalog):
        for relation in catalog.relations_between(source_kind, offer.kind):
            meaning = tr(relation.title)
            title = f"{offer.title}: {meaning.lower()}"
            words = (*offer.words, folded(meaning))
            found.append(Offer(offer.kind, title, tr(relation.summary), offer.category, words, relation))
    return found


def _boundary_offers(catalog: Catalog) -> list[Offer]:
    made = []
    for kind in sorted(catalog.boundaries.values(), key=lambda kind: kind.order):
        access = kind.properties.get("access")
        if access is None:
            words = _words(kind.title, kind.id, *kind.aliases)
            made.append(Offer(kind.id, tr(kind.title), tr(kind.summary), _BOUNDARIES, words))
            continue
        made += [_subnets(kind, value, title) for value, title in access.choices.items()]
    return made


def _subnets(kind: Kind, access: str, title: str) -> Offer:
    """The line for subnets of one access. The kind's aliases name all of them; each line keeps those that fit it."""
    name = tr("{title} subnets", title=tr(title))
    words = _words(f"{title} subnets", name, "tier", "subnet")
    summary = kind.properties["access"].help or kind.summary
    return Offer(f"{kind.id}:{access}", name, tr(summary), _BOUNDARIES, words)


def _words(*names: str) -> tuple[str, ...]:
    """Names in English and in the language of the window, each once."""
    return tuple(dict.fromkeys(folded(word) for name in names for word in (name, tr(name))))
