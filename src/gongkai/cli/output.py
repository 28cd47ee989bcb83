"""What the commands that read files have in common: their arguments, their progress, how they say what went wrong."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import Console

UNREADABLE = 2
"""Exit status when at least one file could not be read."""
MANY = 8
"""From this number of files on, a terminal is shown how far the work has come."""
_WIDTH_ELSEWHERE = 110
_MOST_JOBS = 4


def add_files(parser: ArgumentParser, *, required: bool = True) -> None:
    """Declare the files to read and how to read them."""
    parser.add_argument(
        "files",
        nargs="+" if required else "*",
        metavar="FILE",
        help="报告文件、文件夹（含下级）或通配符，如 年报/**/*.docx",
    )
    parser.add_argument(
        "--jobs", type=positive, default=None, metavar="N", help="同时使用的进程数（默认按处理器数，最多 4）"
    )
    parser.add_argument(
        "--timeout", type=positive, default=None, metavar="SECONDS", help="每个文件最多用多少秒（默认 300）"
    )


def positive(word: str) -> int:
    """Return ``word`` as a whole number of at least one; ``ValueError`` otherwise."""
    number = int(word)
    if number < 1:
        raise ValueError(word)
    return number


def jobs_for(asked: int | None, files: int) -> int:
    """Return how many processes to use for a number of files."""
    return max(1, min(asked or min(os.cpu_count() or 1, _MOST_JOBS), files))


def complain(name: str, reason: str) -> None:
    """Say in one line on standard error that something is wrong with the file ``name``."""
    words = " ".join(reason.split())
    print(f"gongkai: {name}：{words}", file=sys.stderr)


def console() -> Console:
    """Return where people read: as wide as the terminal, coloured only on one (and as NO_COLOR or FORCE_COLOR say)."""
    from rich.console import Console  # noqa: PLC0415 -- machines are answered without it

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else _WIDTH_ELSEWHERE
    return Console(highlight=False, width=width)


@contextmanager
def progress(total: int, words: str) -> Iterator[Callable[[], None] | None]:
    """Show on a terminal how many of ``total`` files are done; yield what to call for each, or ``None``."""
    if total < MANY or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only on a terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)


def print_lines(lines: Iterable[str]) -> None:
    """Print each of ``lines`` at once, so that a program at the other end of a pipe can begin.

    A program that stops listening, such as ``head``, ends the command without a word.
    """
    try:
        for line in lines:
            print(line, flush=True)
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Nothing is left to fail when Python exits.
        raise SystemExit(1) from error
