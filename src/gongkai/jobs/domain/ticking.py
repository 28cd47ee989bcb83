"""Doing what is due again.

A period is done once, whoever ticks and however often: the row of the work is locked to claim it, and is only marked
done after the work is. What was missed, failed or cut off is done at the next tick, with the day of that tick.
"""

from __future__ import annotations

import logging
import traceback
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from gongkai.jobs.domain import presence
from gongkai.jobs.models import PeriodicState
from gongkai.jobs.registry import registered

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from gongkai.jobs.models import Worker
    from gongkai.jobs.registry import Periodic

logger = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))
"""How long to wait after the first, second … failure; the last holds for all further ones."""
_MOST_ERROR = 4000


def tick(*, now: datetime, worker: Worker, stopping: Callable[[], bool] = lambda: False) -> list[str]:
    """Do all periodic work whose period at ``now`` is not done, and return the names of what was done whole.

    A failure is kept with the work and does not hold back the rest; ``stopping`` is asked before each piece.
    """
    done = []
    states = PeriodicState.objects.in_bulk()
    for work in registered():
        state = states.get(work.name)
        if state is not None and not _is_due(state, work, now):
            continue
        if stopping():
            break
        if _claimed(work, now, worker) and _performed(work, now):
            done.append(work.name)
    return done


def _is_due(state: PeriodicState, work: Periodic, now: datetime) -> bool:
    if state.done_for >= work.every.period(now):
        return False
    return state.retry_at is None or now >= state.retry_at


def _claimed(work: Periodic, now: datetime, worker: Worker) -> bool:
    with transaction.atomic():
        PeriodicState.objects.get_or_create(name=work.name)
        state = PeriodicState.objects.select_for_update().get(name=work.name)
        if not _is_due(state, work, now):
            return False
        if state.runner is not None and presence.is_alive(state.runner):
            return False
        state.runner, state.started_at = worker, now
        state.save(update_fields=["runner", "started_at"])
    return True


def _performed(work: Periodic, now: datetime) -> bool:
    mine = PeriodicState.objects.filter(name=work.name)
    try:
        work.run(day=timezone.localtime(now).date())
    except Exception:
        logger.exception("周期任务 %s 失败", work.name)
        failures = mine.values_list("failures", flat=True).get() + 1
        mine.update(
            runner=None,
            failures=failures,
            error=traceback.format_exc()[-_MOST_ERROR:],
            retry_at=now + PAUSES[min(failures, len(PAUSES)) - 1],
        )
        return False
    mine.update(
        runner=None,
        done_for=work.every.period(now),
        finished_at=timezone.now(),
        failures=0,
        error="",
        retry_at=None,
    )
    return True
