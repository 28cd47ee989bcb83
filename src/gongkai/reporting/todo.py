"""What the reports of a year give people to do: to fill, to receive, to check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.workbench import TodoItem
from gongkai.reporting import rules
from gongkai.reporting.models import EDITABLE, Aspect, Checker, State, Submission
from gongkai.reporting.queries.checking import desks
from gongkai.reporting.queries.deadlines import deadline_of
from gongkai.reporting.queries.outlook import SOON

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope

_ORDER = ("campaign__year", "unit__code", "scope")


def to_fill(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    """Return the reports that wait for the person's unit: returned ones with the reason, by the day they are due."""
    del user
    found = Submission.objects.filter(unit__in=scope.of(Role.HANDLER, Role.OFFICE_HEAD), state__in=EDITABLE)
    rows = found.select_related("campaign").order_by(*_ORDER)
    return [_item(one, _asked(one), deadline_of(one), scope.day) for one in rows[:limit]], found.count()


def to_receive(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    """Return the signed reports that lie before the person as competent department."""
    del user
    found = Submission.objects.filter(superior__in=scope.of(Role.COMPETENT), state=State.SIGNED)
    rows = found.select_related("campaign").order_by("signed_on", "pk")
    items = [
        TodoItem(f"接收：{one.title}", reverse("reporting:submission", args=[one.pk]), one.unit_id)
        for one in rows[:limit]
    ]
    return items, found.count()


def to_check(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    """Return what the person's unit must confirm: one item for each aspect, with the number of reports."""
    del user
    checkers = Checker.objects.filter(unit__in=scope.of(*rules.CONFIRMING)).select_related("campaign")
    items = [
        TodoItem(
            f"核对{desk.checker.campaign.year}年年报“{Aspect(desk.checker.aspect).label}”：{len(desk.waiting)} 份",
            reverse("reporting:check", args=[desk.checker.campaign_id, desk.checker.aspect]),
            desk.checker.unit_id,
        )
        for desk in desks(checkers)
        if desk.waiting
    ]
    return items[:limit], len(items)


def _asked(one: Submission) -> str:
    if one.state == State.RETURNED:
        return f"退回修改：{one.title}（{one.returned_reason}）"
    return f"更正：{one.title}" if one.notice else f"填报：{one.title}"


def _item(one: Submission, title: str, due: date, today: date) -> TodoItem:
    is_met = one.first_signed_on is not None and one.first_signed_on <= due
    urgency = "normal" if is_met else "late" if due < today else "soon" if (due - today).days <= SOON else "normal"
    return TodoItem(title, reverse("reporting:submission", args=[one.pk]), one.unit_id, due, urgency)
