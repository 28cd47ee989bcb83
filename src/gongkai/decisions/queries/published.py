"""The decisions on public notice: all that the public side reads of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from gongkai.decisions.models import PublishedDecision
from gongkai.windows.errors import NotPublishedError

if TYPE_CHECKING:
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
