"""Tables of DynamoDB."""

from __future__ import annotations

TABLE, GLOBAL_TABLE = "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"
