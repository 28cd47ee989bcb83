"""What the queue does by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.intake.domain.following import mark_open
from gongkai.intake.models import State, Submission
from gongkai.jobs.registry import Every, periodic

if TYPE_CHECKING:
    from datetime import date

KEPT = timedelta(days=180)
"""How long the emptied rows of what was dealt with are kept, to answer what became of them."""


def tidy(*, day: date) -> None:
    """Mark open cases for the new day, and drop what was dealt with long ago."""
    mark_open(day=day)
    settled = Submission.objects.exclude(state=State.WAITING)
    settled.filter(settled_at__lt=timezone.now() - KEPT).delete()


periodic("intake.tidy", tidy, every=Every.DAY)
