"""What staff see of what they edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.portal.models import Page, PageStage, Service, ServiceStage

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def pages(scope: Scope) -> QuerySet[Page]:
    """Return the pages of the units whose papers the person reads."""
    return Page.objects.filter(unit__in=scope.readable).select_related("unit", "author", "live", "parent", "shows")


def listed_pages(units: Collection[int], kind: str = "", stage: str = "") -> QuerySet[Page]:
    """Return the pages that fit, the newest first, without their texts."""
    rows = Page.objects.filter(unit__in=units).select_related("live", "parent")
    rows = rows.defer("body", "records", "live__body", "live__records", "parent__body", "parent__records")
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(stage=stage) if stage else rows


def returned_to(user: User) -> QuerySet[Page]:
    """Return the drafts of ``user`` that came back from review."""
    return Page.objects.filter(author=user, stage=PageStage.DRAFT, versions__isnull=False).distinct().order_by("pk")


def services(units: Collection[int], stage: str = "", words: str = "") -> QuerySet[Service]:
    """Return the services that fit, by unit and code."""
    rows = Service.objects.filter(unit__in=units).only("unit_id", "code", "name", "stage", "updated_on", "telephone")
    if stage in ServiceStage.values:
        rows = rows.filter(stage=stage)
    return rows.filter(name__icontains=words) if words else rows
