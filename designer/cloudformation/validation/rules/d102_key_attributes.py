"""D102: the attributes of a table are exactly those of its keys."""

from __future__ import annotations

from collections.abc import Iterator

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import known_items, text_of
from designer.cloudformation.validation.views.tables import GLOBAL_TABLE, TABLE

_INDEXES = ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")


def _check(stack: Stack) -> Iterator[Fault]:
    for table in stack.of(TABLE, GLOBAL_TABLE):
        defined, used = _names(table.get("AttributeDefinitions")), _key_names(table)
        if defined is None or used is None:
            continue
        path = table.path("AttributeDefinitions")
        for name in sorted(used - defined):
            text = f"a key of {table.id} is {name}, which AttributeDefinitions lack"
            yield Fault(path, text, f"Define {name} with its type.")
        for name in sorted(defined - used):
            text = f"{table.id} defines the attribute {name}, which no key uses"
            yield Fault(path, text, "Take it out; other attributes need no definition.")


def _key_names(table: Resource) -> set[str] | None:
    """The attributes of all keys of a table and its indexes; `None` where they are not known."""
    found = _names(table.get("KeySchema"))
    for name in _INDEXES:
        indexes = known_items(table.get(name)) if table.get(name) is not None else []
        for index in indexes if indexes is not None else [None]:
            keys = _names(index.get("KeySchema")) if isinstance(index, dict) else None
            found = None if found is None or keys is None else found | keys
    return found


def _names(value: object) -> set[str] | None:
    items = known_items(value)
    names = [text_of(item.get("AttributeName")) if isinstance(item, dict) else None for item in items or ()]
    known = {name for name in names if name is not None}
    return known if items is not None and None not in names else None


RULE = Rule(
    id="D102",
    title="Tables define the attributes of their keys, no others",
    why="DynamoDB refuses the table: 'Number of attributes in KeySchema does not exactly match number of attributes "
    "defined in AttributeDefinitions'.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TABLE, GLOBAL_TABLE),
    others=("E3039", "F3039"),
)
