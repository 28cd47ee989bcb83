"""By when a report is due, and whether it came late.

The days are those of 条例 第四十九条: 31 January for what units report to the competent department, 31 March for the
report of a government; the earlier local day holds for the units where the campaign has one. What a whole counts for is
the report of a government, also where the district is not the root.

The regulation names calendar days and says nothing of days off, so that the day stays where it is, and the people are
told that it is no working day (``notice``). With ``GONGKAI_REPORT_DEADLINE=working_day`` a statutory day that is no
working day moves to the next one: UNCONFIRMED, by analogy with 民法典 第二百零三条第一款, which speaks of periods and
not of dates. A local day is what the competent department set, and never moves.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from gongkai.reporting.models import Campaign, Scope
from gongkai.units import calendar

if TYPE_CHECKING:
    from datetime import date

    from gongkai.reporting.models import Submission

LAW, WORKING_DAY = "law", "working_day"
"""What ``GONGKAI_REPORT_DEADLINE`` can say: the day of the regulation, or the next working day where it is none."""


def deadline_of(of: Campaign | Submission, scope: str | None = None) -> date:
    """Return the last day for a report (of its own scope), or for the reports of ``scope`` in a campaign."""
    if isinstance(of, Campaign):
        campaign, wanted = of, scope or Scope.OWN
    else:
        campaign, wanted = of.campaign, scope or of.scope
    if wanted == Scope.OWN and campaign.local_deadline is not None:
        return campaign.local_deadline
    statutory = campaign.unit_deadline if wanted == Scope.OWN else campaign.government_deadline
    return calendar.of_city().on_or_after(statutory) if settings.REPORT_DEADLINE == WORKING_DAY else statutory


def days_late(submission: Submission, today: date) -> int:
    """Return how many calendar days after its deadline the report was first signed, or is not signed yet; 0 in time.

    The first signature decides: what was in time stays in time though it be sent back and signed again, or corrected.
    """
    return late_by(deadline_of(submission), submission.first_signed_on, today)


def late_by(deadline: date, done_on: date | None, today: date) -> int:
    """Return how many days after ``deadline`` something was done, or is not done yet; 0 in time."""
    return max(((done_on or today) - deadline).days, 0)


def is_late(submission: Submission, today: date) -> bool:
    """Tell whether the report came late, or is late."""
    return days_late(submission, today) > 0


def days_left(deadline: date, today: date) -> int:
    """Return the calendar days until ``deadline``; negative after it."""
    return (deadline - today).days


def notice(deadline: date) -> str:
    """Say that the deadline is no working day, and which the last one before it is; empty where it is one."""
    which = calendar.of_city()
    if which.is_working(deadline):
        return ""
    last = deadline
    while not which.is_working(last):
        last -= timedelta(days=1)
    why = which.explain(deadline)
    provisional = "（放假通知尚未发布，暂按推算）" if why.provisional else ""
    return f"{deadline} 不是工作日（{why.name}）{provisional}，期限不顺延，此前最后一个工作日是 {last}"
