"""What letters bring to the workbench and to the page of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models.functions import Coalesce
from django.urls import reverse

from gongkai.accounts.models import Role
from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.applications import panels, rules
from gongkai.applications.models import LetterState
from gongkai.applications.queries.letters import panel, worked_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope
    from gongkai.applications.models import Application

    Fetch = Callable[[User, Scope, int], tuple[list[TodoItem], int]]


def _works(scope: Scope) -> bool:
    return bool(scope.of(*rules.WRITING))


def _heads(scope: Scope) -> bool:
    return bool(scope.of(Role.OFFICE_HEAD))


def _source(state: str, **more: object) -> Fetch:
    """Return the letters in ``state`` of the units the person works for, those due first before the others."""

    def fetch(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
        del user
        found = worked_on(scope).filter(state=state, **more)
        due = Coalesce("application__due_on", "matter__target_on")
        listed = found.select_related("application", "matter").order_by(due.asc(nulls_last=True), "pk")[:limit]
        items = [
            TodoItem(
                f"{one.title}（{one.number or one.case.number}）",
                reverse("applications:letter", args=[one.pk]),
                one.unit_id,
                one.application.due_on if one.application is not None else one.matter.target_on,
            )
            for one in listed
        ]
        return items, found.count()

    return fetch


def _panel(application: Application, scope: Scope, today: date) -> panels.Panel:
    del today
    return panels.Panel("文书", "applications/letters/panel.html", panel(application, scope), is_wide=True)


def register_all() -> None:
    """Make the menu, the to-do sources and the panel known."""
    register(
        menu=[
            MenuEntry("文书", "applications:letters", "file", "依申请公开", 36, rules.reads_cases),
            MenuEntry("批量打印、交邮", "applications:letters-run", "download", "依申请公开", 37, _works),
            MenuEntry("用印登记", "applications:seals", "check", "依申请公开", 38, rules.reads_cases),
            MenuEntry("文书设置", "applications:stationeries", "files", "依申请公开", 39, _heads),
        ],
        todo=[
            TodoSource("文书待用印", 19, _source(LetterState.APPROVED)),
            TodoSource("文书待发出", 19, _source(LetterState.SEALED)),
            TodoSource("文书被退回", 19, _source(LetterState.RETURNED)),
        ],
    )
    panels.register("letters", 10, _panel)
