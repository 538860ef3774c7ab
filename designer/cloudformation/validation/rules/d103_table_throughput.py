"""D103: a table has a throughput exactly when it is billed by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.cloudformation.validation.messages import Severity
from designer.cloudformation.validation.rules.rule import Fault, Rule
from designer.cloudformation.validation.stack import Resource, Stack
from designer.cloudformation.validation.values import possible_items, text_of
from designer.cloudformation.validation.views.tables import TABLE


def _check(stack: Stack) -> Iterator[Fault]:
    for table in stack.of(TABLE):
        mode = "PROVISIONED" if not table.has("BillingMode") else text_of(table.get("BillingMode"))
        for keys, holder in _holders(table):
            path, given = table.path(*keys, "ProvisionedThroughput"), holder.get("ProvisionedThroughput")
            if mode == "PAY_PER_REQUEST" and given is not None:
                text = f"{table.id} is paid by request, but has a provisioned throughput"
                yield Fault(path, text, "Take ProvisionedThroughput out.")
            elif mode == "PROVISIONED" and given is None:
                text = f"{table.id} is paid by throughput, but says none"
                yield Fault(path, text, "Set BillingMode: PAY_PER_REQUEST, or ProvisionedThroughput.")


def _holders(table: Resource) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """What has a throughput of its own: the table and its global indexes, each with its path."""
    yield (), table.properties
    for index, item in enumerate(possible_items(table.get("GlobalSecondaryIndexes"))):
        if isinstance(item, dict):
            yield ("GlobalSecondaryIndexes", index), item


RULE = Rule(
    id="D103",
    title="Throughput goes with the billing mode",
    why="DynamoDB refuses the table: 'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when "
    "BillingMode is PAY_PER_REQUEST', 'No provisioned throughput specified for the table'.",
    source="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html",
    severity=Severity.ERROR,
    check=_check,
    types=(TABLE,),
    others=("E3638", "E3639", "F3638", "F3639"),
)
