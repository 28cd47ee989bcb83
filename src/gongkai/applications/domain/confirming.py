"""Confirming with the applicant that an application was received (Art 31): every attempt is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import ForbiddenByLawError, IncompleteError
from gongkai.applications.kinds import ATTEMPT, CHANNEL_OF, CONFIRMED
from gongkai.law.clock.errors import CaseEndedError
from gongkai.law.clock.events import CONFIRMED as NEEDS_CONFIRMATION

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application, Event

ARTICLE = "《政府信息公开条例》第三十一条"
UNREACHABLE = "国办公开办函〔2015〕207号"


@transaction.atomic
def attempt(
    *, application: Application, day: date, way: str, result: str, user: User, today: date, seen: int | None = None
) -> Event:
    """Enter that the applicant could not be reached on ``day``: the clock has not started (207号)."""
    application = _waiting(application, user, today, seen)
    if not way.strip() or not result.strip():
        raise IncompleteError(
            "联系未果的登记须写明联系方式和情况：将来须以此证明期限没有起算。",
            {"way": "请填写。", "result": "请填写。"},
            article=UNREACHABLE,
        )
    event = append(application, ATTEMPT, day, user, today=today, way=way.strip(), result=result.strip())
    trace("attempt_entered", application, user, UNREACHABLE, day=day.isoformat(), way=way)
    return event


@transaction.atomic
def confirm(
    *, application: Application, day: date, way: str, user: User | None, today: date, seen: int | None = None
) -> Event:
    """Enter that both sides confirmed the receipt on ``day``: the clock starts with it (Art 31(2), (3))."""
    application = _waiting(application, user, today, seen)
    event = append(application, CONFIRMED, day, user, today=today, way=way.strip())
    trace("confirmed", application, user, ARTICLE, day=day.isoformat(), way=way)
    return event


def _waiting(application: Application, user: User | None, today: date, seen: int | None) -> Application:
    application = locked(application, seen)
    authorise(application, user, today, "登记确认情况")
    if not NEEDS_CONFIRMATION[CHANNEL_OF[application.medium]]:
        raise IncompleteError(
            f"{application.number} 以{application.get_medium_display()}收到，以提交或者签收之日为准，无须确认。",
            article=ARTICLE,
        )
    if application.events.filter(kind=CONFIRMED, struck_by__isnull=True).exists():
        raise ForbiddenByLawError(
            CaseEndedError(
                f"{application.number} 已经确认收到，不能再次确认。登记有误的，请先更正登记。", article=ARTICLE
            )
        )
    return application
