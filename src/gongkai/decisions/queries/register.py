"""Decisions as the office reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from gongkai.decisions import clock
from gongkai.decisions.models import Decision, DecisionKind, DecisionState

if TYPE_CHECKING:
    from collections.abc import Collection

    from gongkai.accounts.queries.scope import Scope
    from gongkai.units.queries.tree import Tree

LATENESS = (
    ("waiting", "尚未公示"),
    ("overdue", "尚未公示且已逾期"),
    ("late", "逾期公示"),
    ("withdraw", "待撤回公示"),
)
"""What the list can be narrowed to, by the two clocks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list; an empty field does not narrow."""

    units: Collection[int] | None = None
    kind: str = ""
    year: int | None = None
    lateness: str = ""
    number: str = ""


def readable(scope: Scope) -> QuerySet[Decision]:
    """Return the decisions the person may read."""
    return Decision.objects.filter(unit__in=scope.readable)


def listed(scope: Scope, wanted: Wanted, tree: Tree) -> QuerySet[Decision]:
    """Return what fits, latest first; every filter has an index.

    Who reads all units walks the index of days from its end; a few units are looked up in that of units and kinds.
    """
    units, today = scope.readable, scope.day
    if wanted.units is not None:
        units &= wanted.units
    kinds = [wanted.kind] if wanted.kind else [kind.value for kind in DecisionKind]
    if wanted.number:
        return Decision.objects.filter(unit__in=units, kind__in=kinds, number=wanted.number).order_by("-decided_on")
    found = Decision.objects.all()
    is_everything = tree.is_everything(units)
    if not is_everything:
        found = found.filter(unit__in=units)
    if wanted.lateness:
        found = found.filter(_lateness(wanted.lateness, today))
    if wanted.kind or not (wanted.lateness or is_everything):
        found = found.filter(kind__in=kinds)
    if wanted.year:
        found = found.filter(decided_on__range=(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    return found.order_by("-decided_on", "-pk")


def unpublished(units: Collection[int], today: date, *, within: int = 0) -> QuerySet[Decision]:
    """Return the decisions of ``units`` that are not published and whose last day is over, or is in ``within`` days."""
    limit = date.fromordinal(today.toordinal() + within)
    return Decision.objects.filter(
        unit__in=units, published_on__isnull=True, due_on__isnull=False, due_on__lt=limit
    ).order_by("due_on", "pk")


def to_withdraw(units: Collection[int]) -> QuerySet[Decision]:
    """Return the published penalties of ``units`` that no longer stand and are still to be taken back."""
    return Decision.objects.filter(_lateness("withdraw", date.max), unit__in=units).order_by("state_on", "pk")


def withdrawal_is_late(decision: Decision, today: date) -> bool:
    """Tell whether the 3 working days for taking the penalty back are over."""
    if decision.state_on is None or (due := clock.withdrawal(decision.state_on)) is None:
        return False
    return (decision.withdrawn_on or today) > due.due


def _lateness(code: str, today: date) -> Q:
    if code == "late":
        return Q(published_on__gt=F("due_on"))
    if code == "withdraw":
        return Q(
            ~Q(state=DecisionState.STANDING),
            kind=DecisionKind.PENALTY,
            state_on__isnull=False,
            published_on__isnull=False,
            withdrawn_on__isnull=True,
        )
    unpublished = Q(published_on__isnull=True, due_on__isnull=False)
    return unpublished & Q(due_on__lt=today) if code == "overdue" else unpublished
