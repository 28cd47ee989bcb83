"""The gazette and the clean-ups of normative documents as they are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.records.models import PublishedCleanUp, PublishedCleanUpLine, PublishedEntry, PublishedIssue, PublishedItem
from gongkai.windows.errors import NotPublishedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet


def issues() -> QuerySet[PublishedIssue]:
    """Return the issues that came out, newest first."""
    return PublishedIssue.objects.all()


def issue(key: int) -> PublishedIssue:
    """Return one issue. Raises ``NotPublishedError``."""
    found = PublishedIssue.objects.filter(pk=key).first()
    if found is None:
        raise NotPublishedError(key)
    return found


def entries(key: int) -> Sequence[PublishedEntry]:
    """Return the contents of an issue, in order."""
    return list(PublishedEntry.objects.filter(issue_id=key))


def clean_ups() -> Sequence[PublishedCleanUp]:
    """Return the clean-ups that were closed, the latest first."""
    return list(PublishedCleanUp.objects.all())


def clean_up(key: int) -> PublishedCleanUp:
    """Return one clean-up. Raises ``NotPublishedError``."""
    found = PublishedCleanUp.objects.filter(pk=key).first()
    if found is None:
        raise NotPublishedError(key)
    return found


def lines(key: int) -> QuerySet[PublishedCleanUpLine]:
    """Return the documents of a clean-up with what was found of them."""
    return PublishedCleanUpLine.objects.filter(clean_up_id=key)


def items(unit: int, day: date) -> Sequence[PublishedItem]:
    """Return the items that stand on the lists of a unit on ``day``."""
    standing = PublishedItem.objects.filter(unit_id=unit, begins_on__lte=day)
    return [item for item in standing if item.ends_on is None or item.ends_on > day]
