"""The worker process and its client: answers come back, the newest request wins, a dead worker is replaced."""

from __future__ import annotations

import io
import json
import queue
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from designer.cloudformation.validation import worker
from designer.cloudformation.validation.client import ValidationError, ValidationProcess
from designer.cloudformation.validation.messages import Message
from designer.cloudformation.validation.worker import WORKER_ARGUMENT, Request, read_answer, serve, worker_command

BAD = "Resources: {Q: {Type: AWS::SQS::Queue, DependsOn: Gone}}\n"
GOOD = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"

Heard = tuple[int, list[Message] | ValidationError]


class Listener:
    """Hears what a client says and lets the test wait for it."""

    def __init__(self) -> None:
        self.heard: queue.Queue[Heard] = queue.Queue()

    def __call__(self, key: int, result: list[Message] | ValidationError) -> None:
        self.heard.put((key, result))

    def next(self) -> Heard:
        """What is heard next; fails after half a minute of silence."""
        return self.heard.get(timeout=30)


@pytest.fixture
def listener() -> Listener:
    """A fresh listener."""
    return Listener()


@pytest.fixture
def process(listener: Listener) -> Iterator[ValidationProcess]:
    """A client of the real worker."""
    client = ValidationProcess(listener)
    yield client
    client.close()


def rules(result: list[Message] | ValidationError) -> list[str]:
    """The rules that speak in a result."""
    assert not isinstance(result, ValidationError), result
    return [message.rule for message in result]


def test_the_worker_answers_line_by_line() -> None:
    """Requests, and lines that are none."""
    lines = [Request(1, BAD, engine=False).as_line(), "not json\n", '{"id": 3}\n', "[]\n"]
    for line, expected in zip(lines, ("messages", "error", "error", "error"), strict=True):
        answers = io.StringIO()
        serve(io.StringIO(line), answers)
        assert expected in json.loads(answers.getvalue())
    answers = io.StringIO()
    serve(io.StringIO(lines[0]), answers)
    found = read_answer(answers.getvalue())
    assert found.id == 1
    assert [message.rule for message in found.messages or ()] == ["D10"]


def test_waiting_requests_make_way_for_the_newest() -> None:
    """Every request is answered, the older ones by saying so."""
    waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    for number in range(5):
        waiting.put(Request(number, GOOD, engine=False).as_line())
    lines, going = worker._waiting(waiting)
    answers = {answer["id"]: answer for answer in worker._answers(lines)}
    assert going
    assert [key for key, answer in answers.items() if answer.get("superseded")] == [0, 1, 2, 3]
    assert answers[4]["messages"] == []


def test_a_process_is_asked_and_answers(process: ValidationProcess, listener: Listener) -> None:
    """The call returns at once; what the rules say is heard later, for one request after the other."""
    first = process.request(BAD, engine=False)
    key, result = listener.next()
    assert (key, rules(result)) == (first, ["D10"])
    second = process.request(GOOD, engine=False)
    key, result = listener.next()
    assert (key, rules(result)) == (second, [])


def test_only_the_newest_request_is_heard(process: ValidationProcess, listener: Listener) -> None:
    """Of a burst of requests the last one is heard last, and not all are."""
    process.request(GOOD, engine=False)
    listener.next()
    keys = [process.request(BAD, engine=False) for _ in range(200)]
    heard = []
    while not heard or heard[-1] != keys[-1]:
        heard.append(listener.next()[0])
    assert heard == sorted(heard)
    assert len(heard) < len(keys)


def test_the_worker_finds_its_package_from_anywhere(
    listener: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And takes no module from the working directory, whoever put it there."""
    (tmp_path / "json.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    (tmp_path / "designer.py").write_text("raise SystemExit('hijacked')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    client = ValidationProcess(listener)
    client.request(BAD, engine=False)
    assert rules(listener.next()[1]) == ["D10"]
    client.close()


def scripted(tmp_path: Path, text: str) -> list[str]:
    """The command of a worker that does what a script says."""
    file = tmp_path / "worker.py"
    file.write_text(textwrap.dedent(text), encoding="utf-8")
    return [sys.executable, str(file)]


def test_a_worker_that_dies_is_started_again(listener: Listener, tmp_path: Path) -> None:
    """It dies over its first request and answers when it is asked again."""
    command = scripted(
        tmp_path,
        f"""
        import json, pathlib, sys
        mark = pathlib.Path({str(tmp_path / "mark")!r})
        for line in sys.stdin:
            if not mark.exists():
                mark.touch()
                sys.exit(3)
            print(json.dumps({{"id": json.loads(line)["id"], "messages": []}}), flush=True)
        """,
    )
    client = ValidationProcess(listener, command)
    key = client.request(GOOD)
    assert listener.next() == (key, [])
    client.close()


@pytest.mark.parametrize(
    ("script", "said"),
    [("raise SystemExit(1)", "ends whenever"), ("print('hello', flush=True)\ninput()\ninput()", "no answer")],
)
def test_a_worker_that_cannot_work_is_reported(listener: Listener, tmp_path: Path, script: str, said: str) -> None:
    """The request fails with the reason, and the client lives on."""
    client = ValidationProcess(listener, scripted(tmp_path, script))
    for _ in range(2):
        client.request(GOOD)
        result = listener.next()[1]
        assert isinstance(result, ValidationError)
        assert said in str(result)
    client.close()


def test_a_worker_that_cannot_be_started_is_reported(listener: Listener, tmp_path: Path) -> None:
    """The reason comes from the system."""
    client = ValidationProcess(listener, [str(tmp_path / "nothing")])
    client.request(GOOD)
    result = listener.next()[1]
    assert isinstance(result, ValidationError)
    assert "cannot be started" in str(result)
    client.close()


def test_closing_ends_the_process_and_the_thread(listener: Listener, tmp_path: Path) -> None:
    """Even while the worker is busy; nothing is heard afterwards, and nothing can be asked."""
    client = ValidationProcess(listener, scripted(tmp_path, "for line in __import__('sys').stdin:\n    pass\n"))
    client.request(GOOD)
    client.close()
    client.close()
    assert listener.heard.empty()
    with pytest.raises(RuntimeError):
        client.request(GOOD)


def test_a_cancelled_request_is_not_heard_and_does_not_hold_up_the_next(listener: Listener, tmp_path: Path) -> None:
    """The worker that is busy with it is ended; the next request has another one."""
    command = scripted(
        tmp_path,
        f"""
        import json, pathlib, sys, time
        mark = pathlib.Path({str(tmp_path / "mark")!r})
        for line in sys.stdin:
            if not mark.exists():
                mark.touch()
                time.sleep(60)
            print(json.dumps({{"id": json.loads(line)["id"], "messages": []}}), flush=True)
        """,
    )
    client = ValidationProcess(listener, command)
    client.request(BAD)
    while not (tmp_path / "mark").exists():
        threading.Event().wait(0.01)
    client.cancel()
    key = client.request(GOOD)
    assert listener.next() == (key, [])
    assert listener.heard.empty()
    client.close()


def test_a_request_that_waits_can_be_cancelled(process: ValidationProcess, listener: Listener) -> None:
    """And where there is none, nothing happens."""
    process.cancel()
    process.request(BAD, engine=False)
    process.cancel()
    key = process.request(GOOD, engine=False)
    assert listener.next() == (key, [])


def test_the_worker_ends_with_its_input() -> None:
    """A window that is killed leaves no worker behind."""
    done = subprocess.run(
        worker_command(),
        input="",
        env=worker.worker_environment(),
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_a_packed_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no interpreter to give a module to."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_command() == [sys.executable, WORKER_ARGUMENT]


@pytest.mark.parametrize(
    "line", ["", "x", "[]", "{}", '{"id": 1}', '{"id": 1, "messages": [{}]}', '{"id": 1, "messages": 3}']
)
def test_what_is_no_answer_is_refused(line: str) -> None:
    """With the start of the line, for the report."""
    with pytest.raises(ValueError, match="no answer"):
        read_answer(line)
