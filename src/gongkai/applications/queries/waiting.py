"""What waits for whom among the unfinished applications: the to-do of a person.

Late and pressing ones are for all who work on the cases of the unit until somebody has them in hand; then for that
person, and for the head of the office all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from gongkai.accounts.models import Role
from gongkai.applications import rules
from gongkai.applications.domain.reminding import SOON
from gongkai.applications.models import PENDING, Application, ReminderKind, Stage
from gongkai.applications.queries import confirming
from gongkai.units import calendar

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope

_RUNNING = Q(stage__in=(Stage.OPEN, Stage.CONSULTING))


def late(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those past their last day."""
    return _mine(user, scope).filter(_RUNNING, due_on__lt=scope.day).order_by("due_on", "pk")


def soon(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those whose last day is near."""
    last = _soon(scope.day)
    return _mine(user, scope).filter(_RUNNING, due_on__gte=scope.day, due_on__lte=last).order_by("due_on", "pk")


def unconfirmed(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those to be confirmed with the applicant."""
    del user
    return confirming.unconfirmed(scope)


def lapsed(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those the applicant let lapse: the case is to be closed, and the applicant told."""
    return _mine(user, scope).filter(stage=Stage.LAPSED).order_by("arrived_on", "pk")


def awaited(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those whose correction or payment is due from the applicant soon."""
    return _next(user, scope, Stage.AWAITING_CORRECTION, Stage.AWAITING_FEE)


def consulted(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those where an opinion is due soon."""
    return _next(user, scope, Stage.CONSULTING).exclude(next_on=F("due_on"))


def silent(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those where somebody consulted stayed silent to the end: now the agency decides."""
    reminded = Q(reminders__kind=ReminderKind.CONSULTED, reminders__day__lte=scope.day)
    return _mine(user, scope).filter(reminded, stage=Stage.OPEN).distinct().order_by("due_on", "pk")


def unclaimed(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those nobody has in hand."""
    del user
    pending = Application.objects.filter(unit__in=scope.of(*rules.WORKING), stage__in=PENDING)
    return pending.filter(handler__isnull=True, desk="").order_by(F("due_on").asc(nulls_last=True), "pk")


def moved(user: User, scope: Scope) -> QuerySet[Application]:
    """Return those whose due date another calendar moved, until somebody took note."""
    return _mine(user, scope).filter(due_changes__seen_by__isnull=True, due_changes__isnull=False).distinct()


def day_of(application: Application) -> date | None:
    """Return the day a line of the to-do is about."""
    return application.due_on or application.next_on


def _mine(user: User, scope: Scope) -> QuerySet[Application]:
    mine = Q(handler=user) | Q(handler__isnull=True)
    theirs = Q(unit__in=scope.of(*rules.WORKING)) & mine | Q(unit__in=scope.of(Role.OFFICE_HEAD))
    return Application.objects.filter(theirs, stage__in=PENDING)


def _next(user: User, scope: Scope, *stages: str) -> QuerySet[Application]:
    due = Q(next_on__gte=scope.day, next_on__lte=_soon(scope.day))
    return _mine(user, scope).filter(due, stage__in=stages).order_by("next_on", "pk")


def _soon(day: date) -> date:
    return calendar.of_city("answer").add(day, SOON)
