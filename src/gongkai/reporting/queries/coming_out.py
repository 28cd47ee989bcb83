"""By when a report is to be published, which is not the day by which it is handed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reporting.models import Scope
from gongkai.reporting.queries.deadlines import late_by
from gongkai.units.models import Kind

if TYPE_CHECKING:
    from datetime import date

    from gongkai.reporting.models import Edition, Submission


def due_on(submission: Submission) -> date:
    """Return the last day: of governments and what they add up 31 March, of all others 31 January (条例 第四十九条)."""
    campaign = submission.campaign
    is_government = submission.scope == Scope.WHOLE or submission.unit.kind == Kind.GOVERNMENT
    return campaign.government_deadline if is_government else campaign.unit_deadline


def days_late(edition: Edition, today: date) -> int:
    """Return how many days after it a report came out, or has not come out yet; a correction is never late."""
    if edition.submission is None or edition.version > 1:
        return 0
    return late_by(due_on(edition.submission), edition.published_on, today)
