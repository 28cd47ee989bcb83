"""Doing the tasks that rooms left behind (``django_tasks``), again where they failed.

A task is enqueued in the transaction of what asks for it, and is done at least once: what a killed worker had begun is
begun again. So a task must be safe to be done twice.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from gongkai.jobs.domain import presence
from gongkai.jobs.models import Worker

if TYPE_CHECKING:
    from collections.abc import Collection

logger = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
"""How long to wait after each failure; after one more the task stays failed and is listed for the operator."""


class WorkerLostError(RuntimeError):
    """The worker that was at the task ended without finishing it."""

    def __init__(self) -> None:
        super().__init__("执行该任务的进程中途终止（被结束、断电或内存不足）。")


def run_next(*, worker: Worker, queues: Collection[str]) -> bool:
    """Do one task of the ``queues`` that is ready; return whether there was one. What it raises is kept with it."""
    task = _claim(worker, queues)
    if task is None:
        return False
    try:
        task.set_successful(_call(task))
    except Exception as error:
        logger.exception("任务 %s（%s）失败", task.task_path, task.pk)
        _put_back(task, error)
    return True


def recover() -> int:
    """Put back the tasks whose worker is gone, and return how many they were."""
    living = {worker.pk for worker in Worker.objects.all() if presence.is_alive(worker)}
    count = 0
    for pk in list(DBTaskResult.objects.running().values_list("pk", flat=True)):
        with transaction.atomic():
            task = DBTaskResult.objects.running().select_for_update().filter(pk=pk).first()
            if task is not None and task.worker_ids[-1] not in living:
                _put_back(task, WorkerLostError())
                count += 1
    return count


def retry_failed() -> int:
    """Give every task that stayed failed its attempts anew, and return how many they were."""
    return DBTaskResult.objects.failed().update(
        status=TaskResultStatus.READY, run_after=timezone.now(), worker_ids=[], finished_at=None
    )


def _claim(worker: Worker, queues: Collection[str]) -> DBTaskResult | None:
    ready = DBTaskResult.objects.ready().filter(queue_name__in=queues)
    # On SQLite a transaction keeps all other writers waiting: it is not begun to find nothing.
    if not ready.exists():
        return None
    with transaction.atomic():
        task = ready.get_locked()
        if task is not None:
            task.claim(worker.pk)
    return task


def _call(stored: DBTaskResult) -> object:
    task, result = stored.task, stored.task_result
    context = [TaskContext(task_result=result)] if task.takes_context else []
    return task.call(*context, *result.args, **result.kwargs)


def _put_back(task: DBTaskResult, error: Exception) -> None:
    attempts = len(task.worker_ids)
    with transaction.atomic():
        task.set_failed(error)
        if attempts <= len(PAUSES):
            task.status, task.finished_at = TaskResultStatus.READY, None
            task.run_after = timezone.now() + PAUSES[attempts - 1]
            task.save(update_fields=["status", "finished_at", "run_after"])
