"""The verbs' own look at who acts and on what: the same rules as the pages, so that no other caller is let through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.errors import ChangedMeanwhileError, FutureDayError, NotAuthorisedError
from gongkai.applications.models import Application

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def locked(application: Application, seen: int | None = None) -> Application:
    """Return the application, its row locked until the transaction ends.

    ``seen`` is the version the person had before them: ``ChangedMeanwhileError`` where it is another by now.
    """
    found = Application.objects.select_for_update(of=("self",)).select_related("unit").get(pk=application.pk)
    if seen is not None and seen != found.version:
        raise ChangedMeanwhileError(
            f"{found.number} 在您打开之后已有他人办理（{found.get_stage_display()}），您的操作没有登记。"
            "请刷新页面，核对最新情况后再办理。"
        )
    return found


def authorise(
    application: Application,
    user: User | None,
    today: date,
    act: str,
    rule: Callable[[Scope, Application], bool] = rules.may_handle,
) -> None:
    """Raise ``NotAuthorisedError`` unless ``rule`` holds; ``user`` is ``None`` for the system itself."""
    if user is None or rule(scope_of(user, today), application):
        return
    if application.archived_on is not None and scope_of(user, today).may(
        application.unit_id, *rules.working(application)
    ):
        raise NotAuthorisedError(
            f"{application.number} 已于 {application.archived_on} 归档，不能再{act}。确有新情况的，请按新的申请登记。",
            article="《政府信息公开条例》第四十五条",
        )
    raise NotAuthorisedError(
        f"您没有机构 {application.unit.code} 的相应角色，不能{act}。请由该机构有此职责的人员办理。"
    )


def demand_past(day: date, today: date, what: str) -> None:
    """Raise ``FutureDayError`` for a day that has not come yet."""
    if day > today:
        raise FutureDayError(
            f"{what}的日期 {day} 还没有到：只能登记已经发生的事项。请核对日期。", {"day": "不能晚于今天。"}
        )
