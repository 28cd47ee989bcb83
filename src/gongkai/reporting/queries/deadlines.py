"""By when a report is to be published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.units.models import Kind

if TYPE_CHECKING:
    from datetime import date

    from gongkai.reporting.models import Edition, Submission


def due_on(submission: Submission) -> date:
    """Return the last day: of governments 31 March, of everybody else 31 January (条例 第四十九条)."""
    campaign = submission.campaign
    return campaign.government_deadline if submission.unit.kind == Kind.GOVERNMENT else campaign.unit_deadline


def days_late(edition: Edition, today: date) -> int:
    """Return how many days after it a report came out, or has not come out yet; a correction is never late."""
    if edition.submission is None or edition.version > 1:
        return 0
    return max(((edition.published_on or today) - due_on(edition.submission)).days, 0)
