"""How the work behind the screens is doing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django_tasks_db.models import DBTaskResult

from gongkai.jobs.domain import presence
from gongkai.jobs.models import PeriodicState, Worker

if TYPE_CHECKING:
    from django.db.models import QuerySet


def living_workers() -> list[Worker]:
    """Return the workers that run."""
    return [worker for worker in Worker.objects.order_by("started_at") if presence.is_alive(worker)]


def failing_periodic() -> QuerySet[PeriodicState]:
    """Return the periodic work whose last run failed."""
    return PeriodicState.objects.filter(failures__gt=0).order_by("name")


def failed_tasks() -> QuerySet[DBTaskResult]:
    """Return the tasks that failed as often as they may, oldest first."""
    return DBTaskResult.objects.failed().order_by("finished_at")
