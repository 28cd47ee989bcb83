"""The decisions on public notice: all that the public side reads of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q, Sum

from gongkai.decisions.models import DecisionState, PublishedDecision
from gongkai.windows.errors import NotPublishedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty values do not narrow. ``year`` is that of the notice, ``number`` the whole 文号."""

    units: frozenset[int] | None = None
    kind: str = ""
    year: int | None = None
    number: str = ""


def listed(wanted: Wanted) -> QuerySet[PublishedDecision]:
    """Return the decisions that fit, the latest notice first."""
    rows = PublishedDecision.objects.order_by("-published_on", "-id")
    if wanted.units is not None:
        rows = rows.filter(unit_id__in=wanted.units)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.number:
        rows = rows.filter(number=wanted.number)
    if wanted.year is not None:
        rows = rows.filter(published_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    return rows


def decision(key: int) -> PublishedDecision:
    """Return one decision. Raises ``NotPublishedError``."""
    found = PublishedDecision.objects.filter(pk=key).first()
    if found is None:
        raise NotPublishedError(key)
    return found


def revision() -> tuple[int, date | None, Mapping[str, object]]:
    """Return how many decisions are on notice, when one came last, and what changes with any of them.

    A decision changes by being put on notice, withdrawn, or losing its force. One query over all of them.
    """
    by_state = {value: Count("pk", filter=Q(state=value)) for value in DecisionState.values}
    found = PublishedDecision.objects.aggregate(
        rows=Count("pk"), last=Max("published_on"), keys=Sum("pk"), since=Max("state_on"), **by_state
    )
    return found["rows"], found["last"], found
