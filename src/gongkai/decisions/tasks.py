"""What decisions do behind the screens."""

from __future__ import annotations

from django_tasks import task

from gongkai.decisions.domain import importing
from gongkai.decisions.models import ImportBatch


@task()
def import_batch(number: int) -> None:
    """Import the batch with this number; safe to be done twice, because it goes on where the last run stopped."""
    if ImportBatch.objects.get(pk=number).is_open:
        importing.run(batch=number)
