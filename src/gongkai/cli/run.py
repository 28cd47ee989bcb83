"""Reading many files for a command: in processes, in order, saying which could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gongkai.cli.files import choose
from gongkai.cli.output import UNREADABLE, complain, jobs_for, progress
from gongkai.cli.pool import SECONDS, Pool

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence
    from typing import Self


@dataclass
class Run:
    """One command over its files. Use it in a ``with`` statement; ``status`` is the exit status so far."""

    arguments: Namespace
    status: int = 0
    unread: int = 0
    files: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        chosen = choose(self.arguments.files)
        self.files = chosen.files
        for word in chosen.empty:
            self.refuse(word, "没有找到文件。请核对路径或通配符")

    def __enter__(self) -> Self:
        jobs = jobs_for(self.arguments.jobs, len(self.files))
        self._pool = Pool(jobs, self.arguments.timeout or SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.__exit__()

    def refuse(self, name: str, reason: str) -> None:
        """Say that the file ``name`` could not be read, and remember it in the exit status."""
        complain(name, reason)
        self.status = UNREADABLE
        self.unread += 1

    def each(self, task: str, words: str, extra: Sequence[tuple[Any, ...]] | None = None) -> Iterator[tuple[str, Any]]:
        """Do ``task`` with every file (and its ``extra`` arguments), and yield the file and what came of it, in order.

        A file that cannot be read is refused and left out.
        """
        tasks = [(file, *more) for file, more in zip(self.files, extra or [()] * len(self.files), strict=True)]
        with progress(len(tasks), words) as done:
            for file, answer in zip(self.files, self._pool.run(task, tasks, done), strict=True):
                if answer.refused is None:
                    yield file, answer.value
                else:
                    self.refuse(file, answer.refused)

    def together(self, task: str, words: str, groups: Sequence[tuple[Any, ...]]) -> list[Any]:
        """Do ``task`` with each of ``groups`` of arguments and return the answers (``Answer``) in order."""
        with progress(len(groups), words) as done:
            return list(self._pool.run(task, groups, done))
