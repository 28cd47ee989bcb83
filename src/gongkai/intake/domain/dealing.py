"""What people do about what came in: call back, try again, set aside. Each act is in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.queries.scope import scope_of
from gongkai.accounts.sealing import unseal
from gongkai.applications.errors import IncompleteError, NotAuthorisedError
from gongkai.intake import rules
from gongkai.intake.domain.queue import locked, settle
from gongkai.intake.messages import PURPOSE
from gongkai.intake.models import Callback, State, Submission
from gongkai.journal.domain.entry import record

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from gongkai.accounts.models import User


@transaction.atomic
def reveal(*, callback: Callback, user: User, today: date) -> dict[str, str]:
    """Return whom to call, in clear, and enter in the journal who looked (个人信息保护法 第五十一条)."""
    _demand_caller(callback, user, today)
    _note("callback_revealed", callback, user, "《个人信息保护法》第五十一条")
    return {name: unseal(getattr(callback, name), PURPOSE) for name in ("telephone", "name", "wish")}


@transaction.atomic
def done(*, callback: Callback, result: str, user: User, today: date) -> Callback:
    """Enter that the call was made and what came of it, and forget the number: it served its purpose."""
    callback = Callback.objects.select_for_update(of=("self",)).select_related("unit").get(pk=callback.pk)
    _demand_caller(callback, user, today)
    if callback.done_on is not None:
        raise IncompleteError(f"这件请求已于 {callback.done_on} 办理，不必再次登记。")
    if not result.strip():
        raise IncompleteError(
            "请写明办理情况：代填登记的写受理编号，联系不上的写联系的时间和方式。",
            {"result": "请填写。"},
            article="《政府信息公开条例》第四十三条",
        )
    callback.done_on, callback.done_by, callback.result = today, user, result.strip()
    callback.telephone = callback.name = callback.wish = ""
    callback.save(update_fields=["done_on", "done_by", "result", "telephone", "name", "wish"])
    _note("callback_done", callback, user, "《政府信息公开条例》第四十三条")
    return callback


@transaction.atomic
def retry(*, pk: UUID, user: User, today: date) -> None:
    """Have something that is stuck taken again at once."""
    _demand_operator(user, today)
    Submission.objects.filter(pk=pk, state=State.WAITING).update(retry_at=None)
    _note_queue("submission_retried", pk, user)


@transaction.atomic
def dismiss(*, pk: UUID, reason: str, user: User, today: date) -> None:
    """Set something aside that never can be taken, with the ``reason``; its content is thrown away."""
    _demand_operator(user, today)
    if not reason.strip():
        raise IncompleteError("剔除来件须写明理由：剔除后内容不再保留。", {"reason": "请填写理由。"})
    found = locked(pk)
    if found is None or not found.error:
        raise IncompleteError("这件来件已经转办，或者还没有尝试转办，不能剔除。请刷新页面。")
    settle(found, State.DISMISSED)
    _note_queue("submission_dismissed", pk, user, reason=reason.strip(), kind=str(found.kind))


def _demand_caller(callback: Callback, user: User, today: date) -> None:
    if not rules.may_call(scope_of(user, today), callback.unit_id):
        raise NotAuthorisedError("您没有该机构的经办角色，不能办理这件请求。请由该机构的经办人员办理。")


def _demand_operator(user: User, today: date) -> None:
    if not rules.runs_queue(scope_of(user, today)):
        raise NotAuthorisedError("未能转办的来件由主管部门或者系统管理员处理。")


def _note(act: str, callback: Callback, user: User, article: str) -> None:
    subject = f"intake.callback:{callback.pk}"
    record(act=f"intake.{act}", actor=actor_of(user, callback.unit), subject=subject, article=article)


def _note_queue(act: str, pk: UUID, user: User, **detail: str) -> None:
    record(act=f"intake.{act}", actor=actor_of(user), subject=f"intake.submission:{pk}", detail=detail)
