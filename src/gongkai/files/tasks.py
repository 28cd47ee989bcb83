"""What this room does behind the screens."""

from __future__ import annotations

from django_tasks import task

from gongkai.files.domain import redaction


@task(queue_name="render")
def make_copy(number: int) -> None:
    """Make the redacted copy that was ordered under this number; safe to be done twice."""
    redaction.perform(number=number)
