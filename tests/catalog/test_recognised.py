"""What the catalog says of templates that others have written names properties and pairs that there are."""

from __future__ import annotations

import pytest

from designer.catalog.catalog import load_catalog
from designer.catalog.check import check_value
from designer.catalog.entries import Kind, Relation, Scope

CATALOG = load_catalog()


@pytest.mark.parametrize("kind", CATALOG.kinds.values(), ids=lambda kind: kind.id)
def test_every_kind_in_aws_is_recognised_by_properties_it_has(kind: Kind) -> None:
    found = kind.recognised
    assert found.resources or kind.placement.scope is Scope.OUTSIDE
    for finders in (*found.resources.values(), *found.parts.values()):
        for finder in finders:
            prop = kind.properties[finder.name]
            for value in (*finder.values.values(), finder.absent):
                assert check_value(prop, value) is None, f"{kind.id}: {finder.path}"


def test_no_resource_is_two_kinds() -> None:
    types = [type_ for kind in CATALOG.kinds.values() for type_ in kind.recognised.resources]
    assert len(types) == len(set(types))


@pytest.mark.parametrize("relation", CATALOG.relations.values(), ids=lambda relation: relation.id)
def test_what_joins_components_is_no_component(relation: Relation) -> None:
    types = {type_ for kind in CATALOG.kinds.values() for type_ in kind.recognised.resources}
    assert not types & set(relation.recognised.through)
    assert relation.recognised.under.keys() <= types
