"""What the site brings to the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.portal.queries.office import returned_to
from gongkai.portal.rules import may_set_areas

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def _reads_papers(scope: Scope) -> bool:
    return bool(scope.readable)


def _returned(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    pages = returned_to(user).filter(unit__in=scope.readable)
    items = [TodoItem(page.title, reverse("editing:page", args=[page.pk]), page.unit_id) for page in pages[:limit]]
    return items, pages.count()


register(
    menu=[
        MenuEntry("门户页面", "editing:pages", "news", "公众门户", 60, _reads_papers),
        MenuEntry("办事指南", "editing:services", "list", "公众门户", 61, _reads_papers),
        MenuEntry("重点领域", "editing:areas", "chart", "公众门户", 62, may_set_areas),
    ],
    todo=[TodoSource("页面待修改", 27, _returned)],
)
