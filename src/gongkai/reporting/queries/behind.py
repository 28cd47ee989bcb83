"""What stands behind one cell: the cases, documents, decisions or sums that its number counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from gongkai.applications.queries import table3
from gongkai.decisions.models import Charge, Decision, Procurement
from gongkai.records.models import Category, Record
from gongkai.records.queries.normative import ENDED, ended_by
from gongkai.remedies.queries import table4
from gongkai.reporting.queries.parts import units_counted

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.reporting.models import Submission

APPLICATIONS, REMEDIES, RECORDS, DECISIONS, CHARGES, PROCUREMENT = (
    "applications",
    "remedies",
    "records",
    "decisions",
    "charges",
    "procurement",
)
_CATEGORIES = {"rules": Category.RULES, "normative_documents": Category.NORMATIVE}
_DECISIONS = {"permits": "permit", "penalties": "penalty", "coercion": "coercion"}


@dataclass(frozen=True, slots=True)
class Behind:
    """``kind`` is what is counted, empty where this system counts nothing for the cell.

    ``cases`` are ids of applications or of reconsiderations and suits with the unit each counts for; the rest are
    ``rows``. ``units`` are the ids whose cases are looked at, those whose functions went to one of them included.
    """

    kind: str
    units: frozenset[int]
    cases: list[tuple[int, int]] = field(default_factory=list)
    rows: QuerySet[Any] | None = None


def behind_cell(submission: Submission, key: str) -> Behind:
    """Return what the number in the cell ``key`` counts, as known when the report was compiled.

    Of a whole it is what all units behind it count; those that uploaded a file keep no cases here.
    """
    year, edition = submission.campaign.year, submission.campaign.edition
    units = units_counted(submission)
    table, row, column = (*key.split("."), "")[:3]
    if table == "requests":
        return Behind(APPLICATIONS, units, _applications(submission, units, f"{row}.{column}", edition))
    if table == "remedies":
        return Behind(REMEDIES, units, _remedies(submission, units, f"{row}.{column}"))
    return Behind(*_proactive(units, year, row, column))


def _proactive(
    units: frozenset[int], year: int, row: str, column: str
) -> tuple[str, frozenset[int], list[tuple[int, int]], QuerySet[Any] | None]:
    """Return what a cell of table 二 counts."""
    kind, rows = "", None
    if row in _CATEGORIES:
        kind, rows = RECORDS, _records(units, year, row, column)
    elif row in _DECISIONS and column == "decisions":
        days = (date(year, 1, 1), date(year, 12, 31))
        made = Decision.objects.filter(unit__in=units, kind=_DECISIONS[row], decided_on__range=days)
        kind, rows = DECISIONS, made.order_by("-decided_on", "-pk")
    elif (row, column) == ("charges", "amount_wan"):
        kind, rows = CHARGES, Charge.objects.filter(unit__in=units, year=year).order_by("unit", "item")
    elif row == "procurement":
        kind, rows = PROCUREMENT, Procurement.objects.filter(unit__in=units, year=year).order_by("unit", "project")
    return kind, units, [], rows


def _applications(submission: Submission, units: frozenset[int], wanted: str, edition: str) -> list[tuple[int, int]]:
    year = submission.campaign.year
    found = table3.entries(units, year, edition, known_at=submission.known_at)
    return [(unit, number) for unit, key, number in found if key == wanted]


def _remedies(submission: Submission, units: frozenset[int], wanted: str) -> list[tuple[int, int]]:
    last = date(submission.campaign.year, 12, 31)
    found = table4.entries(units, last, known_at=submission.known_at)
    # A case against several of them counts once, as it does in the sum.
    once = {number: unit for unit, key, number in found if key == wanted}
    return [(unit, number) for number, unit in once.items()]


def _records(units: frozenset[int], year: int, row: str, column: str) -> QuerySet[Record]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = Record.objects.filter(unit__in=units, category=_CATEGORIES[row], published_on__isnull=False)
    if column == "repealed":
        found = found.filter(validity__in=ENDED, validity_since__range=(first, last))
    elif column in {"made", "published"}:
        found = found.filter(made_on__range=(first, last))
        found = found.filter(published_on__lte=last) if column == "published" else found
    else:
        found = found.filter(~ended_by(last), made_on__lte=last)
    return found.order_by("-made_on", "-pk")
