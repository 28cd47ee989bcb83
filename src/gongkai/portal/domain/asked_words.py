"""What is looked for often: counted without a trace of anybody, shown once many asked it, forgotten after a month."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction

from gongkai.intake.limits import Limit, is_over
from gongkai.portal.models import AskedWords, HotWords
from gongkai.windows.remembered import remembered

if TYPE_CHECKING:
    from django.http import HttpRequest

_log = logging.getLogger(__name__)

ASKED = Limit("asked", 20, 200)
KEPT = timedelta(days=30)
SHORTEST, LONGEST = 2, 12
FOUND_IN = 3
"""Published documents that must hold the words: what stands in none says more of who asks than of what there is."""

_SHOWN = 8


def count(*, words: str, total: int, request: HttpRequest) -> None:
    """Count words that were looked for and found ``total`` times; never at the cost of the answer."""
    if not (SHORTEST <= len(words) <= LONGEST and total >= FOUND_IN) or is_over(request, ASKED):
        return
    try:
        with transaction.atomic():
            AskedWords.objects.create(words=words, day=request.today)
    except DatabaseError as error:
        _log.warning("words that were looked for were not counted: %s", type(error).__name__)


@remembered
def hot() -> tuple[str, ...]:
    """Return what is looked for most, the most frequent first."""
    rows = HotWords.objects.order_by("-times", "words")[:_SHOWN]
    return tuple(row.words for row in rows)


def forget(*, day: date) -> int:
    """Delete what was asked more than a month before ``day``; return how much that was."""
    return AskedWords.objects.filter(day__lt=day - KEPT).delete()[0]
