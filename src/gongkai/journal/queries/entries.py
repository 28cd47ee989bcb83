"""Reading the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.journal.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values do not narrow. ``act`` may be a room alone (``records``)."""

    act: str = ""
    actor: str = ""
    unit: str = ""
    subject: str = ""
    since: date | None = None
    until: date | None = None


def listed(wanted: Wanted, units: Iterable[str] | None) -> QuerySet[Entry]:
    """Return the entries that fit, newest first; only those made for ``units`` (codes), or all where it is ``None``."""
    entries = Entry.objects.order_by("-sequence")
    if units is not None:
        entries = entries.filter(unit__in=units)
    if wanted.act:
        # The room's acts lie between its point and the next character, so that the index on acts serves.
        room = {"act__gte": f"{wanted.act}.", "act__lt": f"{wanted.act}/"}
        entries = entries.filter(**({"act": wanted.act} if "." in wanted.act else room))
    for name in ("actor", "unit", "subject"):
        if getattr(wanted, name):
            entries = entries.filter(**{name: getattr(wanted, name)})
    if wanted.since is not None:
        entries = entries.filter(entered_at__gte=_start(wanted.since))
    if wanted.until is not None:
        entries = entries.filter(entered_at__lt=_start(wanted.until + timedelta(days=1)))
    return entries


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
