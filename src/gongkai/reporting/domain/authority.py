"""The verbs' own look at who acts and on what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.journal.domain.entry import record as note
from gongkai.reporting import rules
from gongkai.reporting.errors import ChangedMeanwhileError, NotAuthorisedError, StateError
from gongkai.reporting.models import State, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.queries.scope import Scope

KIND = "reporting.submission"
ARTICLE = "条例 第四十九条"


def locked(submission: Submission, seen: int | None = None) -> Submission:
    """Return the report, its row locked until the transaction ends; ``seen`` is the version the person had in sight."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("unit", "campaign")
    found = rows.get(pk=submission.pk)
    if seen is not None and seen != found.version:
        raise ChangedMeanwhileError(
            f"《{found.title}》在您打开之后已有他人改动，您的操作没有保存。请刷新页面，核对最新内容后再办理。"
        )
    return found


def authorise(
    submission: Submission,
    user: User | None,
    today: date,
    act: str,
    rule: Callable[[Scope, Submission], bool] = rules.may_fill,
) -> None:
    """Raise ``NotAuthorisedError`` unless ``rule`` holds; ``user`` is ``None`` for the system itself."""
    if user is not None and not rule(scope_of(user, today), submission):
        raise NotAuthorisedError(
            f"您没有相应角色，不能{act}《{submission.title}》。请由{submission.body}或其主管部门有此职责的人员办理。"
        )


def demand_state(submission: Submission, states: Collection[str], act: str) -> None:
    """Raise ``StateError`` unless the report stands in one of ``states``."""
    if submission.state not in states:
        wanted = "、".join(State(state).label for state in states)
        raise StateError(
            f"《{submission.title}》{submission.get_state_display()}，不能{act}：须为“{wanted}”。"
            f"{_WAYS.get(submission.state, '')}",
            article=ARTICLE if submission.state == State.PUBLISHED else "",
        )


def changed(submission: Submission, *fields: str) -> Submission:
    """Save ``fields`` with the next version."""
    submission.version += 1
    submission.save(update_fields=[*fields, "version"])
    return submission


def trace(act: str, submission: Submission, user: User | None, article: str = "", **detail: object) -> None:
    """Record ``reporting.act``; ``user`` is ``None`` for the system."""
    actor = actor_of(user, submission.unit)
    note(act=f"reporting.{act}", actor=actor, subject=f"{KIND}:{submission.pk}", article=article, detail=detail)


_WAYS = {
    State.REVIEWING: "请先撤回审签。",
    State.SIGNED: "需要修改的，请上级退回。",
    State.ACCEPTED: "需要修改的，请上级退回。",
    State.FROZEN: "定稿后发现差错的，公布前请上级退回，公布后按更正程序办理。",
    State.PUBLISHED: "已公布的报告不能改动，差错请用“更正”另出新版本并说明。",
}
