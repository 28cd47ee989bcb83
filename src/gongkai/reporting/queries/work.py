"""What the narrative tells of a unit's year beyond the tables: records, lateness, fees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from gongkai.applications.models import Application
from gongkai.applications.queries.fee_ledger import ledger
from gongkai.records.models import Attribute, Record
from gongkai.records.queries.counts import DECIDED
from gongkai.reporting.queries.figures import homes

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(slots=True)
class Work:
    """The year of one unit. ``late`` applications ended in the year after their last day; money is in whole yuan."""

    made: int = 0
    proactive: int = 0
    on_request: int = 0
    withheld: int = 0
    cumulative: int = 0
    late: int = 0
    fee_notices: int = 0
    fees_yuan: int = 0
    refunded_yuan: int = 0

    def __add__(self, other: Work) -> Work:
        """Return both together."""
        return Work(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def works(units: Collection[int], year: int) -> dict[int, Work]:
    """Return the year of each of ``units``, with what ended into it in the year. Few queries, whatever their number."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    home = homes(units, year)
    told = {unit: Work() for unit in units}
    found = {unit: told[heir] for unit, heir in home.items()}
    rows = (
        Record.objects.filter(unit__in=found, stage__in=DECIDED, made_on__lte=last)
        .order_by()
        .values_list("unit", "attribute")
        .annotate(cumulative=Count("pk"), in_year=Count("pk", filter=Q(made_on__gte=first)))
    )
    for unit, attribute, cumulative, in_year in rows:
        work = found[unit]
        work.cumulative += cumulative
        work.made += in_year
        name = Attribute(attribute).value
        setattr(work, name, getattr(work, name) + in_year)
    late = Application.objects.filter(unit__in=found, is_late=True, ended_on__range=(first, last))
    for unit, count in late.order_by().values_list("unit").annotate(count=Count("pk")):
        found[unit].late += count
    kept = ledger(list(found), first, last)
    charged = {line.application for line in (*kept.notices, *kept.payments, *kept.refunds)}
    unit_of = dict(Application.objects.filter(pk__in=charged).values_list("pk", "unit"))
    for line in kept.notices:
        found[unit_of[line.application]].fee_notices += 1
    for line in kept.payments:
        found[unit_of[line.application]].fees_yuan += line.amount
    for line in kept.refunds:
        found[unit_of[line.application]].refunded_yuan += line.amount
    return told
