"""Tasks spread over worker processes: results in order, and a worker that dies costs only the file it had.

Each worker is served by one thread here, which does little but wait: that works alike on every system, and a worker
that hangs is ended by a timer.
"""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Lock, Timer, local
from typing import TYPE_CHECKING, Any, Self

from gongkai.cli.worker import COMMAND, CPU_SECONDS, Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SECONDS = 300
"""Seconds that one file may take, waiting included."""
GRACE = 5
"""Seconds that a process which answers no more is given to end."""


class Pool:
    """At most ``jobs`` worker processes; each task may take ``seconds``. Use it in a ``with`` statement."""

    def __init__(self, jobs: int, seconds: float = SECONDS) -> None:
        """Start nothing yet: workers come up as tasks need them."""
        self._jobs = jobs
        self._seconds = seconds
        self._own = local()
        self._started: list[_Worker] = []
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(jobs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._close_all()
        self._threads.shutdown()
        self._close_all()  # One that was just being started when the others were closed.

    def _close_all(self) -> None:
        with self._lock:
            for worker in self._started:
                worker.close()

    def run(
        self, name: str, tasks: Iterable[tuple[Any, ...]], done: Callable[[], None] | None = None
    ) -> Iterator[Answer]:
        """Do the task ``name`` with each of the arguments in ``tasks`` and yield the answers in that order.

        ``done`` is called, from other threads, whenever one is finished.
        """

        def one(arguments: tuple[Any, ...]) -> Answer:
            answer = self._ask(name, arguments)
            if done is not None:
                done()
            return answer

        waiting = deque(self._threads.submit(one, arguments) for arguments in tasks)
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, name: str, arguments: tuple[Any, ...]) -> Answer:
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None or worker.ended:
            worker = self._own.worker = _Worker()
            with self._lock:
                self._started.append(worker)
        return worker.ask(name, arguments, self._seconds)


class _Worker:
    """One worker process."""

    def __init__(self) -> None:
        self.ended = False
        self._overdue = False
        self._process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 -- our own

    def ask(self, name: str, arguments: tuple[Any, ...], seconds: float) -> Answer:
        tasks, answers = self._process.stdin, self._process.stdout
        assert tasks is not None
        assert answers is not None
        overdue = Timer(seconds, self._kill)
        overdue.daemon = True
        overdue.start()
        try:
            pickle.dump((name, arguments), tasks, protocol=pickle.HIGHEST_PROTOCOL)
            tasks.flush()
            answer: Answer = pickle.load(answers)  # noqa: S301 -- written by our own worker
        except (EOFError, OSError, pickle.UnpicklingError):
            return Answer(refused=self._obituary(seconds))
        finally:
            overdue.cancel()
        if answer.spent:
            self.close()
        return answer

    def close(self) -> None:
        """End the process and wait for it."""
        if not self.ended:
            self.ended = True
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                assert stream is not None
                with suppress(OSError):  # What was still to be written has no reader any more.
                    stream.close()

    def _kill(self) -> None:
        self._overdue = True
        self._process.kill()

    def _obituary(self, seconds: float) -> str:
        """Clear the ended process away and say why it ended: by the timer, by the limit on computing, or by itself."""
        with suppress(subprocess.TimeoutExpired):  # It may have closed its streams without ending.
            self._process.wait(GRACE)
        self.close()
        status = self._process.returncode
        if self._overdue:
            return f"读取它超过 {seconds:g} 秒，已停止读取。确需读取的，请用 --timeout 放宽时限"
        if sys.platform != "win32" and status == -signal.SIGPROF:
            return f"读取它计算了 {CPU_SECONDS} 秒还没有结束，已停止读取。请核对这是不是一份年度报告"
        return f"读取进程意外终止（状态 {status}），文件可能已损坏，或所需内存超过上限。请用原来的软件另存后再试"
