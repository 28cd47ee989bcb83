"""What this room does behind the screens."""

from __future__ import annotations

from django_tasks import task

from gongkai.files.domain import redaction, shelf
from gongkai.jobs.registry import Every, periodic


@task(queue_name="render")
def make_copy(number: int) -> None:
    """Make the redacted copy that was ordered under this number; safe to be done twice."""
    redaction.perform(number=number)


# What was cut off between the commit and the file, and what was written past the verbs.
periodic("files.sweep_published", shelf.sweep, every=Every.HOUR)
