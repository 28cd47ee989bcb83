"""Table 三 of the annual report, counted from the cases: every cell knows the applications behind it.

An application counts as received in the year of its receipt in the sense of Art 31, and once in the row of its first
answer in the year of that answer; a second answer after a reconsideration is no new one (the form does not say so:
UNCONFIRMED). One that was split counts by its parts, joint applicants count once (国办公开办函〔2021〕30号).
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.applications.course import course, outcome_of
from gongkai.applications.models import Application, Event
from gongkai.law import outcomes
from gongkai.units import calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from gongkai.applications.course import Course

TOTAL = "total"
_CHUNK = 2000


def cells(
    units: Iterable[int], year: int, edition: str = "2021", *, known_at: datetime | None = None
) -> dict[str, list[int]]:
    """Return the ids of the applications of ``units`` behind each cell ``row.column`` of table 三 of ``year``.

    The keys are those of ``gongkai.annual`` without the table; ``total`` columns and ``outcome_total`` are included. A
    cell that nothing stands behind is absent: it is 0. ``known_at``: entries made later are not seen.
    """
    found: dict[str, list[int]] = {}
    for _, key, number in entries(units, year, edition, known_at=known_at):
        found.setdefault(key, []).append(number)
    return found


def entries(
    units: Iterable[int], year: int, edition: str = "2021", *, known_at: datetime | None = None
) -> Iterator[tuple[int, str, int]]:
    """Yield ``(unit, row.column, application)``, all ids: what each cell of each unit counts, in one pass over all."""
    for unit, number, kind, rows in _rows(units, year, edition, known_at):
        for row in rows:
            for column in (kind, TOTAL):
                yield unit, f"{row}.{column}", number


def _rows(
    units: Iterable[int], year: int, edition: str, known_at: datetime | None
) -> Iterator[tuple[int, int, str, list[str]]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    possible = Application.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=first) | Q(events__kind="reanswer"),
        unit__in=list(units),
        arrived_on__lte=last,
    ).distinct()
    facts = {number: (unit, kind) for number, unit, kind in possible.values_list("pk", "unit", "applicant_kind")}
    which = calendar.of_city("answer")
    events = Event.objects.filter(application__in=possible.values("pk")).order_by("application", "sequence")
    for number, group in groupby(events.iterator(chunk_size=_CHUNK), key=lambda event: event.application_id):
        now = course(list(group), last, which, known_at=known_at)
        if now is not None and (rows := list(_of(now, first, edition))):
            unit, kind = facts[number]
            yield unit, number, kind, rows


def _of(now: Course, first: date, edition: str) -> Iterator[str]:
    """Yield the rows one application counts in, as it is on the last day of the year that begins on ``first``."""
    started = now.started_on
    if started is None or now.is_split:
        return
    ended = now.first_answer
    if ended is not None and ended.day < first:
        return
    yield "received" if started >= first else "carried_in"
    if ended is None:
        yield "carried_out"
        return
    regulation = now.clock.regulation if now.clock else "2019"
    yield outcomes.row_for(outcomes.outcome(outcome_of(ended), regulation), edition)
    yield "outcome_total"
