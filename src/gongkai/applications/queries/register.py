"""The register of applications as a person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q

from gongkai.applications import rules
from gongkai.applications.domain import identity
from gongkai.applications.domain.trace import KIND
from gongkai.applications.models import PENDING, Applicant, Application, DueChange
from gongkai.indexing import place
from gongkai.search.port import Query

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

FOUND = 1000
"""How many results of a text search are filtered and paged; beyond it one narrows the search."""

LISTED = (
    "id",
    "unit_id",
    "number",
    "title",
    "applicant_kind",
    "medium",
    "arrived_on",
    "stage",
    "regulation",
    "started_on",
    "due_on",
    "is_provisional",
    "next_on",
    "next_what",
    "ended_on",
    "outcome",
    "is_late",
    "is_secret",
    "handler_id",
    "desk",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. ``unit`` means it and everything below it; empty values do not narrow.

    ``text`` is a 受理编号, or a name, a number or a telephone of an applicant in full: identities are sealed, so they
    are found whole or not at all. Where nothing bears it, it is looked for in what was asked.
    """

    text: str = ""
    unit: int | None = None
    stage: str = ""
    outcome: str = ""
    applicant_kind: str = ""
    medium: str = ""
    year: int | None = None
    handler: int | None = None
    is_pending: bool = False
    is_late: bool = False


def readable(scope: Scope) -> QuerySet[Application]:
    """Return the applications of the units whose cases ``scope`` may read."""
    return Application.objects.filter(unit__in=rules.units_read(scope))


def listed(scope: Scope, tree: Tree, wanted: Wanted) -> QuerySet[Application]:
    """Return the applications that fit, newest first, with the columns of a list alone.

    Raises ``SearchUnavailableError`` where the index is asked and cannot answer.
    """
    units = rules.units_read(scope)
    if wanted.unit is not None:
        units &= tree.below([wanted.unit])
    found = Application.objects.filter(unit__in=units).only(*LISTED)
    for name in ("stage", "outcome", "applicant_kind", "medium", "handler"):
        if getattr(wanted, name):
            found = found.filter(**{name: getattr(wanted, name)})
    if wanted.year is not None:
        found = found.filter(arrived_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.is_pending:
        found = found.filter(stage__in=PENDING)
    if wanted.is_late:
        # The few that are late are gathered first: in the order of the list the whole of it would be read for them.
        theirs = Application.objects.filter(unit__in=units).order_by()
        still, answered = (theirs.filter(one).values("pk") for one in _late(scope.day))
        found = found.filter(pk__in=still.union(answered))
    if not wanted.text.strip():
        return found
    exact = found.filter(called(wanted.text))
    return exact if exact.exists() else found.filter(pk__in=_asked(wanted.text, units))


def changes(scope: Scope) -> QuerySet[DueChange]:
    """Return the due dates that another calendar moved, of the units ``scope`` may read, the unseen first."""
    found = DueChange.objects.filter(application__unit__in=rules.units_read(scope))
    return found.select_related("application", "seen_by").order_by(F("seen_by").asc(nulls_first=True), "-pk")


def late_on(day: date) -> Q:
    """Return the condition of being unfinished after the last day, or of having been answered late."""
    still, answered = _late(day)
    return still | answered


def _late(day: date) -> tuple[Q, Q]:
    return Q(stage__in=PENDING, due_on__lt=day), Q(is_late=True)


def called(text: str) -> Q:
    """Return the condition of bearing ``text`` as 受理编号, or as name, number or telephone of an applicant."""
    text = text.strip()
    by = Q(number=text.upper())
    for field, column in (("name", "name_index"), ("proof_number", "number_index"), ("telephone", "telephone_index")):
        by |= Q(applicants__in=_applicants(column, identity.indexes(field, text)))
    return by


def _asked(text: str, units: frozenset[int]) -> list[int]:
    """Return the applications to ``units`` that ask for what holds ``text``, by the index."""
    query = Query(text=text, access=frozenset(f"case:{unit}" for unit in units), order="newest", limit=FOUND)
    page = place.reader().search(query)
    return [int(key.removeprefix(f"{KIND}:")) for key in page.keys if key.startswith(f"{KIND}:")]


def _applicants(column: str, values: list[str]) -> QuerySet[Applicant]:
    return Applicant.objects.filter(**{f"{column}__in": values}).values("pk")
