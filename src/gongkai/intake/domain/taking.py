"""Taking what lies in the queue: the worker's part.

What comes of a submission and that it was taken are written in one transaction: cut off anywhere, it is taken again
from the start, and nothing is lost or doubled. What cannot be taken keeps its error, is tried again later, and stays
for the operator until somebody deals with it.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gongkai.intake.domain.handling import HANDLERS
from gongkai.intake.domain.queue import is_early, locked, settle
from gongkai.intake.domain.receiving import take_application
from gongkai.intake.errors import EarlyError, told, whereabouts
from gongkai.intake.messages import opened
from gongkai.intake.models import Kind, State, Submission

if TYPE_CHECKING:
    import uuid
    from datetime import date

logger = logging.getLogger(__name__)

PAUSES = (timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=1))
"""How long to wait after each failure; the last holds for all further ones."""
_MOST_ERROR = 2000


def take_next() -> bool:
    """Take one submission that is ready, the oldest first; return whether there was one."""
    now = timezone.now()
    ready = Submission.objects.filter(Q(retry_at__isnull=True) | Q(retry_at__lte=now), state=State.WAITING)
    pk = ready.values_list("pk", flat=True).first()
    if pk is None:
        return False
    try:
        take(pk=pk)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is kept for the operator
        # The words of an error may quote what was sent: the log says where it happened.
        logger.error("网上来件 %s 未能转办：%s", pk, whereabouts(error))  # noqa: TRY400 -- the same
        _keep(pk, error)
    return True


def take(*, pk: uuid.UUID, today: date | None = None) -> None:
    """Take one submission, once, whoever else is at it. Raises what prevents it."""
    today = today or timezone.localdate()
    kind = Submission.objects.values_list("kind", flat=True).get(pk=pk)
    if kind == Kind.APPLICATION:
        # One transaction for each unit: what one of them cannot take does not hold back the others.
        take_application(pk=pk, today=today)
        return
    with transaction.atomic():
        submission = locked(pk)
        if submission is None:
            return
        # Asked before the cases are read: what is taken in between is confirmed by the next attempt.
        is_partial = kind == Kind.CONFIRMATION and is_early(submission)
        HANDLERS[kind](submission, opened(submission), today)
        if not is_partial:
            settle(submission)
    if is_partial:
        # The agencies that have the form are confirmed by now; those that have it not yet shall not stay unconfirmed.
        raise EarlyError


def _keep(pk: uuid.UUID, error: Exception) -> None:
    waiting = Submission.objects.filter(pk=pk, state=State.WAITING)
    attempts = waiting.values_list("attempts", flat=True).first() or 0
    waiting.update(
        attempts=F("attempts") + 1,
        error=told(error)[:_MOST_ERROR],
        retry_at=timezone.now() + PAUSES[min(attempts, len(PAUSES) - 1)],
    )
