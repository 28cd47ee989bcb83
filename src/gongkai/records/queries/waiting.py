"""What waits for whom among the records."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery

from gongkai.accounts.models import Role
from gongkai.records.domain.trace import KIND
from gongkai.records.models import Attribute, Record, Stage, Validity
from gongkai.records.queries.deadlines import due_soon
from gongkai.review.models import Review, ReviewState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope

EXPIRY_NOTICE = timedelta(days=90)
"""How long before the end of its period a document is announced: a renewal passes the whole chain again."""

REASSESSMENT_NOTICE = timedelta(days=30)


def returned_to(user: User) -> QuerySet[Record]:
    """Return the drafts of ``user`` whose last review returned them."""
    last = Review.objects.filter(kind=KIND, key=OuterRef("pk")).order_by("-pk").values("state")[:1]
    drafts = Record.objects.filter(author=user, stage=Stage.DRAFT)
    return drafts.annotate(last=Subquery(last)).filter(last=ReviewState.RETURNED)


def to_publish(scope: Scope) -> QuerySet[Record]:
    """Return what is approved and planned for no later day, at the units where the person may publish."""
    return Record.objects.filter(
        Q(publish_on__isnull=True) | Q(publish_on__lte=scope.day),
        unit__in=scope.of(Role.HANDLER, Role.OFFICE_HEAD),
        stage=Stage.READY,
    ).order_by("made_on", "pk")


def running_out(scope: Scope) -> QuerySet[Record]:
    """Return what is unpublished and late, or nearly so (条例 第二十六条)."""
    return Record.objects.filter(due_soon(scope.day), unit__in=scope.of(Role.HANDLER, Role.OFFICE_HEAD)).order_by(
        "made_on", "pk"
    )


def to_read_back(scope: Scope) -> QuerySet[Record]:
    """Return the published pages that nobody has found right yet."""
    units = scope.of(Role.HANDLER, Role.FIRST_REVIEWER, Role.OFFICE_HEAD)
    return Record.objects.filter(unit__in=units, awaits_read_back=True).order_by("published_on", "pk")


def expiring(scope: Scope) -> QuerySet[Record]:
    """Return the documents in force whose period (有效期) ends soon or has ended without a declaration."""
    return Record.objects.filter(
        unit__in=scope.of(Role.HANDLER, Role.OFFICE_HEAD),
        expires_on__lte=scope.day + EXPIRY_NOTICE,
        stage=Stage.PUBLISHED,
        validity__in=(Validity.IN_FORCE, Validity.MODIFIED),
    ).order_by("expires_on", "pk")


def to_reassess(scope: Scope) -> QuerySet[Record]:
    """Return what is not published and must be looked at again (条例 第十八条)."""
    return Record.objects.filter(
        unit__in=scope.of(Role.HANDLER, Role.OFFICE_HEAD),
        attribute__in=(Attribute.WITHHELD, Attribute.ON_REQUEST),
        reassess_on__lte=scope.day + REASSESSMENT_NOTICE,
        stage=Stage.FILED,
    ).order_by("reassess_on", "pk")
