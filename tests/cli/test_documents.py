"""The documents say what is: commands, options, samples, files and examples exist as they are described."""

from __future__ import annotations

import re

import pytest

from designer.catalog.catalog import load_catalog
from designer.storage.files import dumps, loads
from designer.storage.samples import samples
from tests.cli.commands import ROOT, run
from tests.cli.test_main import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs/file-format.md").read_text(encoding="utf-8")
COMMAND_LINE = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
HOUSE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_the_example_of_the_format_is_one_that_is_saved() -> None:
    """Byte for byte."""
    (example,) = re.findall(r"```yaml\n(.*?)```", FORMAT, re.S)
    assert dumps(loads(example, load_catalog())) == example


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_described(capsys: pytest.CaptureFixture[str], command: str) -> None:
    """And no option that does not exist."""
    assert re.search(rf"^## .*\b{command}\b", COMMAND_LINE, re.M)
    options = set(re.findall(r"--[a-z-]+", run(capsys, command, "--help").out)) - {"--help", "--output"}
    assert options <= set(re.findall(r"--[a-z-]+", COMMAND_LINE))


def test_no_option_is_invented(capsys: pytest.CaptureFixture[str]) -> None:
    """Those of other programs in examples aside."""
    known = {option for c in COMMANDS for option in re.findall(r"--[a-z-]+", run(capsys, c, "--help").out)}
    others = {"--template-file", "--stack-name", "--capabilities", "--extra"}
    for text in (README, COMMAND_LINE):
        assert set(re.findall(r"--[a-z]+(?:-[a-z]+)*", text)) - others <= known


def test_every_sample_is_named_in_the_readme() -> None:
    """In its table."""
    for sample in samples():
        assert f"`{sample.name}`" in README


def test_files_that_are_named_exist() -> None:
    """Links, and paths in the tables of the architecture."""
    for name in re.findall(r"\]\(((?!https?:)[^)]+)\)", README):
        assert (ROOT / name).exists() or name.startswith("docs/images/"), name
    for name in re.findall(r"`((?:designer|resources|templates|tests)/[\w/]*)`", HOUSE):
        assert (ROOT / name).is_dir(), name
    for name in re.findall(r"`((?:model|catalog|storage|cloudformation|analysis)/[\w/]+(?:\.py)?)/?`", HOUSE):
        assert (ROOT / "designer" / name).exists(), name


def test_lines_are_short() -> None:
    """Tables and the example aside."""
    for text in (README, FORMAT, COMMAND_LINE, HOUSE):
        lines = [line for line in text.splitlines() if not line.startswith(("|", "  ", "!"))]
        assert max(map(len, lines)) <= 132
