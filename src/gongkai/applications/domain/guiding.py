"""The guidance desk: a unit asks the city's office about a live case; answers become precedents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from gongkai.accounts.domain.people import actor_of
from gongkai.accounts.models import Role
from gongkai.accounts.queries.scope import scope_of
from gongkai.applications.domain.authority import authorise, locked
from gongkai.applications.domain.entering import append
from gongkai.applications.domain.trace import trace
from gongkai.applications.errors import IncompleteError, NotAuthorisedError, SecretContentError, StruckError
from gongkai.applications.models import Guidance
from gongkai.applications.searching import PRECEDENT
from gongkai.indexing.domain import outbox
from gongkai.journal.domain.entry import record
from gongkai.text import personal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from gongkai.accounts.models import User
    from gongkai.applications.models import Application

ARTICLE = "《政府信息公开条例》第三条、第四十七条"


@transaction.atomic
def ask(*, application: Application, title: str, question: str, user: User, today: date) -> Guidance:
    """Ask the competent department about a case; its clock runs on."""
    application = locked(application)
    authorise(application, user, today, "请示")
    if application.is_secret:
        raise SecretContentError(
            "涉密申请不得在本系统请示。请按保密规定在涉密载体上请示保密行政管理部门。",
            article="《保守国家秘密法》（2024年）",
        )
    _demand({"title": title, "question": question}, "请示须写明问题和情况。")
    _no_personal_data(title, question)
    made = Guidance.objects.create(
        application=application,
        unit=application.unit,
        title=title.strip(),
        question=question.strip(),
        asked_on=today,
        asked_by=user,
    )
    append(application, "guided", today, user, today=today, question=title.strip())
    trace("guidance_asked", application, user, ARTICLE, guidance=made.pk)
    return made


@transaction.atomic
def reply(
    *,
    guidance: Guidance,
    answer: str,
    user: User,
    today: date,
    is_precedent: bool = False,
    facts: Mapping[str, str] | None = None,
) -> Guidance:
    """Answer a question; a precedent is found by every unit from now on, so nobody may be recognised in it.

    ``facts`` are ``outcome``, ``articles`` and ``keywords`` of a precedent. Advice: the unit decides and answers.
    """
    guidance = Guidance.objects.select_for_update(of=("self",)).select_related("unit").get(pk=guidance.pk)
    if not scope_of(user, today).may(guidance.unit_id, Role.COMPETENT):
        raise NotAuthorisedError("您不是该机构的主管部门，不能答复请示。请由主管部门答复。", article=ARTICLE)
    if guidance.answered_on is not None:
        raise StruckError(f"该请示已于 {guidance.answered_on} 答复。有补充意见的，请另行发起。")
    _demand({"answer": answer}, "请填写答复意见。")
    if is_precedent:
        _no_personal_data(guidance.title, guidance.question, answer)
    guidance.answer, guidance.answered_on, guidance.answered_by = answer.strip(), today, user
    guidance.is_precedent = is_precedent
    for name in ("outcome", "articles", "keywords"):
        setattr(guidance, name, (facts or {}).get(name, "").strip())
    guidance.save()
    record(
        act="applications.guidance_replied",
        actor=actor_of(user, guidance.unit),
        subject=f"{PRECEDENT}:{guidance.pk}",
        article=ARTICLE,
        detail={"is_precedent": is_precedent},
    )
    outbox.mark([f"{PRECEDENT}:{guidance.pk}"])
    return guidance


@transaction.atomic
def withdraw_precedent(*, guidance: Guidance, user: User, today: date, reason: str) -> Guidance:
    """Take a precedent out of the library with the ``reason``; the answer to its unit stays."""
    guidance = Guidance.objects.select_for_update(of=("self",)).select_related("unit").get(pk=guidance.pk)
    if not scope_of(user, today).may(guidance.unit_id, Role.COMPETENT):
        raise NotAuthorisedError("您不是主管部门，不能撤出案例。请由主管部门办理。")
    if not guidance.is_precedent:
        raise StruckError("该请示没有收入案例库，无须撤出。")
    _demand({"reason": reason}, "撤出案例须写明理由。")
    guidance.is_precedent = False
    guidance.save(update_fields=["is_precedent"])
    record(
        act="applications.precedent_withdrawn",
        actor=actor_of(user, guidance.unit),
        subject=f"{PRECEDENT}:{guidance.pk}",
        detail={"reason": reason.strip()},
    )
    outbox.mark([f"{PRECEDENT}:{guidance.pk}"])
    return guidance


def _demand(texts: Mapping[str, str], message: str) -> None:
    missing = {name: "请填写。" for name, text in texts.items() if not text.strip()}
    if missing:
        raise IncompleteError(message, missing)


def _no_personal_data(*texts: str) -> None:
    found = personal.find("\n".join(texts))
    if found:
        words = "、".join(datum.masked for datum in found[:3])
        raise IncompleteError(
            f"文字中有个人信息（{words}）。请示和案例会被其他人员看到，请去掉能认出申请人的内容再提交。",
            {"question": "含个人信息。"},
            article="《个人信息保护法》第二十五条",
        )
