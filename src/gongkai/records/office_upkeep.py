"""What the upkeep of the register brings to the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource
from gongkai.records.models import CleanUpLine
from gongkai.records.queries.handover import open_periods
from gongkai.records.queries.reconciliation import quarters
from gongkai.units.queries import tree

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def reads_papers(scope: Scope) -> bool:
    """Show the pages to whoever reads the papers of some unit."""
    return bool(scope.readable)


def _hand_overs(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    """Return the periods that have ended and are not sealed."""
    del user
    units = scope.of(Role.HANDLER, Role.OFFICE_HEAD)
    found = [period for period in open_periods(units, tree.as_of(scope.day), scope.day) if scope.day > period.ends_on]
    return [
        TodoItem(
            f"送交 {period.begins_on} 至 {period.ends_on} 的主动公开信息",
            reverse("records:handover-period", args=[period.unit, period.begins_on.isoformat()]),
            period.unit,
            period.due_on,
            period.urgency(scope.day),
        )
        for period in found[:limit]
    ], len(found)


def _quarters(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    """Return the quarters that some hall was not asked about, and those that do not agree."""
    del user
    known = quarters(scope.of(Role.HANDLER, Role.OFFICE_HEAD), scope.day)
    found = [one for one in known if one.missing or one.differs]
    return [
        TodoItem(
            f"{one.year} 年第 {one.quarter} 季度{'对账不符' if one.differs else '待对账'}",
            reverse("records:handover-quarter", args=[one.unit, one.year, one.quarter]),
            one.unit,
        )
        for one in found[:limit]
    ], len(found)


def _clean_ups(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    """Return the documents of open clean-ups that nobody has decided on."""
    del user
    lines = CleanUpLine.objects.filter(
        unit__in=scope.of(Role.HANDLER, Role.OFFICE_HEAD), outcome="", clean_up__closed_on__isnull=True
    ).select_related("clean_up")
    return [
        TodoItem(
            f"清理结论：{line.title}",
            reverse("records:cleanup-line", args=[line.pk]),
            line.unit_id,
            line.clean_up.due_on,
            "late" if line.clean_up.due_on < scope.day else "normal",
        )
        for line in lines.order_by("clean_up__due_on", "pk")[:limit]
    ], lines.count()


MENU = (
    MenuEntry("规范性文件", "records:normative", "book", "政府信息", 21, reads_papers),
    MenuEntry("历史文件梳理", "records:old-files", "history", "政府信息", 22, reads_papers),
    MenuEntry("两馆送交", "records:handover-list", "archive", "政府信息", 23, reads_papers),
    MenuEntry("政府公报", "records:gazette-list", "news", "政府信息", 24, reads_papers),
    MenuEntry("事项清单", "records:items", "list", "政府信息", 25, reads_papers),
)
TODO = (
    TodoSource("规范性文件清理", 26, _clean_ups),
    TodoSource("两馆送交", 27, _hand_overs),
    TodoSource("两馆季度对账", 28, _quarters),
)
