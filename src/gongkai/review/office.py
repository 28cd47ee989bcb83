"""What review brings to the workbench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.accounts.workbench import MenuEntry, TodoItem, TodoSource, register
from gongkai.review.queries.inbox import waiting_for
from gongkai.review.rules import sets_chains

if TYPE_CHECKING:
    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def _inbox(user: User, scope: Scope, limit: int) -> tuple[list[TodoItem], int]:
    steps = waiting_for(user, scope)
    items = [
        TodoItem(
            title=f"{step.title}：{step.review.title}",
            url=reverse("review:detail", args=[step.review_id]),
            unit=step.review.unit_id,
        )
        for step in steps[:limit]
    ]
    return items, steps.count()


register(
    menu=[
        MenuEntry(title="待我审核", url="review:inbox", icon="inbox", group="日常", order=10),
        MenuEntry(
            title="审核流程", url="review:chains", icon="send", group="机构与人员", order=83, visible=sets_chains
        ),
    ],
    todo=[TodoSource(kind="待我审核", order=10, fetch=_inbox)],
)
