"""What applications bring to the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.applications import panels, rules
from gongkai.applications.checks.panel import panel
from gongkai.applications.domain import archiving
from gongkai.applications.domain.closing import reason_to_hold
from gongkai.applications.queries import beside, waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application


def works_on_cases(scope: Scope) -> bool:
    """Show what is done with applications to whoever works on them."""
    return bool(scope.of(*rules.WORKING))


def _source(kind: str, order: int, found: Callable[[User, Scope], QuerySet[Application]], urgency: str) -> TodoSource:
    def fetch(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
        if not works_on_cases(scope):
            return [], 0
        applications = found(user, scope)
        items = [
            TodoItem(
                f"{one.number} {one.title or '（未写名称）'}",
                reverse("applications:detail", args=[one.pk]),
                one.unit_id,
                waiting.day_of(one),
                urgency,
            )
            for one in applications[:limit]
        ]
        return items, applications.count()

    return TodoSource(kind, order, fetch)


def _questions(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    found = beside.unanswered(scope)
    items = [
        TodoItem(one.title, reverse("applications:guidance", args=[one.pk]), one.unit_id, one.asked_on, "soon")
        for one in found[:limit]
    ]
    return items, found.count()


def _matters(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    del user
    found = beside.open_matters(scope)
    items = [
        TodoItem(
            f"{one.number} {one.title}",
            reverse("applications:matter", args=[one.pk]),
            one.unit_id,
            one.target_on,
            "late" if one.target_on and one.target_on < scope.day else "normal",
        )
        for one in found[:limit]
    ]
    return items, found.count()


register(
    menu=[
        MenuEntry("期限看板", "applications:board", "calendar", "依申请公开", 30, rules.reads_cases),
        MenuEntry("申请登记", "applications:list", "inbox", "依申请公开", 31, rules.reads_cases),
        MenuEntry("当面受理", "applications:counter", "plus", "依申请公开", 32, works_on_cases),
        MenuEntry("待确认收到", "applications:confirming", "check", "依申请公开", 33, works_on_cases),
        MenuEntry("登记簿导入", "applications:imports", "upload", "依申请公开", 35, works_on_cases),
        MenuEntry("案卷核对", "applications:checks", "shield", "依申请公开", 35, rules.reads_cases),
        MenuEntry("更正、投诉、申诉", "applications:matters", "scale", "依申请公开", 36, rules.reads_cases),
        MenuEntry("业务指导", "applications:guidances", "users", "依申请公开", 37, rules.reads_cases),
        MenuEntry("案例库", "applications:precedents", "book", "依申请公开", 38, rules.reads_cases),
        MenuEntry("收费台账", "applications:fees", "list", "依申请公开", 38, rules.reads_cases),
        MenuEntry("归档案卷", "applications:volumes", "archive", "依申请公开", 39, rules.reads_cases),
        MenuEntry("期限变动", "applications:changes", "history", "依申请公开", 34, rules.reads_cases),
    ],
    todo=[
        TodoSource("请示待答复", 19, _questions),
        TodoSource("更正、投诉、申诉待办", 19, _matters),
        _source("申请已逾期", 10, waiting.late, "late"),
        _source("申请即将到期", 11, waiting.soon, "soon"),
        _source("申请待确认收到", 12, waiting.unconfirmed, "soon"),
        _source("逾期未补正、缴费，待结案", 13, waiting.lapsed, "late"),
        _source("补正、缴费即将到期", 14, waiting.awaited, "normal"),
        _source("征求意见即将到期", 15, waiting.consulted, "normal"),
        _source("征求意见期满，待决定", 16, waiting.silent, "soon"),
        _source("申请待承办", 17, waiting.unclaimed, "normal"),
        _source("申请期限变动", 18, waiting.moved, "normal"),
    ],
)
panels.register("checks", 10, panel)
archiving.hold(reason_to_hold)
