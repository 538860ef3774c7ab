"""Judges templates in a process of its own: one JSON request a line on standard input, one JSON answer a line back.

Request: {"id": 7, "text": "..."}, and where wanted "engine": false, "lint": true, "regions": [...].
Answer: {"id": 7, "messages": [...]}; or {"id": 7, "superseded": true} where a newer request came in before this one was
begun; or {"id": ..., "error": "..."} for a line that is no request. The process ends when standard input is closed.

A program packed into one file starts itself with `WORKER_ARGUMENT` as its only argument and then calls `main`.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TextIO

from designer.cloudformation.validation.messages import Message

WORKER_ARGUMENT = "--validation-worker"


@dataclass(frozen=True, slots=True)
class Request:
    """One template to judge. `id` comes back with the answer."""

    id: int
    text: str
    engine: bool = True
    lint: bool = False
    regions: tuple[str, ...] = ()

    def as_line(self) -> str:
        """The request as a line of JSON, with its end."""
        return json.dumps(asdict(self)) + "\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker says to a request. `messages` are `None` where a newer request took its place.

    `error` is set where the worker did not understand the request; its `id` may then be `None`.
    """

    id: int | None
    messages: tuple[Message, ...] | None = None
    error: str = ""


def worker_command() -> list[str]:
    """How to start a worker: the interpreter with this module, or a packed program with `WORKER_ARGUMENT`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT]
    # Without -P the working directory, which may hold anything, would be searched for modules first.
    return [sys.executable, "-P", "-m", "designer.cloudformation.validation.worker"]


def worker_environment() -> dict[str, str]:
    """The environment of a worker: that of this process, with the folder of this package on the search path."""
    folder = str(Path(__file__).resolve().parents[3])
    path = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([folder, path] if path else [folder]), "PYTHONUTF8": "1"}


def read_answer(line: str) -> Answer:
    """The answer in a line from a worker. Raises ValueError for anything else."""
    try:
        data = json.loads(line)
        if data.get("superseded"):
            return Answer(data["id"])
        if "error" in data:
            return Answer(data["id"], None, str(data["error"]))
        return Answer(data["id"], tuple(Message.from_data(message) for message in data["messages"]))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"this is no answer of a worker: {line[:80]!r}") from error


def serve(requests: TextIO, answers: TextIO) -> None:
    """Answers requests until there are no more. Of requests that wait, only the newest is judged."""
    waiting: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(requests, waiting), name="validation requests", daemon=True).start()
    going = True
    while going:
        lines, going = _waiting(waiting)
        for answer in _answers(lines):
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


def _read(requests: TextIO, waiting: queue.SimpleQueue[str | None]) -> None:
    for line in requests:
        waiting.put(line)
    waiting.put(None)


def _waiting(waiting: queue.SimpleQueue[str | None]) -> tuple[list[str], bool]:
    """All lines that have come in, at least one, and whether there may be more."""
    lines = [waiting.get()]
    while not waiting.empty():
        lines.append(waiting.get())
    return [line for line in lines if line is not None], None not in lines


def _answers(lines: list[str]) -> Iterator[dict[str, Any]]:
    requests: list[Request] = []
    for line in lines:
        request = _request(line)
        if isinstance(request, Request):
            requests.append(request)
        else:
            yield request
    for request in requests[:-1]:
        yield {"id": request.id, "superseded": True}
    for request in requests[-1:]:
        # Here and not above: a window reads this module too, and must not wait for the judges to be loaded.
        from designer.cloudformation.validation.judges import validate

        messages = validate(request.text, engine=request.engine, lint=request.lint, regions=request.regions)
        yield {"id": request.id, "messages": [message.as_data() for message in messages]}


def _request(line: str) -> Request | dict[str, Any]:
    """The request in a line, or the answer that it is none."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return {"id": None, "error": "a request is one line of JSON"}
    if not isinstance(data, Mapping) or not isinstance(data.get("id"), int):
        return {"id": None, "error": "a request is a mapping with a whole number as id"}
    regions = data.get("regions", [])
    if not isinstance(data.get("text"), str) or not isinstance(regions, list):
        return {"id": data["id"], "error": "a request has text, and a list of regions or none"}
    engine, lint = data.get("engine") is not False, data.get("lint") is True
    return Request(data["id"], data["text"], engine, lint, tuple(str(region) for region in regions))


def main() -> None:
    """Serves standard input and output. What libraries print goes to standard error."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    serve(sys.stdin, answers)


if __name__ == "__main__":
    main()
