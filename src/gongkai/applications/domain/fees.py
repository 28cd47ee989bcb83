"""Asking for a fee, letting it off and giving it back: one schedule for one application (条例 Art 42; 109号 Art 3).

Only the head of the disclosure office lets off or gives back, with the reason, who approved and, if there is one, the
proof on record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append, enter
from gongkai.applications.domain.projection import course_of
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import FeeError, IncompleteError
from gongkai.applications.fee_account import (
    ITEMS,
    KINDS,
    NOTICE,
    PAGES,
    PAID,
    REDUCED,
    REFUNDED,
    SCHEDULES,
    WAIVED,
    awaited,
    kept,
)
from gongkai.applications.models import Stage
from gongkai.applications.queries.fees import proposal
from gongkai.law.errors import InputError
from gongkai.law.fees import by_pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Event
    from gongkai.files.models import Blob
    from gongkai.law.fees import Fee

ARTICLE = "国办函〔2020〕109号"
BASIS = "《政府信息公开条例》第四十二条"


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
    reason: str,
    user: User,
    today: date,
    schedule: str = "",
    pages: int | None = None,
    day: date | None = None,
    approver: str = "",
    evidence: Blob | None = None,
    evidence_name: str = "",
    seen: int | None = None,
) -> Event:
    """Forgo a fee that could be asked for, or one that was asked for and is not paid, with the ``reason`` on record.

    After a notice nothing is awaited any more: a full period runs from the day after, as after payment (by analogy,
    未经证实). Once the time for payment is over, the application counts as given up, and there is nothing to forgo.
    """
    application = locked(application, seen)
    authorise(application, user, today, "免收信息处理费", rules.may_waive)
    asked = awaited(_events(application))
    if asked is None:
        params = computed(application, schedule, today=today, pages=pages)[1]
    else:
        params = {"amount": asked.payable, "schedule": asked.schedule, "count": asked.count or None}
    facts = {"evidence": evidence, "evidence_name": evidence_name, "approver": approver.strip()}
    told = _because(reason, "免收")
    event = append(application, WAIVED, day or today, user, today=today, reason=told, **params, **facts)
    if asked is not None:
        text = "已决定免收，无须缴费；答复期限自次日起重新计算"
        append(application, PAID, day or today, user, today=today, waived=True, text=text)
    trace("fee_waived", application, user, BASIS, amount=params["amount"], reason=told, after_notice=asked is not None)
    return event


@transaction.atomic
def reduce(
    *,
    application: Application,
    remaining: int,
    reason: str,
    user: User,
    today: date,
    day: date | None = None,
    approver: str = "",
    evidence: Blob | None = None,
    evidence_name: str = "",
    seen: int | None = None,
) -> Event:
    """Lower a fee that was asked for to ``remaining`` yuan; the time for payment goes on."""
    application = locked(application, seen)
    authorise(application, user, today, "减收信息处理费", rules.may_waive)
    asked = awaited(_events(application))
    if asked is None:
        raise FeeError(
            f"{application.number} 没有待缴的费用，没有可以减收的。尚未通知收费的，可以免收；已经缴费的，登记退还。",
            article=BASIS,
        )
    course = course_of(application, today)
    if course is None or course.stage != Stage.AWAITING_FEE:
        raise FeeError(
            f"{application.number} 的缴费期限已满，视为放弃申请，不能再减收。请按逾期未缴费结案。", article=ARTICLE
        )
    if not 0 < remaining < asked.payable:
        raise FeeError(
            f"减收后应缴 {remaining} 元不对：现应缴 {asked.payable} 元，减收后应少于此数而不为 0。全免的请登记免收。",
            {"remaining": f"请填 1 至 {asked.payable - 1}。"},
            article=BASIS,
        )
    facts = {"evidence": evidence, "evidence_name": evidence_name, "approver": approver.strip()}
    params = {"amount": asked.payable - remaining, "remaining": remaining, "reason": _because(reason, "减收")}
    event = append(application, REDUCED, day or today, user, today=today, **params, **facts)
    trace("fee_reduced", application, user, BASIS, **params)
    return event


@transaction.atomic
def refund(
    *,
    application: Application,
    amount: int,
    reason: str,
    user: User,
    today: date,
    day: date | None = None,
    approver: str = "",
    evidence: Blob | None = None,
    evidence_name: str = "",
    seen: int | None = None,
) -> Event:
    """Enter that ``amount`` yuan of a fee that was paid were given back; the period is not touched."""
    application = locked(application, seen)
    authorise(application, user, today, "退还信息处理费", rules.may_waive)
    paid = kept(_events(application))
    if paid is None:
        raise FeeError(
            f"{application.number} 没有已缴而未退的费用，不能登记退还。请核对缴费登记；尚未缴费的，登记免收或者减收。",
            article=BASIS,
        )
    if not 0 < amount <= paid.received:
        raise FeeError(
            f"退还 {amount} 元不对：已缴未退的是 {paid.received} 元。请核对退款凭证。",
            {"amount": f"请填 1 至 {paid.received}。"},
            article=BASIS,
        )
    assert paid.paid_on is not None
    if (day or today) < paid.paid_on:
        raise FeeError(
            f"退还日期 {day} 早于缴费日期 {paid.paid_on}。请核对日期。", {"day": "早于缴费日期。"}, article=BASIS
        )
    facts = {"evidence": evidence, "evidence_name": evidence_name, "approver": approver.strip()}
    params = {"amount": amount, "reason": _because(reason, "退还")}
    event = append(application, REFUNDED, day or today, user, today=today, **params, **facts)
    trace("fee_refunded", application, user, BASIS, **params)
    return event


def _events(application: Application) -> Sequence[Event]:
    return list(application.events.filter(kind__in=KINDS, struck_by__isnull=True))


def _because(reason: str, act: str) -> str:
    if not reason.strip():
        raise IncompleteError(f"{act}信息处理费应当写明理由。", {"reason": "请填写理由。"}, article=ARTICLE)
    return reason.strip()
