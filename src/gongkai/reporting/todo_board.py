"""What reports bring to the list of today: to units that they were reminded, to offices how far the year has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.workbench import TodoItem
from gongkai.reporting import rules
from gongkai.reporting.domain.chasing import CHASED, words_on
from gongkai.reporting.models import RECEIVED, Campaign, Scope, State, Submission
from gongkai.reporting.queries.deadlines import days_left, deadline_of
from gongkai.reporting.queries.reminders import standing

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope as PersonScope
    from gongkai.reporting.models import ReportReminder

SOON = 10
"""Calendar days before the deadline from which a report is urgent."""


def reminded(user: User, scope: PersonScope, limit: int) -> tuple[list[TodoItem], int]:
    """Return the newest reminder of each report that the person's unit still owes."""
    del user
    units = scope.of(*rules.OWING)
    found = standing(units) if units else []
    items = [
        TodoItem(
            _said(one, scope.day),
            reverse("reporting:submission", args=[one.submission_id]),
            one.submission.unit_id,
            due := deadline_of(one.submission),
            _urgency(due, scope.day),
        )
        for one in found[:limit]
    ]
    return items, len(found)


def campaigns(user: User, scope: PersonScope, limit: int) -> tuple[list[TodoItem], int]:
    """Return, for whoever receives reports, each year of which some are missing or wait to be received."""
    del user
    units = scope.of(Role.COMPETENT)
    if not units:
        return [], 0
    is_missing = ~Q(state__in=RECEIVED)
    rows = (
        Submission.objects.filter(is_missing | Q(state=State.SIGNED), superior__in=units, notice="")
        .order_by("campaign")
        .values_list("campaign", "scope")
        .annotate(
            missing=Count("pk", filter=is_missing),
            unsent=Count("pk", filter=is_missing & Q(first_signed_on__isnull=True)),
            waiting=Count("pk", filter=Q(state=State.SIGNED)),
        )
    )
    counts: dict[int, dict[str, tuple[int, int, int]]] = {}
    for campaign, which, *numbers in rows:
        counts.setdefault(campaign, {})[which] = tuple(numbers)
    found = list(Campaign.objects.filter(pk__in=counts)) if counts else []
    return [_item(one, counts[one.pk], scope.day) for one in found[:limit]], len(found)


def _item(campaign: Campaign, counts: dict[str, tuple[int, int, int]], day: date) -> TodoItem:
    dues = {which: deadline_of(campaign, which) for which in counts}
    missing = sum(numbers[0] for numbers in counts.values())
    late = sum(numbers[1] for which, numbers in counts.items() if dues[which] < day)
    waiting = sum(numbers[2] for numbers in counts.values())
    words = [f"未报送 {missing} 份" + (f"，其中逾期 {late} 份" if late else "")] if missing else []
    words += [f"待接收 {waiting} 份"] if waiting else []
    return TodoItem(
        f"{campaign.year} 年度：{'；'.join(words)}",
        reverse("reporting:campaign", args=[campaign.pk]),
        campaign.root_id,
        dues.get(Scope.OWN) or dues[Scope.WHOLE],
        "late" if late else "normal",
    )


def _said(one: ReportReminder, day: date) -> str:
    """Return the words of a person as they were, and those of the calendar as they are on ``day``."""
    if one.kind == CHASED:
        return f"催报：《{one.submission.body}{one.submission.campaign.year}年年度报告》{one.words}"
    return words_on(one.submission, day)


def _urgency(due: date, day: date) -> str:
    left = days_left(due, day)
    return "late" if left < 0 else "soon" if left <= SOON else "normal"
