"""Files that are broken, huge or made to do harm: a clear error, at once, and never anything else."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from designer.catalog.catalog import load_catalog
from designer.errors import UserError
from designer.storage.files import read

BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
ENTRY = '  q: {"kind": "sqs", "name": "Q"'


def refused(tmp_path: Path, content: bytes | str) -> str:
    """The error for a file with this content, which has to come within two seconds."""
    file = tmp_path / "x.arch.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    start = time.thread_time()
    with pytest.raises(UserError) as caught:
        read(file, load_catalog())
    assert time.thread_time() - start < 2
    text = str(caught.value)
    assert str(file) in text
    return text.replace(str(file), "FILE")


def test_a_missing_file(tmp_path: Path) -> None:
    """And a folder, and a name that no system takes."""
    with pytest.raises(UserError, match=r"nothing\.arch\.yaml: cannot be read: No such file"):
        read(tmp_path / "nothing.arch.yaml", load_catalog())
    with pytest.raises(UserError, match="this is a folder, not a file"):
        read(tmp_path, load_catalog())
    with pytest.raises(UserError, match="cannot be read"):
        read(Path("a\0b"), load_catalog())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "FILE: the file is empty"),
        (b"\n\n# only a comment\n", "FILE: the file is empty"),
        (b"null\n", "FILE: the file is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "FILE: this is a binary file, not text"),
        (b"designer: 1\nname: \xff\xfe\n", "FILE:2: the text is not UTF-8. save the file as UTF-8"),
        (b"designer: 1\nname: \x01\n", "FILE:2: this is not YAML"),
        (b"just words", "FILE:1: expected a mapping that starts with 'designer: 1', got text"),
        (b"- designer\n", "FILE:1: expected a mapping that starts with 'designer: 1', got a list"),
        ('designer: 1\nname: "Shop\ncomponents:\n', "this is not YAML"),
        ("designer: 1\ncomponents:\n" + ENTRY, "FILE:4: this is not YAML"),
        ("designer: 1\ncomponents:\n\tq: {}\n", "FILE:3: this is not YAML"),
        ("designer: 1\ndesigner: 1\n", "FILE:2: the key 'designer' is given twice"),
        (f"designer: 1\ncomponents:\n{ENTRY}}}\n{ENTRY}}}\n", "FILE:4: the key 'q' is given twice"),
        (f'designer: 1\ncomponents:\n{ENTRY}, "name": "R"}}\n', "FILE:3: the key 'name' is given twice"),
        ("designer: 1\n---\ndesigner: 1\n", "FILE:2: only one YAML document is expected"),
        ("designer: 1\nname: !!python/object/apply:os.system [id]\n", "FILE:2: the YAML tag"),
        ("designer: !!binary aGk=\n", "the YAML tag tag:yaml.org,2002:binary is not allowed here"),
        ("designer: 1\nname: !evil x\n", "FILE:2: the YAML tag !evil is not allowed here"),
        ("designer: 1\n? [a, b]\n: c\n", "FILE:2: a key must be text"),
        ("designer: 1\nx: " + "9" * 5000 + "\n", "FILE:2: the number 99999999999999999999... is too large"),
        ('designer: 1\nx: {"y": ' + "9" * 5000 + "}\n", "is too large"),
        ("designer: 1\nx: 1e999\n", "FILE:2: x: 'x' cannot be kept: the number is too large"),
        ("designer: 1\nx: NaN\ny: {z: .inf}\ncomponents:\n  q: {kind: sqs, at: [.nan, 0]}\n", "two whole numbers"),
        ('designer: 1\nname: "\\ud83d"\n', "FILE:2: this is not YAML"),
        (BOMB + "designer: 1\n", "FILE:2: YAML aliases (*name) are not allowed. write the value out"),
        ("designer: 1\n<<: {designer: 2}\nname: [\n", "this is not YAML"),
        ("designer: 1\nx: " + "[" * 100_000 + "]" * 100_000 + "\n", "FILE:2: nested deeper than 40 levels"),
        ("designer: 1\nx: " + '{"a":' * 100_000 + "\n", "FILE:2: nested deeper than 40 levels"),
        ("designer: 1\nx:\n" + "".join(" " * n + "a:\n" for n in range(1, 3000)), "nested deeper than 40 levels"),
        ("designer: 1\nx: " + "[" * 35 + "]" * 35 + "\n", "nested deeper than 30 levels"),
        ("designer: 1\nx: {" + json.dumps("k" * 300) + ": 1}\n", "more than 256 characters"),
        ("designer: 1\ncomponents:\n  " + "x" * 500 + ": {kind: sqs}\n", "cannot be an id"),
        ('designer: 1\ncomponents:\n  "a\\nb": {kind: sqs}\n', "'a\\nb' cannot be an id"),
    ],
)
def test_broken_and_malicious_files(tmp_path: Path, content: bytes | str, message: str) -> None:
    """What it is, where, and what is expected."""
    assert message in refused(tmp_path, content)


def test_a_truncated_file(tmp_path: Path) -> None:
    """Cut anywhere, it is an error or a smaller, whole architecture; never a crash."""
    whole = (Path(__file__).parents[2] / "resources/samples/fan-out.arch.yaml").read_bytes()
    file = tmp_path / "cut.arch.yaml"
    read_at_all = 0
    for end in range(0, len(whole), 97):
        file.write_bytes(whole[:end])
        try:
            read(file, load_catalog())
            read_at_all += 1
        except UserError as error:
            assert str(file) in str(error)
    assert read_at_all < 5


def test_half_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    """Nor is a device that never ends."""
    file = tmp_path / "huge.arch.yaml"
    with file.open("wb") as stream:
        stream.truncate(500 * 1024 * 1024)
    with pytest.raises(UserError, match="the file is too large: at most 32 MB are read"):
        read(file, load_catalog())
    zero = Path("/dev/zero")
    if zero.exists():
        with pytest.raises(UserError, match="too large"):
            read(zero, load_catalog())


def test_large_hand_written_files_are_read_in_time(tmp_path: Path) -> None:
    """Two thousand components in block style, with an error in the last line."""
    entries = "".join(f"  q{n}:\n    kind: sqs\n    name: Queue {n}\n" for n in range(2000))
    text = refused(tmp_path, f"designer: 1\ncomponents:\n{entries}  last: {{kind: sqz}}\n")
    assert text.startswith("FILE:6003: last: there is no service kind 'sqz'")


def test_thousands_of_errors_are_all_collected(tmp_path: Path) -> None:
    """In one go."""
    entries = "".join(f'  q{n}: {{"kind": "nope"}}\n' for n in range(3000))
    assert refused(tmp_path, f"designer: 1\ncomponents:\n{entries}").count("\n") == 2999
