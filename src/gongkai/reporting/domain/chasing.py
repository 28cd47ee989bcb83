"""Reminding those whose report is missing: the daily job by the calendar, and people in their own words (催报).

The job gives a reminder 30, 10, 3 and 1 days before the deadline that applies, on the day after it, and every week from
then on. It may come late or twice: a reminder belongs to the legal day on which it was due, not to the hour of the run.
After days without a run only the newest one is made up for, since the words of an earlier one no longer help.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import SYSTEM
from gongkai.journal.domain.entry import record as note
from gongkai.journal.models import Entry
from gongkai.reporting import rules
from gongkai.reporting.domain.authority import ARTICLE, KIND
from gongkai.reporting.models import RECEIVED, ReportReminder, Scope, State, Submission
from gongkai.reporting.queries.deadlines import deadline_of, notice

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gongkai.accounts.models import User
    from gongkai.reporting.models import Campaign

BEFORE = (30, 10, 3, 1)
"""Calendar days before the deadline on which units are reminded."""
CHASED = "chased"
"""The kind of a reminder by a person."""
WEEK = 7
_HEAVY = ("computed", "sections", "findings", "uploaded")
_LONGEST = 300


@dataclass
class Chase:
    """What came of chasing several: the reminders made, and (report, reason) of those not chased."""

    made: list[ReportReminder] = field(default_factory=list)
    refused: list[tuple[Submission, str]] = field(default_factory=list)


@transaction.atomic
def remind(*, day: date) -> list[ReportReminder]:
    """Do what is due up to the legal ``day`` and return the reminders that are new."""
    missing = list(
        Submission.objects.exclude(state__in=RECEIVED)
        .filter(notice="", campaign__opened_on__lte=day)
        .select_related("campaign")
        .defer(*_HEAVY)
        .order_by("campaign", "pk")
    )
    since = _returned(missing)
    wanted = [one for submission in missing for one in _due(submission, since.get(submission.pk), day)]
    known = set(
        ReportReminder.objects.filter(submission__in={one.submission_id for one in wanted}).values_list(
            "submission", "day", "kind"
        )
    )
    new = [one for one in wanted if (one.submission_id, one.day, one.kind) not in known]
    ReportReminder.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    campaigns = {one.pk: one.campaign_id for one in missing}
    for campaign in dict.fromkeys(campaigns[one.submission_id] for one in new):
        reports = [one.submission_id for one in new if campaigns[one.submission_id] == campaign]
        _note("reminded", SYSTEM, campaign, day=day.isoformat(), reports=reports)
    return new


@transaction.atomic
def chase(*, submissions: Iterable[Submission], user: User, today: date, words: str = "") -> Chase:
    """Remind the units of ``submissions`` in the words of a person, or in ours where there are none.

    Each unit is chased by its superior, once a day; who may not be chased is named with the reason. ``submissions``
    come with their campaigns.
    """
    scope = scope_of(user, today)
    found = Chase()
    asked = list(submissions)
    done = set(
        ReportReminder.objects.filter(submission__in=asked, day=today, kind=CHASED).values_list("submission", flat=True)
    )
    for one in asked:
        if not rules.may_decide(scope, one):
            found.refused.append((one, "您不是其上级主管部门人员，不能催报。"))
        elif one.state in RECEIVED:
            found.refused.append((one, f"{one.get_state_display()}，不需要催报。"))
        elif one.pk in done:
            found.refused.append((one, "今天已经催过，不再重复。"))
        else:
            said = words.strip() or words_on(one, today)
            found.made.append(
                ReportReminder(submission=one, day=today, kind=CHASED, words=said[:_LONGEST], sent_by=user)
            )
            done.add(one.pk)
    ReportReminder.objects.bulk_create(found.made, batch_size=500)
    campaigns = {one.pk: one.campaign for one in asked}
    for campaign in {campaigns[one.submission_id] for one in found.made}:
        reports = [one.submission_id for one in found.made if campaigns[one.submission_id] == campaign]
        _note("chased", actor_of(user), campaign.pk, reports=reports, words=words.strip())
    return found


def words_on(submission: Submission, day: date) -> str:
    """Return what there is to say on ``day`` of a report that is missing: which, by when, how many days."""
    return _words(submission, submission.campaign, deadline_of(submission), day)


def _returned(missing: Sequence[Submission]) -> Mapping[int, date]:
    """Return since when reports are missing that the superior had already: the day they were last sent back."""
    subjects = {f"{KIND}:{one.pk}": one.pk for one in missing if one.first_signed_on is not None}
    entries = Entry.objects.filter(act="reporting.returned", subject__in=subjects).order_by("sequence")
    return {
        subjects[subject]: date.fromisoformat(detail["day"])
        for subject, detail in entries.values_list("subject", "detail")
        if "day" in detail
    }


def _due(submission: Submission, returned_on: date | None, day: date) -> Iterator[ReportReminder]:
    """Yield the newest reminder of the calendar that was due from the day on which the report was asked for."""
    campaign = submission.campaign
    deadline = deadline_of(submission)
    since = max(campaign.opened_on, returned_on or submission.signed_on or campaign.opened_on)
    reached = [(kind, on) for kind, on in _days(deadline, day) if since <= on <= day]
    if reached:
        kind, on = reached[-1]
        yield ReportReminder(
            submission=submission, day=on, kind=kind, words=_words(submission, campaign, deadline, on)[:_LONGEST]
        )


def _days(deadline: date, day: date) -> Iterator[tuple[str, date]]:
    """Yield the kind and legal day of each reminder of the calendar up to ``day`` at least, in their order."""
    for before in BEFORE:
        yield f"before-{before}", deadline - timedelta(days=before)
    yield "late-0", (on := deadline + timedelta(days=1))
    weeks = max((day - on).days // WEEK, 0)
    if weeks:
        yield f"late-{weeks}", on + timedelta(days=WEEK * weeks)


def _words(submission: Submission, campaign: Campaign, deadline: date, on: date) -> str:
    what = f"《{submission.body}{campaign.year}年年度报告》{_STANDING.get(submission.state, '尚未报送')}"
    act = "报送" if submission.scope == Scope.OWN else "公布"
    article = "第四十九条第一款" if submission.scope == Scope.OWN else "第四十九条第二款"
    basis = "" if deadline == campaign.local_deadline else f"（条例 {article}）"
    if on > deadline:
        return f"{what}：期限是 {deadline}{basis}，已逾期 {(on - deadline).days} 天，请尽快办理。"
    holiday = notice(deadline)
    return f"{what}：应于 {deadline} 前{act}{basis}，还有 {(deadline - on).days} 天。{holiday}{'。' if holiday else ''}"


_STANDING = {State.REVIEWING: "正在审签，尚未报送", State.RETURNED: "已退回，尚未重新报送"}


def _note(act: str, actor: object, campaign: int, **detail: object) -> None:
    note(
        act=f"reporting.{act}",
        actor=actor,
        subject=f"reporting.campaign:{campaign}",
        article=ARTICLE,
        detail=detail,
    )
