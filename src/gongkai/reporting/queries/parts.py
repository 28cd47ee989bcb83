"""What a whole is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reporting.models import Fact, Override, Scope, Submission
from gongkai.reporting.queries.cells import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from gongkai.reporting.queries.cells import Value


def parts_of(whole: Submission) -> list[Submission]:
    """Return the reports that go into ``whole``: its own level first, then what is reported to it."""
    return sorted(_parts(whole), key=lambda one: one.unit_id != whole.unit_id)


def listed_parts(whole: Submission) -> list[Submission]:
    """Return the same for a list that says where each stands: without figures, words and findings."""
    found = _parts(whole).defer("computed", "sections", "findings", "uploaded")
    return sorted(found, key=lambda one: one.unit_id != whole.unit_id)


def _parts(whole: Submission) -> QuerySet[Submission]:
    return (
        Submission.objects.filter(campaign=whole.campaign_id, superior=whole.unit_id)
        .exclude(pk=whole.pk)
        .select_related("campaign", "unit")
        .order_by("unit__code", "scope")
    )


def behind(whole: Submission) -> list[Submission]:
    """Return every report of an own level that goes into ``whole``, through whatever wholes between."""
    found: list[Submission] = []
    waiting = parts_of(whole)
    while waiting:
        one = waiting.pop(0)
        if one.scope == Scope.WHOLE:
            waiting += parts_of(one)
        else:
            found.append(one)
    return found


def values_of(parts: Sequence[Submission]) -> dict[int, dict[str, Value]]:
    """Return the cells of each of ``parts`` by its id. Two queries, whatever their number."""
    if not parts:
        return {}
    overrides: dict[int, dict[str, Override]] = {}
    for one in Override.objects.filter(submission__in=parts, ended_at__isnull=True):
        overrides.setdefault(one.submission_id, {})[one.key] = one
    facts: dict[int, dict[str, Fact]] = {}
    units = {one.unit_id for one in parts}
    for fact in Fact.objects.filter(unit__in=units, year=parts[0].campaign.year, ended_at__isnull=True):
        facts.setdefault(fact.unit_id, {})[fact.key] = fact
    return {
        one.pk: values(one, overrides.get(one.pk, {}), facts.get(one.unit_id, {}) if one.scope == Scope.OWN else {})
        for one in parts
    }
