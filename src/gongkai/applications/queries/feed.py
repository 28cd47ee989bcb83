"""The due dates of a calendar feed: numbers and days, nothing about a person or what was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone
from icalendar import Calendar, Event

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain.feeds import digest_of
from gongkai.applications.models import PENDING, Feed
from gongkai.applications.queries.register import Wanted, listed
from gongkai.units.queries import tree as trees

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.applications.models import Application

MOST = 1000


def feed_of(token: str) -> Feed | None:
    """Return the feed with this token, ``None`` where there is none or it was revoked."""
    return Feed.objects.select_related("user").filter(digest=digest_of(token), revoked_on__isnull=True).first()


def due_dates(feed: Feed, day: date, address_of: Callable[[int], str]) -> bytes:
    """Return the calendar of ``feed`` on ``day`` (RFC 5545), ``address_of`` giving the page of a case by its key.

    What the person may not read any more is no longer in it.
    """
    made = Calendar()
    made.add("prodid", "-//gongkai//applications//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", "依申请公开期限")
    for application in _pending(feed, day):
        for what, on in _days(application):
            made.add_component(_entry(application, what, on, address_of(application.pk)))
    return made.to_ical()


def _pending(feed: Feed, day: date) -> QuerySet[Application]:
    tree = trees.as_of(day)
    wanted = Wanted(handler=feed.user_id) if feed.unit_id is None else Wanted(unit=feed.unit_id)
    found = listed(scope_of(feed.user, day, tree), tree, wanted)
    dated = Q(due_on__isnull=False) | Q(next_on__isnull=False)
    return found.filter(dated, stage__in=PENDING).order_by("due_on", "pk")[:MOST]


def _days(application: Application) -> list[tuple[str, date]]:
    days = []
    if application.due_on is not None:
        days.append(("答复", application.due_on))
    if application.next_on is not None and (application.next_what, application.next_on) not in days:
        days.append((application.next_what, application.next_on))
    return days


def _entry(application: Application, what: str, on: date, address: str) -> Event:
    entry = Event()
    entry.add("uid", f"application-{application.pk}-{what}@gongkai")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", on)
    entry.add("dtend", on + timedelta(days=1))
    entry.add("summary", f"{what}期限 {application.number}" + ("（暂定）" if application.is_provisional else ""))
    entry.add("status", "TENTATIVE" if application.is_provisional else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    entry.add("url", address)
    return entry
