"""What applications do by themselves and behind the screens."""

from __future__ import annotations

from django_tasks import task

from gongkai.applications.domain import checking, importing
from gongkai.applications.domain.reminding import remind
from gongkai.jobs.registry import Every, periodic

# A missed day heals with the next run: reminders belong to legal days, not to runs.
periodic("applications.remind", remind, every=Every.DAY)
periodic("applications.check", checking.refresh, every=Every.HOUR)


@task()
def import_register(number: int) -> None:
    """Make cases of the rows of this batch that wait; safe to be done twice, because only what waits is done."""
    importing.run(batch=number)
