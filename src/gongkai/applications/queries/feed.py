"""The due dates of a calendar feed: numbers and days, nothing about a person or what was asked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain.feeds import digest_of
from gongkai.applications.models import PENDING, Feed
from gongkai.applications.queries.register import Wanted, listed
from gongkai.units.queries import tree as trees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application
    from gongkai.units.queries.tree import Tree

MOST = 1000


def feed_of(token: str) -> Feed | None:
    """Return the feed with this token, ``None`` where there is none or it was revoked."""
    return Feed.objects.select_related("user").filter(digest=digest_of(token), revoked_on__isnull=True).first()


class Dated(NamedTuple):
    """A last day of a room above: a lasting key, the words of the entry, the day, and the path of its page."""

    key: str
    summary: str
    on: date
    path: str


_contributors: dict[str, Callable[[Feed, Scope, Tree], Iterable[Dated]]] = {}


def contribute(key: str, dates: Callable[[Feed, Scope, Tree], Iterable[Dated]]) -> None:
    """Have ``dates`` asked for further last days of a feed; registering a key again replaces it."""
    _contributors[key] = dates


def due_dates(feed: Feed, day: date, absolute: Callable[[str], str]) -> bytes:
    """Return the calendar of ``feed`` on ``day`` (RFC 5545), ``absolute`` making an address of a path.

    What the person may not read any more is no longer in it.
    """
    made = Calendar()
    made.add("prodid", "-//gongkai//applications//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", "依申请公开期限")
    tree = trees.as_of(day)
    scope = scope_of(feed.user, day, tree)
    for application in _pending(feed, scope, tree):
        address = absolute(reverse("applications:detail", args=[application.pk]))
        for what, on in _days(application):
            key = f"application-{application.pk}-{what}"
            summary = f"{what}期限 {application.number}" + ("（暂定）" if application.is_provisional else "")
            made.add_component(_entry(key, summary, on, address, is_provisional=application.is_provisional))
    for dates in _contributors.values():
        for one in dates(feed, scope, tree):
            made.add_component(_entry(one.key, one.summary, one.on, absolute(one.path)))
    return made.to_ical()


def _pending(feed: Feed, scope: Scope, tree: Tree) -> QuerySet[Application]:
    wanted = Wanted(handler=feed.user_id) if feed.unit_id is None else Wanted(unit=feed.unit_id)
    found = listed(scope, tree, wanted)
    dated = Q(due_on__isnull=False) | Q(next_on__isnull=False)
    return found.filter(dated, stage__in=PENDING).order_by("due_on", "pk")[:MOST]


def _days(application: Application) -> list[tuple[str, date]]:
    days = []
    if application.due_on is not None:
        days.append(("答复", application.due_on))
    if application.next_on is not None and (application.next_what, application.next_on) not in days:
        days.append((application.next_what, application.next_on))
    return days


def _entry(key: str, summary: str, on: date, address: str, *, is_provisional: bool = False) -> Event:
    entry = Event()
    entry.add("uid", f"{key}@gongkai")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", on)
    entry.add("dtend", on + timedelta(days=1))
    entry.add("summary", summary)
    entry.add("status", "TENTATIVE" if is_provisional else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    entry.add("url", address)
    return entry
