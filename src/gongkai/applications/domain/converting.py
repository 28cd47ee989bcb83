"""Making public what was asked for (条例 第四十四条): a button, a draft to publish, and a line in the statistics."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts import openings
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError, StruckError
from gongkai.applications.models import Stage

if TYPE_CHECKING:
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.accounts.openings import Begun
    from gongkai.applications.models import Application

ARTICLE = "《政府信息公开条例》第四十四条"
DISCLOSED = frozenset({"A1", "A2", "P"})
"""Outcomes after which there is something to publish."""


@transaction.atomic
def convert(
    *,
    application: Application,
    user: User,
    today: date,
    title: str,
    reason: str,
    document_number: str = "",
    made_on: date | None = None,
    seen: int | None = None,
) -> Begun:
    """Begin a draft of what was given to an applicant, to be published; the case says so from now on.

    Nothing of the applicant goes into the draft. Raises ``StruckError`` where nothing was disclosed or it was done.
    """
    application = locked(application, seen)
    authorise(application, user, today, "转为主动公开")
    if application.stage != Stage.ANSWERED or application.outcome not in DISCLOSED:
        raise StruckError(
            f"{application.number} 没有向申请人提供信息，没有可以转为主动公开的内容。"
            "申请人建议纳入主动公开范围的，请登记办理记录后另行拟稿。",
            article=ARTICLE,
        )
    if application.events.filter(kind="converted", struck_by__isnull=True).exists():
        raise StruckError(f"{application.number} 已经转为主动公开，请在“政府信息”中继续办理。", article=ARTICLE)
    missing = {name: "请填写。" for name, text in (("title", title), ("reason", reason)) if not text.strip()}
    if missing:
        raise IncompleteError("转为主动公开须写明信息标题和理由。", missing, article=ARTICLE)
    begun = openings.begin(
        "records.draft",
        unit=application.unit,
        user=user,
        title=title.strip(),
        document_number=document_number.strip(),
        made_on=made_on or application.ended_on,
        summary=html.escape(reason.strip()),
    )
    append(application, "converted", today, user, today=today, record=begun.key, reason=reason.strip())
    trace("converted", application, user, ARTICLE, record=begun.key)
    return begun
