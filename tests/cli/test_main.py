"""The command as a whole: help, usage errors, broken input, and how it ends."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import designer
from designer.cli import main as entry
from designer.cli import samples
from designer.cli.console import printable
from designer.errors import UserError, UserErrors
from tests.cli.commands import ROOT, run, start

Capture = pytest.CaptureFixture[str]
COMMANDS = [
    "open", "check", "fix", "simulate", "report", "export", "import", "diff", "merge", "validate", "render", "arrange",
    "graph", "samples", "new", "services", "relations", "rules", "schema",
]  # fmt: skip


def test_the_version(capsys: Capture) -> None:
    """By both names."""
    assert run(capsys, "--version").out == f"aws-designer {designer.__version__}\n"


def test_help_names_every_command(capsys: Capture) -> None:
    """And each has help of its own."""
    text = run(capsys, "--help").out
    for command in COMMANDS:
        assert f"\n    {command}" in text
        result = run(capsys, command, "--help")
        assert result.code == 0
        assert f"usage: aws-designer {command}" in result.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "xml", "x"],
        ["check", "--fail-on", "bad", "x"],
        ["fix"],
        ["fix", "--format", "sarif", "x"],
        ["fix", "x", "--apply"],
        ["export"],
        ["render", "sample:fan-out"],
        ["render", "sample:fan-out", "-o", "x.png", "--scale", "0"],
        ["render", "sample:fan-out", "-o", "x.png", "--scale", "nan"],
        ["render", "sample:fan-out", "-o", "x.png", "--theme", "pink"],
        ["new", "fan-out"],
        ["schema", "nothing"],
        ["samples", "extra"],
        ["a.arch.yaml", "b.arch.yaml"],
        ["--nonsense"],
    ],
)
def test_wrong_usage(capsys: Capture, arguments: list[str]) -> None:
    """Exit code 2, the usage on standard error, nothing on standard output."""
    result = run(capsys, *arguments)
    assert (result.code, result.out) == (2, "")
    assert "usage: aws-designer" in result.err


HOSTILE = {
    "missing": None,
    "empty": b"",
    "binary": b"\x7fELF\0\0\0",
    "truncated": b'designer: 1\ncomponents:\n  web: {"kind": "asg", "na',
    "newer": b"designer: 99\n",
    "broken": b'designer: 1\ncomponents:\n  web: {"kind": "s3"}\n  x: {"kind": "asg", "properties": {"min": "two"}}\n',
    "loose": b"designer: 1\ncomponents:\n  q: {kind: sqs}\nconnections:\n  w: {from: q, relation: triggers, to: f}\n",
    "bomb": b"designer: 1\na: &a [1]\nb: [*a, *a]\n",
    "escapes": b'designer: 1\ncomponents:\n  q: {"kind": "\\u001b[31mred\\u0007"}\n',
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("command", ["check", "export", "render"])
def test_bad_files(capsys: Capture, tmp_path: Path, command: str, name: str) -> None:
    """Exit code 2, an error with the file's name, nothing written, nothing overwritten, no control characters."""
    file, out = tmp_path / "in.arch.yaml", tmp_path / "out.svg"
    content = HOSTILE[name]
    if content is not None:
        file.write_bytes(content)
    out.write_text("precious", encoding="utf-8")
    arguments = [command, str(file), *([] if command == "check" else ["-o", str(out)])]
    result = run(capsys, *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"error: {file}")
    assert out.read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in tmp_path.iterdir() if path != file) == ["out.svg"]
    assert all(line.isprintable() for line in result.err.splitlines())
    assert result.err.count("error:") == (2 if name == "broken" else 1)


def test_many_errors_are_shown_up_to_a_number(capsys: Capture, tmp_path: Path) -> None:
    """The rest is counted."""
    file = tmp_path / "x.arch.yaml"
    entries = "".join(f'  q{n}: {{"kind": "x"}}\n' for n in range(80))
    file.write_text(f"designer: 1\ncomponents:\n{entries}", encoding="utf-8")
    lines = run(capsys, "check", str(file)).err.splitlines()
    assert len(lines) == 51
    assert lines[-1] == "error: and 30 more"


def test_errors_within_errors_are_all_told(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """One a line."""

    def fail(_options: object) -> int:
        raise UserErrors([UserError("one", name="a"), UserError("two\nlines", name="b\x1b")])

    monkeypatch.setattr(samples, "run", fail)
    assert run(capsys, "samples").err == "error: a: one\nerror: b\\x1b: two\\nlines\n"


def test_ctrl_c(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual exit code, and no words."""

    def interrupt(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(samples, "run", interrupt)
    result = run(capsys, "samples")
    assert (result.code, result.out, result.err) == (130, "", "")


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_ctrl_c_in_a_process(tmp_path: Path) -> None:
    """While it waits for input from a pipe that nobody writes to."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "designer", "check", str(pipe)]
    # A shell starts what runs in its background deaf to this signal, and that is inherited.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        writer = writing_end(pipe, process)
        err = interrupted(process)
        os.close(writer)
    finally:
        end(process)
    assert process.returncode == 130
    assert err == b""


def interrupted(process: subprocess.Popen[bytes]) -> bytes:
    """Presses Ctrl+C until the process ends, and gives what it said.

    Python only notes a signal that comes between its last look at signals and the system call that then waits, and the
    call goes on waiting; a person presses again.
    """
    for _press in range(8):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=5)[1]
    pytest.fail("the command waits on in spite of Ctrl+C")


def end(process: subprocess.Popen[bytes]) -> None:
    """Leaves neither the process nor its pipes behind, whatever came of it."""
    process.kill()
    process.communicate()


def writing_end(pipe: Path, process: subprocess.Popen[bytes]) -> int:
    """The end of a pipe for writing, as soon as the process has opened the other one."""
    while True:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.02)
                pytest.fail(f"the command ended by itself: {process.stderr and process.stderr.read()!r}")


@pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")
def test_a_reader_that_goes_away() -> None:
    """As in `aws-designer services --json | head -1`: no words, and the shell's exit code for it."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    command = [sys.executable, "-m", "designer", "services", "--json"]
    result = subprocess.run(command, cwd=ROOT, stdout=write_end, stderr=subprocess.PIPE, timeout=200, check=False)
    os.close(write_end)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_cannot_be_written() -> None:
    """A full disk behind standard output."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "designer", "services", "--json"]
        result = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=200, check=False)
    assert result.returncode == 2
    assert result.stderr == b"error: the output cannot be written: No space left on device\n"


def test_every_name_can_be_printed(tmp_path: Path) -> None:
    """Into a pipe it is UTF-8, whatever the locale; a terminal that lacks a letter gets an escape."""
    result = start("relations", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="")
    assert result.returncode == 0
    file = tmp_path / "größe.arch.yaml"
    result = start("check", str(file), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert result.returncode == 2
    assert "größe.arch.yaml: cannot be read".encode() in result.stderr or b"gr" in result.stderr


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Größe 🦊 👩\u200d👧", "Größe 🦊 👩\u200d👧"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("evil\u202egnp.exe", "evil\\u202egnp.exe"),
        ("\x9b31m", "\\x9b31m"),
        ("\ud800", "\\ud800"),
    ],
)
def test_text_of_a_file_cannot_steer_a_terminal(text: str, shown: str) -> None:
    """Colours, titles, line breaks and reversed text become visible."""
    assert printable(text) == shown


def test_the_command_without_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """A windowed program of Windows has no standard output; the commands must not break on that."""
    monkeypatch.setattr(sys, "stdout", None)
    assert entry.main(["samples"]) == 0
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert entry.main(["samples"]) == 0


def test_it_starts_quickly() -> None:
    """Help imports nothing heavy; generously, for slow machines."""
    begin = os.times().children_user
    assert start("--help").returncode == 0
    assert os.times().children_user - begin < 5
