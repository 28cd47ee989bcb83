"""What a whole is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reporting.models import Basis, Scope, Submission
from gongkai.reporting.queries.figures import homes

if TYPE_CHECKING:
    from django.db.models import QuerySet


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


def own_levels(submission: Submission) -> list[Submission]:
    """Return the reports of an own level whose figures stand in ``submission``: those behind a whole, or itself."""
    return behind(submission) if submission.scope == Scope.WHOLE else [submission]


def units_counted(submission: Submission) -> frozenset[int]:
    """Return the units (ids) whose cases are counted: those that keep them here, and what ended into one of them."""
    units = [one.unit_id for one in own_levels(submission) if one.basis == Basis.CASES]
    return frozenset(homes(units, submission.campaign.year))
