"""What decisions bring to the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.decisions import clock, rules
from gongkai.decisions.queries import batches
from gongkai.decisions.queries.register import to_withdraw, unpublished

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope

SOON = 3
"""Calendar days before the last one at which an unpublished decision is put on the list."""


def reads_papers(scope: Scope) -> bool:
    """Show the room to whoever reads the papers of some unit; an administrator does not."""
    return bool(scope.readable)


def _unpublished(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    found = unpublished(rules.importing_units(scope), scope.day, within=SOON)
    items = [
        TodoItem(
            title=f"公示{decision.get_kind_display()}决定 {decision.number}",
            url=reverse("decisions:detail", args=[decision.pk]),
            unit=decision.unit_id,
            due=decision.due_on,
            urgency="late" if decision.due_on < scope.day else "soon",
        )
        for decision in found[:limit]
    ]
    return items, found.count()


def _to_withdraw(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    found = to_withdraw(rules.importing_units(scope))
    items = []
    for decision in found[:limit]:
        due = clock.withdrawal(decision.state_on)
        items.append(
            TodoItem(
                title=f"撤回已{decision.get_state_display().removeprefix('已')}的处罚决定 {decision.number}",
                url=reverse("decisions:detail", args=[decision.pk]),
                unit=decision.unit_id,
                due=due.due if due else None,
                urgency="late" if due and due.due < scope.day else "soon",
            )
        )
    return items, found.count()


def _errors(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del scope
    found = batches.with_errors(user)
    items = [
        TodoItem(
            title=f"更正“{batch.name}”的 {batch.rows_bad} 行错误",
            url=reverse("decisions:batch", args=[batch.pk]),
            unit=batch.unit_id,
        )
        for batch in found[:limit]
    ]
    return items, found.count()


register(
    menu=[
        MenuEntry("行政决定", "decisions:list", "gavel", "行政决定", 40, reads_papers),
        MenuEntry("数据导入", "decisions:batches", "upload", "行政决定", 41, reads_papers),
        MenuEntry("行政事业性收费", "decisions:charges", "list", "行政决定", 42, reads_papers),
        MenuEntry("政府集中采购", "decisions:procurements", "list", "行政决定", 43, reads_papers),
        MenuEntry("决定统计", "decisions:counts", "chart", "行政决定", 44, reads_papers),
    ],
    todo=[
        TodoSource("撤回处罚公示", 42, _to_withdraw),
        TodoSource("双公示到期", 43, _unpublished),
        TodoSource("导入错误行", 44, _errors),
    ],
)
