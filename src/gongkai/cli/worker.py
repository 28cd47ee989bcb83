"""The process that opens files, apart from the one that talks to people: bounded in memory and time.

A file that is built to exhaust its reader ends this process, not the run. ``COMMAND`` starts it; it speaks pickles over
its standard streams: a task is ``(name, arguments)``, an answer is ``Answer``. What a library prints goes nowhere, so
that it cannot be taken for an answer.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import IO, Any

MEMORY = 400 << 20
"""Bytes of private memory one file may cost; with the code itself the process stays under 512 MB."""
CPU_SECONDS = 60
"""Seconds of computing one file may cost; waiting for an office program or for OCR is not counted here."""
OUT_OF_MEMORY = "读取它需要的内存超过上限，已停止读取。请核对这是不是一份年度报告；确需读取的，请拆分或另存为其他格式"


COMMAND = (sys.executable, "-P", "-c", "from gongkai.cli.worker import main; main()")
"""What starts a worker: never with the current folder on the import path, where files of others lie."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task: its ``value``, or why there is none, in one line for people."""

    value: Any = None
    refused: str | None = None
    spent: bool = False  # the process has used up its memory and must not be given another task


def main() -> None:
    """Serve tasks from standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    _limit_memory()
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # The starting process decides when the run is interrupted.
    serve(sys.stdin.buffer, answers, limited=sys.platform != "win32")


def serve(tasks: IO[bytes], answers: IO[bytes], *, limited: bool = False) -> None:
    """Do the ``tasks`` in order and write one answer to each; with ``limited`` each may only compute so long."""
    while True:
        try:
            name, arguments = pickle.load(tasks)  # noqa: S301 -- written by the process that started this one
        except EOFError:
            return
        if limited:
            signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # Its signal ends the process even inside a C library.
        answer = perform(name, arguments)
        if limited:
            signal.setitimer(signal.ITIMER_PROF, 0)
        pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()
        if answer.spent:
            return


def perform(name: str, arguments: tuple[Any, ...]) -> Answer:
    """Do the task ``name`` of ``gongkai.cli.tasks`` and return its answer; nothing is raised."""
    try:
        tasks = import_module("gongkai.cli.tasks")
        return Answer(getattr(tasks, name)(*arguments))
    except MemoryError:
        return Answer(refused=OUT_OF_MEMORY, spent=True)
    except RecursionError:
        return Answer(refused="内容嵌套过深，已停止读取。请核对文件来源")
    except Exception as error:  # noqa: BLE001 -- whatever a file does to its reader must not end the run
        if hasattr(error, "code"):
            return Answer(refused=str(error))
        return Answer(refused=f"程序内部错误（{type(error).__name__}: {error}），未能读取。请把这个文件反馈给开发者")


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- only where there is such a module

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    ceiling = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, hard))
