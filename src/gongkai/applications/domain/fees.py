"""Asking for a fee and forgoing it: one schedule for one application (条例 Art 42; 国办函〔2020〕109号 Art 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append, enter
from gongkai.applications.domain.projection import course_of
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import FeeError, IncompleteError
from gongkai.applications.queries.fees import ITEMS, NOTICE, PAGES, SCHEDULES, WAIVED, proposal
from gongkai.law.errors import InputError
from gongkai.law.fees import by_pages

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Event
    from gongkai.law.fees import Fee

ARTICLE = "国办函〔2020〕109号"


def computed(
    application: Application, schedule: str, *, today: date, pages: int | None = None
) -> tuple[Fee, dict[str, object]]:
    """Return the fee of ``application`` by ``schedule`` (``items`` or ``pages``) and the parameters of its notice.

    Raises ``FeeError`` where none may be asked for, or where it would be nothing; ``IncompleteError`` without pages.
    """
    if schedule not in SCHEDULES:
        raise IncompleteError("没有选择计费方式。按件、按量只能选择一种。", {"schedule": "请选择。"}, article=ARTICLE)
    if schedule == PAGES and pages is None:
        raise IncompleteError("按量计收没有填写页数。请填写拟提供信息的页数。", {"pages": "请填写。"}, article=ARTICLE)
    found = course_of(application, today)
    offered = None if found is None else proposal(application, found)
    if offered is None:
        raise FeeError(
            f"{application.number} 还没有与申请人确认收到，不能收费。", article="《政府信息公开条例》第三十一条"
        )
    if offered.refusal:
        raise FeeError(offered.refusal, article=offered.article)
    try:
        fee = offered.by_items if schedule == ITEMS else by_pages(pages or 0)
    except InputError as error:
        raise FeeError(str(error), {"pages": str(error)}) from error
    count = offered.place if schedule == ITEMS else pages
    if not fee.amount_yuan:
        what = f"当月第{count}件" if schedule == ITEMS else f"共{count}页"
        raise FeeError(f"{what}，未超过免费的数量，不应收费。请直接办理。", article=ARTICLE)
    return fee, {"amount": fee.amount_yuan, "schedule": schedule, "count": count}


@transaction.atomic
def notify(
    *,
    application: Application,
    schedule: str,
    day: date,
    user: User,
    today: date,
    pages: int | None = None,
    seen: int | None = None,
    letter: int | None = None,
) -> Event:
    """Enter that the applicant was told to pay what the law computes; ``letter`` is the notice, if written here."""
    application = locked(application, seen)
    _, params = computed(application, schedule, today=today, pages=pages)
    return enter(application=application, kind=NOTICE, day=day, user=user, today=today, letter=letter, **params)


@transaction.atomic
def waive(
    *,
    application: Application,
    schedule: str,
    reason: str,
    user: User,
    today: date,
    pages: int | None = None,
    seen: int | None = None,
) -> Event:
    """Forgo a fee that could be asked for, with the ``reason`` on record; only the head of the office may."""
    application = locked(application, seen)
    authorise(application, user, today, "免收信息处理费", rules.may_waive)
    fee, params = computed(application, schedule, today=today, pages=pages)
    if not reason.strip():
        raise IncompleteError("免收信息处理费应当写明理由。", {"reason": "请填写理由。"}, article=ARTICLE)
    event = append(application, WAIVED, today, user, today=today, reason=reason.strip(), **params)
    trace("fee_waived", application, user, ARTICLE, amount=fee.amount_yuan, reason=reason.strip())
    return event
