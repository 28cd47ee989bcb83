"""``gongkai worker``: one loop for what is due again, what rooms left to be done, and what must be indexed."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import TYPE_CHECKING

from gongkai.cli.installation import RefusedError, on_installation, require_migrated

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from types import FrameType

logger = logging.getLogger(__name__)

QUEUES = ("default", "search", "render")
IDLE_SECONDS, TICK_SECONDS, BEAT_SECONDS, ERROR_SECONDS = 1.0, 15.0, 30.0, 5.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of ``gongkai worker``."""
    parser.add_argument(
        "--queues", default=",".join(QUEUES), metavar="NAMES", help=f"处理哪些队列（默认全部：{','.join(QUEUES)}）"
    )
    parser.add_argument("--once", action="store_true", help="做完眼下该做的就退出，可由 cron 调用")
    parser.add_argument("--failed", action="store_true", help="只列出失败的任务")
    parser.add_argument("--retry-failed", action="store_true", help="把失败的任务重新排队，然后退出")
    parser.epilog = (
        "收到 SIGTERM 或 Ctrl+C 时做完手头的一件再退出。索引只由一个进程写入：search 队列只能有一个工作进程。"
    )


@on_installation
def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop: 0; 1 if another worker has the seat, or took this one for dead."""
    queues = tuple(name for name in QUEUES if name in arguments.queues.split(","))
    unknown = sorted({*arguments.queues.split(",")} - {*QUEUES})
    if unknown or not queues:
        raise RefusedError(f"没有名为“{'、'.join(unknown)}”的队列。可用：{'、'.join(QUEUES)}。")
    require_migrated()
    if arguments.failed:
        return _list_failed()
    if arguments.retry_failed:
        from gongkai.jobs.domain import queue  # noqa: PLC0415 -- Django must be started first

        print(f"已把 {queue.retry_failed()} 个失败的任务重新排队。")
        return 0
    return Background(queues).run(once=arguments.once)


class Background:
    """The loop. Each of its pieces is small; a stop is heeded between two of them."""

    def __init__(self, queues: tuple[str, ...]) -> None:
        self.queues = queues
        self.stopping = threading.Event()
        self.forgotten = threading.Event()
        self._next_tick = 0.0

    def run(self, *, once: bool) -> int:
        """Arrive, work, leave; return the exit status. Raises ``RefusedError`` where the seat is taken."""
        from gongkai.jobs.domain import presence  # noqa: PLC0415 -- Django must be started first
        from gongkai.jobs.errors import ForgottenError, SeatTakenError  # noqa: PLC0415 -- the same

        seat = "search" if "search" in self.queues else None
        try:
            self.worker = presence.arrive(queues=self.queues, seat=seat)
        except SeatTakenError as error:
            raise RefusedError(str(error)) from error
        before = {number: signal.signal(number, self._told_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
        beating = threading.Thread(target=self._beat, daemon=True)
        beating.start()
        indexing = self._indexing(once=once)
        print(f"工作进程已启动，队列：{'、'.join(self.queues)}。", flush=True)
        try:
            self._loop(self._pieces(once=once), once=once)
        finally:
            self.stopping.set()
            beating.join()
            if indexing is not None:
                indexing.join()
            presence.leave(self.worker)
            for number, handler in before.items():
                signal.signal(number, handler)
        if self.forgotten.is_set():
            raise RefusedError(str(ForgottenError()))
        print("工作进程已停止。", flush=True)
        return 0

    def _indexing(self, *, once: bool) -> threading.Thread | None:
        """Start to index beside the loop, so that no long task holds back what is published."""
        if once or "search" not in self.queues:
            return None
        from gongkai.cli.background_index import IndexKeeper  # noqa: PLC0415 -- only the one that indexes loads it

        thread = threading.Thread(target=IndexKeeper().keep, args=(self.stopping,), daemon=True)
        thread.start()
        return thread

    def _pieces(self, *, once: bool) -> list[Callable[[], bool]]:
        from gongkai.jobs.domain import queue  # noqa: PLC0415 -- Django must be started first

        pieces = [self._tick, lambda: queue.run_next(worker=self.worker, queues=self.queues)]
        if "default" in self.queues:
            from gongkai.intake.domain import following, taking  # noqa: PLC0415 -- the same

            pieces += [taking.take_next, following.refresh_next]
        if once and "search" in self.queues:
            from gongkai.cli.background_index import IndexKeeper  # noqa: PLC0415 -- only the one that indexes loads it

            pieces.append(IndexKeeper().step)
        return pieces

    def _loop(self, pieces: list[Callable[[], bool]], *, once: bool) -> None:
        from django.db import close_old_connections, connection  # noqa: PLC0415 -- Django must be started first

        while not self.stopping.is_set():
            close_old_connections()
            busy = False
            for piece in pieces:
                if self.stopping.is_set():
                    return
                try:
                    busy |= piece()
                except Exception:
                    # The database is restarted, the disk is full for a while: a worker that gave up would stay down.
                    logger.exception("后台工作出错，%.0f 秒后继续", ERROR_SECONDS)
                    connection.close()
                    self.stopping.wait(ERROR_SECONDS)
            if not busy:
                if once:
                    return
                self.stopping.wait(IDLE_SECONDS)

    def _tick(self) -> bool:
        from django.utils import timezone  # noqa: PLC0415 -- Django must be started first

        from gongkai.jobs.domain import presence, queue, ticking  # noqa: PLC0415 -- the same

        if time.monotonic() < self._next_tick:
            return False
        self._next_tick = time.monotonic() + TICK_SECONDS
        presence.dismiss_gone()
        recovered = queue.recover()
        done = ticking.tick(now=timezone.now(), worker=self.worker, stopping=self.stopping.is_set)
        for name in done:
            logger.info("周期任务 %s 完成", name)
        return bool(done) or recovered > 0

    def _beat(self) -> None:
        from django.db import DatabaseError, connection  # noqa: PLC0415 -- Django must be started first

        from gongkai.jobs.domain import presence  # noqa: PLC0415 -- the same
        from gongkai.jobs.errors import ForgottenError  # noqa: PLC0415 -- the same

        while not self.stopping.wait(BEAT_SECONDS):
            try:
                presence.be_seen(self.worker)
            except ForgottenError:
                self.forgotten.set()
                self.stopping.set()
            except DatabaseError as error:
                logger.warning("工作进程未能报到：%s", error)
            finally:
                connection.close()

    def _told_to_stop(self, number: int, _frame: FrameType | None) -> None:
        """Finish the piece in hand; told once more, end at once."""
        print("正在做完手头的一件，然后停止（再次发出则立即终止）……", flush=True)
        self.stopping.set()
        signal.signal(number, signal.SIG_DFL)


def _list_failed() -> int:
    from django.utils import timezone  # noqa: PLC0415 -- Django must be started first

    from gongkai.jobs.queries import health  # noqa: PLC0415 -- the same

    periodic, tasks = list(health.failing_periodic()), list(health.failed_tasks())
    for state in periodic:
        print(f"周期任务 {state.name}：连续失败 {state.failures} 次，{state.error.strip().splitlines()[-1]}")
    for task in tasks:
        when = timezone.localtime(task.finished_at).strftime("%Y-%m-%d %H:%M")
        print(f"任务 {task.task_path}（{task.pk}）：{when} 失败，{task.traceback.strip().splitlines()[-1]}")
    print(f"失败的周期任务 {len(periodic)} 个，失败的任务 {len(tasks)} 个。")
    return 1 if periodic or tasks else 0
