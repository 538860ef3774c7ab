"""What the tests of the exporter share: the catalog, and the judges, which are slow to start."""

from __future__ import annotations

from typing import Any

import pytest

from designer.catalog.catalog import Catalog, load_catalog
from tests.cloudformation.judges import Linter, Validator


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The built-in catalog."""
    return load_catalog()


@pytest.fixture(scope="session")
def validator() -> Validator:
    """cloudformation-validate, started once: its rules take a second to load."""
    return Validator()


@pytest.fixture(scope="session")
def linter() -> Any:
    """cfn-lint with all its rules, read once."""
    return Linter()
