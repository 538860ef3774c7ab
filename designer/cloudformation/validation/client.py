"""The worker process from the side of its user: asks, and hears the answer of the newest question."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Sequence

from designer.cloudformation.validation.messages import Message
from designer.cloudformation.validation.worker import Request, read_answer, worker_command, worker_environment
from designer.language import tr

MAX_DEATHS = 2
"""How often one request may end the worker before it is given up."""

_PATIENCE = 5.0
"""Seconds that a worker gets to end by itself when it is closed."""


class ValidationError(Exception):
    """The worker could not judge a template; the text says why."""


Heard = Callable[[int, "list[Message] | ValidationError"], None]
"""Called with the id of a request and its messages, or why there are none."""


class ValidationProcess:
    """One worker process, started with the first request and again when it dies.

    Only the newest request counts: an older one that waits is dropped, and the answer to an older one that runs is not
    passed on. `heard` is called in a thread of this object, never in the caller's. After `close` nothing is heard.
    """

    def __init__(self, heard: Heard, command: Sequence[str] | None = None) -> None:
        self._heard = heard
        self._command = list(command or worker_command())
        self._changed = threading.Condition()
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._waiting: Request | None = None
        self._newest = 0
        self._busy = False
        self._closed = False

    def request(self, text: str, *, engine: bool = True, lint: bool = False, regions: Sequence[str] = ()) -> int:
        """Asks for a judgement; returns the id of the request at once. Raises RuntimeError after `close`.

        `engine`, `lint` and `regions` choose the judges, as in `judges.validate`.
        """
        with self._changed:
            if self._closed:
                raise RuntimeError("the validation process is closed")
            self._newest += 1
            self._waiting = Request(self._newest, text, engine, lint, tuple(regions))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="validation client", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            return self._newest

    def cancel(self) -> None:
        """Gives the newest request up: nothing is heard of it. A worker that is busy with it is ended.

        A linter cannot be stopped half way; the next request starts another worker.
        """
        with self._changed:
            self._newest += 1
            self._waiting = None
            if self._busy and self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """Ends the worker and waits for it. May be called more than once, but not from `heard`."""
        with self._changed:
            self._closed = True
            process, thread = self._process, self._thread
            self._changed.notify_all()
        if process is not None:
            process.kill()
        if thread is not None:
            thread.join(_PATIENCE)

    def _run(self) -> None:
        """The thread: hands one request after the other to the worker and passes on what is still asked for."""
        try:
            while (request := self._next()) is not None:
                result = self._judged(request)
                with self._changed:
                    wanted = not self._closed and request.id == self._newest
                if wanted:
                    self._heard(request.id, result)
        finally:
            self._end()

    def _next(self) -> Request | None:
        """The request that waits, when there is one; `None` after `close`."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting is not None or self._closed)
            request, self._waiting = self._waiting, None
            return None if self._closed else request

    def _judged(self, request: Request) -> list[Message] | ValidationError:
        for _ in range(MAX_DEATHS):
            try:
                process = self._started()
            except OSError as error:
                return ValidationError(tr("the validation process cannot be started: {error}", error=error))
            if not self._begins(request):
                return ValidationError(tr("the template is no longer to be judged"))
            line = self._exchange(process, request)
            if line:
                return _result(line)
            self._end()
        return ValidationError(tr("the validation process ends whenever it is asked about this template"))

    def _begins(self, request: Request) -> bool:
        """Whether a request is still the newest one; from now on `cancel` has to end the worker over it."""
        with self._changed:
            self._busy = request.id == self._newest and not self._closed
            return self._busy

    def _exchange(self, process: subprocess.Popen[str], request: Request) -> str:
        """The worker's line for a request; empty where the worker died over it."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(request.as_line())
            process.stdin.flush()
            return process.stdout.readline()
        except (BrokenPipeError, ValueError):
            return ""
        finally:
            with self._changed:
                self._busy = False

    def _started(self) -> subprocess.Popen[str]:
        process = self._process
        if process is None or process.poll() is not None:
            # Outside the lock: who asks must not wait for the system to start a process.
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=worker_environment(),
                encoding="utf-8",
            )
            with self._changed:
                self._process = process
        return process

    def _end(self) -> None:
        with self._changed:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait(_PATIENCE)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _shut(stream)


def _shut(stream: object) -> None:
    """Closes a pipe whose other end may be gone, with text that was not sent."""
    try:
        stream.close()  # type: ignore[attr-defined]
    except (BrokenPipeError, OSError):
        return


def _result(line: str) -> list[Message] | ValidationError:
    try:
        answer = read_answer(line)
    except ValueError as error:
        return ValidationError(str(error))
    if answer.messages is None:
        return ValidationError(answer.error or tr("the template was not judged"))
    return list(answer.messages)
