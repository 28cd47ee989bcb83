"""What waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from gongkai.review.models import Recusal, Review, ReviewState, Step, StepKind, StepState

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def waiting_for(user: User, scope: Scope) -> QuerySet[Step]:
    """Return the current steps that ``user`` may decide now, oldest first: the same rule as ``passage.objection``."""
    roles = Q(pk__in=())
    for role, units in scope.units.items():
        roles |= Q(role=role, review__unit__in=units)
    done = Review.objects.filter(steps__reviewer=user, steps__kind=StepKind.REVIEW)
    return (
        Step.objects.filter(roles, state=StepState.CURRENT, review__state=ReviewState.OPEN)
        .exclude(review__author=user)
        .exclude(review__in=Recusal.objects.filter(user=user).values("review"))
        .exclude(kind=StepKind.REVIEW, review__in=done)
        .select_related("review", "review__unit", "review__author")
        .order_by("reached_on", "pk")
    )
