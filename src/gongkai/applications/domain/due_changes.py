"""When the calendar changes: computing all cases again on request, and taking note of what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise
from gongkai.applications.domain.projection import recompute
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError, NotAuthorisedError
from gongkai.journal.domain.entry import record as note

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import DueChange


@transaction.atomic
def order_recomputation(*, user: User, today: date, reason: str) -> list[DueChange]:
    """Compute every unfinished application again because of ``reason`` (a holiday notice, a local rule)."""
    if not rules.may_recompute(scope_of(user, today)):
        raise NotAuthorisedError("您不是政府信息公开工作主管部门的人员，不能重算全部期限。请联系主管部门。")
    if not reason.strip():
        raise IncompleteError("重算期限须写明原因，例如放假通知的文号。", {"reason": "请填写。"})
    note(
        act="applications.recomputation_ordered",
        actor=actor_of(user),
        subject="applications.calendar:all",
        detail={"day": today.isoformat(), "reason": reason.strip()},
    )
    return recompute(day=today, reason=reason.strip())


@transaction.atomic
def take_note(*, change: DueChange, user: User, today: date) -> DueChange:
    """Enter that whoever works on the case knows of its other due date."""
    authorise(change.application, user, today, "登记期限变动已阅")
    if change.seen_by_id is None:
        change.seen_by = user
        change.save(update_fields=["seen_by"])
        trace("due_change_seen", change.application, user, change=change.pk)
    return change
