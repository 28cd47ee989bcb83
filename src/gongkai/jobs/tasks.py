"""What this room itself does again and again: throw away what nobody needs any more, keep the database quick."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gongkai.jobs.domain import statistics
from gongkai.jobs.registry import Every, periodic

KEPT = timedelta(days=30)
"""How long tasks that went well are kept; failed ones stay until somebody deals with them."""


def tidy(*, day: date) -> None:  # noqa: ARG001 -- what is thrown away is a matter of hours, not of legal days
    """Delete the tasks that went well long ago and the sessions that have run out."""
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - KEPT).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


periodic("jobs.tidy", tidy, every=Every.DAY)
periodic("jobs.gather_statistics", statistics.gather, every=Every.HOUR)
