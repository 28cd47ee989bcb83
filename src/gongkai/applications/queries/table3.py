"""Table 三 of the annual report, counted from the cases: every cell knows the applications behind it.

An application counts as received in the year of its receipt in the sense of Art 31, and once in the row of its first
answer in the year of that answer; a second answer after a reconsideration is no new one (the form does not say so:
UNCONFIRMED). One that was split counts by its parts, joint applicants count once (国办公开办函〔2021〕30号).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q

from gongkai.applications.course import outcome_of
from gongkai.applications.kinds import CHANNEL_OF, CONFIRMED, REANSWER, RECEIVED, STRUCK
from gongkai.applications.models import Application, Event
from gongkai.law import outcomes
from gongkai.law.clock.events import CONFIRMED as CONFIRMED_LATER
from gongkai.law.editions import edition_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

TOTAL, SPLIT = "total", "split"
_ENDS = frozenset({"answer", "withdrawal"})
_COUNTED = (RECEIVED, CONFIRMED, STRUCK, REANSWER, SPLIT, *sorted(_ENDS))
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
    answered_again = Event.objects.filter(kind=REANSWER).values("application")
    possible = Application.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=first) | Q(pk__in=answered_again),
        unit__in=list(units),
        arrived_on__lte=last,
    )
    facts = {number: (unit, kind) for number, unit, kind in possible.values_list("pk", "unit", "applicant_kind")}
    # What is struck out counts no more from the striking on, whatever legal day that has.
    events = Event.objects.filter(Q(day__lte=last) | Q(kind=STRUCK), application__in=possible, kind__in=_COUNTED)
    if known_at is not None:
        events = events.filter(entered_at__lte=known_at)
    lines = events.order_by("application_id", "sequence").values_list(
        "application_id", "pk", "sequence", "kind", "day", "payload", "strikes"
    )
    for number, group in groupby(lines.iterator(chunk_size=_CHUNK), key=itemgetter(0)):
        if rows := list(_of([_Line(*line[1:]) for line in group], first, edition)):
            unit, kind = facts[number]
            yield unit, number, kind, rows


class _Line(NamedTuple):
    """An event as the table needs it."""

    pk: int
    sequence: int
    kind: str
    day: date
    payload: Mapping[str, Any]
    strikes: int | None


def _of(lines: Sequence[_Line], first: date, edition: str) -> Iterator[str]:
    """Yield the rows one application counts in by its events up to the last day of the year that begins on ``first``.

    ``applications.course`` says the same of one case and its clock besides; here the law is not asked again, for it
    judged every event when it was entered: ten thousand cases are counted in the time of their reading.
    """
    struck = {line.strikes for line in lines if line.strikes is not None}
    standing = [line for line in lines if line.kind != STRUCK and line.pk not in struck]
    started = _started(standing)
    if started is None or any(line.kind == SPLIT for line in standing):
        return
    ended = _ended(standing)
    if ended is not None and ended.day < first:
        return
    yield "received" if started >= first else "carried_in"
    if ended is None:
        yield "carried_out"
        return
    yield _row(outcome_of(ended), edition_for(started).code, edition)
    yield "outcome_total"


def _started(standing: Sequence[_Line]) -> date | None:
    """Return the day of receipt in the sense of Art 31, ``None`` while it is not confirmed."""
    received = next((line for line in reversed(standing) if line.kind == RECEIVED), None)
    if received is None or not CONFIRMED_LATER[CHANNEL_OF[received.payload["medium"]]]:
        return received and received.day
    return min((line.day for line in standing if line.kind == CONFIRMED), default=None)


def _ended(standing: Sequence[_Line]) -> _Line | None:
    """Return what ended the first round: a second answer after a reconsideration is no new one."""
    for line in sorted(standing, key=lambda line: (line.day, line.sequence)):
        if line.kind == REANSWER:
            return None
        if line.kind in _ENDS:
            return line
    return None


@cache
def _row(code: str, regulation: str, edition: str) -> str:
    return outcomes.row_for(outcomes.outcome(code, regulation), edition)
