"""Who inside the agency works on a case: the clock never stops for it (指导案例26号)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.queries.scope import scope_of
from gongkai.applications import rules
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import ElsewhereError, IncompleteError, NotAuthorisedError

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application

ARTICLE = "最高人民法院指导案例26号"


@transaction.atomic
def claim(*, application: Application, user: User, today: date, seen: int | None = None) -> Application:
    """Take a case on."""
    application = locked(application, seen)
    authorise(application, user, today, "承办申请")
    application.handler = user
    application.save(update_fields=["handler"])
    append(application, "claimed", today, user, today=today, officer=user.pk)
    trace("claimed", application, user)
    return application


@transaction.atomic
def allocate(
    *,
    application: Application,
    user: User,
    today: date,
    desk: str = "",
    officer: User | None = None,
    seen: int | None = None,
) -> Application:
    """Hand a case to a desk (科室) of the same agency, or to one of its officers."""
    application = locked(application, seen)
    authorise(application, user, today, "交办申请", rules.may_allocate)
    if not desk.strip() and officer is None:
        raise IncompleteError("交办须写明科室或者承办人。", {"desk": "请填写科室或者选择承办人。"})
    if officer is not None and not rules.may_handle(scope_of(officer, today), application):
        raise NotAuthorisedError(
            f"{officer} 不是机构 {application.unit.code} 的经办人员，不能承办。请选择本机构的经办人员，或者先为其授权。"
        )
    application.handler, application.desk = officer, desk.strip()
    application.save(update_fields=["handler", "desk"])
    append(
        application, "allocated", today, user, today=today, desk=desk.strip(), officer=officer.pk if officer else None
    )
    trace("allocated", application, user, ARTICLE, desk=desk, officer=officer.pk if officer else None)
    return application


@transaction.atomic
def hand_back(
    *, application: Application, user: User, today: date, reason: str, seen: int | None = None
) -> Application:
    """Give a case back to the disclosure office with the ``reason``."""
    application = locked(application, seen)
    authorise(application, user, today, "退回交办")
    if not reason.strip():
        raise IncompleteError("退回交办须写明理由。", {"reason": "请填写理由。"})
    application.handler, application.desk = None, ""
    application.save(update_fields=["handler", "desk"])
    append(application, "handed_back", today, user, today=today, reason=reason.strip())
    trace("handed_back", application, user, ARTICLE, reason=reason)
    return application


def transfer_elsewhere(*, application: Application, agency: str) -> None:
    """Refuse to hand an application to another agency: the law knows an answer or a consultation, no transfer."""
    raise ElsewhereError(
        f"{application.number} 不能转给{agency}：申请公开没有移送程序，期限照常计算。"
        "不属于本机关负责公开的，以“非本机关政府信息”答复，告知该机关的名称和联系方式；"
        "需要该机关意见的，登记征求意见；只有更正申请可以转送。",
        article="《政府信息公开条例》第三十六条第五项、第三十四条、第四十一条",
    )
