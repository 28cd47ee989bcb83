"""Looking for what is asked, and naming those to be consulted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.sealing import seal, unseal
from gongkai.applications.domain.authority import authorise, demand_past, locked
from gongkai.applications.domain.identity import PURPOSE
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import BeforeApplicationError, IncompleteError, SecretContentError
from gongkai.applications.models import Consultee, ConsulteeKind, SearchLog

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application

SEARCH_ARTICLE = "《政府信息公开条例》第三十六条第四项"


@transaction.atomic
def log_search(
    *,
    application: Application,
    day: date,
    searcher: str,
    user: User,
    today: date,
    system: str = "",
    keywords: str = "",
    found: str = "",
) -> SearchLog:
    """Enter a search for what is asked: who looked where, for what, with what result, on which day."""
    application = locked(application)
    authorise(application, user, today, "登记检索")
    demand_past(day, today, "检索")
    if day < application.arrived_on:
        raise BeforeApplicationError(
            f"检索日期 {day} 早于收到申请之日 {application.arrived_on}。请核对日期。", {"day": "早于收到申请之日。"}
        )
    if application.is_secret and any(part.strip() for part in (system, keywords, found)):
        raise SecretContentError(
            "涉密申请的检索记录只登记检索人和日期，不得写明内容；内容按保密规定在涉密场所另行记录。",
            article="《保守国家秘密法》（2024年）",
        )
    if not application.is_secret and not (system.strip() and keywords.strip() and found.strip()):
        raise IncompleteError(
            "检索记录须写明检索的系统、关键词和结果：以“不存在”答复时须以此证明已尽合理检索义务。",
            {
                name: "请填写。"
                for name, part in (("system", system), ("keywords", keywords), ("found", found))
                if not part.strip()
            },
            article=SEARCH_ARTICLE,
        )
    log = SearchLog.objects.create(
        application=application,
        day=day,
        searcher=searcher.strip(),
        system=system.strip(),
        keywords=keywords.strip(),
        found=found.strip(),
        entered_by=user,
    )
    trace("searched", application, user, SEARCH_ARTICLE, day=day.isoformat(), search=log.pk)
    return log


@transaction.atomic
def name_consultee(
    *, application: Application, kind: str, name: str, user: User, today: date, contact: str = ""
) -> Consultee:
    """Enter who is to be consulted; events call the party by the label this gives it (``第三方1``)."""
    application = locked(application)
    authorise(application, user, today, "登记征求意见对象")
    if not name.strip():
        raise IncompleteError("请填写征求意见对象的姓名或者名称。", {"name": "请填写。"})
    count = application.consultees.filter(kind=kind).count()
    consultee = Consultee.objects.create(
        application=application,
        kind=kind,
        label=f"{ConsulteeKind(kind).label}{count + 1}",
        name=seal(name.strip(), PURPOSE),
        contact=seal(contact.strip(), PURPOSE),
    )
    trace("consultee_named", application, user, label=consultee.label)
    return consultee


def who(consultee: Consultee) -> tuple[str, str]:
    """Return name and contact of a party consulted, in clear; for letters, not for lists."""
    return unseal(consultee.name, PURPOSE), unseal(consultee.contact, PURPOSE)
