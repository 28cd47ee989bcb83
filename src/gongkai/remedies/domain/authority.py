"""The verbs' own look at who acts and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.queries.scope import scope_of
from gongkai.remedies import rules
from gongkai.remedies.errors import ChangedMeanwhileError, NotAuthorisedError, WrongDayError
from gongkai.remedies.models import Remedy

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope


def locked(remedy: Remedy, seen: int | None = None) -> Remedy:
    """Return the case, its row locked until the transaction ends; ``seen`` is the version the person had in sight."""
    found = Remedy.objects.select_for_update(of=("self",)).select_related("unit", "application").get(pk=remedy.pk)
    if seen is not None and seen != found.version:
        raise ChangedMeanwhileError(
            f"{found.number} 在您打开之后已有他人办理，您的操作没有登记。请刷新页面，核对最新情况后再办理。"
        )
    return found


def authorise(
    remedy: Remedy,
    user: User | None,
    today: date,
    act: str,
    rule: Callable[[Scope, Remedy], bool] = rules.may_handle,
) -> None:
    """Raise ``NotAuthorisedError`` unless ``rule`` holds; ``user`` is ``None`` for the system itself."""
    if user is not None and not rule(scope_of(user, today), remedy):
        raise NotAuthorisedError(f"您没有机构 {remedy.unit.code} 的相应角色，不能{act}。请由该机构有此职责的人员办理。")


def demand_past(day: date, today: date, what: str) -> None:
    """Raise ``WrongDayError`` for a day that has not come yet."""
    if day > today:
        raise WrongDayError(
            f"{what}的日期 {day} 还没有到：只能登记已经发生的事项。请核对日期。", {"day": "不能晚于今天。"}
        )
