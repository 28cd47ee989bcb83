"""Which reminders a report has had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reporting.models import RECEIVED, ReportReminder

if TYPE_CHECKING:
    from collections.abc import Collection

    from gongkai.reporting.models import Submission


def reminders_of(submission: Submission) -> list[ReportReminder]:
    """Return every reminder of a report, the newest first, with who sent it (nobody: the daily job). One query."""
    return list(ReportReminder.objects.filter(submission=submission).select_related("sent_by"))


def latest(submissions: Collection[int]) -> dict[int, ReportReminder]:
    """Return the newest reminder of each report (by id) that had any. One query."""
    found: dict[int, ReportReminder] = {}
    for one in ReportReminder.objects.filter(submission__in=submissions).order_by("day", "pk"):
        found[one.submission_id] = one
    return found


def standing(units: Collection[int]) -> list[ReportReminder]:
    """Return the newest reminder of each report of ``units`` that is not with its superior yet. One query."""
    rows = (
        ReportReminder.objects.filter(submission__unit__in=units, submission__notice="")
        .exclude(submission__state__in=RECEIVED)
        .select_related("submission__campaign")
        .defer("submission__computed", "submission__sections", "submission__findings", "submission__uploaded")
    )
    found: dict[int, ReportReminder] = {}
    for one in rows:  # the newest come first
        found.setdefault(one.submission_id, one)
    return list(found.values())
