"""Taking the progress of a campaign away as a table; the journal keeps who took what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.journal.domain.entry import record as note
from gongkai.reporting.models import Scope
from gongkai.tables.written import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.reporting.models import Campaign
    from gongkai.reporting.queries.board import Row
    from gongkai.tables.written import Table

COLUMNS = (
    "机构代码",
    "报告机关",
    "类型",
    "范围",
    "报送对象",
    "本年情况",
    "垂直管理",
    "状态",
    "期限",
    "首次报送日",
    "最近报送日",
    "接收日",
    "逾期天数",
    "退回次数",
    "最近提醒日",
)


@transaction.atomic
def export(
    *, campaign: Campaign, found: Sequence[Row], filters: Mapping[str, object], form: str, user: User, today: date
) -> Table:
    """Return the reports ``found`` as a table of the ``form`` csv or xlsx."""
    rows = [
        (
            one.code,
            one.body,
            one.kind_label,
            Scope(one.scope).label,
            one.receiver,
            one.reform,
            "是" if one.is_vertical else "否",
            one.state_label,
            one.due.isoformat(),
            _day(one.first_signed_on),
            _day(one.signed_on),
            _day(one.accepted_on),
            one.days_late,
            one.returns,
            _day(one.reminded_on),
        )
        for one in found
    ]
    name = f"{campaign.year}年度年报编制进度"
    made = written(form, f"{name}-{today.isoformat()}", name, COLUMNS, rows)
    note(
        act="reporting.exported",
        actor=actor_of(user),
        subject=f"reporting.campaign:{campaign.pk}",
        detail={"rows": len(rows), "form": form, "filters": dict(filters)},
    )
    return made


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
